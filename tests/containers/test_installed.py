"""The package works where it is installed: built from what the image is built from, away from this tree.

The libraries are those of the environment that runs the tests, so that nothing but the build backend is fetched.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from graph.releases import Release
from tests.containers.documents import ROOT, copies, described, is_ignored

PACKAGES = ("api", "dashboard", "graph", "ingest", "locales", "ontologies", "terminal")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The wheel, built from the files that the Dockerfile copies; once for all test processes."""
    base = tmp_path_factory.getbasetemp()
    place = (base if worker_id == "master" else base.parent) / "wheel"
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not list(place.glob("*.whl")):
            _copy_context(place / "context")
            _run([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", ".", "./context"], place)
    return next(place.glob("*.whl"))


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``comity``, installed from the wheel into an environment of its own."""
    place = tmp_path_factory.mktemp("installed")
    venv.create(place, with_pip=False)
    python = place / "bin" / "python"
    _run([sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", str(wheel)], place)
    # A path file adds the folder and not the path files in it, among them the one that leads to this tree.
    libraries = Path(sysconfig.get_path("purelib", vars={"base": str(place)}))
    (libraries / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return place / "bin" / "comity"


def test_the_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    files = [path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file()]
    wanted = {str(path.relative_to(ROOT)) for path in files if "__pycache__" not in path.parts}
    assert len(wanted) > 100
    assert wanted - held == set()
    assert not [name for name in held if name.startswith(("tests/", "benchmarks/", "docs/"))]


def test_it_builds_the_same_release_and_answers(program: Path, tmp_path: Path, packaged_release: Release) -> None:
    data = {"COMITY_DATA_DIR": str(tmp_path / "data")}
    assert json.loads(_run([str(program), "build", "--json"], tmp_path, data))["release"] == packaged_release.id
    asked = [str(program), "path", "FRA", "USA", "--measure", "preservation", "--json"]
    answer = json.loads(_run(asked, tmp_path, data))
    assert answer["release"] == packaged_release.id
    assert answer["paths"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]


def test_it_runs_from_where_it_is_installed(program: Path, tmp_path: Path) -> None:
    python = program.with_name("python")
    said = _run([str(python), "-c", "import comity, graph; print(comity.__file__, graph.__file__)"], tmp_path)
    assert str(ROOT) not in said
    assert said.count(str(program.parents[1])) == 2


def _copy_context(target: Path) -> None:
    """Copy what the Dockerfile copies into its first stage."""
    containers = described()
    for source in (source for copy in copies(containers.image) for source in copy.sources):
        for path in [ROOT / source, *(ROOT / source).rglob("*")]:
            name = str(path.relative_to(ROOT))
            if path.is_file() and not is_ignored(name, containers.ignored):
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target / name)


def _run(command: list[str], place: Path, more: dict[str, str] | None = None) -> str:
    """What ``command`` writes, run in ``place`` with nothing that leads to this tree."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COMITY_", "PYTHON"))}
    done = subprocess.run(
        command, cwd=place, env={**kept, **(more or {})}, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr or done.stdout
    return done.stdout
