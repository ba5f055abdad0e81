"""``comity serve`` as a process of its own: it answers, ends when told to, and refuses what it must not do."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from api.client import Comity, Unreachable, paths
from tests.terminal.conftest import ROOT, Run, shell

__all__ = ["shell"]


@pytest.mark.parametrize("workers", [1, 2])
def test_it_answers_until_it_is_told_to_stop(packaged_data: Path, tmp_path: Path, workers: int) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "comity", "serve", "--api-only", "--port", str(port), "--workers", str(workers)]
    environment = {**os.environ, "COMITY_DATA_DIR": str(packaged_data), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        with Comity(f"http://127.0.0.1:{port}") as comity:
            while True:
                try:
                    assert comity.ask(paths("FRA", "USA", "preservation")).paths
                    break
                except Unreachable:
                    assert time.monotonic() < until
                    assert process.poll() is None
                    time.sleep(0.1)
    finally:
        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=30)
    assert code in (0, -signal.SIGTERM)
    assert list(tmp_path.iterdir()) == []


def test_it_refuses_to_be_reached_from_elsewhere_and_to_serve_nothing(shell: Run, tmp_path: Path) -> None:
    refused = shell("serve", "--api-only", "--host", "0.0.0.0")
    assert (refused.code, "which needs accounts" in refused.complaint) == (2, True)
    empty = shell("serve", "--api-only", COMITY_DATA_DIR=str(tmp_path / "none"))
    assert (empty.code, "build one with: comity build" in empty.complaint) == (2, True)
    assert shell("serve", "--port", "99999").code == 2
