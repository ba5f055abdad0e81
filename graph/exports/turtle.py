"""Turtle: all statements in one graph, for reading and for tools that know no named graphs."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, serialize

from graph.exports import Content
from graph.exports.statements import PREFIXES, triples


def write(content: Content, target: Path) -> None:
    """Write ``content`` to the file ``target``."""
    with target.open("wb") as file:
        serialize(triples(content), file, RdfFormat.TURTLE, prefixes=PREFIXES)
