"""What cannot work says why in one line, with the cure and without the password, and changes nothing."""

from __future__ import annotations

import socket
import time

import msgspec
import neo4j
import pytest

from graph.stores.neo4j import Account, Connection, Neo4jProblem, Neo4jStore
from graph.stores.neo4j.connection import check_version, explained, is_address
from tests.contract.test_stores import HELD
from tests.neo4j.conftest import load_as

ANYWHERE = Account(uri="bolt://127.0.0.1:1", user="neo4j", password="secret-word")


def refused(account: Account) -> str:
    """What connecting says; one line, without the password, and soon."""
    begun = time.monotonic()
    with pytest.raises(Neo4jProblem) as caught:
        Connection(account)
    said = str(caught.value)
    assert "\n" not in said
    assert account.password not in said
    assert time.monotonic() - begun < 15
    return said


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "localhost",
        "http://localhost:7474",
        "bolt://",
        "bolt://host:notaport",
        "neo4j://user:secret-word@host",
        "bolt:7687",
    ],
)
def test_no_address(uri: str) -> None:
    assert not is_address(uri)
    said = refused(msgspec.structs.replace(ANYWHERE, uri=uri))
    assert "bolt://localhost:7687" in said
    assert "COMITY_NEO4J_URI" in said


def test_nobody_there() -> None:
    said = refused(ANYWHERE)
    assert said.startswith("no Neo4j answers at bolt://127.0.0.1:1: start it, or set COMITY_NEO4J_URI")


def test_nobody_there_for_routing() -> None:
    assert "COMITY_NEO4J_URI" in refused(msgspec.structs.replace(ANYWHERE, uri="neo4j://127.0.0.1:1"))


def test_no_such_host() -> None:
    assert "COMITY_NEO4J_URI" in refused(msgspec.structs.replace(ANYWHERE, uri="bolt://no-such-host.invalid:7687"))


def test_something_else_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        account = msgspec.structs.replace(
            ANYWHERE, uri=f"bolt://127.0.0.1:{silent.getsockname()[1]}", connect_timeout_s=1.0
        )
        assert "no Neo4j answers" in refused(account)


def test_a_server_without_tls(account: Account) -> None:
    said = refused(msgspec.structs.replace(account, uri=account.uri.replace("bolt://", "bolt+ssc://")))
    assert "COMITY_NEO4J_URI" in said


def test_a_wrong_password(account: Account) -> None:
    said = refused(msgspec.structs.replace(account, password="wrong-password-1"))
    assert "refuses user 'neo4j' or the password: set COMITY_NEO4J_USER and COMITY_NEO4J_PASSWORD" in said


def test_a_wrong_user(account: Account) -> None:
    assert "refuses user 'nobody'" in refused(msgspec.structs.replace(account, user="nobody"))


def test_no_such_database(account: Account) -> None:
    said = refused(msgspec.structs.replace(account, database="elsewhere"))
    assert "has no database 'elsewhere': set COMITY_NEO4J_DATABASE" in said


@pytest.mark.parametrize("version", ["4.4.38", "3.5.1", "5.6.0", "unknown"])
def test_a_server_that_is_too_old(version: str) -> None:
    with pytest.raises(Neo4jProblem, match=r"needs 5\.7 or newer: upgrade it"):
        check_version(version, ANYWHERE)


@pytest.mark.parametrize("version", ["5.7.0", "5.26.30", "5.27-aura", "2025.10.1"])
def test_servers_that_will_do(version: str) -> None:
    check_version(version, ANYWHERE)


def test_an_old_server_is_let_go(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.stores.neo4j.connection.OLDEST", (9999, 0))
    assert "upgrade it" in refused(account)


def test_no_release(empty: Connection, account: Account) -> None:
    with pytest.raises(Neo4jProblem, match="holds no release: load one first") as caught:
        Neo4jStore(account)
    assert "\n" not in str(caught.value)


def test_a_database_changed_by_hand(empty: Connection, account: Account) -> None:
    load_as(empty, HELD, "r-1")
    empty.write(lambda tx: tx.run("MATCH (s:State) SET s.invented = 1").consume())
    with Neo4jStore(account) as store, pytest.raises(Neo4jProblem, match=r"changed by hand .*: load again"):
        store.records()


def test_an_account_that_may_not_write(empty: Connection, account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    """Community has no roles: sessions that the server keeps from writing stand in for an account that may not."""
    load_as(empty, HELD, "r-1")
    fewer = msgspec.structs.replace(HELD, states=())
    with Connection(account) as reader:
        monkeypatch.setattr(reader, "write", reader.read)
        with pytest.raises(Neo4jProblem, match=r"may not do this .*: use the writer's account") as caught:
            load_as(reader, fewer, "r-2")
    assert "\n" not in str(caught.value)
    with Neo4jStore(account) as store:
        assert (store.release_id, store.records()) == ("r-1", HELD)


@pytest.mark.parametrize(
    ("code", "cure"),
    [
        ("Neo.ClientError.Security.Forbidden", "use the writer's account"),
        ("Neo.ClientError.Security.AuthenticationRateLimit", "wait a moment"),
        ("Neo.ClientError.Security.CredentialsExpired", "must be changed first"),
        ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", "dbms.memory.transaction.total.max"),
        ("Neo.ClientError.Transaction.TransactionTimedOut", "try again"),
        ("Neo.DatabaseError.General.UnknownError", "failed: it said this"),
    ],
)
def test_what_else_a_server_may_say(code: str, cure: str) -> None:
    error = neo4j.exceptions.Neo4jError._hydrate_neo4j(code=code, message="it said\nthis")
    said = explained(error, ANYWHERE)
    assert cure in said
    assert "\n" not in said
    assert ANYWHERE.password not in said


def test_an_account_does_not_show_its_password() -> None:
    assert "secret-word" not in f"{ANYWHERE!r} {ANYWHERE} {[ANYWHERE]}"
