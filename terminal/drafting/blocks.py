"""What a drafted document consists of: sections of blocks, every word in them final."""

from __future__ import annotations

from typing import NamedTuple

from graph.answers import Cite


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


Block = Facts | Beside | Paragraph | Steps | Points | Blanks | Ticks


class Section(NamedTuple):
    """A heading and the blocks below it."""

    title: str
    blocks: tuple[Block, ...]


class Document(NamedTuple):
    """A whole document.

    ``cover`` is the first page: the offices and the request at a glance; ``sections`` follow it. ``sources`` are those
    that the text refers to, the first as 1; ``source_words`` are their lines. ``words`` are the few that the layout
    itself needs: ``blank`` marks one, ``check`` leads in a warning, ``sources``, ``page``.
    """

    language: str
    title: str
    subtitle: str
    warning: str
    cover: tuple[Section, ...]
    sections: tuple[Section, ...]
    sources: tuple[Cite, ...]
    source_words: tuple[str, ...]
    footer: str
    words: dict[str, str]
