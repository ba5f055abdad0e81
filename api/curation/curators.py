"""Who may propose and publish, under which name, and that it is recorded before it is done."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from api.access import Caller, caller
from api.audit.chain import Act
from api.audit.log import AuditLog, AuditUnavailable
from api.identity.keys import KeyStore
from api.problems import Problem
from api.restricted.trail import purpose_of

log = logging.getLogger("comity.api")

_KEY = "key:"


async def curator(who: Annotated[Caller, Depends(caller)]) -> Caller:
    """The caller, who is a curator.

    Raises:
        Problem: they are not (403). Without accounts nobody is: every program of the machine can reach the port.
    """
    if not who.rights.publishes:
        detail = (
            "proposals are for curators: send the key or token of one (docs/accounts.md), or use comity propose on the"
            " machine itself"
        )
        raise Problem(403, "curators-only", "For curators only", detail)
    return who


Curator = Annotated[Caller, Depends(curator)]


def named(who: Caller) -> str:
    """The name under which a proposal is kept: the prefix of a key without its holder, or a subject."""
    name = who.name or ""
    return name.partition(" (")[0] if name.startswith(_KEY) else name


def same_hand(data_dir: Path, one: str, other: str) -> bool:
    """Whether two names are of one curator; a key that took the place of another is that of the same."""
    if one == other or not (one.startswith(_KEY) and other.startswith(_KEY)):
        return one == other
    replaced = {key.prefix: key.replaces for key in KeyStore(data_dir).held()}
    return _first(one, replaced) == _first(other, replaced)


def _first(name: str, replaced: dict[str, str | None]) -> str:
    """The key with which a chain of replacements began."""
    prefix = name.removeprefix(_KEY)
    while (before := replaced.get(prefix)) is not None:
        prefix = before
    return prefix


async def record(request: Request, who: Caller, did: str) -> None:
    """Have on the disk that ``who`` is about to do something.

    Raises:
        Problem: it cannot be recorded, so that it is not done (503).
    """
    data_dir: Path = request.app.state.releases.data_dir
    act = Act(
        who=who.name or "",
        role=who.role,
        route=getattr(request.scope.get("route"), "path", ""),
        asked=f"about to {did}",
        purpose=purpose_of(request.scope),
    )
    try:
        await asyncio.to_thread(AuditLog(data_dir).record, act)
    except AuditUnavailable as error:
        log.error("%s", error)
        detail = "nothing was done, because it cannot be recorded; the server's log says why"
        raise Problem(503, "not-recorded", "Cannot be recorded", detail, {"Retry-After": "60"}) from None
