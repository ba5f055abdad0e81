"""What the tests of SPARQL over HTTP share: a server with narrow limits, and one that listens on a port."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from starlette.testclient import TestClient

from api.settings import ApiSettings
from tests.api.conftest import on_a_fixed_day

NARROW = ApiSettings(
    sparql_timeout_s=2, sparql_max_rows=1000, sparql_max_bytes=100_000, sparql_memory=600 << 20, sparql_ready=2,
    sparql_long=4, sparql_waiting=8,
)  # fmt: skip


@pytest.fixture(scope="package")
def narrow(packaged_data: Path) -> Iterator[TestClient]:
    """A client of an application with narrow limits."""
    with TestClient(on_a_fixed_day(NARROW, packaged_data), raise_server_exceptions=False) as one:
        yield one


@pytest.fixture(scope="package")
def address(packaged_data: Path) -> Iterator[str]:
    """The address of a server that listens on this machine, for clients that come over the network."""
    settings = ApiSettings(sparql_timeout_s=3, sparql_max_bytes=20_000_000)
    config = uvicorn.Config(on_a_fixed_day(settings, packaged_data), port=0, log_level="error", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()
