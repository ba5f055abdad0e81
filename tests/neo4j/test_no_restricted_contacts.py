"""Restricted contacts are beside the release and not in it: no account of the Neo4j server can read one there."""

from __future__ import annotations

import csv
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import neo4j
import pytest
from neo4j.exceptions import Neo4jError

from graph import restricted
from graph.releases import write_release
from graph.restricted import RestrictedContact
from graph.stores.neo4j import Account, Connection
from tests.api.restricted.conftest import MARK, contact
from tests.neo4j.conftest import wipe
from tests.neo4j.test_load_command import settings as settings
from tests.terminal.conftest import Run
from tests.terminal.conftest import shell as shell
from tests.terminal.small_world import RECORDS

CONTACTS = tuple(
    contact(id, authority=authority, email=f"{id}@{MARK}.example", website=f"https://{MARK}.example/{id}")
    for id, authority in (("desk", "usa-ccips"), ("night", "usa-ccips"), ("french", "fra-oclctic"))
)

EVERYTHING = (
    "MATCH (n) RETURN labels(n) AS kinds, properties(n) AS held",
    "MATCH ()-[r]->() RETURN [type(r)] AS kinds, properties(r) AS held",
    "CALL db.propertyKeys() YIELD propertyKey RETURN [propertyKey] AS kinds, {} AS held",
    "SHOW INDEXES YIELD name, labelsOrTypes, properties RETURN name, labelsOrTypes, properties",
    "SHOW CONSTRAINTS YIELD name, labelsOrTypes, properties RETURN name, labelsOrTypes, properties",
)
"""All that a database can tell of what is in it."""


@pytest.fixture
def reader(account: Account, empty: Connection) -> Iterator[Account]:
    """An account that only reads, as the documentation makes it; on a server without roles, one that does not write."""
    name, password = f"reader_{secrets.token_hex(4)}", secrets.token_hex(16)
    with neo4j.GraphDatabase.driver(account.uri, auth=(account.user, account.password)) as driver:
        driver.execute_query(
            f"CREATE USER {name} SET PASSWORD $password CHANGE NOT REQUIRED", password=password, database_="system"
        )
        try:
            with suppress(Neo4jError):  # Community has no roles
                driver.execute_query(f"GRANT ROLE reader TO {name}", database_="system")
            yield msgspec.structs.replace(account, user=name, password=password)
        finally:
            driver.execute_query(f"DROP USER {name}", database_="system")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data directory with a release of a few records."""
    write_release(tmp_path / "data", RECORDS, {}, fingerprint="", built_at="2026-11-26T00:00:00Z")
    return tmp_path / "data"


def table(path: Path) -> Path:
    """The restricted contacts as the table that an agency keeps."""
    given = ("sources", "evidence", "basis", "rule")
    fields = [name for name in RestrictedContact.__struct_fields__ if name not in given]
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, fields)
        rows.writeheader()
        for one in CONTACTS:
            said = {name: getattr(one, name) for name in fields}
            rows.writerow(said | {"languages": ";".join(one.languages), "available_24_7": "yes" * one.available_24_7})
    return path


def values(told: Any) -> Iterator[str]:
    """All texts in what the database tells, names of properties among them."""
    if isinstance(told, dict):
        for name, value in told.items():
            yield name
            yield from values(value)
    elif isinstance(told, list | tuple):
        for value in told:
            yield from values(value)
    elif told is not None:
        yield str(told)


def read_by(account: Account) -> list[str]:
    """All texts that the account finds in the database."""
    with Connection(account) as connection:
        return [
            text
            for query in EVERYTHING
            for row in connection.read(lambda tx, query=query: [dict(row) for row in tx.run(query)])  # type: ignore[misc]
            for text in values(row)
        ]


def test_after_an_import_and_a_load_no_account_finds_a_restricted_contact(
    reader: Account, empty: Connection, data: Path, shell: Run, settings: dict[str, str], tmp_path: Path
) -> None:
    here = {**settings, "COMITY_DATA_DIR": str(data)}
    imported = shell("restricted", "import", str(table(tmp_path / "contacts.csv")), **here)
    assert imported.code == 0, imported.err
    assert restricted.read(data).of("usa-ccips", None, None)
    loaded = shell("load", **here)
    assert loaded.code == 0, loaded.err
    found = read_by(reader)
    assert {authority.name for authority in RECORDS.authorities} <= set(found), "what is public is there"
    told = {value for one in CONTACTS for value in (one.id, one.name, one.phone, one.email, one.address) if value}
    assert told
    for text in found:
        assert MARK not in text.casefold()
        assert not any(value in text for value in told)


def test_a_contact_that_got_into_the_database_would_be_found(reader: Account, empty: Connection) -> None:
    empty.write(lambda tx: tx.run("CREATE (:Authority {id: 'a', phones: [$phone]})", phone=f"{MARK}-phone").consume())
    assert f"{MARK}-phone" in read_by(reader)
    wipe(empty)
