"""The gate that every request passes: who asks, and whether they have asked too often.

Who asks is told by ``Authorization: Bearer`` with an API key or a token. Without the header they are anonymous. With a
header that proves nothing the answer is 401, never that of somebody anonymous: who believes to be known shall learn
that they are not. A place from which many wrong keys come has to wait.
"""

from __future__ import annotations

import asyncio
import logging

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.identity.keyring import ProviderUnavailable
from api.identity.keys import MARK, KeyProblem, KeyStore
from api.identity.limits import Buckets, Decision, headers_of, identity_of
from api.identity.oidc import NotAccepted, Tokens
from api.identity.roles import ANONYMOUS, Caller, Rights
from api.problems import Problem, response_of

log = logging.getLogger("comity.api")

FAILURES = Rights(per_minute=6, burst=20)
"""How many wrong keys or tokens may come from one place."""

UNLIMITED = frozenset({"/healthz", "/readyz"})
"""Paths that supervisors ask all the time; they cost nothing."""


class Gate:
    """Puts the caller into ``scope["state"]["caller"]``. Without ``buckets`` nothing is limited."""

    def __init__(self, app: ASGIApp, keys: KeyStore, tokens: Tokens | None, buckets: Buckets | None) -> None:
        self.app = app
        self.keys = keys
        self.tokens = tokens
        self.buckets = buckets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it (401, 429, 503)."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit: dict[str, str]

        async def with_limit(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in limit.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            caller = await self._caller(scope)
            limit = self._within_limits(scope, caller)
        except Problem as problem:
            await response_of(problem, scope["path"])(scope, receive, send)
            return
        scope.setdefault("state", {})["caller"] = caller
        await self.app(scope, receive, with_limit if limit else send)

    async def _caller(self, scope: Scope) -> Caller:
        given = [value.decode("latin-1") for name, value in scope["headers"] if name == b"authorization"]
        if not given:
            return ANONYMOUS
        try:
            if len(given) > 1:
                raise NotAccepted("there are several Authorization headers")
            return await asyncio.to_thread(self._known, given[0])
        except NotAccepted as error:
            failed = self._counted(identity_of(None, _host(scope)) + " failing", FAILURES)
            if failed is not None and not failed.allowed:
                raise _too_often(failed, FAILURES) from None
            told = {"WWW-Authenticate": 'Bearer realm="comity", error="invalid_token"'}
            raise Problem(401, "not-accepted", "Not accepted", f"{error}; see docs/accounts.md", told) from None
        except KeyProblem as error:
            log.error("%s", error)
            detail = "API keys cannot be checked now; the server's log says more"
            raise Problem(503, "keys-unavailable", "Not available", detail, {"Retry-After": "60"}) from None
        except ProviderUnavailable as error:
            raise Problem(503, "provider-unavailable", "Not available", str(error), {"Retry-After": "60"}) from None

    def _known(self, authorization: str) -> Caller:
        """Whom the header proves."""
        scheme, _, presented = authorization.strip().partition(" ")
        presented = presented.strip()
        if scheme.casefold() != "bearer" or not presented:
            raise NotAccepted("the Authorization header is not: Bearer, a blank, and a key or token")
        if presented.startswith(f"{MARK}_"):
            key = self.keys.check(presented)
            if key is None:
                raise NotAccepted("the API key is not valid, or not any more")
            return Caller(role=key.role, name=f"key:{key.prefix} ({key.holder})")
        if self.tokens is None:
            raise NotAccepted("tokens are not accepted here, no provider is configured")
        bearer = self.tokens.check(presented)
        return Caller(role=bearer.role, name=f"oidc:{bearer.subject}")

    def _within_limits(self, scope: Scope, caller: Caller) -> dict[str, str]:
        """The headers that tell of the limit; none where there is none."""
        if self.buckets is None or scope["path"] in UNLIMITED:
            return {}
        decision = self._counted(identity_of(caller.name, _host(scope)), caller.rights)
        if decision is None:
            return {}
        if not decision.allowed:
            raise _too_often(decision, caller.rights)
        return headers_of(decision, caller.rights)

    def _counted(self, identity: str, rights: Rights) -> Decision | None:
        return self.buckets.take(identity, rights) if self.buckets is not None else None


def _host(scope: Scope) -> str | None:
    client = scope.get("client")
    return client[0] if client else None


def _too_often(decision: Decision, rights: Rights) -> Problem:
    told = headers_of(decision, rights)
    detail = f"more requests than {rights.per_minute} a minute: ask again in {told['Retry-After']} seconds"
    return Problem(429, "too-often", "Too many requests", detail, told)
