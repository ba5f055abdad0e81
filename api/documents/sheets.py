"""A document as PDF: A4 sheets, tagged for screen readers (PDF/UA-1), the same bytes for the same document.

Typst lays it out by ``document.typ``, which receives the document as data: no text of it is ever read as markup.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import msgspec
import typst

from api.documents.blocks import Block, Document, Facts, Figure, Numbers, Paragraph, Points, Section, Steps, Table
from locales.texts import _

TEMPLATE = Path(__file__).with_name("document.typ")
STANDARD: Final = "ua-1"

PRINTABLE = (Facts, Figure, Numbers, Paragraph, Points, Steps, Table)
"""The blocks that a sheet can show. Blanks and boxes are to be filled in on a screen."""

UNSHOWN = "could not be displayed"
"""What Typst says of a letter that no typeface has."""

LAST_OWN, SIGNS = 0x052F, range(0x1E00, 0x2C00)
"""Typst brings typefaces for Latin, Greek and Cyrillic, which lie up to here, and for signs."""

PIXELS_PER_INCH = 200.0
PICTURE = (
    b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg", width: 170mm)'
)


class Unprintable(Exception):
    """No typeface on this machine has a letter of the document; says which."""


def pdf_bytes(document: Document) -> bytes:
    """The PDF file of ``document``.

    Raises:
        TypeError: it has a block that is not among :data:`PRINTABLE`.
        Unprintable: it has a letter for which there is no typeface.
    """
    data = msgspec.json.encode(_plain(document)).decode()
    when = datetime.fromisoformat(document.issued).replace(tzinfo=UTC) if document.issued else None
    try:
        return typst.compile(
            TEMPLATE.read_bytes(),
            format="pdf",
            ignore_system_fonts=_own_letters(data),
            sys_inputs={"document": data},
            pdf_standards=STANDARD,
            timestamp=int(when.timestamp()) if when else 0,
        )
    except typst.TypstError as error:
        if UNSHOWN not in str(error):
            raise
        raise Unprintable(_("no typeface for the PDF: {reason}; install one").format(reason=error)) from error


def picture(svg: str) -> bytes:
    """``svg`` as a PNG, 17 cm wide, for documents that take no SVG."""
    return typst.compile(
        PICTURE,
        format="png",
        ppi=PIXELS_PER_INCH,
        ignore_system_fonts=_own_letters(svg),
        sys_inputs={"svg": svg},
    )


def _own_letters(text: str) -> bool:
    """Whether the typefaces that Typst brings have all letters; the machine's then make no difference."""
    return all(ord(letter) <= LAST_OWN or ord(letter) in SIGNS for letter in text)


def _plain(document: Document) -> dict[str, Any]:
    sections = [_section(section) for section in (*document.cover, *document.sections)]
    notes = [note._asdict() for note in document.notes]
    return document._asdict() | {"cover": [], "sections": sections, "notes": notes}


def _section(section: Section) -> dict[str, Any]:
    return {"title": section.title, "blocks": [_block(block) for block in section.blocks]}


def _block(block: Block) -> dict[str, Any]:
    if not isinstance(block, PRINTABLE):
        raise TypeError(f"a sheet cannot show {type(block).__name__}")
    plain = block._asdict() | {"kind": type(block).__name__}
    if isinstance(block, Facts):
        plain["facts"] = [fact._asdict() for fact in block.facts]
    elif isinstance(block, Numbers):
        plain["numbers"] = [number._asdict() for number in block.numbers]
    elif isinstance(block, Table):
        plain["numeric"] = sorted(block.numeric)
    return plain
