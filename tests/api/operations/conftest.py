"""A data directory with one release."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ingest.build import build
from tests.api.running import LARGER
from tests.ingest.conftest import written


@pytest.fixture(scope="package")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("operations")
    build(base / "data", written(LARGER, base / "facts"))
    return base / "data"


@pytest.fixture
def data(built: Path, tmp_path: Path) -> Path:
    """A copy of the directory, to be changed."""
    shutil.copytree(built, tmp_path / "data")
    return tmp_path / "data"
