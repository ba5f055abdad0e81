"""A release into the database: only what differs, in one transaction, counted before it is committed.

The difference is taken between what the release makes and what the database *holds*, not what it is said to hold, so
that loading again heals whatever happened to it, and does nothing where nothing is to do. One transaction holds all
changes and the new release id: until it is committed nobody sees any of it, and a load that is killed, or loses its
connection, leaves the release that was there. Retries begin again at the difference.

While the commit itself is made visible a ``Loading`` node tells readers to read again (see
:mod:`graph.stores.neo4j.reading`); one left behind by a killed load is void after :data:`COMMIT_S`.
"""

from __future__ import annotations

import secrets
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import msgspec
import neo4j

from graph.records import Records
from graph.releases import Release
from graph.stores.neo4j.changes import carry_out, changes
from graph.stores.neo4j.connection import Connection, Neo4jProblem
from graph.stores.neo4j.names import (
    LOADING,
    OWNED,
    RELEASE,
    key_statements,
    quoted,
    schema_statements,
)
from graph.stores.neo4j.projection import (
    Elements,
    NotOurs,
    canonical_elements,
    counts,
    elements,
    release_values,
)
from graph.stores.neo4j.reading import held, read_elements, strangers

COMMIT_S = 60
"""How long a ``Loading`` node counts: far longer than a server takes to make a commit visible."""

EMPTYING = "MATCH (n) DETACH DELETE n"
"""What the person in charge may type to empty a database; never run here."""

Progress = Callable[[str, int, int], None]
"""Told what is done (``compare``, ``removed``, ``changed``, ``made``), how many nodes and relationships are, and of how
many; 0 where that is not known yet."""

_LOCK = f"MERGE (r:{RELEASE} {{key: 'current'}}) SET r.loads = coalesce(r.loads, 0)"
_STAMP = f"""
MATCH (r:{RELEASE} {{key: 'current'}}) SET r += $values, r.loadedAt = datetime(), r.loads = r.loads + 1
"""
_MARK = f"MERGE (l:{LOADING} {{key: $key}}) SET l.until = datetime() + duration({{seconds: $seconds}})"
_UNMARK = f"MATCH (l:{LOADING}) WHERE l.key = $key OR l.until < datetime() DELETE l"
_ANYTHING = """
MATCH (n) WHERE none(label IN labels(n) WHERE label = $passing OR label STARTS WITH '_') RETURN 1 LIMIT 1
"""
_COUNTS = (
    "MATCH (n) UNWIND labels(n) AS name RETURN '(:' + name + ')' AS name, count(*) AS number",
    "MATCH (n) UNWIND labels(n) AS name UNWIND keys(n) AS key "
    "RETURN '(:' + name + ').' + key AS name, count(*) AS number",
    "MATCH ()-[r]->() RETURN '[:' + type(r) + ']' AS name, count(*) AS number",
    "MATCH ()-[r]->() UNWIND keys(r) AS key RETURN '[:' + type(r) + '].' + key AS name, count(*) AS number",
)
_NOT_COUNTED = (f"(:{RELEASE})", f"(:{LOADING})", "(:_", "[:_")


class LoadReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a load did. ``previous`` is the release that was there; ``counts`` are what is there now."""

    release: str
    previous: str | None
    made: int
    changed: int
    removed: int
    seconds: float
    counts: dict[str, int]

    @property
    def nothing_to_do(self) -> bool:
        """Whether the database held the release already, whole."""
        return self.previous == self.release and not (self.made or self.changed or self.removed)


def load(release: Release, connection: Connection, progress: Progress | None = None) -> LoadReport:
    """Make the database hold ``release`` and nothing else of ours.

    Raises:
        Neo4jProblem: the database holds what is not ours, the account may not write, or what was written is not what
            should be there; the database is as it was.
    """
    stamp = {"release": release.id, "statements": release.manifest.triples, "built_at": release.manifest.built_at}
    return _load(lambda: canonical_elements(release.records()), connection, stamp, progress)


def load_records(
    records: Records, connection: Connection, *, stamp: Mapping[str, Any], progress: Progress | None = None
) -> LoadReport:
    """As :func:`load`, for any records with their ``stamp``: ``release``, ``statements``, ``built_at``."""
    return _load(lambda: elements(records), connection, stamp, progress)


def _load(
    projected: Callable[[], Elements], connection: Connection, stamp: Mapping[str, Any], progress: Progress | None
) -> LoadReport:
    begun = time.monotonic()
    told = progress or (lambda what, done, total: None)
    wanted = projected()
    refuse_strangers(connection)
    # Into an empty database the indexes come last: to fill them at once is far quicker than with each record.
    first = connection.read(held) is None
    make_schema(connection, key_statements() if first else schema_statements())
    key = secrets.token_hex(8)
    marked = False

    def work(tx: neo4j.ManagedTransaction) -> LoadReport:
        nonlocal marked
        told("compare", 0, 0)
        tx.run(_LOCK).consume()
        before = held(tx)
        wanting = changes(read_elements(tx), wanted)
        done = carry_out(tx, wanting, lambda verb, so_far: told(verb, so_far, wanting.size()))
        found = _counted(tx)
        _compare(found, counts(wanted))
        report = LoadReport(
            release=stamp["release"],
            previous=None if before is None else before.id,
            made=done["made"],
            changed=done["changed"],
            removed=done["removed"],
            seconds=time.monotonic() - begun,
            counts=dict(sorted(found.items())),
        )
        if not report.nothing_to_do:
            tx.run(_STAMP, values=release_values(**stamp)).consume()
            marked = True
            _mark(connection, key)
        return report

    try:
        report = connection.write(work)
    except NotOurs as error:
        raise _tampered(connection, str(error)) from None
    finally:
        if marked:
            with suppress(Neo4jProblem):  # a mark that cannot be taken away voids itself
                connection.write(lambda tx: tx.run(_UNMARK, key=key).consume())
    if first:
        told("index", wanted.size(), wanted.size())
        make_schema(connection, schema_statements())
    return msgspec.structs.replace(report, seconds=time.monotonic() - begun)


def refuse_strangers(connection: Connection) -> None:
    """Raise :class:`Neo4jProblem` where the database holds anything that no release put there."""
    account = connection.account

    def look(tx: neo4j.ManagedTransaction) -> tuple[dict[str, int], bool]:
        return strangers(tx), held(tx) is not None or tx.run(_ANYTHING, passing=LOADING).single() is None

    others, ours = connection.read(look)
    cure = "give it an empty one (COMITY_NEO4J_DATABASE)"
    if others:
        what = ", ".join(f"{number} {name}" for name, number in sorted(others.items())[:3])
        raise Neo4jProblem(f"the database {account.database!r} at {account.uri} holds other data ({what}): {cure}")
    if not ours:
        raise Neo4jProblem(
            f"the database {account.database!r} at {account.uri} holds nodes, but no release put them there: {cure}"
        )


def make_schema(connection: Connection, wanted: Mapping[str, str]) -> None:
    """Make the constraints and indexes ``wanted`` (name → statement), and drop those that the ontology no longer asks
    for."""
    asked_for = schema_statements()

    def work(tx: neo4j.ManagedTransaction) -> bool:
        existing: dict[str, str] = {}
        for kind, query in (("CONSTRAINT", "SHOW CONSTRAINTS"), ("INDEX", "SHOW INDEXES")):
            for row in tx.run(f"{query} YIELD name").data():
                existing.setdefault(row["name"], kind)
        for name, kind in existing.items():
            if name.startswith(OWNED) and name not in asked_for:
                what = "CONSTRAINT" if kind == "CONSTRAINT" else "INDEX"
                tx.run(f"DROP {what} {quoted(name)} IF EXISTS").consume()
        missing = [statement for name, statement in wanted.items() if name not in existing]
        for statement in missing:
            tx.run(statement).consume()
        return bool(missing)

    if connection.write(work):
        connection.write(lambda tx: tx.run("CALL db.awaitIndexes(300)").consume())


def _mark(connection: Connection, key: str) -> None:
    connection.write(lambda tx: tx.run(_MARK, key=key, seconds=COMMIT_S).consume())


def _counted(tx: neo4j.ManagedTransaction) -> Counter[str]:
    """As :func:`graph.stores.neo4j.projection.counts`, by the database itself."""
    found: Counter[str] = Counter()
    for query in _COUNTS:
        for row in tx.run(query):
            if not row["name"].startswith(_NOT_COUNTED):
                found[row["name"]] = row["number"]
    return found


def _compare(found: Counter[str], wanted: Counter[str]) -> None:
    wrong = sorted(name for name in found.keys() | wanted.keys() if found[name] != wanted[name])
    if wrong:
        some = ", ".join(f"{name}: {found[name]} instead of {wanted[name]}" for name in wrong[:3])
        raise NotOurs(f"{len(wrong)} counts differ after loading ({some})")


def _tampered(connection: Connection, what: str) -> Neo4jProblem:
    account = connection.account
    return Neo4jProblem(
        f"the load into {account.database!r} at {account.uri} was given up, nothing is changed: {what}. If the "
        f"database was changed by hand, empty it ({EMPTYING}) and load again"
    )
