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
    work = asyncio.ensure_future(_beginning(pool, task, client))
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            return Response(status_code=499)  # nobody reads it: the client has gone
        begun, held, rest = work.result()
    except SparqlError as error:
        raise problem_of(error) from None
    finally:
        gone.cancel()
        work.cancel()
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


async def _gone(request: Request) -> None:
    """Wait until the client has gone; its body has been read."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


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
