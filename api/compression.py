"""Compressed responses (Zstandard, Brotli or gzip, as the client takes them), each with an entity tag of its own.

A strong entity tag names one sequence of bytes, so that the compressed form needs another tag than the plain one
(RFC 9110, section 8.8.3.3). The coding is added to the tag on the way out and taken off on the way in.
"""

from __future__ import annotations

import re

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette_compress import CompressMiddleware

SMALLEST = 1000
"""Bytes below which compressing is not worth it. Above, the quickest levels: JSON becomes an eighth with any."""

_NO_CODING = frozenset({b"", b"identity"})
"""What ``Accept-Encoding`` says where the client wants the response as it is."""

AS_IT_IS = "/v1/exports/"
"""Files below this path are sent byte by byte, so that their checksum and ranges of them hold."""

_CODED = re.compile(rb'-(?:zstd|br|gzip)"')


class Compression:
    """Compresses what is worth it and keeps entity tags true."""

    def __init__(self, app: ASGIApp) -> None:
        self._plain = app
        self._app = CompressMiddleware(app, minimum_size=SMALLEST, zstd_level=3, brotli_quality=1, gzip_level=1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with plain entity tags, and its response back with those of the coding."""
        if scope["type"] == "http" and any(_concerns(name, value) for name, value in scope["headers"]):
            asked = [
                (name, _CODED.sub(b'"', value) if name == b"if-none-match" else value)
                for name, value in scope["headers"]
                if name != b"accept-encoding" or not scope["path"].startswith(AS_IT_IS)
            ]
            coding = next((_CODED.search(value) for name, value in scope["headers"] if name == b"if-none-match"), None)
            scope = {**scope, "headers": asked}
            await self._app(scope, receive, _Tagging(send, coding.group() if coding else b""))
        else:
            await self._plain(scope, receive, send)


def _concerns(name: bytes, value: bytes) -> bool:
    """Whether a header of a request asks for a coding, or names a response that may have had one."""
    return name == b"if-none-match" or (name == b"accept-encoding" and value.lower() not in _NO_CODING)


class _Tagging:
    """A ``send`` that puts the coding of a response into its entity tag; ``held`` is that of what the client holds."""

    def __init__(self, send: Send, held: bytes) -> None:
        self._send = send
        self._held = held

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message["headers"])
            coding = dict(headers).get(b"content-encoding")
            ending = b"-" + coding + b'"' if coding else self._held if message["status"] == 304 else b""
            if ending:
                headers = [
                    (name, value[:-1] + ending if name == b"etag" and value.endswith(b'"') else value)
                    for name, value in headers
                ]
                message = {**message, "headers": headers}
        await self._send(message)
