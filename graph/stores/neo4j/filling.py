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

_NODES = "UNWIND $rows AS row CREATE (n:$(row[0])) SET n = row[1] RETURN elementId(n)"
_PLAIN = f"{PLACED} CREATE (a)-[:$(row[2])]->(b)"
_SAYING = f"{PLACED} CREATE (a)-[r:$(row[2])]->(b) SET r = row[3]"


def can_fill(server_version: str) -> bool:
    """Whether a server of that version takes such statements."""
    found = re.match(r"(\d+)\.(\d+)", server_version)
    return found is not None and (int(found[1]), int(found[2])) >= SINCE


def fill(tx: neo4j.ManagedTransaction, wanted: Elements, told: Told) -> int:
    """Make every node and relationship in the transaction; gives how many."""
    done = 0
    places: dict[tuple[str, str], str] = {}
    named = [(label, id_) for label, nodes in wanted.nodes.items() for id_ in nodes]
    rows = ([label, values] for label, nodes in wanted.nodes.items() for values in nodes.values())
    for batch in _batches(rows):
        places.update(zip(named[done:], tx.run(_NODES, rows=batch).value(), strict=False))
        done += len(batch)
        told("made", done)
    for statement, saying in ((_PLAIN, False), (_SAYING, True)):
        for batch in _batches(_relationships(wanted, places, saying)):
            tx.run(statement, rows=batch).consume()
            done += len(batch)
            told("made", done)
    return done


def _relationships(wanted: Elements, places: dict[tuple[str, str], str], saying: bool) -> Iterator[list[Any]]:
    """Start, end, type and properties of those that have properties, or of the others without."""
    for between, found in wanted.relationships.items():
        kind, start, end = between
        for ends, values in found.items():
            if bool(values) == saying:
                row = [places[start, ends.start], places[end, ends.end], kind]
                yield [*row, values] if saying else row


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    left = iter(rows)
    while batch := list(islice(left, changes.BATCH)):
        yield batch
