"""Questions to the API, one function each: what is sent, and the type of what comes back. Sent by :mod:`api.client`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, NamedTuple, TypeVar
from urllib.parse import quote

import msgspec

from api.curation.shapes import ProposalsTold
from api.release_shapes import ChangesTold, ExportsTold, QualityTold, QueriesTold
from api.shapes import (
    Coverage,
    FoundList,
    NetworkReach,
    NetworkSurvey,
    NetworkTies,
    Outlines,
    ReleaseHoldings,
    ReleasesTold,
    SchemeList,
)
from graph.answers import Answer
from graph.assumable import AssumableList
from graph.curation.proposal import Draft, ProposalTold, Trial
from graph.gaps.comparison import Comparison
from graph.gaps.groups import GroupList
from graph.gaps.report import GapReport
from graph.how_to_ask import Card
from graph.reasons import Reasons
from graph.supposed_coverage import SupposedCoverage
from graph.suppositions import Supposition
from graph.world_years import WorldYears

T = TypeVar("T")

Profile = dict[str, Any]
"""Everything on record about a thing, as ``comity show --json`` writes it."""


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A page of rows. ``next``: path and query of the next page, ``None`` on the last."""

    release: str
    total: int
    items: list[dict[str, Any]]
    next: str | None


class Call(NamedTuple, Generic[T]):
    """A question: the path, its parameters, and the type of the answer; ``bytes`` is a file as it is."""

    path: str
    parameters: dict[str, Any]
    kind: type[T]


class Post(NamedTuple, Generic[T]):
    """Something to be done: the path, its parameters, the body (``None``: none), and the type of the answer."""

    path: str
    parameters: dict[str, Any]
    body: Any
    kind: type[T]


def paths(from_: str, to: str, measure: str, **more: Any) -> Call[Answer]:
    """By which paths may ``from_`` ask ``to`` for ``measure``? ``more``: parameters of ``/v1/paths``."""
    return Call("/v1/paths", {"from": from_, "to": to, "measure": measure, **more}, Answer)


def why_not(from_: str, to: str, measure: str, **more: Any) -> Call[Reasons]:
    """What almost works, and why not?"""
    return Call("/v1/why-not", {"from": from_, "to": to, "measure": measure, **more}, Reasons)


def what_if(assume: Sequence[str], **more: Any) -> Call[Supposition]:
    """What changes under the assumptions? ``from_`` and ``to`` narrow it to one pair."""
    return Call("/v1/what-if", {"assume": list(assume), **more}, Supposition)


def what_if_counted(assume: Sequence[str], **more: Any) -> Call[SupposedCoverage]:
    """What changes under the assumptions for all States, counted?"""
    return Call("/v1/what-if/counted", {"assume": list(assume), **more}, SupposedCoverage)


def assumable(state: str, **more: Any) -> Call[AssumableList]:
    """What can be assumed of ``state``?"""
    return Call("/v1/what-if/assumable", {"state": state, **more}, AssumableList)


def coverage(**more: Any) -> Call[Coverage]:
    """For how many pairs of States is there a path?"""
    return Call("/v1/coverage", more, Coverage)


def network(**more: Any) -> Call[NetworkSurvey]:
    """What does the cooperation graph of a day hang on?"""
    return Call("/v1/network", more, NetworkSurvey)


def ties(**more: Any) -> Call[NetworkTies]:
    """Which State may ask which other, and by what?"""
    return Call("/v1/network/ties", more, NetworkTies)


def reach(state: str, **more: Any) -> Call[NetworkReach]:
    """Whom may ``state`` ask?"""
    return Call(f"/v1/network/reach/{quote(state, safe='')}", more, NetworkReach)


def gaps(state: str, **more: Any) -> Call[GapReport]:
    """Where are the gaps of ``state``, and who closed them?"""
    return Call(f"/v1/states/{quote(state, safe='')}/gaps", more, GapReport)


def card(state: str, **more: Any) -> Call[Card]:
    """How is ``state`` asked, on one page?"""
    return Call(f"/v1/states/{quote(state, safe='')}/card", more, Card)


def briefing(state: str, form: str = "pdf", **more: Any) -> Call[bytes]:
    """A briefing on ``state`` as a file; ``form``: ``pdf``, ``docx`` or ``html``."""
    return Call(f"/v1/states/{quote(state, safe='')}/briefing", {"format": form, **more}, bytes)


