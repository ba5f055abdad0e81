"""Headers that tell browsers to do nothing with an answer but read it, on every response, also that of a defect.

Other sites may read answers only where they were named (CORS is closed otherwise), and never with credentials that a
browser adds by itself: who asks is told by the ``Authorization`` header alone, so that no site can ask in another's
name.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem_of, response_of

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
"""Set where a response does not set them itself."""

PAGES = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
"""The policy of HTML pages: the documentation, whose scripts and styles come from this server."""

OVER_TLS = "max-age=31536000"

CORS = {
    "allow_methods": ("GET", "HEAD", "POST"),
    "allow_headers": ("Accept", "Authorization", "Comity-Purpose", "Content-Type", "If-None-Match"),
    "expose_headers": ("ETag", "Link", "RateLimit", "RateLimit-Policy", "Retry-After"),
    "allow_credentials": False,
}
"""What sites that were named may do."""


class SecurityHeaders:
    """Sets the headers; the outermost of all that a request passes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    page = name == "Content-Security-Policy" and headers.get("content-type", "").startswith("text/html")
                    headers.setdefault(name, PAGES if page else value)
                if scope.get("scheme") == "https":
                    headers.setdefault("Strict-Transport-Security", OVER_TLS)
            await send(message)

        try:
            await self.app(scope, receive, with_headers)
        except Exception as error:
            if started:
                raise
            await response_of(problem_of(error), scope["path"])(scope, receive, with_headers)


def origins_of(text: str) -> tuple[str, ...]:
    """The origins that a setting such as ``https://a.example, http://localhost:8501`` names.

    Raises:
        ValueError: one of them is no origin; ``*`` is none, since it would open every answer to every site.
    """
    origins = tuple(filter(None, (part.strip() for part in text.split(","))))
    for origin in origins:
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https") or not parts.hostname or origin != f"{parts.scheme}://{parts.netloc}":
            raise ValueError(f"{origin!r} is no origin, such as https://desk.example.org")
        if "*" in origin or "@" in origin:
            raise ValueError(f"{origin!r} does not name one site")
    return origins
