"""Documents as responses: files to be saved under a name, in the form that the client takes."""

from __future__ import annotations

from starlette.responses import Response

from api.documents.blocks import Document
from api.documents.formats import Format, written
from api.negotiation import FORMATS
from api.problems import not_valid


def file_of(document: Document, media: str) -> bytes:
    """The file of ``document`` as ``media``.

    Raises:
        Problem: this machine has no typeface for a letter of it (422).
    """
    from api.documents.sheets import Unprintable

    try:
        return written(document, _format(media))
    except Unprintable as error:
        raise not_valid("format", f"{error}; docx and html need none") from None


def named(response: Response, name: str, media: str) -> Response:
    """``response`` as a file to be saved under ``name``, and not to be shown within any page."""
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{_format(media)}"'
    return response


def _format(media: str) -> Format:
    return next(one for one in Format if FORMATS[one] == media)
