"""The last step of an answer for roles that are recorded: restricted contacts go in, and what was done goes on the log.

The entry is on the disk before the first byte of the answer leaves. Where it cannot be written, an answer that shows
something restricted is withheld (503), while one that shows only what is public goes on. Answers that may show
something restricted are never kept by anyone: no entity tag, ``private, no-store``.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from datetime import date
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.audit.chain import Act
from api.audit.log import AuditLog, AuditUnavailable
from api.identity.roles import ANONYMOUS, Caller
from api.limits import given_again
from api.problems import Problem, response_of
from api.restricted.merging import discloses, merged
from graph import restricted
from graph.restricted import RestrictedContactsBroken

PURPOSE = "comity-purpose"
LONGEST_PURPOSE = 500
LONGEST_BODY = 4000
"""Characters of a body that are recorded; the whole is told by its hash."""

_OF_COPIES = (b"if-none-match", b"if-modified-since", b"if-range", b"range", b"accept-encoding")
"""Request headers that ask for less than the answer, or for it in another form: not to be had of one that discloses."""

log = logging.getLogger("comity.api")


class Trail:
    """Records what audited roles do; those of them that may see restricted contacts of ``data_dir`` are shown them."""

    def __init__(self, app: ASGIApp, data_dir: Path) -> None:
        self.app = app
        self.data_dir = data_dir
        self.audit = AuditLog(data_dir)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; of other roles as it is."""
        caller: Caller = scope.get("state", {}).get("caller", ANONYMOUS)
        if scope["type"] != "http" or not caller.rights.audited:
            await self.app(scope, receive, send)
            return
        body: bytes = (await receive()).get("body", b"")  # whole: api.limits has seen to that
        disclosing = caller.rights.restricted and discloses(scope["path"])
        headers = [pair for pair in scope["headers"] if not disclosing or pair[0] not in _OF_COPIES]
        inner = {**scope, "headers": headers}
        answer = _Answer(self, inner, caller, body, send, disclosing)
        try:
            await self.app(inner, given_again(body, receive), answer.take)
        except Exception:
            await answer.note(500)
            raise
        try:
            await answer.finish()
        except Problem as problem:
            await response_of(problem, scope["path"])(scope, receive, send)


class _Answer:
    """One answer on its way out. One that may disclose is held whole, any other passes piece by piece."""

    def __init__(self, trail: Trail, scope: Scope, caller: Caller, body: bytes, send: Send, disclosing: bool) -> None:
        self._trail = trail
        self._scope = scope
        self._caller = caller
        self._asked = _asked(scope, body)
        self._send = send
        self._disclosing = disclosing
        self._held: Message | None = None
        self._content = bytearray()

    async def take(self, message: Message) -> None:
        """Take what the application sends: hold back what contacts go into, pass on the rest once it is recorded."""
        if message["type"] == "http.response.start":
            if self._disclosing:
                _uncached(message)
                if _mergeable(message):
                    self._held = message
                    return
            await self.note(message["status"])
        elif self._held is not None:
            self._content += message.get("body", b"")
            return
        await self._send(message)

    async def finish(self) -> None:
        """Send what was held back, with its restricted contacts, once it is recorded.

        Raises:
            Problem: it has to be withheld.
        """
        if self._held is not None:
            content = await self._disclosed(self._held["status"])
            if content:
                MutableHeaders(scope=self._held)["content-length"] = str(len(content))
            await self._send(self._held)
            await self._send({"type": "http.response.body", "body": content})

    async def note(self, status: int) -> None:
        """Record that nothing restricted was shown; a log that cannot be written does not keep that back."""
        try:
            await self._record(status, ())
        except AuditUnavailable as error:
            log.error("%s", error)

    async def _disclosed(self, status: int) -> bytes:
        """The content with its restricted contacts, recorded."""
        try:
            contacts = await asyncio.to_thread(restricted.read, self._trail.data_dir)
        except RestrictedContactsBroken as error:
            log.error("%s", error)
            raise _withheld("the restricted contacts cannot be read") from None
        day: date = self._scope["app"].state.today()
        content, shown = merged(bytes(self._content), contacts, day) if self._content else (b"", ())
        if not shown:
            await self.note(status)
            return content
        try:
            await self._record(status, shown)
        except AuditUnavailable as error:
            log.error("%s", error)
            raise _withheld("what is restricted cannot be shown, because it cannot be recorded") from None
        return content

    async def _record(self, status: int, shown: tuple[str, ...]) -> None:
        act = Act(
            who=self._caller.name or "",
            role=self._caller.role,
            route=getattr(self._scope.get("route"), "path", ""),
            asked=self._asked,
            purpose=purpose_of(self._scope),
            restricted=shown,
            status=status,
        )
        await asyncio.to_thread(self._trail.audit.record, act)


def _mergeable(start: Message) -> bool:
    """Whether the response is a whole answer in plain JSON."""
    media = Headers(raw=start.get("headers", [])).get("content-type", "").partition(";")[0].strip()
    return start["status"] == 200 and media == "application/json"


def _uncached(start: Message) -> None:
    headers = MutableHeaders(scope=start)
    for name in ("etag", "last-modified", "expires"):
        if name in headers:
            del headers[name]
    headers["cache-control"] = "private, no-store"


def _asked(scope: Scope, body: bytes) -> str:
    """The question in full: method, path, query, and the body up to a length."""
    query = scope.get("query_string", b"").decode("latin-1")
    asked = f"{scope['method']} {scope['path']}" + (f"?{query}" if query else "")
    asked = asked.encode("utf-8", "replace").decode()
    if not body:
        return asked
    text = body.decode("utf-8", "replace")
    if len(text) > LONGEST_BODY:
        text = f"{text[:LONGEST_BODY]}… ({len(body)} bytes, SHA-256 {hashlib.sha256(body).hexdigest()})"
    return f"{asked}\n{text}"


def purpose_of(scope: Scope) -> str | None:
    """What the asker gave as the reason, up to a length; ``None`` where nothing was given."""
    given = [value for name, value in scope["headers"] if name == PURPOSE.encode()]
    return given[0].decode("utf-8", "replace")[:LONGEST_PURPOSE] if given else None


def _withheld(detail: str) -> Problem:
    told = f"{detail}; public answers are not affected, the server's log says more"
    return Problem(503, "restricted-unavailable", "Restricted contacts are not available", told, {"Retry-After": "60"})
