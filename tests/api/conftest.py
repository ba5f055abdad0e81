"""What the tests of the API share: the application on the packaged release and on a few records, asked in process."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.application import create_application
from api.settings import ApiSettings
from graph.releases import write_release
from tests.terminal.small_world import RECORDS

TODAY = date(2026, 11, 26)


def on_a_fixed_day(settings: ApiSettings, data: Path) -> FastAPI:
    """The application, to which every day is :data:`TODAY`."""
    application = create_application(settings, data)
    application.state.today = lambda: TODAY
    return application


@pytest.fixture(scope="session")
def client(packaged_data: Path) -> Iterator[TestClient]:
    """A client of the application on the packaged release. Defects come back as responses, as they would outside."""
    application = on_a_fixed_day(ApiSettings(), packaged_data)
    with TestClient(application, raise_server_exceptions=False) as one:
        yield one


@contextmanager
def running(application: FastAPI) -> Iterator[str]:
    """The address of a real server that runs ``application`` on a thread of this process."""
    config = uvicorn.Config(application, port=0, log_level="error", server_header=False, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture(scope="session")
def address(packaged_data: Path) -> Iterator[str]:
    """Where a real server answers from the packaged release."""
    with running(on_a_fixed_day(ApiSettings(), packaged_data)) as found:
        yield found


@pytest.fixture(scope="session")
def small_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a release of a few records."""
    data = tmp_path_factory.mktemp("small")
    write_release(data, RECORDS, {}, fingerprint="small", built_at="2026-11-24T00:00:00Z")
    return data
