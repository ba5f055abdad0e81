"""Where a State stands among its neighbours: counts, median and rank, on the law as written."""

from __future__ import annotations

from statistics import median

import msgspec

from graph.gaps.judgement import Status
from graph.gaps.nearness import REGIONAL, belongs, ipu_groups
from graph.gaps.survey import Survey


class Peers(msgspec.Struct, frozen=True, kw_only=True):
    """A group and the State among its members. ``kind``: ``subregion``, ``continent``, ``organisation``, ``ipu-group``.

    ``recorded`` of ``members`` have at least one criterion that is satisfied or missed on record; ``median`` is over
    these, of the number of criteria satisfied; ``rank`` is 1 for the most (equals share a rank), ``None`` where the
    State has nothing on record. A low count may only mean a thin record.
    """

    kind: str
    id: str
    name: str
    members: int
    recorded: int
    median: float | None
    rank: int | None


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of words for criteria and offences, and the State among its peers."""

    criteria: dict[Status, int]
    offences: dict[Status, int]
    peers: tuple[Peers, ...]


def position(survey: Survey, state: str) -> Position:
    """The position of ``state`` on the survey's day."""
    network = survey.network
    groups: list[tuple[str, str, str, list[str]]] = [
        (kind, name, name, region_members(survey, name))
        for kind, places in (("subregion", survey.neighbours.subregions), ("continent", survey.neighbours.continents))
        if (name := places.get(state)) is not None
    ]
    groups += [
        ("organisation", organisation, network.organisations[organisation].name, members(survey, organisation))
        for organisation in REGIONAL
        if organisation in network.organisations and belongs(network, organisation, state, survey.on)
    ]
    groups += [("ipu-group", group, f"IPU {group}", group_members(survey, group))
               for group in sorted(ipu_groups(network, state))]  # fmt: skip
    return Position(
        criteria=survey.counts(state, "criterion"),
        offences=survey.counts(state, "offence"),
        peers=tuple(_peers(survey, state, *group) for group in groups),
    )


def members(survey: Survey, organisation: str) -> list[str]:
    """The States that belong to ``organisation`` on the survey's day."""
    return [state for state in survey.states if belongs(survey.network, organisation, state, survey.on)]


def region_members(survey: Survey, name: str) -> list[str]:
    """The States in the subregion or continent of that name."""
    near = survey.neighbours
    return [state for state in survey.states if name in (near.subregions.get(state), near.continents.get(state))]


def group_members(survey: Survey, group: str) -> list[str]:
    """The States whose parliament is in the IPU group, as far as on record."""
    return [state for state in survey.states if group in ipu_groups(survey.network, state)]


def _peers(survey: Survey, state: str, kind: str, id_: str, name: str, among: list[str]) -> Peers:
    satisfied: dict[str, int] = {}
    for member in among:
        counts = survey.counts(member, "criterion")
        if any(counts[status] for status in ("satisfied", "not-satisfied", "partial", "contradictory")):
            satisfied[member] = counts["satisfied"]
    own = satisfied.get(state)
    return Peers(
        kind=kind,
        id=id_,
        name=name,
        members=len(among),
        recorded=len(satisfied),
        median=median(satisfied.values()) if satisfied else None,
        rank=1 + sum(count > own for count in satisfied.values()) if own is not None else None,
    )