def draft(from_: str, to: str, measure: str, form: str = "docx", **more: Any) -> Call[bytes]:
    """The draft of a request as a file; ``form``: ``docx`` or ``html``. ``more``: parameters of ``/v1/paths/draft``."""
    return Call("/v1/paths/draft", {"from": from_, "to": to, "measure": measure, "format": form, **more}, bytes)


def next_step(state: str, **more: Any) -> Call[dict[str, Any]]:
    """Which ratification gains ``state`` most?"""
    return Call(f"/v1/states/{quote(state, safe='')}/next-step", more, dict[str, Any])


def group_next_step(group: str, **more: Any) -> Call[dict[str, Any]]:
    """Which ratification gains a region, organisation, IPU group or the ``world`` most?"""
    return Call("/v1/next-step", {"group": group, **more}, dict[str, Any])


def compare(names: Sequence[str], **more: Any) -> Call[Comparison]:
    """2 to 6 States or groups side by side."""
    return Call("/v1/compare", {"name": list(names), **more}, Comparison)


def groups(**more: Any) -> Call[GroupList]:
    """Which groups can be compared?"""
    return Call("/v1/groups", more, GroupList)


def listed(what: str, **more: Any) -> Call[Listed]:
    """A page of ``what``: ``states``, ``instruments``, ``authorities``, ``statutes``, ``providers``,
    ``organisations``, ``publishers`` or ``sources``."""
    return Call(f"/v1/{what}", more, Listed)


def concepts(scheme: str, **more: Any) -> Call[Listed]:
    """The concepts of a vocabulary."""
    return Call(f"/v1/vocabularies/{quote(scheme, safe='')}", more, Listed)


def shown(what: str, id_: str, **more: Any) -> Call[Profile]:
    """Everything on record about one of ``what``, for example ``instruments`` and ``cets-185``."""
    return Call(f"/v1/{what}/{quote(id_)}", more, dict[str, Any])


def search(text: str, **more: Any) -> Call[FoundList]:
    """What is called so?"""
    return Call("/v1/search", {"q": text, **more}, FoundList)


def vocabularies() -> Call[SchemeList]:
    """The vocabularies."""
    return Call("/v1/vocabularies", {}, SchemeList)


def releases() -> Call[ReleasesTold]:
    """The releases on disk."""
    return Call("/v1/releases", {}, ReleasesTold)


def release(id_: str = "current") -> Call[ReleaseHoldings]:
    """A release and what it holds."""
    return Call(f"/v1/releases/{quote(id_, safe='')}", {}, ReleaseHoldings)


def changes(**more: Any) -> Call[ChangesTold]:
    """What changed between two releases?"""
    return Call("/v1/changes", more, ChangesTold)


def exports() -> Call[ExportsTold]:
    """As which files can the release be had?"""
    return Call("/v1/exports", {}, ExportsTold)


def quality(**more: Any) -> Call[QualityTold]:
    """What does not fit in the release?"""
    return Call("/v1/quality", more, QualityTold)


def queries() -> Call[QueriesTold]:
    """Queries in SPARQL to begin with."""
    return Call("/v1/queries", {}, QueriesTold)


def world(**more: Any) -> Call[WorldYears]:
    """Every State through the years, for one ``measure``, ``instrument`` or ``criterion``."""
    return Call("/v1/world", more, WorldYears)


def shapes() -> Call[Outlines]:
    """The outlines of States on a flat map."""
    return Call("/v1/shapes", {}, Outlines)


def proposals(**more: Any) -> Call[ProposalsTold]:
    """The proposals, for curators; ``state`` narrows them, ``limit`` and ``before`` lead through them."""
    return Call("/v1/proposals", more, ProposalsTold)


def proposal(id_: str) -> Call[ProposalTold]:
    """One proposal, for curators."""
    return Call(f"/v1/proposals/{quote(id_, safe='')}", {}, ProposalTold)


def try_out(draft: Draft) -> Post[Trial]:
    """Check ``draft`` and tell what it would change; nothing is kept."""
    return Post("/v1/proposals", {"dry_run": "true"}, draft, Trial)


def propose(draft: Draft) -> Post[ProposalTold]:
    """Check ``draft`` and keep it as a proposal."""
    return Post("/v1/proposals", {}, draft, ProposalTold)


def publish(id_: str) -> Post[ProposalTold]:
    """Publish a proposal."""
    return Post(f"/v1/proposals/{quote(id_, safe='')}/publish", {}, None, ProposalTold)


def withdraw(id_: str) -> Post[ProposalTold]:
    """Withdraw a proposal; a published one is taken back."""
    return Post(f"/v1/proposals/{quote(id_, safe='')}/withdraw", {}, None, ProposalTold)
