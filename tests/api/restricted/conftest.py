"""A small release, an agency's restricted contacts beside it, and callers of every role."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.application import create_application
from api.identity.keys import KeyStore
from api.identity.roles import ROLES
from api.settings import ApiSettings
from graph import restricted
from graph.releases import write_release
from graph.restricted import RestrictedContact
from tests.terminal.small_world import RECORDS

TODAY = date(2026, 11, 26)
MARK = "zqxj"
"""Stands in every field of every restricted contact, and nowhere in the records."""

QUESTION = {"from": "FRA", "to": "USA", "measure": "preservation"}


def contact(id: str, **fields: object) -> RestrictedContact:
    """A restricted contact that carries the mark in all that it says."""
    said = {name: f"{MARK}-{id}-{name}" for name in ("name", "origin", "phone", "email", "website", "address", "note")}
    said["as_of"] = "2026-11-01"
    return RestrictedContact(id=f"{MARK}-{id}", **(said | fields))  # type: ignore[arg-type]


CONTACTS = (
    contact("desk", authority="usa-ccips"),
    contact("night", authority="usa-ccips", available_24_7=True, languages=("en",)),
    contact("central", state="USA", kind="central-authority"),
    contact("french", authority="fra-oclctic"),
)


@pytest.fixture(scope="session")
def small_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a release of the small world and nothing else."""
    data = tmp_path_factory.mktemp("small-release")
    write_release(data, RECORDS, {}, fingerprint="", built_at="2026-11-26T00:00:00Z")
    return data


@pytest.fixture
def data(small_release: Path, tmp_path: Path) -> Path:
    """A data directory with restricted contacts, of its own for each test."""
    place = tmp_path / "data"
    shutil.copytree(small_release, place)
    restricted.write(place, CONTACTS)
    return place


@pytest.fixture
def keys(data: Path) -> dict[str, dict[str, str]]:
    """The headers by which a caller of each role is known."""
    return keys_of(data)


def keys_of(data: Path) -> dict[str, dict[str, str]]:
    """Make a key for each role; the headers that carry them."""
    store = KeyStore(data)
    return {"anonymous": {}} | {
        role: {"Authorization": f"Bearer {store.create(role, role)[1]}"} for role in ROLES if role != "anonymous"
    }


@contextmanager
def serving(data: Path, settings: ApiSettings | None = None) -> Iterator[TestClient]:
    """A client of the application on ``data``; defects come back as responses."""
    application = create_application(settings or ApiSettings(), data)
    application.state.today = lambda: TODAY
    with TestClient(application, raise_server_exceptions=False, client=("127.0.0.1", 50_000)) as client:
        yield client


Messages = MutableMapping[str, Any]


def watching(application: ASGIApp, leaving: Callable[[Messages], None]) -> ASGIApp:
    """``application``, each part of whose responses ``leaving`` sees just before it leaves."""

    async def watched(scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"].startswith("http.response"):
                leaving(message)
            await send(message)

        await application(scope, receive, sent)

    return watched


@pytest.fixture
def client(data: Path, keys: dict[str, dict[str, str]]) -> Iterator[TestClient]:
    """A client of the application on :func:`data`, which has accounts."""
    with serving(data) as one:
        yield one
