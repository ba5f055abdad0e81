"""A document onto the user's own disk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.documents.blocks import Document
    from api.documents.formats import Format


def save(document: Document, format_: Format, target: Path) -> None:
    """Write the document whole or not at all.

    Raises:
        OSError: it cannot be written; names ``target``.
    """
    from api.documents.formats import written
    from graph.exports import written_whole

    content = written(document, format_)
    try:
        with written_whole(target) as unfinished:
            unfinished.write_bytes(content)
    except OSError as error:  # a full disk names no file, and the unfinished one says nothing to the user
        raise OSError(error.errno, error.strerror, str(target)) from error
