"""Where text goes: standard output for answers, standard error for progress and complaints, with or without colour.

Piped output and ``NO_COLOR`` give plain text without control codes. Signs are chosen so that each is one column wide,
and ASCII where the stream cannot carry more.
"""

from __future__ import annotations

import os
import sys
from typing import Any, TextIO

from rich.box import ASCII2, SIMPLE_HEAD, Box
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

PIPED_WIDTH = 100
"""Columns where no terminal says how many it has."""

WIDE_ENOUGH = 96
"""Columns from which ranked paths fit in a table; below, each is a few lines."""

STYLES = {"met": "green", "not met": "red", "unknown": "yellow"}

SIGNS = {"met": "✓", "not met": "✗", "unknown": "?", "arrow": "→", "bullet": "•", "best": "*", "dash": "–"}
ASCII_SIGNS = {"met": "+", "not met": "x", "unknown": "?", "arrow": "->", "bullet": "-", "best": "*", "dash": "-"}


class Screen:
    """One output stream, with the helpers that every view uses."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        terminal = stream.isatty()
        width = None if terminal or os.environ.get("COLUMNS") else PIPED_WIDTH
        self.console = Console(
            file=stream,
            force_terminal=terminal and not os.environ.get("NO_COLOR"),
            width=width,
            highlight=False,
            emoji=False,
            soft_wrap=False,
            legacy_windows=False,
        )
        self.unicode = (getattr(stream, "encoding", None) or "").lower().replace("-", "").startswith("utf")
        self.terminal = terminal

    @property
    def width(self) -> int:
        """Columns to write in."""
        return self.console.width

    def sign(self, name: str) -> str:
        """The sign for a result (``met`` …) or a piece of punctuation."""
        return (SIGNS if self.unicode else ASCII_SIGNS)[name]

    def result(self, status: str, word: str) -> Text:
        """A three-valued result as sign and word, so that colour is never the only carrier."""
        return Text(f"{self.sign(status)} {word}", style=STYLES[status])

    def line(self, text: str | Text = "", style: str | None = None, indent: int = 0) -> None:
        """Write text as a paragraph, wrapped at the width with a hanging indent."""
        body = text if isinstance(text, Text) else Text(text)
        if style:
            body.stylize(style)
        room = max(self.width - indent, 20)
        for row in body.wrap(self.console, room) or [Text("")]:
            row.rstrip()
            self.console.print(Text(" " * indent).append_text(row), no_wrap=True, overflow="ignore", crop=False)

    def item(self, lead: str | Text, text: str | Text, indent: int = 0) -> None:
        """Write ``lead`` and beside it ``text``, wrapped in a column of its own."""
        head = lead if isinstance(lead, Text) else Text(lead)
        column = indent + head.cell_len + 1
        body = text if isinstance(text, Text) else Text(text)
        rows = body.wrap(self.console, max(self.width - column, 20)) or [Text("")]
        for position, row in enumerate(rows):
            row.rstrip()
            start = Text(" " * indent).append_text(head).append(" ") if position == 0 else Text(" " * column)
            self.console.print(start.append_text(row), no_wrap=True, overflow="ignore", crop=False)

    def heading(self, text: str) -> None:
        """Write a heading after an empty line."""
        self.console.print()
        self.line(text, style="bold")

    def link(self, lead: str, address: str, after: str = "") -> None:
        """Write an address on one line, never broken, so that it can be copied."""
        self.console.print(
            Text(f"{lead}{address}{after}", style="dim"), no_wrap=True, overflow="ignore", crop=False, soft_wrap=True
        )

    def table(self, *columns: str, **options: Any) -> Table:
        """An empty table in the style of the stream."""
        table = Table(box=self._box(), pad_edge=False, show_edge=False, header_style="bold", **options)
        for column in columns:
            table.add_column(column, overflow="fold")
        return table

    def show(self, table: Table) -> None:
        """Write a table, without blanks at the ends of its lines."""
        self._trimmed(table)

    def tree(self, tree: Tree) -> None:
        """Write a tree, without blanks at the ends of its lines."""
        self._trimmed(tree)

    def _trimmed(self, shown: Table | Tree) -> None:
        with self.console.capture() as capture:
            self.console.print(shown)
        self.stream.write("\n".join(row.rstrip() for row in capture.get().splitlines()) + "\n")

    def _box(self) -> Box:
        return SIMPLE_HEAD if self.unicode else ASCII2


def out() -> Screen:
    """Standard output."""
    return Screen(sys.stdout)


def err() -> Screen:
    """Standard error."""
    return Screen(sys.stderr)


def literal(text: str) -> str:
    """``text`` without markup meaning, for the places where Rich would read brackets as styles."""
    return escape(text)
