"""A release into the database: only what differs, in one transaction, counted before it is committed.

The difference is taken between what the release makes and what the database *holds*, not what it is said to hold, so
that loading again heals whatever happened to it, and does nothing where nothing is to do. What it holds need not be
read where an unbroken seal (:mod:`graph.stores.neo4j.untouched`) proves that nothing was changed since the last load,
and the release of that load is at hand. One transaction holds all changes and the new release id: until it is committed
nobody sees any of it, and a load that is killed, or loses its connection, leaves the release that was there. Retries
begin again at the difference.

While the commit itself is made visible a ``Loading`` node tells readers to read again (see
:mod:`graph.stores.neo4j.reading`); one left behind by a killed load is void after :data:`COMMIT_S`.
"""

from __future__ import annotations

import secrets
import time
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, NamedTuple

import msgspec
import neo4j

from graph.collecting import uncollected
from graph.records import Records
from graph.releases import BrokenRelease, Release
from graph.stores.neo4j.changes import Changes, Told, carry_out, changes
from graph.stores.neo4j.connection import Connection, Neo4jProblem
from graph.stores.neo4j.counting import compare, counted
from graph.stores.neo4j.filling import can_fill, fill
from graph.stores.neo4j.making_schema import await_indexes, make_schema
from graph.stores.neo4j.names import LOADING, RELEASE, schema_statements
from graph.stores.neo4j.projection import (
    Elements,
    NotOurs,
    canonical_elements,
    counts,
    elements,
    release_values,
)
from graph.stores.neo4j.reading import Held, held, read_elements, strangers
from graph.stores.neo4j.untouched import Moment, is_sealed, moment, set_seal

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
_MEET = f"""
MERGE (r:{RELEASE} {{key: 'current'}}) SET r.seal = ''
CREATE (l:{LOADING} {{key: '', until: datetime()}}) DELETE l
"""
"""Names that a server has not met it writes down in transactions of their own: these are met before the transactions
are numbered."""


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


class _Given(NamedTuple):
    """What is to be loaded: its elements and its stamp.

    ``earlier`` gives the elements of another release, if they are at hand; it is ``None`` where release ids do not tell
    the content, and what the database holds has to be read.
    """

    elements: Callable[[], Elements]
    stamp: Mapping[str, Any]
    earlier: Callable[[str], Elements | None] | None


def load(release: Release, connection: Connection, progress: Progress | None = None) -> LoadReport:
    """Make the database hold ``release`` and nothing else of ours.

    Raises:
        Neo4jProblem: the database holds what is not ours, the account may not write, or what was written is not what
            should be there; the database is as it was.
    """
    stamp = {"release": release.id, "statements": release.manifest.triples, "built_at": release.manifest.built_at}

    def earlier(id_: str) -> Elements | None:
        with suppress(BrokenRelease):
            other = release.beside(id_)
            return None if other is None else canonical_elements(other.records())
        return None

    return _load(_Given(lambda: canonical_elements(release.records()), stamp, earlier), connection, progress)


def load_records(
    records: Records, connection: Connection, *, stamp: Mapping[str, Any], progress: Progress | None = None
) -> LoadReport:
    """As :func:`load`, for any records with their ``stamp``: ``release``, ``statements``, ``built_at``."""
    return _load(_Given(lambda: elements(records), stamp, None), connection, progress)


@uncollected()
def _load(given: _Given, connection: Connection, progress: Progress | None) -> LoadReport:
    begun = time.monotonic()
    told = progress or (lambda what, done, total: None)
    schema = schema_statements()
    known = _known(connection, given)
    if known is None:
        refuse_strangers(connection)
    told("compare", 0, 0)
    if known == given.stamp["release"] and not make_schema(connection, schema):
        report = _report(given, known, Counter(), connection.read(counted))
    else:
        with ThreadPoolExecutor(1) as aside:  # the server writes files meanwhile, and waits for them
            making = aside.submit(make_schema, connection, schema)
            wanted = given.elements()
            made = making.result()
        report = _written(given, wanted, connection, told)
        if made or report.previous is None:
            told("index", wanted.size(), wanted.size())
            await_indexes(connection)
    return msgspec.structs.replace(report, seconds=time.monotonic() - begun)


