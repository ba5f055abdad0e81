"""Exports that take long: who asks waits for a while, then is told to come again, and the file is made all the same."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from graph.earlier import release_named
from graph.exports import kept
from tests.api.exports.conftest import Two
from tests.api.running import serving


@contextmanager
def another_is_making(folder: Path) -> Iterator[None]:
    """Hold the lock as another process does that makes an export of the release."""
    (folder / kept.FOLDER).mkdir(exist_ok=True)
    with (folder / kept.FOLDER / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def test_who_waits_too_long_is_told_to_come_again(two: Two) -> None:
    topics = ("FRA", "USA", "BRA", "cets-185", "state/FRA", "state/USA", "state/BRA", "instrument/cets-185")
    asked = [f"/v1/exports/{format}?topic={topic}" for topic in topics for format in ("csv", "node-link", "graphml")]
    folder = release_named(two.data, two.new).folder
    with serving(two.data, COMITY_API_WORK_TIMEOUT_S="3") as server:
        with another_is_making(folder), ThreadPoolExecutor(len(asked)) as many:
            answers = list(many.map(server.get, asked))
        assert {answer.status_code for answer in answers} == {503}
        assert all(int(answer.headers["retry-after"]) > 0 for answer in answers)
        codes = [answer.json()["code"] for answer in answers]
        assert codes.count("being-made") == 17
        assert codes.count("busy") == len(asked) - 17
        for _ in range(100):
            answer = server.get(asked[codes.index("being-made")])
            if answer.status_code == 200:
                break
            time.sleep(0.2)
        assert answer.status_code == 200
