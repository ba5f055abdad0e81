"""The server for tests is a real one and starts with authentication; how it ends: ``test_staged_server``."""

from __future__ import annotations

import shutil

import pytest

from graph.stores.neo4j import Connection
from tests.neo4j import server as staging
from tests.neo4j.server import Server


def test_it_answers(connection: Connection) -> None:
    assert connection.read(lambda tx: tx.run("RETURN 1 AS one").single(strict=True)["one"]) == 1
    assert connection.server_version.startswith(("5.", "20"))


def test_it_asks_for_a_password(server: Server) -> None:
    assert len(server.password) > 20 or server.kind == "given"


def test_how_long_it_took_to_start(server: Server) -> None:
    assert server.started_in_s is None or server.started_in_s < staging.START_S
    print(f"started in {server.started_in_s} s ({server.kind})")


def test_without_anything_it_says_so_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEO4J_URI", raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(staging.NoServer, match="no Neo4j: give NEO4J_URI") as caught, staging.running():
        pass
    assert "\n" not in str(caught.value)
