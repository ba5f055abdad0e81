"""Shapes of answers for which the domain has plain dictionaries; they describe, and carry nothing themselves."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from graph.analysis.reach import Reach
from graph.analysis.survey import Survey
from graph.analysis.ties import Ties
from graph.answers import Answer
from graph.releases import Manifest


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """For how many pairs of States the law on record provides a path: of a day, or month by month."""

    release: str
    query: dict[str, Any]
    meaning: str
    rows: list[dict[str, Any]]
    on: str | UnsetType = UNSET
    by: str | UnsetType = UNSET
    series: list[str] | UnsetType = UNSET


class NetworkSurvey(Survey, frozen=True, kw_only=True):
    """The cooperation graph of a day in figures, and what narrows it."""

    groups: list[str]
    membership_uncertain: list[str]
    without: list[str]
    settled: bool


class NetworkTies(Ties, frozen=True, kw_only=True):
    """The cooperation graph of a day tie by tie, and what narrows it; ``only_settled``: no open question."""

    groups: list[str]
    membership_uncertain: list[str]
    without: list[str]
    only_settled: bool


class NetworkReach(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a State may ask, measure by measure, and what narrows it."""

    release: str
    on: str
    urgent: bool
    state: str
    groups: list[str]
    membership_uncertain: list[str]
    without: list[str]
    reach: list[Reach]
    limits: list[str]


class BatchLine(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to the question at ``index`` of a batch, or why there is none."""

    index: int
    answer: Answer | UnsetType = UNSET
    problem: dict[str, Any] | UnsetType = UNSET


class ReleaseTold(Manifest, frozen=True, kw_only=True):
    """A release on disk; ``in_use``: requests are answered from it."""

    in_use: bool


class ReleasesTold(msgspec.Struct, frozen=True, kw_only=True):
    """The releases on disk, the newest first, and the one in use."""

    release: str
    items: list[ReleaseTold]


class ReleaseHoldings(ReleaseTold, frozen=True, kw_only=True):
    """A release with what it holds: records by class, sources by age, conflicts."""

    records: dict[str, int]
    sources_by_age: dict[str, int]
    newest_source: str | None
    conflicts: int


class Found(msgspec.Struct, frozen=True, kw_only=True, rename={"kind": "class"}):
    """A thing that was found. ``score``: 100 for its own name, less for likeness."""

    kind: str
    id: str
    name: str
    score: float
    href: str | None


class FoundList(msgspec.Struct, frozen=True, kw_only=True):
    """What was found, the nearest first."""

    release: str
    query: str
    total: int
    items: list[Found]


class Scheme(msgspec.Struct, frozen=True, kw_only=True):
    """A vocabulary and how many concepts it has."""

    scheme: str
    concepts: int
    href: str


class SchemeList(msgspec.Struct, frozen=True, kw_only=True):
    """The vocabularies."""

    release: str
    items: list[Scheme]


class Outline(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One State on a flat map: closed ``rings``, holes among them, or one ``point`` where it is too small for any."""

    rings: tuple[tuple[tuple[float, float], ...], ...] = ()
    point: tuple[float, float] | None = None


class Outlines(msgspec.Struct, frozen=True, kw_only=True):
    """The outlines of States by alpha-3 code, right and down from the corner, on a map of ``width`` by ``height``."""

    source: str
    address: str
    as_of: str
    width: int
    height: int
    states: dict[str, Outline]


SHAPES: tuple[type, ...] = (
    Coverage, NetworkSurvey, NetworkTies, NetworkReach, BatchLine, ReleaseTold, ReleasesTold, ReleaseHoldings,
    FoundList, SchemeList, Outlines,
)  # fmt: skip
