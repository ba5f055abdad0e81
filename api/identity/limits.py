"""How often each may ask: a bucket of tokens for each identity, filled at the rate of its role.

A request takes one token; where there is none, the answer is 429 with the seconds to wait. Each worker process keeps
its own buckets, so that with several workers a limit is shared out among them. What is kept is bounded: of more than
:data:`MOST` identities those that have not asked for longest begin anew.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from typing import NamedTuple

from api.identity.roles import Rights

MOST = 100_000


class Decision(NamedTuple):
    """Whether a request may go on; how many more may follow at once; seconds until the next may, and until all may."""

    allowed: bool
    left: int
    retry_after_s: float
    full_after_s: float


class Buckets:
    """The buckets of one process. ``share`` is the part of each limit that is its own."""

    def __init__(self, share: float = 1.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._share = share
        self._clock = clock
        self._lock = threading.Lock()
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, identity: str, rights: Rights) -> Decision:
        """Take a token for ``identity``, if there is one."""
        per_second = rights.per_minute * self._share / 60
        size = max(rights.burst * self._share, 1.0)
        with self._lock:
            now = self._clock()
            level, at = self._held.get(identity, (size, now))
            level = min(size, level + (now - at) * per_second)
            allowed = level >= 1
            if allowed:
                level -= 1
            self._held[identity] = (level, now)
            self._held.move_to_end(identity)
            if len(self._held) > MOST:
                self._held.popitem(last=False)
        wait = 0.0 if level >= 1 else (1 - level) / per_second
        return Decision(allowed, int(level), wait, (size - level) / per_second)


def headers_of(decision: Decision, rights: Rights) -> dict[str, str]:
    """The headers that tell a client about its limit (as drafted by the IETF's HTTPAPI group), and when to return."""
    policy = f'"{rights.per_minute} a minute"'
    told = {
        "RateLimit-Policy": f"{policy};q={rights.per_minute};w=60",
        "RateLimit": f"{policy};r={decision.left};t={math.ceil(decision.full_after_s)}",
    }
    if not decision.allowed:
        told["Retry-After"] = str(max(1, math.ceil(decision.retry_after_s)))
    return told


def identity_of(name: str | None, host: str | None) -> str:
    """Whom a request counts for: the name, else the address, of IPv6 the network of 64 bits that one customer has."""
    if name is not None:
        return name
    return _place(host)


@lru_cache(maxsize=4096)  # a connection stays for many requests
def _place(host: str | None) -> str:
    try:
        address = ip_address(host or "")
    except ValueError:
        return f"at:{host}"
    if not isinstance(address, IPv6Address):
        return f"at:{address}"
    if address.ipv4_mapped is not None:
        return f"at:{address.ipv4_mapped}"
    return f"at:{IPv6Address(int(address) >> 64 << 64)}/64"
