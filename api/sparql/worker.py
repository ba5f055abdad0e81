"""One process that runs queries, seen from the server: started, told a task, listened to, ended."""

from __future__ import annotations

import asyncio
import os
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import suppress
from pathlib import Path

import msgspec

from graph.sparql import ROOT, SparqlError, command
from graph.sparql.messages import (
    BEGUN,
    CONTENT,
    END,
    FAILED,
    HEAD_BYTES,
    READY,
    TASK,
    Begun,
    Failure,
    Task,
    frame,
    head,
)
from graph.sparql.refusals import died, too_slow

START_S = 30
"""Seconds that a process may take to open the store."""

LOWER = 10
"""How much less pressing a long query is than what else runs (nice(2))."""

FRAME_BUFFER = 1 << 18
"""Bytes that may wait to be read before the process has to wait."""


class Worker:
    """A process that runs one query at a time. After a query that did not end by itself it is of no more use."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._late: float | None = None
        self.usable = True

    @classmethod
    async def start(cls, store: Path, memory: int) -> Worker:
        """A process that has ``store`` open.

        Raises:
            SparqlError: it could not be started.
        """
        process = await asyncio.create_subprocess_exec(
            *command(store, memory), stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd=ROOT, limit=FRAME_BUFFER
        )
        worker = cls(process)
        try:
            letter, _ = await asyncio.wait_for(worker._frame(), START_S)
            if letter != READY:
                raise EOFError
        except (EOFError, TimeoutError):
            await worker.end()
            raise SparqlError("the store cannot be opened now: try again in a moment", "unavailable") from None
        except asyncio.CancelledError:
            await worker.end()
            raise
        return worker

    @property
    def alive(self) -> bool:
        """Whether the process has not ended by itself: what it says has no end yet."""
        assert self._process.stdout is not None  # noqa: S101 - for the type checker: it is a pipe
        return not self._process.stdout.at_eof()

    async def run(self, task: Task) -> AsyncGenerator[Begun | bytes, None]:
        """What ``task`` gives: first what kind it is, then the text piece by piece.

        Raises:
            SparqlError: the query cannot be answered, or no further.
        """
        self.usable = False
        clock = asyncio.get_running_loop().call_later(task.timeout_s, self._too_late, task.timeout_s)
        try:
            with suppress(ConnectionError):  # then there is nothing to read either
                self._stdin.write(frame(TASK, msgspec.json.encode(task)))
            while True:
                letter, content = await self._frame()
                if letter == BEGUN:
                    yield msgspec.json.decode(content, type=Begun)
                elif letter == CONTENT:
                    yield content
                elif letter == END:
                    self.usable = True
                    return
                elif letter == FAILED:
                    self.usable = True
                    failure = msgspec.json.decode(content, type=Failure)
                    raise SparqlError(failure.reason, failure.cause, failure.line, failure.column)
        except EOFError:
            if self._late is not None:
                raise too_slow(self._late) from None
            raise died(await self._process.wait(), task.timeout_s) from None
        finally:
            clock.cancel()

    def lower(self) -> None:
        """Have everything else go first."""
        with suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, self._process.pid, LOWER)

    def kill(self) -> None:
        """End the process now."""
        self.usable = False
        with suppress(ProcessLookupError):
            self._process.kill()

    async def end(self) -> None:
        """End the process and wait until it has gone."""
        self.kill()
        await self._process.wait()

    def _too_late(self, timeout_s: float) -> None:
        self._late = timeout_s
        self.kill()

    async def _frame(self) -> tuple[bytes, bytes]:
        """The next frame.

        Raises:
            EOFError: there is none.
        """
        assert self._process.stdout is not None  # noqa: S101 - for the type checker: it is a pipe
        letter, length = head(await self._process.stdout.readexactly(HEAD_BYTES))
        return letter, await self._process.stdout.readexactly(length) if length else b""

    @property
    def _stdin(self) -> asyncio.StreamWriter:
        assert self._process.stdin is not None  # noqa: S101 - for the type checker: it is a pipe
        return self._process.stdin
