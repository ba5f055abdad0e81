"""The forms in which a document is written. What lays them out is loaded only when it is needed."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.documents.blocks import Document


class Format(StrEnum):
    """What can be written; also the suffix of its files."""

    html = "html"
    pdf = "pdf"
    docx = "docx"


def written(document: Document, format_: Format) -> bytes:
    """The file of ``document``, made in memory.

    Raises:
        TypeError: it has a block that a PDF cannot show.
        Unprintable: it has a letter for which no typeface is there (:mod:`api.documents.sheets`).
    """
    if format_ is Format.pdf:
        from api.documents.sheets import pdf_bytes

        return pdf_bytes(document)
    if format_ is Format.docx:
        from api.documents.paper import docx_bytes

        return docx_bytes(document)
    from api.documents.page import html

    return html(document).encode()
