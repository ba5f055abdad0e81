"""What makes the nodes and relationships in the database into those that are wanted, and doing it.

Nodes are found by their ids. Relationships between nodes that are made in the same transaction are made by the places
that the server gave those nodes, which spares it two look-ups each: most of the time of a first load. Never in here:
reading, counting, and when to commit.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import neo4j

from graph.stores.neo4j.names import ID, UNRECORDED, by_label, quoted
from graph.stores.neo4j.projection import Between, Elements, Ends, NotOurs, Values

BATCH = 5_000
"""Nodes or relationships per statement."""

PLACED = "UNWIND $rows AS row MATCH (a) WHERE elementId(a) = row[0] MATCH (b) WHERE elementId(b) = row[1] "
"""Begins a statement that makes relationships by the places of both ends."""

Told = Callable[[str, int], None]
"""Told the verb (``removed``, ``changed``, ``made``) and how many nodes and relationships it was done to."""


class _Step(NamedTuple):
    """A statement with the rows for it. ``label`` where the rows become nodes."""

    verb: str
    statement: str
    rows: Sequence[Any]
    label: str = ""


class Changes(NamedTuple):
    """What is to be done, in this order: ``steps``, then the relationships ``missing``."""

    steps: list[_Step]
    missing: dict[Between, dict[Ends, Values]]

    def size(self) -> int:
        """How many nodes and relationships are removed, changed or made."""
        return sum(len(step.rows) for step in self.steps) + sum(map(len, self.missing.values()))


def changes(there: Elements, wanted: Elements) -> Changes:
    """What makes ``there`` into ``wanted``.

    Raises:
        NotOurs: there are nodes that no record makes.
    """
    missing = {
        between: {ends: values for ends, values in rows.items() if ends not in there.relationships.get(between, {})}
        for between, rows in wanted.relationships.items()
    }
    return Changes([*_between_nodes(there, wanted), *_nodes(there, wanted)], {k: v for k, v in missing.items() if v})


def carry_out(tx: neo4j.ManagedTransaction, wanted: Changes, told: Told) -> Counter[str]:
    """Do it in the transaction; gives how often each verb was done."""
    done: Counter[str] = Counter()
    places: dict[tuple[str, str], str] = {}

    def run(step: _Step) -> None:
        for rows in _batches(step.rows):
            result = tx.run(step.statement, rows=rows)
            if step.label:
                places.update(zip(((step.label, row[ID]) for row in rows), result.value(), strict=True))
            result.consume()
            done[step.verb] += len(rows)
            told(step.verb, done.total())

    for step in wanted.steps:
        run(step)
    for step in _links(wanted.missing, places):
        run(step)
    return done


def _between_nodes(there: Elements, wanted: Elements) -> Iterator[_Step]:
    """Relationships that go or change: before their nodes go."""
    for between in (*wanted.relationships, *(one for one in there.relationships if one not in wanted.relationships)):
        old, new = there.relationships.get(between, {}), wanted.relationships.get(between, {})
        if gone := [_row(ends) for ends in old if ends not in new]:
            yield _Step("removed", f"{_found(between)} DELETE r", gone)
        if changed := [_row(ends, values) for ends, values in new.items() if ends in old and old[ends] != values]:
            yield _Step("changed", f"{_found(between)} SET r = row.values", changed)


def _nodes(there: Elements, wanted: Elements) -> Iterator[_Step]:
    ours = (*by_label(), UNRECORDED)
    if strange := there.nodes.keys() - set(ours):
        raise NotOurs(f"nodes labelled {min(strange)} are no records")
    for label in ours:
        before, after = there.nodes.get(label, {}), wanted.nodes.get(label, {})
        match = f"UNWIND $rows AS row MATCH (n:{quoted(label)} {{id: row.id}})"
        if lost := [{ID: one} for one in before if one not in after]:
            yield _Step("removed", f"{match} DETACH DELETE n", lost)
        if other := [values for one, values in after.items() if one in before and before[one] != values]:
            yield _Step("changed", f"{match} SET n = row", other)
        if added := [values for one, values in after.items() if one not in before]:
            created = f"UNWIND $rows AS row CREATE (n:{quoted(label)}) SET n = row RETURN elementId(n)"
            yield _Step("made", created, added, label)


def _links(missing: dict[Between, dict[Ends, Values]], places: dict[tuple[str, str], str]) -> Iterator[_Step]:
    """The relationships that are missing: one statement for each type where the places of both ends are known."""
    placed: dict[str, list[list[Any]]] = defaultdict(list)
    for between, rows in missing.items():
        others = []
        for ends, values in rows.items():
            start, end = places.get((between.start, ends.start)), places.get((between.end, ends.end))
            if start is None or end is None:
                others.append(_row(ends, values))
            else:
                placed[between.type].append([start, end, values])
        if others:
            made = f"{_ends(between)} CREATE (a)-[r:{quoted(between.type)}]->(b) SET r = row.values"
            yield _Step("made", made, others)
    for kind, found in placed.items():
        yield _Step("made", f"{PLACED} CREATE (a)-[r:{quoted(kind)}]->(b) SET r = row[2]", found)


def _row(ends: Ends, values: Values | None = None) -> dict[str, Any]:
    return {"start": ends.start, "end": ends.end, "id": ends.id, "values": values or {}}


def _ends(between: Between) -> str:
    start, end = quoted(between.start), quoted(between.end)
    return f"UNWIND $rows AS row MATCH (a:{start} {{id: row.start}}) MATCH (b:{end} {{id: row.end}})"


def _found(between: Between) -> str:
    """The relationships of the rows, as ``r``; those that are no records have no id."""
    return f"{_ends(between)} MATCH (a)-[r:{quoted(between.type)}]->(b) WHERE coalesce(r.id, '') = row.id"


def _batches(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for first in range(0, len(rows), BATCH):
        yield rows[first : first + BATCH]
