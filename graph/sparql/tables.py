"""Rows counted in the text that the engine writes, and cut off where there are too many.

The engine writes tables itself, much faster than rows could be passed on one by one; so their number has to be read
from what it wrote. In each format there is a mark that stands once for each row and, outside of strings, nowhere else.
"""

from __future__ import annotations

import re
from typing import Literal

TableFormat = Literal["json", "xml", "csv", "tsv"]

TABLES: tuple[TableFormat, ...] = ("json", "xml", "csv", "tsv")
"""Formats of rows and of yes-or-no answers."""

_ESCAPE = re.compile(rb"\\.", re.DOTALL)

_MARK = {
    "json": re.compile(rb'"(?:[^"\\]|\\.)*"|(\},\{)', re.DOTALL),  # between two rows
    "xml": re.compile(rb"(</result>)"),
    "csv": re.compile(rb'"[^"]*"|(\r\n)'),  # the first ends the head
    "tsv": re.compile(rb"(\n)"),
}


class Rows:
    """Counts rows in pieces of a table; a piece may end anywhere."""

    def __init__(self, format: TableFormat) -> None:
        self._format = format
        self._marks = 0
        self._in_string = False
        self._escaped = False
        self._end = b""

    def add(self, piece: bytes) -> None:
        """Count what ``piece`` holds."""
        if self._format == "tsv":
            self._marks += piece.count(b"\n")
        elif self._format == "xml":
            self._count(self._end + piece, b"<result>")
        elif self._format == "csv":
            self._count(self._end + self._outside(piece), b"\r\n")
        else:
            self._count(self._end + self._outside(self._unescaped(piece)), b"},{")

    @property
    def at_least(self) -> int:
        """Rows of which something has come."""
        if self._format == "xml":
            return self._marks
        return self._marks + 1 if self._format == "json" else max(self._marks - 1, 0)

    @property
    def exactly(self) -> int:
        """Rows of a table that has come whole."""
        return 0 if self._format == "json" and not self._marks and self._end.endswith(b"[]}}") else self.at_least

    def _count(self, text: bytes, mark: bytes) -> None:
        """Count the marks; of one that is cut in two the first part waits."""
        self._marks += text.count(mark)
        keep = len(mark) - 1 if self._format != "json" else 4
        last = text.rfind(mark)
        self._end = text[max(len(text) - keep, last + len(mark) if last >= 0 else 0) :]

    def _outside(self, piece: bytes) -> bytes:
        """What of ``piece`` stands outside of strings; a string leaves one quotation mark."""
        parts = piece.split(b'"')
        outside = parts[1 if self._in_string else 0 :: 2]
        began_inside = self._in_string
        self._in_string ^= len(parts) % 2 == 0
        return (b'"' if began_inside else b"") + b'"'.join(outside)

    def _unescaped(self, piece: bytes) -> bytes:
        if self._escaped:
            piece = piece[1:]
        plain = _ESCAPE.sub(b"", piece)
        self._escaped = plain.endswith(b"\\")
        return plain.removesuffix(b"\\")


def cut(text: bytes, format: TableFormat, rows: int) -> bytes:
    """The first ``rows`` rows of ``text``, which holds more and may break off anywhere, as a whole table."""
    wanted = rows + 1 if format in ("csv", "tsv") else rows
    marks = (found for found in _MARK[format].finditer(text) if found[1])
    for _ in range(wanted - 1):
        next(marks)
    last = next(marks)
    if format == "json":
        return text[: last.start() + 1] + b"]}}"
    return text[: last.end()] + (b"</results></sparql>" if format == "xml" else b"")
