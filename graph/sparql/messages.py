"""What a process that runs queries is told and says, as frames: a letter, the length in four bytes, the content."""

from __future__ import annotations

import struct
from typing import BinaryIO, Literal

import msgspec

from graph.sparql.refusals import Cause
from graph.sparql.tables import TABLES, TableFormat

Kind = Literal["select", "ask", "graph"]
GraphFormat = Literal["turtle", "ntriples", "jsonld", "rdfxml"]
Format = TableFormat | GraphFormat

GRAPHS: tuple[GraphFormat, ...] = ("turtle", "ntriples", "jsonld", "rdfxml")
"""Formats of the graphs that CONSTRUCT and DESCRIBE give."""

FORMATS: tuple[Format, ...] = (*TABLES, *GRAPHS)

READY, TASK, BEGUN, CONTENT, END, FAILED = b"R", b"T", b"B", b"C", b"E", b"F"
"""What a frame holds: the store is open; a :class:`Task`; :class:`Begun`; a piece of the result; :class:`End`;
:class:`Failure`."""

_HEAD = struct.Struct(">cI")
HEAD_BYTES = _HEAD.size


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """A query and its limits. The result comes as ``table`` or ``graph``; ``None`` where that kind is not wanted.

    ``cut``: rows above the limit are left off; otherwise the query fails. ``default_graphs`` and ``named_graphs`` are
    the IRIs of the data set of the protocol, which goes before FROM; ``None`` where the request names none.
    """

    query: str
    table: TableFormat | None
    graph: GraphFormat | None
    max_rows: int
    max_bytes: int
    timeout_s: float
    cut: bool = False
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


class Begun(msgspec.Struct, frozen=True):
    """The query is read and has this kind of result, which comes in this format."""

    kind: Kind
    format: Format


class End(msgspec.Struct, frozen=True):
    """The result has come whole, or cut off at the limit of rows."""

    rows: int
    truncated: bool


class Failure(msgspec.Struct, frozen=True):
    """There is no result, or no more of it."""

    reason: str
    cause: Cause
    line: int | None = None
    column: int | None = None


def frame(letter: bytes, content: bytes = b"") -> bytes:
    """One frame."""
    return _HEAD.pack(letter, len(content)) + content


def head(read: bytes) -> tuple[bytes, int]:
    """The letter of a frame and how many bytes follow its first :data:`HEAD_BYTES`."""
    letter, length = _HEAD.unpack(read)
    return letter, length


def read_frame(stream: BinaryIO) -> tuple[bytes, bytes] | None:
    """The next frame of ``stream``; ``None`` where it has ended, even in the middle of one."""
    began = stream.read(HEAD_BYTES)
    if len(began) < HEAD_BYTES:
        return None
    letter, length = head(began)
    content = stream.read(length)
    return (letter, content) if len(content) == length else None
