"""Exports over HTTP: taken from what is kept, or made on a thread of their own while those who ask wait for a while.

Making one takes seconds of one processor. One is made at a time; a few more may queue. Who asks waits until it is
there, or for as long as the settings say, and is then told to ask again: the file is being made all the same.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec

from api import metrics
from api.problems import Problem
from api.settings import ApiSettings
from graph.exports.kept import KINDS, Made, found, make, name_of
from graph.releases import Release

QUEUE = 16
"""Exports that may wait to be made."""

OFFERED = tuple(format for format in KINDS if format != "parquet" or find_spec("pyarrow") is not None)
"""The formats that this installation can make."""


class Shelf:
    """Finds exports and has them made."""

    def __init__(self, settings: ApiSettings) -> None:
        self._settings = settings
        self._pool: ThreadPoolExecutor | None = None
        self._pending: dict[str, asyncio.Future[Made]] = {}

    def open(self) -> None:
        """Make the thread; before this, only what has been made is given."""
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="comity-export")

    def close(self) -> None:
        """Stop taking work; what is being made is left to end."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    async def file(self, release: Release, format: str, topic: str | None) -> Made:
        """The file of an export.

        Raises:
            Problem: too many are waiting, or it takes longer (503, with the time after which to ask again).
            ExportError: nothing is called ``topic``.
        """
        there = found(release, format, topic)
        if there is not None:
            return there
        name = name_of(release.id, format, topic)
        pending = self._pending.get(name)
        if pending is None:
            if len(self._pending) > QUEUE:
                detail = "too many exports are waiting to be made: ask again in a while"
                raise Problem(503, "busy", "Busy", detail, {"Retry-After": "30"})
            loop = asyncio.get_running_loop()
            pending = loop.run_in_executor(self._pool, make, release, format, topic, self._settings.export_room)
            self._pending[name] = pending
            pending.add_done_callback(lambda done: self._done(name, format, done))
        try:
            return await asyncio.wait_for(asyncio.shield(pending), self._settings.work_timeout_s)
        except TimeoutError:
            detail = "the file is being made: ask again in a moment"
            raise Problem(503, "being-made", "Being made", detail, {"Retry-After": "10"}) from None

    def _done(self, name: str, format: str, done: asyncio.Future[Made]) -> None:
        self._pending.pop(name, None)
        if not done.cancelled() and done.exception() is None:
            metrics.EXPORTS.labels(format).inc()
