"""Processes that are ready to answer: short queries never wait for long ones.

A query begins on one of a few processes that are ready. When it has run for a while it is long: it goes on with
lower priority, another process gets ready in its place, and there may be only so many long queries at a time, of which
one client may hold half. Whoever comes when too many wait is told to come again.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, deque
from collections.abc import AsyncIterator, Coroutine
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

from api.problems import Problem
from api.settings import ApiSettings
from api.sparql.worker import Worker
from graph.sparql import SparqlError
from graph.sparql.messages import Begun, Task

WAIT_S = 10.0
"""Seconds that a query may wait for a process."""

log = logging.getLogger("comity.api")


class Pool:
    """Answers queries on one store within the limits of ``settings``."""

    def __init__(self, store: Path, settings: ApiSettings) -> None:
        self.store = store
        self.short_s = settings.sparql_short_s
        self._settings = settings
        self._idle: list[Worker] = []
        self._waiting: deque[asyncio.Future[Worker]] = deque()
        self._starting: set[asyncio.Task[None]] = set()
        self._short = 0
        self._long: Counter[str] = Counter()
        self._busy: set[Worker] = set()
        self._retired = False
        self._ending: set[asyncio.Task[None]] = set()

    def prepare(self) -> None:
        """Have processes get ready: a few to stand by, and as many as wait, as long as there may be more at all."""
        self._idle = [worker for worker in self._idle if worker.alive]  # the system may have ended one to get memory
        coming, most = len(self._starting), self._settings.sparql_ready + self._settings.sparql_long
        standing = self._settings.sparql_ready - len(self._idle) - self._short - coming
        room = most - len(self._idle) - self._short - self._long.total() - coming
        wanted = min(len(self._waiting) - coming, room)
        missing = wanted if self._retired else max(standing, wanted)
        for _ in range(missing):
            _keep(self._starting, self._start())

    @asynccontextmanager
    async def answer(self, task: Task, client: str) -> AsyncIterator[AsyncIterator[Begun | bytes]]:
        """The pieces of the answer to ``task``, as :meth:`Worker.run`; leaving the context ends the query.

        Raises:
            Problem: too many queries wait or run (503).
            SparqlError: the query cannot be answered.
        """
        worker = await self._worker()
        self._busy.add(worker)
        turn = _Turn(self, worker, client)
        try:
            async with aclosing(worker.run(task)) as pieces:
                yield pieces
        except SparqlError:
            if turn.crowded_out:
                raise busy("too many queries that take long are running") from None
            raise
        finally:
            turn.over()

    @property
    def idle(self) -> bool:
        """Whether a process stands ready."""
        return bool(self._idle)

    async def there(self, within_s: float) -> bool:
        """Whether there is a process, ready or at work; one that is starting is waited for."""
        self.prepare()
        if self._starting and not self._idle:
            await asyncio.wait(self._starting, timeout=within_s, return_when=asyncio.FIRST_COMPLETED)
        return bool(self._idle or self._short or self._long)

    def retire(self) -> None:
        """Take no more queries; those that run or wait are answered."""
        self._retired = True
        while self._idle and not self._waiting:
            _keep(self._ending, self._idle.pop().end())

    async def close(self) -> None:
        """End everything."""
        self.retire()
        for waiting in self._waiting:
            waiting.cancel()
        for starting in list(self._starting):
            starting.cancel()
        ending = [worker.end() for worker in self._busy]
        await asyncio.gather(*self._starting, *self._ending, *ending, return_exceptions=True)

    async def _worker(self) -> Worker:
        """A process that is ready."""
        self.prepare()
        if self._idle:
            self._short += 1
            return self._idle.pop()
        if len(self._waiting) >= self._settings.sparql_waiting:
            raise busy("too many queries wait")
        waiting: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        self.prepare()
        try:
            return await asyncio.wait_for(waiting, WAIT_S)
        except TimeoutError:
            raise busy(f"no process was free for {WAIT_S:g} seconds") from None
        except asyncio.CancelledError:
            if waiting.done() and not waiting.cancelled():  # it was given a process at the moment when it gave up
                self._short -= 1
                self._give(waiting.result())
            raise
        finally:
            if waiting in self._waiting:
                self._waiting.remove(waiting)

    async def _start(self) -> None:
        try:
            worker = await Worker.start(self.store, self._settings.sparql_memory)
        except SparqlError as error:
            log.error("no process for queries: %s", error)
            if self._waiting:
                self._waiting.popleft().set_exception(error)
            return
        self._give(worker)

    def _give(self, worker: Worker) -> None:
        """Give a process to who waits, else let it stand ready."""
        while self._waiting:
            waiting = self._waiting.popleft()
            if not waiting.done():
                self._short += 1
                waiting.set_result(worker)
                return
        if self._retired or len(self._idle) >= self._settings.sparql_ready:
            _keep(self._ending, worker.end())
        else:
            self._idle.append(worker)

    def becomes_long(self, client: str) -> bool:
        """Whether a query of ``client`` may go on as a long one."""
        most = self._settings.sparql_long
        if self._long.total() >= most or self._long[client] >= max(1, most // 2):
            return False
        self._short -= 1
        self._long[client] += 1
        self.prepare()
        return True

    def done(self, worker: Worker, client: str, was_long: bool) -> None:
        """Take a process back; one that was interrupted or slowed down is replaced."""
        self._busy.discard(worker)
        if was_long:
            self._long[client] -= 1
            self._long += Counter()  # forget clients that hold none
        else:
            self._short -= 1
        if worker.usable and not was_long:
            self._give(worker)
        else:
            _keep(self._ending, worker.end())
            self.prepare()


class _Turn:
    """One query on one process: watches when it becomes long."""

    def __init__(self, pool: Pool, worker: Worker, client: str) -> None:
        self._pool, self._worker, self._client = pool, worker, client
        self._clock = asyncio.get_running_loop().call_later(pool.short_s, self._long)
        self.is_long = self.crowded_out = False

    def over(self) -> None:
        """Give the process back."""
        self._clock.cancel()
        self._pool.done(self._worker, self._client, self.is_long)

    def _long(self) -> None:
        if self._pool.becomes_long(self._client):
            self.is_long = True
            self._worker.lower()
        else:
            self.crowded_out = True
            self._worker.kill()


def busy(why: str) -> Problem:
    """There is no room for this query now."""
    return Problem(503, "busy", "Busy", f"{why}: try again in a moment", {"Retry-After": "5"})


def _keep(tasks: set[asyncio.Task[None]], work: Coroutine[None, None, None]) -> None:
    """Let ``work`` run beside, and hold on to it until it is done."""
    task = asyncio.ensure_future(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)


class Pools:
    """The pool of the release in use; that of an earlier one goes when its last query is answered."""

    def __init__(self, settings: ApiSettings) -> None:
        self._settings = settings
        self._held: Pool | None = None
        self._earlier: list[Pool] = []

    def of(self, store: Path) -> Pool:
        """The pool that answers from ``store``."""
        if self._held is None or self._held.store != store:
            if self._held is not None:
                self._held.retire()
                self._earlier.append(self._held)
            self._held = Pool(store, self._settings)
            self._held.prepare()
        return self._held

    async def close(self) -> None:
        """End every process."""
        for pool in (*self._earlier, *([self._held] if self._held else ())):
            await pool.close()
