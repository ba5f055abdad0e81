"""A server that was killed leaves its folder of figures behind; the next one takes it away, and no other."""

from __future__ import annotations

import signal
import socket
import time
from pathlib import Path

from api import metrics_folder
from tests.api.running import Running, serving


def folders(data: Path) -> set[Path]:
    return set(data.glob(".metrics-*"))


def is_closed(server: Running) -> bool:
    """Whether nobody takes connections at the server's port any more, or soon does not."""
    port = int(server.address.rpartition(":")[2])
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except ConnectionRefusedError:
            return True
        time.sleep(0.1)
    return False


def test_the_folder_of_a_killed_server_is_gone_when_another_runs_and_that_of_a_running_one_stays(data: Path) -> None:
    with serving(data, "--workers", "2") as running:
        (kept,) = folders(data)
        with serving(data, "--workers", "2") as killed:
            (left,) = folders(data) - {kept}
            assert killed.get("/healthz").status_code == 200
            killed.process.send_signal(signal.SIGKILL)
            killed.process.wait(30)
            assert is_closed(killed)  # the processes that answered have ended too
        assert folders(data) == {kept, left}
        with serving(data) as third:
            assert folders(data) == {kept}
            assert third.get("/healthz").status_code == 200
        assert running.get("/metrics").status_code == 200
        assert list(kept.glob("*.db"))
    assert folders(data) == set()


def test_a_folder_is_locked_from_the_first_moment_to_the_last(tmp_path: Path) -> None:
    with metrics_folder.folder(tmp_path) as held:
        (tmp_path / ".metrics-left").mkdir()
        metrics_folder.clear(tmp_path)
        assert folders(tmp_path) == {Path(held)}
    assert folders(tmp_path) == set()
