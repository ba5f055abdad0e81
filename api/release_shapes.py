"""Shapes of answers about releases, their exports and changes, and about the server itself."""

from __future__ import annotations

import msgspec

from graph.changes import RecordChange, StandingChange


class Alive(msgspec.Struct, frozen=True, kw_only=True):
    """The process lives."""

    status: str = "ok"


class Ready(msgspec.Struct, frozen=True, kw_only=True):
    """The process can answer, from ``release``; ``checks`` were passed."""

    status: str = "ready"
    release: str
    checks: tuple[str, ...]


class ExportTold(msgspec.Struct, frozen=True, kw_only=True):
    """An export of the whole release. ``bytes`` and ``sha256`` are there once it has been made."""

    format: str
    file: str
    media_type: str
    href: str
    bytes: int | None
    sha256: str | None


class ExportsTold(msgspec.Struct, frozen=True, kw_only=True):
    """The exports of a release. ``topics``: what a part can be asked about, by kind; ``releases``: those on disk."""

    release: str
    built_at: str
    items: list[ExportTold]
    topics: dict[str, list[str]]
    releases: list[str]


class ChangesTold(msgspec.Struct, frozen=True, kw_only=True):
    """A page of what differs between two releases; ``release`` is the one in use.

    ``standings`` stand on the first page only, for the day ``on``. ``counts``: class → kind → how many.
    """

    release: str
    since: str
    until: str
    on: str
    counts: dict[str, dict[str, int]]
    standings: list[StandingChange]
    total: int
    items: list[RecordChange]
    next: str | None


SHAPES: tuple[type, ...] = (Alive, Ready, ExportsTold, ChangesTold)
