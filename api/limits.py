"""Limits on requests, before anything works on them: the address, the size of the body and the time it may take."""

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
        if not _has_body(scope):
            await self._app(scope, receive, send)
            return
        try:
            body = await self._body(receive)
        except Problem as refused:
            await response_of(refused, scope["path"])(scope, receive, send)
            return
        if body is not None:  # else the client has gone
            await self._app(scope, given_again(body, receive), send)

    async def _body(self, receive: Receive) -> bytes | None:
        """The body as it really comes, in chunks or not; ``None`` where the client goes before it is whole."""
        body = bytearray()
        try:
            async with asyncio.timeout(self._timeout_s):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return None
                    body += message.get("body", b"")
                    if len(body) > self._max_body:
                        raise too_large(self._max_body)
                    if not message.get("more_body", False):
                        return bytes(body)
        except TimeoutError:
            detail = f"the body was not whole after {self._timeout_s:g} seconds: send it at once"
            raise Problem(408, "too-slow", "Body comes too slowly", detail, {"Connection": "close"}) from None

    def _refusal(self, scope: Scope) -> Problem | None:
        """What is wrong with the head of the request."""
        length = len(scope.get("raw_path") or b"") + len(scope["query_string"])
        if length > LONGEST_ADDRESS:
            detail = f"path and query have {length} bytes, {LONGEST_ADDRESS} at most: ask many questions by POST"
            return Problem(414, "address-too-long", "Address too long", detail)
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if declared.isdigit() and (len(declared) > 18 or int(declared) > self._max_body):
            return too_large(self._max_body)
        return None


def _has_body(scope: Scope) -> bool:
    """Whether a body comes: a request without either header has none (RFC 9112, section 6.3)."""
    return any(
        name == b"transfer-encoding" or (name == b"content-length" and value != b"0")
        for name, value in scope["headers"]
    )


def too_large(most: int) -> Problem:
    """The body has more than ``most`` bytes."""
    return Problem(
        413, "too-large", "Body too large", f"the body may have {most} bytes: send fewer questions at a time",
        {"Connection": "close"},
    )  # fmt: skip


def given_again(body: bytes, receive: Receive) -> Receive:
    """A ``receive`` that gives a body which is here already, and afterwards what comes: that the client goes."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
