"""Nodes and relationships read from the database, and whether what was read is one release.

A load is one transaction, but a reader may be half-way through when the server makes a commit visible. So a node
labelled ``Loading`` stands while a load is committed, and whoever reads looks before and after: is it there, and has
the release changed meanwhile? If so, it reads again. Never in here: writing.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast

import msgspec
import neo4j

from graph.collecting import uncollected
from graph.stores.neo4j.connection import Connection, Neo4jProblem
from graph.stores.neo4j.names import ID, LOADING, RELEASE, UNRECORDED, by_label, by_type, projected, relationship_types
from graph.stores.neo4j.projection import Between, Elements, Ends, NotOurs, Values

T = TypeVar("T")

PATIENCE_S = 90.0
"""How long a reader waits for a load that is being committed."""

_RELEASE = f"MATCH (r:{RELEASE}) RETURN properties(r) AS release"
_COMMITTING = f"RETURN EXISTS {{ MATCH (l:{LOADING}) WHERE l.until > datetime() }} AS committing"
_NODES = "MATCH (n) WHERE any(label IN labels(n) WHERE label IN $labels) RETURN labels(n), properties(n)"
_RELATIONSHIPS = """
MATCH (a)-[r]->(b) WHERE type(r) IN $types
RETURN type(r), labels(a), a.id, labels(b), b.id, properties(r)
"""
_LABELS = """
MATCH (n) UNWIND CASE WHEN size(labels(n)) = 0 THEN [''] ELSE labels(n) END AS name
RETURN name, count(*) AS number
"""
_TYPES = "MATCH ()-[r]->() RETURN type(r) AS name, count(*) AS number"


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """What the database says about the release it holds. ``loads`` counts how often its content was changed."""

    id: str
    statements: int
    built_at: str
    ontology: str
    loads: int


def held(tx: neo4j.ManagedTransaction) -> Held | None:
    """The release that the database says it holds."""
    row = tx.run(_RELEASE).single()
    values = {} if row is None else row["release"]
    if "release" not in values:
        return None
    return Held(
        id=values["release"],
        statements=values["statements"],
        built_at=values["builtAt"],
        ontology=values["ontology"],
        loads=values["loads"],
    )


def steadily(connection: Connection, work: Callable[[neo4j.ManagedTransaction], T]) -> tuple[Held, T]:
    """What ``work`` reads from one release, and which; never from two.

    Raises:
        Neo4jProblem: there is no release, or loads do not come to an end.
        NotOurs: ``work`` found what no release holds.
    """

    def once(tx: neo4j.ManagedTransaction) -> tuple[Held, T] | None:
        # The order matters: the mark stands from before the commit to after it. So a release that is seen before the
        # absence of the mark is all there, and a release that is seen after it was not being replaced until then.
        before = held(tx)
        if _committing(tx):
            return None
        if before is None:
            raise no_release(connection)
        torn: NotOurs | None = None
        try:
            read = work(tx)
        except NotOurs as error:  # half of a node that is being removed, or truly not ours
            torn = error
        unmarked = not _committing(tx)
        if not unmarked or held(tx) != before:
            return None
        if torn is not None:
            raise torn
        return before, read

    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        try:
            done = connection.read(once)
        except Neo4jProblem as problem:
            if not str(getattr(problem.__cause__, "code", "")).endswith(".EntityNotFound"):
                raise
            done = None  # it was removed between being found and being read
        if done is not None:
            return done
        time.sleep(0.2)
    raise Neo4jProblem(f"a release is being loaded into {connection.account.uri}: try again in a minute")


def _committing(tx: neo4j.ManagedTransaction) -> bool:
    return bool(tx.run(_COMMITTING).single(strict=True)["committing"])


def no_release(connection: Connection) -> Neo4jProblem:
    """The complaint that nothing has been loaded."""
    account = connection.account
    return Neo4jProblem(f"the database {account.database!r} at {account.uri} holds no release: load one first")


@uncollected()
def read_elements(tx: neo4j.ManagedTransaction, types: Iterable[str] | None = None) -> Elements:
    """All our nodes, and the relationships of ``types`` (all of ours where not given).

    Raises:
        NotOurs: a node has no id.
    """
    labels = [*by_label(), UNRECORDED]
    nodes: dict[str, dict[str, Values]] = {}
    for found, values in cast(Iterable[tuple[list[str], Values]], tx.run(_NODES, labels=labels)):
        if ID not in values:
            raise NotOurs(f"a {_one(found)} has no id")
        nodes.setdefault(_one(found), {})[values[ID]] = _python(values)
    relationships: dict[Between, dict[Ends, Values]] = defaultdict(dict)
    wanted = sorted(relationship_types() if types is None else types)
    for kind, start, start_id, end, end_id, values in cast(Iterable[Any], tx.run(_RELATIONSHIPS, types=wanted)):
        ends = Ends(start_id, end_id, values.get(ID, ""))
        relationships[Between(kind, _one(start), _one(end))][ends] = _python(values)
    return Elements(nodes, dict(relationships))


def elements_of(nodes: Iterable[Any], relationships: Iterable[Any]) -> Elements:
    """What a statement of its own returned, as :func:`read_elements` gives it.

    ``nodes`` are ``[labels, properties, [[type, labels, id] of each node that it names]]``, ``relationships``
    ``[type, labels, id, labels, id, properties]`` from start to end.
    """
    found = Elements(defaultdict(dict), defaultdict(dict))
    for labels, values, links in nodes:
        found.nodes[_one(labels)][values[ID]] = _python(values)
        for kind, end, end_id in links:
            found.relationships[Between(kind, _one(labels), _one(end))][Ends(values[ID], end_id)] = {}
    for kind, start, start_id, end, end_id, values in relationships:
        ends = Ends(start_id, end_id, values.get(ID, ""))
        found.relationships[Between(kind, _one(start), _one(end))][ends] = _python(values)
    return Elements(dict(found.nodes), dict(found.relationships))


def record_links() -> list[str]:
    """The relationship types by which a node's record names others."""
    nodes = (one for one in projected().values() if one.is_node)
    return sorted({link.type for one in nodes for link in one.links.values() if link.target})


def record_types() -> set[str]:
    """The relationship types without which the records cannot be told; the others repeat what properties say."""
    return {*record_links(), *by_type()}


def changed_by_hand(connection: Connection, error: NotOurs) -> Neo4jProblem:
    """The complaint that the database holds what no load put there."""
    return Neo4jProblem(f"{connection.account.uri} was changed by hand ({error}): load again")


def strangers(tx: neo4j.ManagedTransaction) -> dict[str, int]:
    """Labels and relationship types in the database that are not ours, with their numbers.

    Labels that begin with an underscore are the book-keeping of Neo4j's own tools (Bloom) and pass.
    """
    own = {*by_label(), UNRECORDED, RELEASE, LOADING}
    found: dict[str, int] = {}
    for query, known in ((_LABELS, own), (_TYPES, relationship_types())):
        for row in tx.run(query):
            if row["name"] not in known and not row["name"].startswith("_"):
                found[row["name"] or "(no label)"] = row["number"]
    return found


def _one(labels: list[str]) -> str:
    own = [label for label in labels if not label.startswith("_")]
    return own[0] if len(own) == 1 else ":".join(sorted(own))


def _python(values: Values) -> Values:
    """Values as they were before the driver carried them: its dates are of its own."""
    return {key: value.to_native() if isinstance(value, neo4j.time.Date) else value for key, value in values.items()}
