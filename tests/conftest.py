"""What all tests share: one release built from the packaged tables, and one Neo4j server, per run."""

from __future__ import annotations

import fcntl
import os
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.network import Network
from graph.offers import OfferBook
from graph.releases import Release, current
from graph.stores.neo4j import Account
from ingest.build import build
from tests.neo4j.server import NOTHING, Server, available, running

ROOT = Path(__file__).parent.parent

TOGETHER = (
    "tests/api/exports", "tests/api/sparql", "tests/api/restricted/test_nothing_leaks.py", "tests/containers",
    "tests/graph/test_briefing.py", "tests/graph/test_explanations.py", "tests/terminal/test_brief.py",
)  # fmt: skip
"""Folders and files whose tests share what takes seconds to make: each is left to one process."""


@pytest.fixture(scope="session")
def packaged_data(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A data directory holding the release of the packaged tables, built once for all test processes."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    data = shared / "packaged-data"
    with (shared / "packaged-data.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        build(data)  # returns at once when another process has built it
    return data


@pytest.fixture(scope="session")
def packaged_release(packaged_data: Path) -> Release:
    """The current release of the packaged tables."""
    return current(packaged_data)


@pytest.fixture(scope="session")
def packaged_book(packaged_release: Release) -> OfferBook:
    """The compiled network of the packaged release."""
    return OfferBook(Network(packaged_release.records(), packaged_release.id))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the tests that need Neo4j to one process (``--dist loadgroup``), so that one server is started; likewise
    those that stay :data:`TOGETHER`."""
    for item in items:
        if "server" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("neo4j"))
            continue
        place = item.path.relative_to(ROOT).as_posix()
        for shared in TOGETHER:
            if place == shared or place.startswith(f"{shared}/"):
                item.add_marker(pytest.mark.xdist_group(shared))


@pytest.fixture(scope="session")
def server(worker_id: str) -> Iterator[Server]:
    """A running Neo4j server. Without one, tests are skipped with one line, and fail where ``CI`` is set."""
    if os.environ.get("NEO4J_URI") and worker_id != "master":
        pytest.fail("a given server holds one database: run these tests in one process (pytest -n 0 tests/neo4j)")
    if available() is None and not os.environ.get("CI"):
        warnings.warn(pytest.PytestWarning(f"tests skipped, {NOTHING}"), stacklevel=1)  # skips alone say nothing
        pytest.skip(NOTHING)
    with running() as one:
        yield one


@pytest.fixture(scope="session")
def account(server: Server) -> Account:
    """The account of the server, which may write."""
    return Account(uri=server.uri, user=server.user, password=server.password, database=server.database)
