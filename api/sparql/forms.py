"""The forms in which results come, and which a client gets: by ``format``, else by its ``Accept`` header."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

from fastapi import Request

from api.negotiation import by_accept
from api.problems import Problem
from graph.sparql.messages import Begun, GraphFormat
from graph.sparql.tables import TableFormat

TABLES: dict[str, TableFormat] = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
}
"""Media types of tables and of yes-or-no answers, the first of which is given where the client does not mind."""

GRAPHS: dict[str, GraphFormat] = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdfxml",
    "application/xml": "rdfxml",
}
"""Media types of graphs."""

F = TypeVar("F", bound=str)


class Wanted(NamedTuple):
    """The media types for a table and for a graph; ``None`` where the client takes none of that kind."""

    table: str | None
    graph: str | None

    def media(self, begun: Begun) -> str:
        """The media type of a result that has begun."""
        chosen = self.graph if begun.kind == "graph" else self.table
        assert chosen is not None  # noqa: S101 - a result begins only in a form that is wanted
        return chosen


def wanted(request: Request, format: str | None) -> Wanted:
    """What the client takes. A ``format`` that is not known is passed over: clients send words of their own in it.

    Raises:
        Problem: it takes neither tables nor graphs in any form (406).
    """
    accept = request.headers.get("accept") or "*/*"
    table = _named(format, TABLES) or _accepted(accept, TABLES)
    graph = _named(format, GRAPHS) or _accepted(accept, GRAPHS)
    if table is None and graph is None:
        by_accept(accept, tuple({**TABLES, **GRAPHS}))
    return Wanted(table, graph)


def graph_media(request: Request, format: str | None) -> str:
    """The media type in which a client gets what is a graph.

    Raises:
        Problem: it takes none (406).
    """
    return _named(format, GRAPHS) or by_accept(request.headers.get("accept") or "*/*", tuple(GRAPHS))


def _named(format: str | None, media: dict[str, F]) -> str | None:
    return next((one for one, name in media.items() if name == format), None)


def _accepted(accept: str, media: dict[str, F]) -> str | None:
    try:
        return by_accept(accept, tuple(media))
    except Problem:
        return None
