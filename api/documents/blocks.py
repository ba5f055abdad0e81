"""What a document consists of: sections of blocks, every word in them final."""

from __future__ import annotations

from typing import NamedTuple


class Fact(NamedTuple):
    """A label and what is on record for it; ``warning`` tells what to mind before it is used."""

    label: str
    text: str
    warning: str | None = None


class Facts(NamedTuple):
    """Facts under each other, with a heading of their own where they stand beside others."""

    facts: tuple[Fact, ...]
    title: str | None = None


class Beside(NamedTuple):
    """Two groups of facts side by side: the two offices."""

    left: Facts
    right: Facts


class Paragraph(NamedTuple):
    """Running text. ``tone``: ``plain``, ``note`` (small print) or ``warning``."""

    text: str
    tone: str = "plain"


class Steps(NamedTuple):
    """Numbered steps."""

    steps: tuple[str, ...]


class Points(NamedTuple):
    """Points in no order."""

    points: tuple[str, ...]


class Blank(NamedTuple):
    """A place that only the drafter can fill: its label, why it is there, and how many lines it takes."""

    label: str
    origin: str | None = None
    lines: int = 1


class Blanks(NamedTuple):
    """Blanks under each other, in the order in which they are filled."""

    blanks: tuple[Blank, ...]


class Tick(NamedTuple):
    """Something to be checked off, with the article or reason behind it."""

    label: str
    origin: str | None = None


class Ticks(NamedTuple):
    """Boxes to be ticked."""

    ticks: tuple[Tick, ...]


class Table(NamedTuple):
    """Rows of cells under headers; the first cell of a row names it.

    ``shares`` are the widths of the columns in proportion to each other. ``numeric``: columns (by place) of numbers.
    """

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]
    numeric: frozenset[int] = frozenset()


class Figure(NamedTuple):
    """A picture. ``svg`` is an SVG document; ``alternative`` says the same to those who cannot see it."""

    svg: str
    caption: str
    alternative: str


class Number(NamedTuple):
    """A figure that stands for itself, and what it counts."""

    value: str
    label: str


class Numbers(NamedTuple):
    """The figures to remember, side by side."""

    numbers: tuple[Number, ...]


Block = Facts | Beside | Paragraph | Steps | Points | Blanks | Ticks | Table | Figure | Numbers


class Section(NamedTuple):
    """A heading and the blocks below it."""

    title: str
    blocks: tuple[Block, ...]


class Note(NamedTuple):
    """A numbered note at the end, such as a source, with its address."""

    text: str
    address: str | None = None


class Document(NamedTuple):
    """A whole document.

    ``cover`` is the first page, if it has one of its own; ``sections`` follow it. ``notes`` are those that the text
    refers to, the first as 1. ``words`` are the few that the layout itself needs: ``blank`` marks one, ``check`` leads
    in a warning, ``sources``, ``page``. ``issued`` is the ISO day for which it speaks, where the file should tell it.
    """

    language: str
    title: str
    subtitle: str
    warning: str
    cover: tuple[Section, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    footer: str
    words: dict[str, str]
    issued: str | None = None
