"""Told to stop, the server takes no more requests, finishes those in flight within the limit, and ends."""

from __future__ import annotations

import json
import socket
import time
from pathlib import Path

import httpx
import pytest

from tests.api.operations.streaming import Slow
from tests.api.running import serving


def test_what_is_in_flight_is_finished_and_nothing_new_is_taken(built: Path) -> None:
    with serving(built) as server:
        slow = Slow(server.address)
        assert slow.line()["index"] == 0
        server.process.terminate()
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", int(server.address.rpartition(":")[2])), 1).close()
            except OSError:
                break
            time.sleep(0.05)
        with pytest.raises(httpx.HTTPError):
            server.get("/healthz")
        assert server.process.poll() is None
        rest = slow.rest()
        assert [line["index"] for line in rest] == list(range(1, Slow.QUESTIONS))
        server.process.wait(30)
    assert "Finished server process" in server.log.read_text(encoding="utf-8")


def test_what_takes_longer_than_the_limit_does_not_hold_it_up(built: Path) -> None:
    with serving(built, COMITY_API_STOP_WITHIN_S="1") as server:
        slow = Slow(server.address)
        slow.line()
        begun = time.monotonic()
        server.process.terminate()
        server.process.wait(30)
        assert time.monotonic() - begun < 15
        slow.close()
    assert json.loads(server.log.read_text(encoding="utf-8").splitlines()[-1])["event"].startswith("Finished")
