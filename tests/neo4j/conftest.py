"""One server for all tests here, each of which finds the database empty or as it asks for."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from graph.canonical import canonical
from graph.exports.topics import part
from graph.records import Records
from graph.releases import Release
from graph.stores.neo4j import Account, Connection, LoadReport, changes, load
from graph.stores.neo4j.loading import load_records
from graph.stores.neo4j.reading import held
from ontologies.schema import schema

SMALL_BATCH = 50


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run one after another what leaves the packaged release as it is, so that it is loaded once.

    Before it run those that change the schema; after it those that ask path questions of other releases: so the server
    plans the path program once.
    """

    def turn(item: pytest.Item) -> tuple[bool, ...]:
        asked = getattr(item, "fixturenames", ())
        packaged = "packaged" in asked
        return "patient" in asked and not packaged, packaged, "empty_at_last" in asked

    items.sort(key=turn)


@pytest.fixture(scope="session")
def connection(account: Account) -> Iterator[Connection]:
    """A connection that may write."""
    with Connection(account) as one:
        yield one


@pytest.fixture
def empty(connection: Connection) -> Connection:
    """A connection to the emptied database."""
    wipe(connection)
    return connection


@pytest.fixture
def empty_at_last(empty: Connection) -> Connection:
    """As :func:`empty`, for the test that loads the packaged release before those that ask for it."""
    return empty


@pytest.fixture
def packaged(connection: Connection, packaged_release: Release) -> Connection:
    """A connection to the database holding the packaged release. Tests that ask for it leave it as it is."""
    there = connection.read(held)
    if there is None or there.id != packaged_release.id:
        wipe(connection)
        load(packaged_release, connection)
    return connection


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many statements for a small load as a large one has."""
    monkeypatch.setattr(changes, "BATCH", SMALL_BATCH)


def wipe(connection: Connection) -> None:
    """Remove all nodes and relationships, whosever they are."""
    connection.write(lambda tx: tx.run("MATCH (n) DETACH DELETE n").consume())


def load_as(connection: Connection, records: Records, release: str, statements: int = 0, **more: object) -> LoadReport:
    """Load ``records`` as the release of that name."""
    stamp = {"release": release, "statements": statements, "built_at": "2026-11-24T12:00:00Z"}
    return load_records(records, connection, stamp=stamp, **more)  # type: ignore[arg-type]


def portion(records: Records) -> Records:
    """A part of the packaged records in which there is something of every kind that :func:`amended` changes."""
    return part(records, "USA", schema())


def amended(records: Records) -> Records:
    """The records of another release: some gone, some changed, some new, in nodes and relationships."""
    kept = tuple(one for index, one in enumerate(records.participations) if index % 3)
    changed = tuple(msgspec.structs.replace(one, territorial_note="changed") for one in kept[: len(kept) // 2])
    fewer = {
        "participations": changed + kept[len(changed) :],
        "review_findings": records.review_findings[len(records.review_findings) // 2 :],
        "states": tuple(msgspec.structs.replace(one, name=f"{one.name} (new)") for one in records.states),
        "providers": (*records.providers, msgspec.structs.replace(records.providers[0], id="new", name="New")),
    }
    return canonical(msgspec.structs.replace(records, **fewer))
