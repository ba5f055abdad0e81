"""What is noted of every request: its id, the template of its route, method, status, role and how long it took.

Never the path as asked, nor query, body, address, name or token: they say what somebody works on. What is noted goes
into one line of the log and into the figures of ``/metrics``.
"""

from __future__ import annotations

import logging
import os
import re
from time import perf_counter

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import metrics

log = logging.getLogger("comity.api.request")

REQUEST_ID = "x-request-id"

NO_ROUTE = "(none)"
"""Stands for the template where nothing is at the path, or the request is refused before that is looked up."""

METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})

QUIET = frozenset({"/healthz", "/readyz", "/metrics"})
"""Routes that machines ask all the time; they are counted, and logged only at the level ``debug``."""

_GIVEN = re.compile(rb"[A-Za-z0-9-]{8,64}")

_HEADER = REQUEST_ID.encode()

BLOCK = 64
"""New ids that are made at once."""

_NEW: list[str] = []

_ROUTE = "comity.route"


def observe(application: FastAPI) -> None:
    """Note every request of ``application``. To be called when everything else has been added."""
    application.add_middleware(Observed)  # the outermost, so that refusals on the way in are noted too
    application.user_middleware.append(Middleware(Routed))  # the innermost, where the route is known


class Observed:
    """Gives each request an id, and notes it when the last byte of its response is sent."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        known = _id_of(scope)
        state = scope.setdefault("state", {})
        state["request_id"] = known
        route: list[str] = []
        status = 500

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": [*message["headers"], (_HEADER, known.encode())]}
            await send(message)

        begun = perf_counter()
        metrics.IN_FLIGHT.inc()
        try:
            await self._app({**scope, _ROUTE: route}, receive, sent)
        finally:
            metrics.IN_FLIGHT.dec()
            seconds = perf_counter() - begun
            method = scope["method"] if scope["method"] in METHODS else "other"
            template = route[0] if route else NO_ROUTE
            metrics.answered(method, template, status, seconds)
            role = getattr(state.get("caller"), "role", "anonymous")
            log.log(
                logging.DEBUG if template in QUIET else logging.INFO,
                "request",
                extra={
                    "request_id": known,
                    "method": method,
                    "route": template,
                    "status": status,
                    "duration_ms": round(seconds * 1000, 1),
                    "role": role,
                },
            )


class Routed:
    """Tells :class:`Observed` which route was found."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        try:
            await self._app(scope, receive, send)
        finally:
            path = getattr(scope.get("route"), "path", None)
            if path is not None and _ROUTE in scope:
                scope[_ROUTE].append(path)


def _id_of(scope: Scope) -> str:
    """The id that a proxy has given to the request, if it looks like one, else a new one."""
    for name, value in scope["headers"]:
        if name == _HEADER and _GIVEN.fullmatch(value):
            return str(value.decode("latin-1"))
    return _new_id()


def _new_id() -> str:
    """32 random hexadecimal digits. Asking the system for a block of them at a time costs less than for each id."""
    if not _NEW:
        block = os.urandom(16 * BLOCK).hex()
        _NEW.extend(block[place : place + 32] for place in range(0, len(block), 32))
    return _NEW.pop()
