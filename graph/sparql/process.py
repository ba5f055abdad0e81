"""The process that runs queries, one after the other: ``python -m graph.sparql.process STORE MEMORY_BYTES``.

It opens the store read only and then shuts itself in: it may open no file and no socket any more, and has so much
memory and, for each query, so much processor time. Whoever started it ends it when the time of a query is up, since the
engine cannot be interrupted. Tasks come on standard input, see :mod:`graph.sparql.messages`.
"""

from __future__ import annotations

import math
import resource
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import msgspec
import pyoxigraph as ox

from graph.sparql.messages import (
    BEGUN,
    CONTENT,
    END,
    FAILED,
    GRAPHS,
    READY,
    Begun,
    End,
    Failure,
    Kind,
    Task,
    frame,
    read_frame,
)
from graph.sparql.refusals import SparqlError, malformed, prefixes
from graph.sparql.tables import TABLES, Rows, TableFormat, cut

PIECE = 1 << 16
"""Bytes that are sent at a time."""

_TABLES = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


def main() -> None:
    """Answer tasks until there are no more."""
    store = ox.Store.read_only(sys.argv[1])
    memory = int(sys.argv[2])
    came = sys.stdin.buffer
    goes = open(sys.stdout.fileno(), "wb", 2 * PIECE, closefd=False)  # noqa: SIM115 - a small result is one write
    _shut_in(memory)
    _send(goes, frame(READY))
    while (asked := read_frame(came)) is not None:
        task = msgspec.json.decode(asked[1], type=Task)
        _bound_processor(task.timeout_s)
        try:
            _answer(store, task, goes)
        except SparqlError as error:
            _fail(goes, error)
        except SyntaxError as error:
            _fail(goes, malformed(str(error)))
        except (ValueError, OSError, RuntimeError) as error:
            _fail(goes, SparqlError(" ".join(str(error).split()), "evaluation"))


def _shut_in(memory: int) -> None:
    """From here on: no file, no socket, no dump of memory, and at most ``memory`` bytes."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _bound_processor(seconds: float) -> None:
    """End this process when it has worked ``seconds`` more: whoever started it may be gone when the time is up."""
    soft = math.ceil(time.process_time() + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _answer(store: ox.Store, task: Task, goes: BinaryIO) -> None:
    found = store.query(task.query, prefixes=prefixes(), **_dataset(task))
    if isinstance(found, ox.QueryTriples):
        _answer_graph(found, task, goes)
    elif task.table is None:
        raise SparqlError(f"the query gives a table: ask for one of {', '.join(TABLES)}", "form")
    else:
        kind: Kind = "ask" if isinstance(found, ox.QueryBoolean) else "select"
        _begin(goes, Begun(kind, task.table))
        table = _Table(goes, task, task.table)
        try:
            found.serialize(table, _TABLES[task.table])  # type: ignore[arg-type]  # it needs write and flush only
        except _Full:
            table.cut()
        table.end(rows=1 if kind == "ask" else None)


def _dataset(task: Task) -> dict[str, Any]:
    """The data set that the request names: all and only the graphs that are named (SPARQL 1.1 Protocol, 2.1.4)."""
    if task.default_graphs is None and task.named_graphs is None:
        return {}
    try:
        return {
            "default_graph": [ox.NamedNode(iri) for iri in task.default_graphs or ()],
            "named_graphs": [ox.NamedNode(iri) for iri in task.named_graphs or ()],
        }
    except ValueError as error:
        raise SparqlError(f"the IRI of a graph is not valid: {' '.join(str(error).split())}", "malformed") from None


def _answer_graph(found: Iterable[ox.Triple], task: Task, goes: BinaryIO) -> None:
    if task.graph is None:
        raise SparqlError(f"the query gives a graph: ask for one of {', '.join(GRAPHS)}", "form")
    _begin(goes, Begun("graph", task.graph))
    outlet = _Outlet(goes, task.max_bytes)
    count = truncated = 0

    def within_limit() -> Iterator[ox.Triple]:
        nonlocal count, truncated
        for triple in found:
            if count == task.max_rows:
                if not task.cut:
                    raise _too_many(task.max_rows)
                truncated = 1
                return
            count += 1
            yield triple

    ox.serialize(within_limit(), outlet, format=_GRAPHS[task.graph], prefixes=prefixes())  # type: ignore[arg-type]
    outlet.put_rest()
    _send(goes, frame(END, msgspec.json.encode(End(count, bool(truncated)))))


class _Full(Exception):
    """The rows that are wanted have come."""


class _Outlet:
    """A file for the engine to write to: what is written is sent in pieces, up to a number of bytes."""

    def __init__(self, goes: BinaryIO, max_bytes: int) -> None:
        self._goes = goes
        self._left = self._max = max_bytes
        self._held = bytearray()

    def write(self, piece: bytes) -> int:
        """Take a piece."""
        self._left -= len(piece)
        if self._left < 0:
            raise SparqlError(f"the result is larger than {self._max} bytes: narrow the query", "size")
        self._held += piece
        if len(self._held) >= PIECE:
            self.put_rest()
            self._goes.flush()
        return len(piece)

    def flush(self) -> None:
        """What is held goes out with the next piece; the engine may ask as often as it likes."""

    def put_rest(self) -> None:
        """Put what is held on its way; the last piece goes out with the frame that ends the result."""
        if self._held:
            self._goes.write(frame(CONTENT, bytes(self._held)))
            self._held.clear()


class _Table(_Outlet):
    """An outlet that counts rows. To be cut, a table has to be held whole."""

    def __init__(self, goes: BinaryIO, task: Task, format: TableFormat) -> None:
        super().__init__(goes, task.max_bytes)
        self._format = format
        self._rows = Rows(format)
        self._max_rows = task.max_rows
        self._cut = task.cut
        self._truncated = False

    def write(self, piece: bytes) -> int:
        """Take a piece."""
        self._rows.add(bytes(piece))
        size = super().write(piece)
        if self._rows.at_least > self._max_rows:
            raise _Full if self._cut else _too_many(self._max_rows)
        return size

    def put_rest(self) -> None:
        """Put what is held on its way, unless it may have to be cut."""
        if not self._cut:
            super().put_rest()

    def cut(self) -> None:
        """Leave off what is above the limit."""
        self._held = bytearray(cut(bytes(self._held), self._format, self._max_rows))
        self._truncated = True

    def end(self, rows: int | None) -> None:
        """Send the rest and say how many ``rows`` there are; as many as were counted if left."""
        super().put_rest()
        counted = self._max_rows if self._truncated else self._rows.exactly
        end = End(counted if rows is None else rows, self._truncated)
        _send(self._goes, frame(END, msgspec.json.encode(end)))


def _too_many(rows: int) -> SparqlError:
    return SparqlError(f"the result has more than {rows} rows: add LIMIT and OFFSET, or narrow the query", "rows")


def _begin(goes: BinaryIO, begun: Begun) -> None:
    goes.write(frame(BEGUN, msgspec.json.encode(begun)))  # goes out with the first piece


def _fail(goes: BinaryIO, error: SparqlError) -> None:
    failure = Failure(str(error), error.cause, error.line, error.column)
    _send(goes, frame(FAILED, msgspec.json.encode(failure)))


def _send(goes: BinaryIO, framed: bytes) -> None:
    goes.write(framed)
    goes.flush()


if __name__ == "__main__":
    main()
