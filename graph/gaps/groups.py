"""The groups that a comparison takes as a column: regions, continents, organisations and IPU groups, with members."""

from __future__ import annotations

from datetime import date

import msgspec

from graph.gaps.comparison import IPU
from graph.gaps.position import group_members, members, region_members
from graph.gaps.survey import Survey
from graph.lookup import find
from graph.model import Organisation
from graph.network import Network

ORGANISATION = "organisation:"
"""Says that an organisation is meant, where a State or the Union has the same name."""


class ComparedGroup(msgspec.Struct, frozen=True, kw_only=True):
    """A group of at least two States. ``id`` is what a comparison takes as its name.

    ``kind``: ``ipu-group``, ``continent``, ``region`` or ``organisation``; ``members``: how many States belong to it.
    """

    id: str
    name: str
    kind: str
    members: int


class GroupList(msgspec.Struct, frozen=True, kw_only=True):
    """The groups on the ISO day ``on``, IPU groups first."""

    release: str
    on: str
    items: tuple[ComparedGroup, ...]


def groups(network: Network, on: str) -> GroupList:
    """The groups of which at least two members are on record on the ISO day ``on``."""
    survey = Survey(network, date.fromisoformat(on).toordinal())
    near = survey.neighbours
    parliaments: list[ComparedGroup] = []
    organisations: list[ComparedGroup] = []
    for held in sorted(network.organisations.values(), key=lambda one: one.name.casefold()):
        if held.id.startswith(IPU):
            among = group_members(survey, held.id.removeprefix(IPU))
            parliaments.append(ComparedGroup(id=held.id, name=held.name, kind="ipu-group", members=len(among)))
        else:
            name = held.id if isinstance(find(network, held.id), Organisation) else f"{ORGANISATION}{held.id}"
            count = len(members(survey, held.id))
            organisations.append(ComparedGroup(id=name, name=held.name, kind="organisation", members=count))
    continents = set(near.continents.values())
    places = [
        ComparedGroup(id=name, name=name, kind=kind, members=len(region_members(survey, name)))
        for kind, names in (("continent", continents), ("region", set(near.subregions.values()) - continents))
        for name in sorted(names)
    ]
    every = (*parliaments, *places, *organisations)
    return GroupList(release=network.release, on=on, items=tuple(held for held in every if held.members > 1))
