"""``comity serve`` starts API and dashboard, ends both, and refuses what cannot be served."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx2 as httpx
import pytest

from tests.dashboard.conftest import START_S, free_port
from tests.terminal.conftest import ROOT, Run, shell

__all__ = ["shell"]


def answers(address: str) -> bool:
    try:
        return httpx.get(address).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


@pytest.mark.xdist_group("dashboard")
def test_both_are_served_and_both_end(packaged_data: Path, tmp_path: Path) -> None:
    port, shown = free_port(), free_port()
    command = [sys.executable, "-m", "comity", "serve", "--port", str(port), "--dashboard-port", str(shown)]
    environment = {**os.environ, "COMITY_DATA_DIR": str(packaged_data), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.DEVNULL)
    both = (f"http://127.0.0.1:{port}/v1/releases", f"http://127.0.0.1:{shown}/_stcore/health")
    try:
        until = time.monotonic() + START_S
        while not all(map(answers, both)):
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.2)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
    assert not any(map(answers, both))
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_served_is_refused_with_one_line(shell: Run, packaged_data: Path) -> None:
    data = {"COMITY_DATA_DIR": str(packaged_data)}
    both = shell("serve", "--api-only", "--dashboard-only", **data)
    assert (both.code, "choose one of" in both.complaint) == (2, True)
    unknown = shell("serve", "--port", "0", **data)
    assert (unknown.code, "name one" in unknown.complaint) == (2, True)
    nowhere = shell("serve", "--dashboard-only", COMITY_DASHBOARD_API="api:8000", **data)
    assert (nowhere.code, "COMITY_DASHBOARD_API" in nowhere.complaint) == (2, True)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        refused = shell("serve", "--dashboard-port", port, **data)
    assert (refused.code, f"port {port} of 127.0.0.1 is taken" in refused.complaint) == (2, True)