def _known(connection: Connection, given: _Given) -> str | None:
    """The release that the database is known to hold, whole and nothing else, without reading it."""
    if given.earlier is None:
        return None
    now = moment(connection)

    def look(tx: neo4j.ManagedTransaction) -> str | None:
        there = held(tx)
        return there.id if there is not None and is_sealed(tx, now) else None

    return connection.read(look)


def _written(given: _Given, wanted: Elements, connection: Connection, told: Progress) -> LoadReport:
    """Write the difference; tell readers while it is committed; seal what is there afterwards."""
    key = secrets.token_hex(8)
    marked = False
    since: Moment | None = None

    def work(tx: neo4j.ManagedTransaction) -> LoadReport:
        nonlocal marked, since
        report, since = _in_one(tx, given, wanted, connection, told)
        if not report.nothing_to_do:
            marked = True
            _mark(connection, key)
        return report

    done = None
    try:
        done = connection.write(work)
    except NotOurs as error:
        raise _tampered(connection, str(error)) from None
    finally:
        ids_tell = done is not None and given.earlier is not None
        with suppress(Neo4jProblem):  # a mark that cannot be taken away voids itself, and a seal can be missing
            _close(connection, key if marked else None, since if ids_tell else None)
    return done


def _in_one(
    tx: neo4j.ManagedTransaction, given: _Given, wanted: Elements, connection: Connection, told: Progress
) -> tuple[LoadReport, Moment | None]:
    """What one transaction does, but for its commit; and the state since which nobody else's changes went unseen."""
    tx.run(_LOCK).consume()
    before = held(tx)
    since = moment(connection)

    def so_far(total: int) -> Told:
        return lambda verb, number: told(verb, number, total)

    def stamped() -> None:
        tx.run(_STAMP, values=release_values(**given.stamp)).consume()

    if before is None and can_fill(connection.server_version):
        done = Counter(made=fill(tx, wanted, so_far(wanted.size())))
        stamped()
        tx.run(_MEET).consume()
        since = moment(connection)  # what anybody else has made until now is counted below
    else:
        wanting = _wanting(tx, given, wanted, before, since)
        done = carry_out(tx, wanting, so_far(wanting.size()))
        if wanting.size() or before is None or before.id != given.stamp["release"]:
            stamped()
    found = counted(tx)
    compare(found, counts(wanted))
    return _report(given, None if before is None else before.id, done, found), since


def _wanting(
    tx: neo4j.ManagedTransaction, given: _Given, wanted: Elements, before: Held | None, now: Moment | None
) -> Changes:
    """What makes the database hold ``wanted``; it is read only where its elements are not at hand."""
    if given.earlier is not None and before is not None and is_sealed(tx, now):
        known = wanted if before.id == given.stamp["release"] else given.earlier(before.id)
        if known is not None:
            return changes(known, wanted)
    return changes(read_elements(tx), wanted)


def _close(connection: Connection, key: str | None, since: Moment | None) -> None:
    """Take the mark away, and seal the database if all transactions ``since`` then were those of this load.

    With a mark these are the one that made it, the load itself and this one; without, this one alone.
    """
    own = 0 if key is None else 2
    sealing = since is not None and moment(connection) == since.later(own)

    def work(tx: neo4j.ManagedTransaction) -> None:
        if key is not None:
            tx.run(_UNMARK, key=key).consume()
        if since is not None and sealing:
            set_seal(tx, since.later(own + 1))

    if key is not None or sealing:
        connection.write(work)


def _report(given: _Given, previous: str | None, done: Counter[str], found: Counter[str]) -> LoadReport:
    verbs = {verb: done[verb] for verb in ("made", "changed", "removed")}
    counts_found = dict(sorted(found.items()))
    return LoadReport(release=given.stamp["release"], previous=previous, seconds=0.0, counts=counts_found, **verbs)


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


def _mark(connection: Connection, key: str) -> None:
    connection.write(lambda tx: tx.run(_MARK, key=key, seconds=COMMIT_S).consume())


def _tampered(connection: Connection, what: str) -> Neo4jProblem:
    account = connection.account
    return Neo4jProblem(
        f"the load into {account.database!r} at {account.uri} was given up, nothing is changed: {what}. If the "
        f"database was changed by hand, empty it ({EMPTYING}) and load again"
    )
