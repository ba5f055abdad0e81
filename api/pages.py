"""Long lists in pages: a cursor says where the next one begins, in which release and of which question.

A cursor is opaque to clients and not secret: it holds the release, a digest of the question and a position. Since a
release never changes, no row is shown twice or left out between two pages.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple, TypeVar
from urllib.parse import urlencode

import msgspec
from fastapi import Query, Request

from api.problems import Problem, not_valid

USUAL, MOST = 50, 1000
"""Rows of a page where ``limit`` does not say, and at most."""

T = TypeVar("T")

Limit = Annotated[int | None, Query(ge=1, le=MOST, description=f"Rows of a page; {USUAL} if left, a table has all.")]
Cursor = Annotated[
    str | None,
    Query(max_length=400, description="Where the page begins: `next` of the page before, with the same question."),
]


class _Place(msgspec.Struct, array_like=True):
    release: str
    question: str
    position: Annotated[int, msgspec.Meta(ge=0)]


class Page(NamedTuple):
    """A part of a list: the rows from ``position`` on, at most ``limit`` (``None``: all)."""

    request: Request
    limit: int | None
    cursor: str | None

    def cut(self, rows: Sequence[T], release: str, usual: int | None = USUAL) -> tuple[Sequence[T], str | None]:
        """The rows of the page, and the path and query of the next one; ``None`` on the last page.

        Raises:
            Problem: the cursor is none, or is of another question (422) or another release (409).
        """
        begin = self._position(release)
        limit = self.limit or usual
        end = len(rows) if limit is None else begin + limit
        return rows[begin:end], self._link(release, end) if end < len(rows) else None

    def _position(self, release: str) -> int:
        if self.cursor is None:
            return 0
        try:
            place = msgspec.json.decode(urlsafe_b64decode(self.cursor.encode("ascii")), type=_Place)
        except (ValueError, msgspec.MsgspecError):
            raise not_valid("cursor", "this is no cursor: begin without one and follow next") from None
        if place.release != release:
            raise Problem(
                409,
                "another-release",
                "Another release is in use",
                f"query cursor: it is of release {place.release[:40]} and {release} is in use: begin without it",
                release=release,
            )
        if place.question != self._question():
            raise not_valid("cursor", "it belongs to another question: begin without cursor, or ask the same again")
        return place.position

    def _link(self, release: str, position: int) -> str:
        place = msgspec.json.encode(_Place(release, self._question(), position))
        others = [(name, value) for name, value in self.request.query_params.multi_items() if name != "cursor"]
        return f"{self.request.url.path}?{urlencode([*others, ('cursor', urlsafe_b64encode(place).decode())])}"

    def _question(self) -> str:
        asked: list[Any] = sorted(
            (name, value)
            for name, value in self.request.query_params.multi_items()
            if name not in ("cursor", "limit", "release")
        )
        return hashlib.blake2b(repr((self.request.url.path, asked)).encode(), digest_size=6).hexdigest()


async def page(request: Request, limit: Limit = None, cursor: Cursor = None) -> Page:
    """The page that is asked for."""
    return Page(request, limit, cursor)
