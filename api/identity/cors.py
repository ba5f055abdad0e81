"""Which other sites may read answers: none, but those that are named, and never with credentials of a browser's own.

Who asks is told by the ``Authorization`` header alone, so that no site can ask in another's name.
"""

from __future__ import annotations

from urllib.parse import urlsplit

METHODS = ("GET", "HEAD", "POST")
ASKED_WITH = ("Accept", "Authorization", "Comity-Purpose", "Content-Type", "If-None-Match")
TOLD = ("ETag", "Link", "RateLimit", "RateLimit-Policy", "Retry-After")
"""Headers of answers that scripts of those sites may read."""


def origins_of(text: str) -> tuple[str, ...]:
    """The origins that a setting such as ``https://a.example, http://localhost:8501`` names.

    Raises:
        ValueError: one of them is no origin; ``*`` is none, since it would open every answer to every site.
    """
    origins = tuple(filter(None, (part.strip() for part in text.split(","))))
    for origin in origins:
        parts = urlsplit(origin)
        whole = parts.scheme in ("http", "https") and parts.hostname and origin == f"{parts.scheme}://{parts.netloc}"
        if not whole or "*" in origin or "@" in origin:
            raise ValueError(f"{origin!r} is not one site, such as https://desk.example.org")
    return origins
