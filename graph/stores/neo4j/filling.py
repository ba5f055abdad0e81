"""A whole release into a database that holds nothing, with three statements whatever the ontology.

A server plans each statement anew once constraints are made, and to plan one for each label and relationship type takes
it as long as to carry them out. So labels and types are parameters here, which servers know from :data:`SINCE` on; for
older ones :mod:`graph.stores.neo4j.changes` makes everything. Never in here: what is there already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

import neo4j

from graph.stores.neo4j import changes
from graph.stores.neo4j.changes import PLACED, Told
from graph.stores.neo4j.projection import Elements

T = TypeVar("T")

SINCE = (5, 26)
"""First server version that takes labels and relationship types as parameters."""

_NODES = "UNWIND $rows AS row CREATE (n:$(row[0])) SET n += row[1] RETURN collect(elementId(n))"
_PLAIN = f"{PLACED} CREATE (a)-[:$(row[2])]->(b) RETURN count(*)"
_SAYING = f"{PLACED} CREATE (a)-[r:$(row[2])]->(b) SET r += row[3] RETURN count(*)"


def can_fill(server_version: str) -> bool:
    """Whether a server of that version takes such statements."""
    found = re.match(r"(\d+)\.(\d+)", server_version)
    return found is not None and (int(found[1]), int(found[2])) >= SINCE


def fill(tx: neo4j.ManagedTransaction, wanted: Elements, told: Told) -> int:
    """Make every node and relationship in the transaction; gives how many."""
    done = 0
    made: list[str] = []
    rows = ([label, values] for label, nodes in wanted.nodes.items() for values in nodes.values())
    for size, placed in _carried_out(tx, _NODES, rows):
        made += placed
        done += size
        told("made", done)
    in_order = iter(made)
    places = {label: dict(zip(nodes, in_order, strict=False)) for label, nodes in wanted.nodes.items()}
    for statement, saying in ((_PLAIN, False), (_SAYING, True)):
        for size, _ in _carried_out(tx, statement, _relationships(wanted, places, saying)):
            done += size
            told("made", done)
    return done


def _carried_out(tx: neo4j.ManagedTransaction, statement: str, rows: Iterable[Any]) -> Iterator[tuple[int, Any]]:
    """The size of each batch and what the statement returned for it.

    Each is packed and sent while the server carries out the one before, which statements that return something allow.
    """
    before: tuple[int, neo4j.Result] | None = None
    for batch in _batches(rows):
        sent = len(batch), tx.run(statement, rows=batch)
        if before is not None:
            yield before[0], before[1].single(strict=True)[0]
        before = sent
    if before is not None:
        yield before[0], before[1].single(strict=True)[0]


def _relationships(wanted: Elements, places: dict[str, dict[str, str]], saying: bool) -> Iterator[list[Any]]:
    """Start, end, type and properties of those that have properties, or of the others without."""
    for (kind, start, end), found in wanted.relationships.items():
        starts, ends = places[start], places[end]
        for one, values in found.items():
            if bool(values) == saying:
                row = [starts[one.start], ends[one.end], kind]
                yield [*row, values] if saying else row


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    left = iter(rows)
    while batch := list(islice(left, changes.BATCH)):
        yield batch
