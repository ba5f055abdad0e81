"""Two releases of a small world, and a server that answers from the newer one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from ingest.build import build
from tests.api.running import Running, serving
from tests.ingest.conftest import WORLD, written

FRANCE = "cets-185,FRA,party,2001-11-23,2006-01-10,ratification,,coe-int-7d58c23dec\n"
NEWS = {
    "council-of-europe/participations": (
        FRANCE, "cets-185,FRA,signed,2001-11-23,,,,coe-int-7d58c23dec\n"
        "cets-185,BRA,party,,2022-11-30,accession,2023-03-01,coe-int-7d58c23dec\n",
    ),
    "common/states": ("BRA,Brazil,", "BRA,Brasil,"),
}  # fmt: skip
"""What the newer release says otherwise: France only signed, Brazil is a party and has another name."""


class Two(NamedTuple):
    """A server, its data directory, and the ids of both releases."""

    server: Running
    data: Path
    old: str
    new: str


@pytest.fixture(scope="package")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    base = tmp_path_factory.mktemp("two")
    data = base / "data"
    old = build(data, written(WORLD, base / "old")).release
    world = {name: text.replace(*NEWS[name]) if name in NEWS else text for name, text in WORLD.items()}
    new = build(data, written(world, base / "new")).release
    assert old != new
    with serving(data, COMITY_API_WORK_TIMEOUT_S="20") as server:
        yield Two(server, data, str(old), str(new))
