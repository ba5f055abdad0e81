"""What all tests share: one release built from the packaged tables, per run."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest

from graph.network import Network
from graph.offers import OfferBook
from graph.releases import Release, current
from ingest.build import build


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
