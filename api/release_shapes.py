"""Shapes of answers about releases, their exports and changes, and about the server itself."""

from __future__ import annotations

from typing import Any

import msgspec

from graph.changes import RecordChange, StandingChange
from graph.review import Finding, Severity, TableReport
from graph.sparql.examples import Example


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


class QueriesTold(msgspec.Struct, frozen=True, kw_only=True):
    """Queries in SPARQL to begin with."""

    release: str
    items: list[Example]


class RuleTold(msgspec.Struct, frozen=True, kw_only=True):
    """A rule of the review with what it demands, the law behind it (``source``), and how much does not fit it.

    ``known``: how many of the findings are explained.
    """

    rule: str
    severity: Severity
    demands: str
    source: str
    findings: int
    known: int


class QualityTold(msgspec.Struct, frozen=True, kw_only=True):
    """What does not fit in the release: a page of findings of the review, and all conflicts between sources.

    ``severities``: how many findings of each. ``derived``: rule → facts that it deduced. ``shacl``: how the release
    was validated.
    """

    release: str
    built_at: str
    severities: dict[Severity, int]
    rules: list[RuleTold]
    conflicts: list[dict[str, Any]]
    tables: list[TableReport]
    derived: dict[str, int]
    shacl: dict[str, Any] | None
    total: int
    items: list[Finding]
    next: str | None


SHAPES: tuple[type, ...] = (Alive, Ready, ExportsTold, ChangesTold, QueriesTold, QualityTold)
