"""The body of a request, whole before anything works on it: of bounded size, and sent within bounded time.

What the length header says is checked first; what really comes is counted, so that a body in chunks is bounded too.
"""

from __future__ import annotations

import asyncio

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import Problem, response_of


class BoundedBodies:
    """Receives bodies of up to ``limit`` bytes, each within ``within_s`` seconds."""

    def __init__(self, app: ASGIApp, limit: int, within_s: float) -> None:
        self.app = app
        self.limit = limit
        self.within_s = within_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body, or refuse it (413, 408)."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            body = await self._received(scope, receive)
        except Problem as problem:
            await response_of(problem, scope["path"])(scope, receive, send)
            return
        if body is None:
            return  # the client has gone
        given = False

        async def replayed() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self.app(scope, replayed, send)

    async def _received(self, scope: Scope, receive: Receive) -> bytes | None:
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdecimal() and (len(declared) > 18 or int(declared) > self.limit):
            raise self._too_large()
        body = bytearray()
        try:
            async with asyncio.timeout(self.within_s):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return None
                    body += message.get("body", b"")
                    if len(body) > self.limit:
                        raise self._too_large()
                    if not message.get("more_body", False):
                        return bytes(body)
        except TimeoutError:
            detail = f"the body did not arrive within {self.within_s:g} seconds: send it without pauses"
            raise Problem(408, "too-slow", "Too slow", detail, {"Connection": "close"}) from None

    def _too_large(self) -> Problem:
        detail = f"the body is larger than {self.limit:,} bytes: ask in several requests"
        return Problem(413, "too-large", "Too large", detail, {"Connection": "close"})
