"""The process that tries out, publishes and withdraws: one at a time, ended when it takes too long or the server stops.

A build takes seconds and memory; beside the server it can take neither from those who ask. Whatever moment it is ended
at, what is on the disk is whole, and the release in use is the old or the new one.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from pathlib import Path

import msgspec

from api.problems import Problem
from api.settings import ApiSettings
from graph.curation.messages import Outcome, Task
from graph.sparql import ROOT

COMMAND = (sys.executable, "-m", "ingest.curation.process")

LOWER = 10
"""How much less pressing it is than the requests that are answered meanwhile (nice(2))."""

log = logging.getLogger("comity.api")


class Curation:
    """Does tasks for the data directory ``data_dir`` and the tables in ``facts_dir`` (``None``: the packaged ones)."""

    def __init__(self, settings: ApiSettings, data_dir: Path, facts_dir: Path | None) -> None:
        self.data_dir = data_dir.resolve()
        self.facts_dir = str(facts_dir.resolve()) if facts_dir is not None else ""
        self._timeout_s = settings.curation_timeout_s
        self._waiting = settings.curation_waiting
        self._coming = 0
        self._turn = asyncio.Lock()
        self._running: Process | None = None

    async def done(self, task: Task) -> Outcome:
        """What comes of ``task``.

        Raises:
            Problem: too many wait (503), it takes too long (504), or the process ends without an outcome (500).
        """
        if self._coming > self._waiting:
            raise busy()
        self._coming += 1
        try:
            async with self._turn:
                return await self._run(task)
        finally:
            self._coming -= 1

    def close(self) -> None:
        """End the process that runs."""
        if self._running is not None:
            _kill(self._running)

    async def _run(self, task: Task) -> Outcome:
        process = await asyncio.create_subprocess_exec(*COMMAND, stdin=PIPE, stdout=PIPE, stderr=PIPE, cwd=ROOT)
        self._running = process
        with suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, process.pid, LOWER)
        try:
            async with asyncio.timeout(self._timeout_s):
                said, complaint = await process.communicate(msgspec.json.encode(task))
        except TimeoutError:
            detail = (
                f"it takes longer than {self._timeout_s:g} seconds and was ended: see /v1/proposals for what has become"
                " of it, and ask again"
            )
            raise Problem(504, "takes-too-long", "Takes too long", detail, {"Retry-After": "30"}) from None
        finally:
            self._running = None
            if process.returncode is None:
                _kill(process)
                await process.wait()
        try:
            return msgspec.json.decode(said, type=Outcome)
        except msgspec.MsgspecError:
            log.error("the process of a proposal ended with code %s and without an outcome", process.returncode)
            log.debug("%s", complaint.decode(errors="replace"))
            detail = "the process that checks and publishes ended early; the server's log says more"
            raise Problem(500, "defect", "A defect in Comity", detail) from None


def busy() -> Problem:
    """Others are checking, publishing or building."""
    detail = "other proposals are being checked or published, or a release is being built: try again in a minute"
    return Problem(503, "busy", "Busy", detail, {"Retry-After": "60"})


def _kill(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()
