"""What the tests of the API share: the application on the packaged release, asked in process."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.application import create_application
from api.settings import ApiSettings

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
