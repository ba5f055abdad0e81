"""Curators and others before the application, over a release of the small world and its tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.application import create_application
from api.identity.keys import KeyStore
from api.settings import ApiSettings
from tests.ingest.curation.conftest import data, first, place, tables

__all__ = ["data", "first", "place", "tables"]

TODAY = date(2026, 11, 26)
PARTICIPATIONS = "council-of-europe/participations.csv"
OFFICE = "coe-int-7d58c23dec"

Who = dict[str, dict[str, str]]


def later(bound_on: str = "2006-02-10", **cells: str) -> dict[str, Any]:
    """A proposal: France was bound on another day."""
    row = {"bound_on": bound_on, "source": OFFICE, **cells}
    change = {"table": PARTICIPATIONS, "action": "replace", "id": "cets-185/FRA", "row": row}
    return {"reason": "the chart gives another day", "changes": [change]}


def brazil() -> dict[str, Any]:
    """A proposal: Brazil has acceded."""
    row = {
        "instrument": "cets-185", "party": "BRA", "standing": "party", "bound_on": "2022-11-30", "action": "accession",
        "in_force_on": "2023-03-01", "source": OFFICE,
    }  # fmt: skip
    return {"reason": "the chart has it", "changes": [{"table": PARTICIPATIONS, "action": "add", "row": row}]}


@pytest.fixture
def who(data: Path) -> Who:
    """The headers by which a caller of each kind is known; of curators there are two."""
    store = KeyStore(data)
    kinds = {"researcher": "researcher", "liaison": "liaison", "one": "curator", "other": "curator"}
    made = {
        name: {"Authorization": f"Bearer {store.create(f'{name} office', role)[1]}"} for name, role in kinds.items()
    }
    return {**made, "anonymous": {}}


@contextmanager
def serving(data: Path, tables: Path, **settings: Any) -> Iterator[TestClient]:
    """A client of the application; defects come back as responses."""
    application = create_application(ApiSettings(**settings), data, tables)
    application.state.today = lambda: TODAY
    with TestClient(application, raise_server_exceptions=False, client=("127.0.0.1", 50_000)) as client:
        yield client


@pytest.fixture
def client(data: Path, tables: Path, who: Who) -> Iterator[TestClient]:
    """A client of an application with accounts."""
    with serving(data, tables) as one:
        yield one


def proposed(client: TestClient, who: Who, proposal: dict[str, Any], by: str = "one") -> str:
    """The id of ``proposal``, made by one of the curators."""
    answer = client.post("/v1/proposals", json=proposal, headers=who[by])
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def published(client: TestClient, who: Who, name: str, by: str = "other") -> Any:
    """The response to publishing."""
    return client.post(f"/v1/proposals/{name}/publish", headers=who[by])
