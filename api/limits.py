"""Limits on requests, before anything of them is read: the address, the size of the body and the time it may take."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import Problem, response_of

LONGEST_ADDRESS = 16_384
"""Bytes that path and query may have."""


class Limits:
    """Refuses what is too long (414), too large (413) or comes too slowly (408)."""

    def __init__(self, app: ASGIApp, *, max_body: int, receive_timeout_s: float) -> None:
        self._app = app
        self._max_body = max_body
        self._timeout_s = receive_timeout_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on within the limits."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        problem = self._refusal(scope)
        if problem is not None:
            await response_of(problem, scope["path"])(scope, receive, send)
            return
        await self._app(scope, _Bounded(receive, self._max_body, self._timeout_s), send)

    def _refusal(self, scope: Scope) -> Problem | None:
        """What is wrong with the head of the request."""
        length = len(scope.get("raw_path") or b"") + len(scope["query_string"])
        if length > LONGEST_ADDRESS:
            detail = f"path and query have {length} bytes, {LONGEST_ADDRESS} at most: ask many questions by POST"
            return Problem(414, "address-too-long", "Address too long", detail)
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > self._max_body:
            return too_large(self._max_body)
        return None


def too_large(most: int) -> Problem:
    """The body has more than ``most`` bytes."""
    return Problem(
        413, "too-large", "Body too large", f"the body may have {most} bytes: send fewer questions at a time"
    )


class _Bounded:
    """A ``receive`` that counts what comes and does not wait for ever."""

    def __init__(self, receive: Receive, most: int, timeout_s: float) -> None:
        self._receive = receive
        self._left = self._most = most
        self._timeout_s = timeout_s
        self._whole = False

    async def __call__(self) -> Message:
        if self._whole:  # what comes now is that the client goes, for which a stream may wait as long as it likes
            return await self._receive()
        try:
            message = await asyncio.wait_for(self._receive(), self._timeout_s)
        except TimeoutError:
            detail = f"nothing of the body came for {self._timeout_s:g} seconds: send it whole, at once"
            raise Problem(408, "too-slow", "Body comes too slowly", detail, {"Connection": "close"}) from None
        if message["type"] == "http.request":
            self._left -= len(message.get("body", b""))
            self._whole = not message.get("more_body", False)
            if self._left < 0:
                raise too_large(self._most)
        return message
