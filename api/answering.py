"""From a question to the response: remembered answers, work that takes long on threads, and what may be kept.

An :class:`Answering` belongs to the application. Short questions are answered where they stand; long ones (what if,
coverage, next steps, the network) on a few threads, with a queue of bounded length and a time limit, so that they
cannot keep short ones waiting. Equal questions at the same time are worked out once.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from fastapi import Request
from starlette.responses import Response

from api import caching
from api.access import Caller
from api.problems import Problem
from api.settings import ApiSettings

JSON = "application/json"

MOST_NOTED, LONGEST_NOTED = 4_000, 500
"""Requests whose words are noted, then noting begins anew: more than there are answers remembered. Bytes of a query
beyond which its words are not."""

Work = Callable[[], bytes]
"""Works out an answer and encodes it."""


class Memory:
    """Answers as encoded, up to ``size`` bytes; those not asked for longest go first."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._held: OrderedDict[Hashable, bytes] = OrderedDict()
        self._total = 0

    def get(self, key: Hashable) -> bytes | None:
        """The answer under ``key``, if it is remembered."""
        found = self._held.get(key)
        if found is not None:
            self._held.move_to_end(key)
        return found

    def put(self, key: Hashable, answer: bytes) -> None:
        """Remember ``answer`` under ``key``, unless it alone would fill an eighth of the memory."""
        if key in self._held or len(answer) > self.size // 8:
            return
        self._held[key] = answer
        self._total += len(answer)
        while self._total > self.size:
            self._total -= len(self._held.popitem(last=False)[1])


class Answering:
    """Answers questions within the limits of ``settings``."""

    def __init__(self, settings: ApiSettings) -> None:
        self._settings = settings
        self._memory = Memory(settings.cache)
        self._said: dict[Hashable, tuple[str, str]] = {}
        self._pool: ThreadPoolExecutor | None = None
        self._pending: dict[str, asyncio.Future[bytes]] = {}

    def open(self) -> None:
        """Make the threads; before this, only short questions are answered."""
        self._pool = ThreadPoolExecutor(self._settings.threads, thread_name_prefix="comity-work")

    def close(self) -> None:
        """Stop taking work; what runs is left to end."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def at_once(
        self, request: Request, release: str, caller: Caller, question: Hashable, work: Work, media: str = JSON
    ) -> Response:
        """The response to a ``question`` that takes a few milliseconds, worked out here if it is not remembered.

        ``question`` must tell everything that the answer depends on beside the release.
        """
        tag = caching.entity_tag(release, media, question)
        headers = caching.headers_of(tag, caller)
        unchanged = caching.not_modified(request, tag, headers)
        if unchanged is not None:
            return unchanged
        content = self._memory.get(tag)
        if content is None:
            content = work()
            self._memory.put(tag, content)
        return Response(content, headers=headers, media_type=media)

    def again(self, request: Request, release: str, caller: Caller, day: date) -> Response | None:
        """The answer to a request that has come in these very words before and is remembered, else ``None``.

        The words are enough, since the same words ask the same of the same release on the same day.
        """
        said = self._said.get(_words(request, release, day))
        content = self._memory.get(said[0]) if said is not None else None
        if said is None or content is None:
            return None
        tag, media = said
        headers = caching.headers_of(tag, caller)
        return caching.not_modified(request, tag, headers) or Response(content, headers=headers, media_type=media)

    def note(self, request: Request, release: str, day: date, response: Response, media: str) -> None:
        """Note the words of ``request``, to which ``response`` is the answer, unless they are many."""
        if len(request.scope["query_string"]) > LONGEST_NOTED:
            return
        if len(self._said) >= MOST_NOTED:
            self._said.clear()
        self._said[_words(request, release, day)] = response.headers["etag"], media

    async def in_time(
        self, request: Request, release: str, caller: Caller, question: Hashable, work: Work, media: str = JSON
    ) -> Response:
        """As :meth:`at_once` for a question that may take seconds: on a thread.

        Raises:
            Problem: too many questions are waiting (503), or this one takes too long (504).
        """
        tag = caching.entity_tag(release, media, question)
        headers = caching.headers_of(tag, caller)
        unchanged = caching.not_modified(request, tag, headers)
        if unchanged is not None:
            return unchanged
        content = self._memory.get(tag)
        if content is None:
            content = await self._worked_out(tag, work)
        return Response(content, headers=headers, media_type=media)

    async def _worked_out(self, tag: str, work: Work) -> bytes:
        pending = self._pending.get(tag)
        if pending is None:
            if len(self._pending) >= self._settings.threads + self._settings.waiting:
                detail = "too many long questions are being worked on: try again in a moment"
                raise Problem(503, "busy", "Busy", detail, {"Retry-After": "5"})
            pending = asyncio.get_running_loop().run_in_executor(self._pool, work)
            self._pending[tag] = pending
            pending.add_done_callback(lambda done: self._done(tag, done))
        try:
            return await asyncio.wait_for(asyncio.shield(pending), self._settings.work_timeout_s)
        except TimeoutError:
            # The thread goes on, and its answer is remembered for who asks again.
            detail = (
                f"the answer takes longer than {self._settings.work_timeout_s:g} seconds: ask again in a moment, when"
                " it may be ready, or ask for fewer measures or States"
            )
            raise Problem(504, "takes-too-long", "Takes too long", detail, {"Retry-After": "10"}) from None

    def _done(self, tag: str, done: asyncio.Future[bytes]) -> None:
        self._pending.pop(tag, None)
        if not done.cancelled() and done.exception() is None:
            self._memory.put(tag, done.result())


def _words(request: Request, release: str, day: date) -> Hashable:
    scope = request.scope
    return scope["path"], scope["query_string"], request.headers.get("accept"), release, day


def answering(request: Request) -> Answering:
    """The application's :class:`Answering`."""
    held: Answering = request.app.state.answering
    return held
