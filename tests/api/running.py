"""``comity serve`` in a process of its own, over a small release, asked over real connections."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx

from tests.ingest.conftest import WORLD, written

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, str(ROOT / "comity.py"))

# Clients are told verify=False, since to read the certificates of the world takes longer than what they ask over http.

LEFT = ("COMITY_", "PROMETHEUS_")
"""Beginnings of variables that the processes shall not inherit."""

_TREATIES = [f"cets-9{number:02}" for number in range(8)]

LARGER: dict[str, str] = {
    **WORLD,
    "council-of-europe/instruments": WORLD["council-of-europe/instruments"]
    + "".join(
        f"{id},Treaty {id},Treaty {id} on another thing,multilateral,2004-07-01,in-force,,,,coe-int-7d58c23dec\n"
        for id in _TREATIES
    ),
    "council-of-europe/participations": WORLD["council-of-europe/participations"]
    + "".join(
        f"{id},{party},party,,2006-01-10,ratification,2006-05-01,coe-int-7d58c23dec\n"
        for id in _TREATIES
        for party in ("FRA", "USA")
    ),
    "council-of-europe/provisions": "instrument,article,role,measures,channels,source\n"
    + "".join(f"{id},1,cooperation,preservation,central-authority,coe-int-7d58c23dec\n" for id in _TREATIES),
}
"""The small world with more treaties between two States, so that each answer has many paths and is long."""


class Running:
    """A server that runs. ``log`` is where it writes its log."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process = process
        self.log = log
        port = self._port()
        self.address = f"http://127.0.0.1:{port}"
        self._listening(port)

    def get(self, path: str, **headers: str) -> httpx.Response:
        """The response to one request on a connection of its own."""
        return httpx.get(self.address + path, headers=headers, timeout=60, verify=False)

    def stop(self) -> int:
        """Tell it to stop, and wait for its end; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    def lines(self) -> list[dict[str, Any]]:
        """The lines of the log."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def _listening(self, port: int) -> None:
        """Wait until connections are taken: where several processes answer, the address is told before."""
        for _ in range(600):
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            time.sleep(0.1)

    def _port(self) -> int:
        for _ in range(1200):
            found = re.search(r"running on http://127\.0\.0\.1:(\d+)", self.log.read_text(encoding="utf-8"))
            if found:
                return int(found[1])
            try:
                self.process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
            break
        raise AssertionError(f"the server does not run: {self.log.read_text(encoding='utf-8')}")


@contextmanager
def serving(data: Path, *words: str, **variables: str) -> Iterator[Running]:
    """A server over the releases of ``data``."""
    log = data.parent / f"{data.name}.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [*COMMAND, "serve", "--api-only", "--port", "0", *words], cwd=data.parent, env=environment(data, variables),
            stderr=stream, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    try:
        yield Running(process, log)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(60)


def build(data: Path, *changes: tuple[str, str, str]) -> str:
    """Build a release of the larger world into ``data`` with ``comity build``; its id.

    ``changes`` are tables, and a text in each that is replaced by another.
    """
    world = dict(LARGER)
    for table, before, after in changes:
        assert world[table].count(before) == 1, (table, before)
        world[table] = world[table].replace(before, after)
    facts = written(world, data.parent / f"{data.name}-facts")
    subprocess.run(
        [*COMMAND, "build", "--facts", str(facts)], cwd=data.parent, env=environment(data), check=True,
        capture_output=True,
    )  # fmt: skip
    return (data / "current").read_text(encoding="utf-8").strip()


def environment(data: Path, variables: dict[str, str] | None = None) -> dict[str, str]:
    """The environment of a process that works on ``data``."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(LEFT)}
    return {**kept, "COMITY_DATA_DIR": str(data), **(variables or {})}
