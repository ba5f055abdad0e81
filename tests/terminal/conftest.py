"""The command line run in this process over a few records, and in a process of its own over the packaged release."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import comity
from terminal import session
from tests.terminal.small_world import RECORDS

ROOT = Path(comity.__file__).parent

TODAY = date(2026, 11, 24)

Run = Callable[..., "Done"]


class Done:
    """What a run left behind."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        """Standard output, read as JSON."""
        return json.loads(self.out)

    @property
    def complaint(self) -> str:
        """The only line of standard error."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        return lines[0]


class SmallRelease:
    """Stands in for a release on disk."""

    id = "r-small"

    def records(self) -> Any:
        return RECORDS


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty directory and an environment that says nothing of Comity."""
    monkeypatch.chdir(tmp_path)
    for variable in [name for name in os.environ if name.startswith("COMITY_")]:
        monkeypatch.delenv(variable)
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture
def run(nowhere: None, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line in this process over the small world, in an empty directory."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(session, "release", SmallRelease)
    monkeypatch.setattr(session, "today", lambda: TODAY)
    return _invoke


@pytest.fixture
def command(nowhere: None, packaged_data: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """As :func:`shell`, in this process: for what does not depend on how a process begins and ends."""
    monkeypatch.setenv("COMITY_DATA_DIR", str(packaged_data))
    return _invoke


def _invoke(*words: str, **environment: str) -> Done:
    result = CliRunner().invoke(comity.app, words, env=environment)
    return Done(result.exit_code, result.stdout, result.stderr)


@pytest.fixture
def shell(packaged_data: Path, tmp_path: Path) -> Run:
    """Run ``comity`` in a process of its own over the packaged release; arguments are words, then the environment."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COMITY_", "NO_COLOR"))}

    def invoke(*words: str, **environment: str) -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "comity", *words],
            env=kept | {"COMITY_DATA_DIR": str(packaged_data), "PYTHONPATH": str(ROOT)} | environment,
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    return invoke
