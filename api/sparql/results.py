"""The response to a query: whole where it is small, else in pieces as they come; ended when the client goes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from typing import NamedTuple

from fastapi import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Send

from api.sparql.forms import Wanted
from api.sparql.pool import Pool
from api.sparql.protocol import problem_of
from graph.sparql import SparqlError
from graph.sparql.messages import Begun, Task

HOLD = 1 << 20
"""Bytes that are waited for before anything is sent, so that most failures can still be told as problems."""

PATIENCE_S = 0.02
"""Seconds after which it is watched whether the client is still there."""

log = logging.getLogger("comity.api")


class _Beginning(NamedTuple):
    """The first bytes of a result; where ``rest`` is ``None`` that is all."""

    begun: Begun
    held: bytes
    rest: _Rest | None


class _Rest(NamedTuple):
    pieces: AsyncIterator[Begun | bytes]
    turn: AsyncExitStack


async def respond(
    request: Request, pool: Pool, task: Task, client: str, wanted: Wanted, headers: Mapping[str, str]
) -> Response:
    """The response to ``task``.

    Raises:
        Problem: the query cannot be answered.
    """
    leaving = _Leaving(request)
    try:
        begun, held, rest = await _beginning(pool, task, client)
    except SparqlError as error:
        raise problem_of(error) from None
    except asyncio.CancelledError:
        if leaving.has_left():
            return Response(status_code=499)  # nobody reads it
        raise
    finally:
        leaving.over()
    media = wanted.media(begun)
    if rest is None:
        return Response(held, headers=headers, media_type=media)
    return _Stream(held, rest, headers, media)


async def _beginning(pool: Pool, task: Task, client: str) -> _Beginning:
    async with AsyncExitStack() as turn:
        pieces = await turn.enter_async_context(pool.answer(task, client))
        held, begun = bytearray(), Begun("ask", "json")
        async for piece in pieces:
            if isinstance(piece, Begun):
                begun = piece
                continue
            held += piece
            if len(held) >= HOLD:
                return _Beginning(begun, bytes(held), _Rest(pieces, turn.pop_all()))
        return _Beginning(begun, bytes(held), None)


class _Leaving:
    """Cancels the task that answers ``request`` when its client goes. Most queries are over before anybody looks."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._answering = asyncio.current_task()
        self._watching: asyncio.Task[None] | None = None
        self._left = False
        self._clock = asyncio.get_running_loop().call_later(PATIENCE_S, self._watch)

    def has_left(self) -> bool:
        """Whether it is for that the task was cancelled, which then goes on."""
        if self._left and self._answering is not None:
            self._answering.uncancel()
        return self._left

    def over(self) -> None:
        """Stop watching."""
        self._clock.cancel()
        if self._watching is not None:
            self._watching.cancel()

    def _watch(self) -> None:
        self._watching = asyncio.ensure_future(self._gone())

    async def _gone(self) -> None:
        while (await self._request.receive())["type"] != "http.disconnect":  # its body has been read
            pass
        if self._answering is not None:
            self._left = True
            self._answering.cancel()


class _Stream(StreamingResponse):
    """A result in pieces. One that cannot be finished breaks off without an end, so that nobody takes it for whole."""

    def __init__(self, held: bytes, rest: _Rest, headers: Mapping[str, str], media: str) -> None:
        super().__init__(_texts(held, rest), headers=headers, media_type=media)
        self._turn = rest.turn

    async def stream_response(self, send: Send) -> None:
        """Send the pieces."""
        try:
            await super().stream_response(send)
        except SparqlError as error:
            log.warning("a result broke off: %s", error)
        finally:
            await self._turn.aclose()


async def _texts(held: bytes, rest: _Rest) -> AsyncIterator[bytes]:
    yield held
    async for piece in rest.pieces:
        if isinstance(piece, bytes):
            yield piece
