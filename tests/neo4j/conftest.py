"""One server for all tests here, each of which finds the database empty or as it asks for.

Without a server the tests that need one are skipped with one line, and fail where ``CI`` is set.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator

import msgspec
import pytest

from graph.canonical import canonical
from graph.model import Records
from graph.releases import Release
from graph.stores.neo4j import Account, Connection, LoadReport
from graph.stores.neo4j.loading import load_records
from tests.neo4j.server import NOTHING, Server, available, running

Load = Callable[..., LoadReport]


@pytest.fixture(scope="session")
def server(worker_id: str) -> Iterator[Server]:
    """A running server; one for each test process unless one is given."""
    if os.environ.get("NEO4J_URI") and worker_id != "master":
        pytest.fail("a given server holds one database: run these tests in one process (pytest -n 0 tests/neo4j)")
    if available() is None and not os.environ.get("CI"):
        warnings.warn(pytest.PytestWarning(f"tests skipped, {NOTHING}"), stacklevel=1)  # skips alone say nothing
        pytest.skip(NOTHING)
    with running() as one:
        yield one


@pytest.fixture(scope="session")
def account(server: Server) -> Account:
    """The account of the server, which may write."""
    return Account(uri=server.uri, user=server.user, password=server.password, database=server.database)


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


@pytest.fixture(scope="module")
def packaged(connection: Connection, packaged_release: Release) -> Connection:
    """A connection to the database holding the packaged release. Tests that ask for it leave it as it is."""
    wipe(connection)
    load_as(connection, packaged_release.records(), packaged_release.id, packaged_release.manifest.triples)
    return connection


def wipe(connection: Connection) -> None:
    """Remove all nodes and relationships, whosever they are."""
    connection.write(lambda tx: tx.run("MATCH (n) DETACH DELETE n").consume())


def load_as(connection: Connection, records: Records, release: str, statements: int = 0, **more: object) -> LoadReport:
    """Load ``records`` as the release of that name."""
    stamp = {"release": release, "statements": statements, "built_at": "2026-11-24T12:00:00Z"}
    return load_records(records, connection, stamp=stamp, **more)  # type: ignore[arg-type]


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
