"""A document as DOCX: headings, tables and content controls that word processors and screen readers understand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Emu, Pt, RGBColor

from api.documents import controls
from api.documents.blocks import (
    Beside,
    Blanks,
    Block,
    Document,
    Fact,
    Facts,
    Figure,
    Numbers,
    Paragraph,
    Points,
    Section,
    Steps,
    Table,
    Ticks,
)

FONT = "Arial"
DEEP, QUIET, MIND = RGBColor(0x17, 0x46, 0x6B), RGBColor(0x4A, 0x5A, 0x68), RGBColor(0x7A, 0x3B, 0x00)
WASH, MIND_WASH = "F1F4F7", "FDF5EC"
LABEL_WIDTH, TEXT_WIDTH = Cm(4.2), Cm(12.8)
WHEN = datetime(2000, 1, 1)
"""Stands for the day of its making, which is nobody's business, where a document names no day for which it speaks."""


def docx_bytes(document: Document) -> bytes:
    """The DOCX file of ``document``, made in memory: a file that cannot be written must not be half made."""
    return _Paper(document).file()


class _Paper:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.paper: Any = docx.Document()
        self.numbers = self._numbers()

    def file(self) -> bytes:
        self._set_up()
        self._head()
        for section in self.document.cover:
            self._section(section)
        if self.document.cover:
            self.paper.add_page_break()
        for section in self.document.sections:
            self._section(section)
        self._sources()
        made = BytesIO()
        self.paper.save(made)
        return _timeless(made)

    @staticmethod
    def _numbers() -> Iterator[int]:
        """Ids of content controls, from 1."""
        number = 0
        while True:
            number += 1
            yield number

    def _set_up(self) -> None:
        page = self.paper.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = Cm(2)
        page.top_margin, page.bottom_margin = Cm(1.8), Cm(2)
        for name, size, before, after, colour in (
            ("Normal", 10, 0, 4, None), ("Title", 20, 0, 2, DEEP), ("Subtitle", 13, 0, 6, QUIET),
            ("Heading 1", 13, 14, 5, DEEP), ("Heading 2", 10.5, 4, 2, DEEP),
            ("List Bullet", 10, 0, 3, None), ("List Number", 10, 0, 3, None),
        ):  # fmt: skip
            style = self.paper.styles[name]
            controls.set_font(style, FONT)
            style.font.size = Pt(size)
            style.font.italic = False
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
            if colour is not None:
                style.font.color.rgb = colour
        controls.without_border(self.paper.styles["Title"])
        properties = self.paper.core_properties
        properties.title = f"{self.document.title}. {self.document.subtitle}"
        properties.author, properties.last_modified_by, properties.comments = "Comity", "Comity", ""
        properties.language = self.document.language
        issued = self.document.issued
        properties.created = properties.modified = datetime.fromisoformat(issued) if issued else WHEN
        controls.set_language(self.paper.styles["Normal"], "en-GB")
        foot = page.footer.paragraphs[0]
        self._run(foot, f"{self.document.footer}  {self.document.words['page']} ", size=8, colour=QUIET)
        controls.page_number(foot, Pt(8), QUIET)

    def _head(self) -> None:
        self.paper.add_paragraph(self.document.title, style="Title")
        self.paper.add_paragraph(self.document.subtitle, style="Subtitle")
        self._paragraph(Paragraph(self.document.warning, "warning"))

    def _section(self, section: Section) -> None:
        self.paper.add_paragraph(section.title, style="Heading 1")
        for block in section.blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        match block:
            case Facts():
                self._facts(block)
            case Beside():
                self._beside(block)
            case Paragraph():
                self._paragraph(block)
            case Steps():
                for step in block.steps:
                    self.paper.add_paragraph(step, style="List Number")
            case Points():
                for point in block.points:
                    self.paper.add_paragraph(point, style="List Bullet")
            case Blanks():
                self._blanks(block)
            case Ticks():
                self._ticks(block)
            case Table():
                self._rows(block)
            case Figure():
                self._figure(block)
            case Numbers():
                self._figures(block)

    def _facts(self, facts: Facts) -> None:
        if facts.title:
            self.paper.add_paragraph(facts.title, style="Heading 2")
        table = self._table(len(facts.facts), (LABEL_WIDTH, TEXT_WIDTH))
        for row, fact in zip(table.rows, facts.facts, strict=True):
            controls.shade(row.cells[0], WASH)
            self._run(row.cells[0].paragraphs[0], fact.label, colour=QUIET)
            self._fact(row.cells[1].paragraphs[0], fact)
        self._gap()

    def _beside(self, beside: Beside) -> None:
        table = self._table(2, (Cm(8.5), Cm(8.5)))
        controls.repeat_as_header(table.rows[0])
        for column, held in enumerate((beside.left, beside.right)):
            head, body = table.rows[0].cells[column], table.rows[1].cells[column]
            controls.shade(head, WASH)
            self._run(head.paragraphs[0], held.title or "", bold=True, colour=DEEP)
            for number, fact in enumerate(held.facts):
                paragraph = body.paragraphs[0] if number == 0 else body.add_paragraph()
                paragraph.paragraph_format.space_after = Pt(3)
                self._run(paragraph, f"{fact.label}: ", colour=QUIET)
                self._fact(paragraph, fact)
        self._gap()

    def _fact(self, paragraph: Any, fact: Fact) -> None:
        self._run(paragraph, fact.text)
        if fact.warning:
            self._run(paragraph, f" {self.document.words['check']}: {fact.warning}", bold=True, colour=MIND)

    def _paragraph(self, held: Paragraph, *, keep: bool = False) -> None:
        paragraph = self.paper.add_paragraph()
        paragraph.paragraph_format.keep_with_next = keep or None
        if held.tone == "warning":
            controls.shade(paragraph, MIND_WASH)
        colours = {"note": QUIET, "warning": MIND}
        self._run(paragraph, held.text, size=9 if held.tone == "note" else None, colour=colours.get(held.tone))

    def _blanks(self, blanks: Blanks) -> None:
        for blank in blanks.blanks:
            label = self.paper.add_paragraph()
            label.paragraph_format.keep_with_next = True
            label.paragraph_format.space_before, label.paragraph_format.space_after = Pt(6), Pt(2)
            self._run(label, blank.label, bold=True)
            if blank.origin:
                self._run(label, f"  {blank.origin}", size=8.5, colour=QUIET)
            table = self._table(1, (LABEL_WIDTH + TEXT_WIDTH,))
            row = table.rows[0]
            controls.keep_height(row, Cm(0.7 * blank.lines))
            controls.blank(row.cells[0].paragraphs[0], blank.label, self.document.words["blank"], next(self.numbers))
        self._gap()

    def _ticks(self, ticks: Ticks) -> None:
        for tick in ticks.ticks:
            paragraph = self.paper.add_paragraph()
            paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(0.8), Cm(-0.8)
            controls.box(paragraph, tick.label, next(self.numbers))
            self._run(paragraph, f"\t{tick.label}")
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(0.8))
            if tick.origin:
                self._run(paragraph, f"  {tick.origin}", size=8.5, colour=QUIET)

    def _rows(self, held: Table) -> None:
        self._paragraph(Paragraph(held.caption, "note"), keep=True)
        whole = LABEL_WIDTH + TEXT_WIDTH
        widths = tuple(Emu(whole * share // sum(held.shares)) for share in held.shares)
        table = self._table(1 + len(held.rows), widths)
        controls.repeat_as_header(table.rows[0])
        controls.describe_table(table, held.caption)
        lines = [line.cells for line in table.rows]
        for cell in lines[0]:
            controls.shade(cell, WASH)
        for head, (cells, row) in enumerate(zip(lines, (held.headers, *held.rows), strict=True)):
            for place, (cell, text) in enumerate(zip(cells, row, strict=True)):
                self._run(cell.paragraphs[0], text, size=8.5, bold=head == 0, colour=DEEP if head == 0 else None)
                if place in held.numeric:
                    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for line in table.rows:
            controls.keep_whole(line)
        self._gap()

    def _figure(self, figure: Figure) -> None:
        from api.documents.sheets import picture

        held = self.paper.add_picture(BytesIO(picture(figure.svg)), width=LABEL_WIDTH + TEXT_WIDTH)
        controls.describe_picture(held, figure.alternative)
        self.paper.paragraphs[-1].paragraph_format.keep_with_next = True
        self._paragraph(Paragraph(figure.caption, "note"))

    def _figures(self, held: Numbers) -> None:
        table = self._table(1, (Emu((LABEL_WIDTH + TEXT_WIDTH) // len(held.numbers)),) * len(held.numbers))
        for cell, number in zip(table.rows[0].cells, held.numbers, strict=True):
            controls.shade(cell, WASH)
            self._run(cell.paragraphs[0], number.value, size=16, bold=True, colour=DEEP)
            self._run(cell.add_paragraph(), number.label, size=9)
        self._gap()

    def _sources(self) -> None:
        self.paper.add_paragraph(self.document.words["sources"], style="Heading 1")
        for number, note in enumerate(self.document.notes, start=1):
            paragraph = self.paper.add_paragraph()
            self._run(paragraph, f"[{number}] {note.text}", size=8.5)
            if note.address:
                paragraph.add_run().add_break()
                self._run(paragraph, note.address, size=8, colour=QUIET)

    def _table(self, rows: int, widths: tuple[Any, ...]) -> Any:
        table = self.paper.add_table(rows=rows, cols=len(widths), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        table.autofit = False
        controls.border_colour(table, "B9C4CE")
        controls.pad_cells(table, 80)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
            for cell in column.cells:
                cell.width = width
                cell.paragraphs[0].paragraph_format.space_after = Pt(0)
        return table

    def _gap(self) -> None:
        gap = self.paper.add_paragraph()
        gap.paragraph_format.space_after = Pt(0)
        self._run(gap, "", size=4)

    @staticmethod
    def _run(
        paragraph: Any, text: str, *, size: float | None = None, bold: bool = False, colour: RGBColor | None = None
    ) -> None:
        run = paragraph.add_run(text)
        run.bold = bold or None
        if size:
            run.font.size = Pt(size)
        if colour is not None:
            run.font.color.rgb = colour


def _timeless(made: BytesIO) -> bytes:
    """The same archive without the times at which its parts were packed, so that the same document is the same file."""
    packed = BytesIO()
    with ZipFile(made) as archive, ZipFile(packed, "w", ZIP_DEFLATED) as again:
        for name in archive.namelist():
            again.writestr(ZipInfo(name), archive.read(name), ZIP_DEFLATED)
    return packed.getvalue()
