"""SPARQL for people outside: read only, bounded in time, rows and memory.

The engine cannot be interrupted, so that queries run in processes that open the store read only and are ended when the
time of a query is up (:mod:`graph.sparql.process`). Updates, LOAD and SERVICE are refused; nothing is fetched from
anywhere: whatever gets past the words that are looked for finds that the process may open no file and no socket any
more. The default graph holds the triples of all named graphs, and the prefixes of :func:`prefixes` need not be
declared. :func:`run` answers one query in a process of its own; servers keep processes ready (``api.sparql.pool``).
"""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from graph.sparql.messages import (
    BEGUN,
    CONTENT,
    END,
    FAILED,
    FORMATS,
    GRAPHS,
    TASK,
    Begun,
    End,
    Failure,
    Format,
    GraphFormat,
    Kind,
    Task,
    frame,
    read_frame,
)  # fmt: skip
from graph.sparql.refusals import LONGEST_QUERY, SparqlError, died, prefixes, refuse_unsafe, too_slow
from graph.sparql.tables import TABLES, TableFormat

if TYPE_CHECKING:  # processes that run queries start often and need nothing of it
    from graph.releases import Release

__all__ = ["GRAPHS", "LONGEST_QUERY", "ROOT", "TABLES", "Kind", "Result", "SparqlError", "command", "prefixes",
           "refuse_unsafe", "run"]  # fmt: skip

MEMORY_BYTES = 4 << 30
"""Address space of the process that runs a query."""

LARGEST_RESULT = 64_000_000
"""Bytes."""


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What a query gave: the text in the format asked for, and whether rows were cut off at the limit."""

    kind: Kind
    format: Format
    content: str
    rows: int
    truncated: bool


def run(release: Release, query: str, *, format: str | None = None, timeout_s: float, max_rows: int) -> Result:
    """Answer ``query`` from the embedded store of ``release``.

    ``format`` is one of :data:`TABLES` or :data:`GRAPHS` as fits the query; by default JSON or Turtle. At most
    ``max_rows`` rows or triples come back.

    Raises:
        SparqlError: the query is refused, malformed, too slow, too large, or has another kind of result.
    """
    refuse_unsafe(query)
    table, graph = _wanted(format)
    task = Task(
        query=query, table=table, graph=graph, max_rows=max_rows, max_bytes=LARGEST_RESULT, timeout_s=timeout_s,
        cut=True,
    )  # fmt: skip
    try:
        done = subprocess.run(  # noqa: S603 - the command is ours
            command(release.folder / "store", MEMORY_BYTES),
            input=frame(TASK, msgspec.json.encode(task)),
            capture_output=True,
            timeout=timeout_s,
            check=False,
            cwd=ROOT,
        )
    except subprocess.TimeoutExpired:
        raise too_slow(timeout_s) from None
    if done.returncode != 0:
        raise died(done.returncode, timeout_s)
    return _result(done.stdout)


ROOT = Path(__file__).parents[2]
"""Where processes start, so that they find these modules."""


def command(store: Path, memory: int) -> list[str]:
    """The command line of a process that runs queries on ``store`` with ``memory`` bytes; it starts in :data:`ROOT`."""
    return [sys.executable, "-m", "graph.sparql.process", str(store.resolve()), str(memory)]


def _wanted(format: str | None) -> tuple[TableFormat | None, GraphFormat | None]:
    """The format of tables and that of graphs."""
    if format is None:
        return "json", "turtle"
    table = next((one for one in TABLES if one == format), None)
    graph = next((one for one in GRAPHS if one == format), None)
    if table is None and graph is None:
        raise SparqlError(f"unknown format {format!r}: choose from {', '.join(FORMATS)}", "form")
    return table, graph


def _result(said: bytes) -> Result:
    """The result that a process told."""
    stream = io.BytesIO(said)
    begun, content, end = Begun("ask", "json"), [], End(0, False)
    while (told := read_frame(stream)) is not None:
        letter, piece = told
        if letter == FAILED:
            failure = msgspec.json.decode(piece, type=Failure)
            raise SparqlError(failure.reason, failure.cause, failure.line, failure.column)
        if letter == BEGUN:
            begun = msgspec.json.decode(piece, type=Begun)
        elif letter == CONTENT:
            content.append(piece)
        elif letter == END:
            end = msgspec.json.decode(piece, type=End)
    return Result(
        kind=begun.kind, format=begun.format, content=b"".join(content).decode(), rows=end.rows,
        truncated=end.truncated,
    )  # fmt: skip
