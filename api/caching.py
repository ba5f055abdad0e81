"""What a client may keep: a strong entity tag for each release and question, and how long it is fresh.

An answer depends on nothing but the release, the question and the day: whatever a caller may see beyond it is put in
afterwards (:mod:`api.restricted`), and such an answer has no tag. The tag is made of exactly these, before anything is
worked out, so that a client that holds the answer costs nothing (RFC 9110, section 13).
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable

from fastapi import Request
from starlette.responses import Response

from api.access import Caller

FRESH_S = 60
"""Seconds for which an answer need not be asked for again; a new release is seen by everyone after that."""

VARY = "Accept, Accept-Encoding, Authorization, Cookie"


def entity_tag(release: str, *question: Hashable) -> str:
    """The entity tag of the answer to ``question``, quoted as in the header."""
    text = "\x1f".join((release, *map(repr, question)))
    return f'"{hashlib.blake2b(text.encode(), digest_size=12).hexdigest()}"'


def headers_of(tag: str, caller: Caller) -> dict[str, str]:
    """The headers that say how long the answer with ``tag`` may be kept, and by whom."""
    whose = "public" if caller.role == "anonymous" else "private"
    return {"ETag": tag, "Cache-Control": f"{whose}, max-age={FRESH_S}, must-revalidate", "Vary": VARY}


def not_modified(request: Request, tag: str, headers: dict[str, str]) -> Response | None:
    """The response 304 where the client holds the answer with ``tag`` already, else ``None``."""
    held = request.headers.get("if-none-match")
    if held is None:
        return None
    tags = {one.strip().removeprefix("W/") for one in held.split(",")}
    return Response(status_code=304, headers=headers) if tag in tags or "*" in tags else None
