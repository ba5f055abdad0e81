"""The pieces of WordprocessingML that python-docx has no words for: content controls, shading, fields, language.

Element names are those of ISO/IEC 29500-1 (``w:``) and of [MS-DOCX] for check boxes (``w14:``).
"""

from __future__ import annotations

from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, RGBColor

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
EMPTY_BOX = "☐"
SIGNS = "Segoe UI Symbol"
"""A typeface that has the boxes; others put their own in its place."""
AFTER_MARGINS = ("w:tblLook", "w:tblCaption", "w:tblDescription")
"""What follows the cell margins among the properties of a table; word processors refuse another order."""

LONGEST_TITLE = 64
"""Characters that Word shows as the title of a content control."""


def blank(paragraph: Any, title: str, placeholder: str, number: int) -> None:
    """Put an empty text control into ``paragraph``, which shows ``placeholder`` until something is typed."""
    control = _parse(
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:alias/><w:tag/><w:id/><w:showingPlcHdr/><w:text w:multiLine='1'/></w:sdtPr>"
        "<w:sdtContent><w:r><w:rPr><w:i/><w:color w:val='5C6B78'/></w:rPr><w:t/></w:r></w:sdtContent></w:sdt>"
    )
    _name(control, title, f"blank-{number}", number)
    control.find(f".//{qn('w:t')}").text = placeholder
    paragraph._p.append(control)


def box(paragraph: Any, title: str, number: int) -> None:
    """Put an empty check box into ``paragraph``."""
    control = _parse(
        f"<w:sdt {nsdecls('w')} {W14}><w:sdtPr><w:alias/><w:tag/><w:id/><w14:checkbox><w14:checked w14:val='0'/>"
        f"<w14:checkedState w14:val='2612' w14:font='{SIGNS}'/><w14:uncheckedState w14:val='2610' w14:font='{SIGNS}'/>"
        f"</w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr><w:rFonts w:ascii='{SIGNS}' w:hAnsi='{SIGNS}' "
        f"w:eastAsia='{SIGNS}' w:cs='{SIGNS}'/></w:rPr><w:t>{EMPTY_BOX}</w:t></w:r></w:sdtContent></w:sdt>"
    )
    _name(control, title, f"box-{number}", number)
    paragraph._p.append(control)


def page_number(paragraph: Any, size: Length, colour: RGBColor) -> None:
    """Append a field that shows the number of the page."""
    for part in (
        "<w:fldChar {} w:fldCharType='begin'/>",
        "<w:instrText {} xml:space='preserve'> PAGE </w:instrText>",
        "<w:fldChar {} w:fldCharType='separate'/>",
        "<w:t {}>1</w:t>",
        "<w:fldChar {} w:fldCharType='end'/>",
    ):
        run = paragraph.add_run()
        run.font.size = size
        run.font.color.rgb = colour
        run._r.append(_parse(part.format(nsdecls("w"))))


def shade(held: Any, colour: str) -> None:
    """Fill the ground of a cell or paragraph; ``colour`` as six hexadecimal digits."""
    properties = held._tc.get_or_add_tcPr() if hasattr(held, "_tc") else held._p.get_or_add_pPr()
    properties.append(_parse(f"<w:shd {nsdecls('w')} w:val='clear' w:color='auto' w:fill='{colour}'/>"))


def border_colour(table: Any, colour: str) -> None:
    """Draw all lines of a table in ``colour``."""
    sides = "".join(
        f"<w:{side} w:val='single' w:sz='4' w:space='0' w:color='{colour}'/>"
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    borders = _parse(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>")
    table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", *AFTER_MARGINS)


def pad_cells(table: Any, twentieths: int) -> None:
    """Keep the text of a table away from its lines, by so many twentieths of a point."""
    sides = "".join(f"<w:{side} w:w='{twentieths}' w:type='dxa'/>" for side in ("top", "left", "bottom", "right"))
    margins = _parse(f"<w:tblCellMar {nsdecls('w')}>{sides}</w:tblCellMar>")
    table._tbl.tblPr.insert_element_before(margins, *AFTER_MARGINS)


def without_border(style: Any) -> None:
    """Take the line under a paragraph style away."""
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def keep_height(row: Any, height: Length) -> None:
    """Give a row at least ``height``, and never break it over pages."""
    row.height = height
    keep_whole(row)


def keep_whole(row: Any) -> None:
    """Never break a row over pages."""
    row._tr.get_or_add_trPr().insert(0, _parse(f"<w:cantSplit {nsdecls('w')}/>"))


def describe_picture(held: Any, text: str) -> None:
    """Say what a picture shows to those who cannot see it."""
    held._inline.docPr.set("descr", text)


def describe_table(table: Any, text: str) -> None:
    """Give a table a name that a screen reader says before its cells."""
    caption = _parse(f"<w:tblCaption {nsdecls('w')}/>")
    caption.set(qn("w:val"), text)
    table._tbl.tblPr.append(caption)


def repeat_as_header(row: Any) -> None:
    """Mark a row as the header of its table."""
    row._tr.get_or_add_trPr().append(_parse(f"<w:tblHeader {nsdecls('w')}/>"))


def set_font(style: Any, name: str) -> None:
    """Use one typeface for all scripts of a style, in place of those of the theme."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), name)


def set_language(style: Any, tag: str) -> None:
    """Tell word processors and screen readers the language of a style."""
    properties = style.element.get_or_add_rPr()
    for language in properties.findall(qn("w:lang")):
        properties.remove(language)
    properties.append(_parse(f"<w:lang {nsdecls('w')} w:val='{tag}' w:eastAsia='{tag}'/>"))


def _name(control: Any, title: str, tag: str, number: int) -> None:
    """Title, tag and id of a control: what a screen reader says when it is reached."""
    properties = control.find(qn("w:sdtPr"))
    cut = title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"
    for element, value in (("w:alias", cut), ("w:tag", tag), ("w:id", str(number))):
        properties.find(qn(element)).set(qn("w:val"), value)


def _parse(xml: str) -> Any:
    return parse_xml(xml)
