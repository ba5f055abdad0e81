"""A release of the small world, built once, and proposals about it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.curation import store
from graph.curation.proposal import Change, Draft, Proposal, Step, made, new_id
from ingest.build import build
from ingest.curation.trial import tried
from tests.ingest.conftest import WORLD, written

DAY = "2026-11-26"
PARTICIPATIONS = "council-of-europe/participations.csv"
SOURCES = "common/sources.csv"
OFFICE, LIST, UNDATED = "coe-int-7d58c23dec", "example-org-9a442fd845", "example-org-596c66dedd"

BRAZIL = Change(
    table=PARTICIPATIONS,
    action="add",
    row={
        "instrument": "cets-185", "party": "BRA", "standing": "party", "bound_on": "2022-11-30", "action": "accession",
        "in_force_on": "2023-03-01", "source": OFFICE,
    },
)  # fmt: skip
LATER = Change(
    table=PARTICIPATIONS, action="replace", id="cets-185/FRA", row={"bound_on": "2006-02-10", "source": OFFICE}
)


def draft(*changes: Change, reason: str = "the chart says so") -> Draft:
    """A draft of these changes."""
    return Draft(reason=reason, changes=changes)


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the tables and a data directory in which their release is in use."""
    base = tmp_path_factory.mktemp("curation")
    build(base / "data", written(WORLD, base / "facts"))
    return base


@pytest.fixture
def place(first: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    shutil.copytree(first, tmp_path / "place")
    return tmp_path / "place"


@pytest.fixture
def data(place: Path) -> Path:
    """The data directory of the copy."""
    return place / "data"


@pytest.fixture
def tables(place: Path) -> Path:
    """The tables of the copy."""
    return place / "facts"


Propose = Callable[..., Proposal]


@pytest.fixture
def propose(data: Path, tables: Path) -> Propose:
    """Try changes out and keep the proposal."""

    def kept(*changes: Change, by: str = "key:aaaaaaaa") -> Proposal:
        name = new_id()
        trial = tried(data, tables, draft(*changes), name, DAY)
        proposal = made(name, draft(*changes), trial, Step(at=store.now(), by=by))
        store.write_proposal(data, proposal)
        return proposal

    return kept
