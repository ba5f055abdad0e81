"""A real server starts with the settings of ``docker-compose.yml`` and takes each of them."""

from __future__ import annotations

import pytest

from graph.stores.neo4j import Account, Connection
from tests.containers.documents import described, server_settings
from tests.neo4j import server as staging
from tests.neo4j.server import Server


def test_the_server_takes_the_settings_of_the_compose_file(server: Server) -> None:
    if server.kind != "staged":
        pytest.skip(f"the server is {server.kind}")
    given = server_settings(described().compose)
    with staging.staged(given) as one:
        account = Account(uri=one.uri, user=one.user, password=one.password, database=one.database)
        with Connection(account) as connection:
            rows = connection.read(lambda tx: tx.run("SHOW SETTINGS YIELD name, value").data())
    taken = {row["name"]: row["value"] for row in rows}
    assert {name: _plain(taken[name]) for name in given} == {name: _plain(value) for name, value in given.items()}


def test_a_setting_that_no_server_knows_is_refused(server: Server) -> None:
    if server.kind != "staged":
        pytest.skip(f"the server is {server.kind}")
    with (
        pytest.raises(staging.NoServer, match="initial password could not be set"),
        staging.staged({"dbms.usage_reporting": "false"}),
    ):
        pass


def _plain(value: str) -> str:
    """A size without its decimals and the long form of its unit: ``1.00GiB`` is ``1g``."""
    return value.lower().replace(".00", "").removesuffix("ib")
