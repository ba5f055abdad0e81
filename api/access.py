"""Who asks, as routes take it. What each role may do stands in :mod:`api.identity.roles`.

No route shows anything restricted: that is put into finished answers by :mod:`api.restricted.trail`, last of all.
"""

from __future__ import annotations

from fastapi import Request

from api.identity.roles import ANONYMOUS as ANONYMOUS
from api.identity.roles import Caller as Caller


async def caller(request: Request) -> Caller:
    """Who asks, as the gate (:mod:`api.identity.gate`) has found out; nobody known where there is none."""
    found: Caller = getattr(request.state, "caller", ANONYMOUS)
    return found
