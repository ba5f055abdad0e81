"""The containers as they are described have no fault, and each check finds the mistake planted for it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.containers import checks
from tests.containers.checks import CHECKS, Check
from tests.containers.documents import ROOT, described, image, is_ignored
from tests.containers.mistakes import IN_COMPOSE, IN_IMAGE, Change
from tests.neo4j import server


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_containers_have_no_fault(check: Check) -> None:
    assert check(described()) == []


def test_the_server_is_the_one_that_the_tests_run() -> None:
    assert described().services["neo4j"]["image"] == server.IMAGE
    assert f"neo4j:{'.'.join(server.version().split('.')[:2])}-community" == server.IMAGE


def named(value: object) -> str | None:
    """The name of a check, for the names of the tests."""
    return value.__name__ if value in CHECKS else None


@pytest.mark.parametrize(
    ("check", "change", "said"), [(check, *one) for check, several in IN_COMPOSE.items() for one in several], ids=named
)
def test_a_mistake_in_the_compose_file_is_found(check: Check, change: Change, said: str) -> None:
    containers = described()
    change(containers.compose)
    assert any(said in fault for fault in check(containers)), check(containers)


@pytest.mark.parametrize(
    ("check", "right", "wrong", "said"),
    [(check, *one) for check, several in IN_IMAGE.items() for one in several],
    ids=named,
)
def test_a_mistake_in_the_dockerfile_is_found(check: Check, right: str, wrong: str, said: str) -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert right in text
    containers = described()._replace(image=image(text.replace(right, wrong)))
    assert any(said in fault for fault in check(containers)), check(containers)


def test_a_variable_that_is_not_explained_is_found() -> None:
    containers = described()
    more = containers._replace(compose_text=containers.compose_text + "# ${MORE:-}")
    assert checks.variables_are_explained(more) == ["MORE: read, and not in .env.example"]
    less = containers._replace(example={**containers.example, "COMITY_LESS": ""})
    assert checks.variables_are_explained(less) == [
        "COMITY_LESS: in .env.example, and nothing reads it", "COMITY_LESS: no such setting",
    ]  # fmt: skip


def test_a_password_in_the_example_is_found() -> None:
    containers = described()
    open_ = containers._replace(example={**containers.example, "COMITY_NEO4J_PASSWORD": "letmein1"})
    assert checks.secrets_come_from_outside(open_) == ["COMITY_NEO4J_PASSWORD in .env.example has a value"]


def test_each_check_has_a_mistake_planted() -> None:
    assert {*IN_COMPOSE, *IN_IMAGE, checks.variables_are_explained} == set(CHECKS)


@pytest.mark.parametrize(
    "path",
    [".env", ".git/config", ".comity/current", ".venv/bin/python", "tests/conftest.py", "docs/neo4j.md", "build/lib",
     "graph/__pycache__/model.pyc", "graph/stores/__pycache__/base.pyc", "ingest/.env", "comity.toml", "graph.db"],
)  # fmt: skip
def test_the_engine_is_not_given(path: str) -> None:
    assert is_ignored(path, described().ignored)


@pytest.mark.parametrize("path", ["comity.py", "graph/stores/neo4j/names.py", "ingest/facts/common/states.csv"])
def test_the_engine_is_given(path: str) -> None:
    assert not is_ignored(path, described().ignored)


def test_git_is_not_given_the_settings() -> None:
    asked = subprocess.run(["git", "check-ignore", ".env"], cwd=ROOT, capture_output=True, check=False)
    assert asked.returncode == 0


def test_the_compose_file_keeps_the_specification() -> None:
    assert _against_the_specification(ROOT / "docker-compose.yml").returncode == 0


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("depends_on", "depend_on"), ("read_only: true", "read_only: [yes]"), ("retries: 5", "retry: 5")],
)
def test_a_breach_of_the_specification_is_found(tmp_path: Path, right: str, wrong: str) -> None:
    text = described().compose_text
    assert right in text
    (tmp_path / "compose.yml").write_text(text.replace(right, wrong), encoding="utf-8")
    done = _against_the_specification(tmp_path / "compose.yml")
    assert done.returncode == 1
    assert "services" in done.stdout


def test_the_documents_name_volumes_and_files_that_exist() -> None:
    text = (ROOT / "docs" / "containers.md").read_text(encoding="utf-8")
    containers = described()
    project = containers.compose["name"]
    volumes = {f"{project}_{volume}" for volume in containers.compose["volumes"]}
    assert set(re.findall(rf"\b{project}_[a-z0-9-]+\b", text)) <= volumes | {f"{project}_reader", f"{project}_writer"}
    assert set(re.findall(r"COMITY_[A-Z0-9_]+", text)) <= checks.SETTINGS


def _against_the_specification(path: Path) -> subprocess.CompletedProcess[str]:
    """Checked by the schema of the Compose specification."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
