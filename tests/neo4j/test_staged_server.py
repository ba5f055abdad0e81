"""A second server, as one in use is made: with the settings of the compose file, on a database that Neo4j's own import
has made from the files of a release. It holds the release, whole; and when it is ended nothing of it is left.

It is started once for all tests here, which only read it.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from graph.canonical import list_fields
from graph.exports import export
from graph.releases import Release, write_release
from graph.stores.neo4j import Account, Connection, Neo4jStore, load
from graph.stores.neo4j.names import schema_statements
from graph.stores.neo4j.projection import counts, elements
from tests.containers.documents import described, server_settings
from tests.neo4j import server as staging
from tests.neo4j.odd import odd_records

pytestmark = pytest.mark.xdist_group("neo4j staged")  # one process, beside the one with the server of all other tests

GIVEN = server_settings(described().compose)


class Imported(NamedTuple):
    """A running server and the folder of files from which its database was made."""

    account: Account
    folder: Path


@pytest.fixture(scope="module")
def release(packaged_release: Release, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Real records of every kind, of the many every tenth, with the odd records among them."""
    plain, odd = packaged_release.records(), odd_records()
    many = ("participations", "memberships", "review_findings", "authorities", "designations")
    plain = msgspec.structs.replace(plain, **{field: getattr(plain, field)[::10] for field in many})
    both = {field: getattr(plain, field) + getattr(odd, field) for field in list_fields().values()}
    records = msgspec.structs.replace(plain, **both)
    data = tmp_path_factory.mktemp("odd")
    return write_release(data, records, {}, fingerprint="f", built_at="2026-11-24T12:00:00Z")


@pytest.fixture(scope="module")
def imported(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Imported]:
    """The server. Once the tests are done it is ended, and its process and its folder are gone."""
    if not staging.can_stage():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("the import tool needs Maven and Java 17")
    folder = tmp_path_factory.mktemp("import") / "a folder"
    export(release, "neo4j", folder)
    homes: list[Path] = []

    def run(admin: Path) -> None:
        homes.append(admin.parents[1])
        command, env = ["sh", str(folder / "import.sh")], {**os.environ, "NEO4J_ADMIN": str(admin)}
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    with staging.staged(GIVEN, run) as server:
        assert server.pid is not None
        os.kill(server.pid, 0)
        assert homes[0].is_dir()
        account = Account(uri=server.uri, user=server.user, password=server.password, database=server.database)
        yield Imported(account, folder)
    with pytest.raises(ProcessLookupError):
        os.kill(server.pid, 0)
    assert not homes[0].exists()


@pytest.fixture(scope="module")
def connection(imported: Imported) -> Iterator[Connection]:
    """A connection after the schema has been made as the guide says."""
    with Connection(imported.account) as one:
        for statement in (imported.folder / "schema.cypher").read_text(encoding="utf-8").split(";\n")[:-1]:
            one.write(lambda tx, text=statement: tx.run(text).consume())  # type: ignore[misc]
        one.write(lambda tx: tx.run("CALL db.awaitIndexes(300)").consume())
        yield one


def test_the_import_makes_what_a_load_would_have_made(
    connection: Connection, imported: Imported, release: Release
) -> None:
    with Neo4jStore(imported.account) as store:
        assert (store.release_id, store.status().statements) == (release.id, release.manifest.triples)
        read = store.records()
    for field in list_fields().values():
        assert getattr(read, field) == getattr(release.records(), field), field
    made = connection.read(lambda tx: tx.run("SHOW INDEXES YIELD name, state").data())
    assert {row["name"] for row in made if row["state"] == "ONLINE"} >= set(schema_statements())
    report = load(release, connection)
    assert report.nothing_to_do
    assert report.counts == dict(counts(elements(release.records())))
    (row,) = connection.read(lambda tx: tx.run("MATCH (r:Release) RETURN properties(r) AS held").data())
    assert row["held"].keys() == {
        "key",
        "release",
        "statements",
        "builtAt",
        "ontology",
        "loadedAt",
        "loads",
        "seal",
    }
    export(release, "neo4j", imported.folder, force=True)  # what the import left there is no stranger's


def test_the_server_takes_the_settings_of_the_compose_file(connection: Connection) -> None:
    rows = connection.read(lambda tx: tx.run("SHOW SETTINGS YIELD name, value").data())
    taken = {row["name"]: row["value"] for row in rows}
    assert {name: _plain(taken[name]) for name in GIVEN} == {name: _plain(value) for name, value in GIVEN.items()}


def test_a_setting_that_no_server_knows_is_refused() -> None:
    if not staging.can_stage():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("a server of our own needs Maven and Java 17")
    with (
        pytest.raises(staging.NoServer, match="initial password could not be set"),
        staging.staged({"dbms.usage_reporting": "false"}),
    ):
        pass


def _plain(value: str) -> str:
    """A size without its decimals and the long form of its unit: ``1.00GiB`` is ``1g``."""
    return value.lower().replace(".00", "").removesuffix("ib")
