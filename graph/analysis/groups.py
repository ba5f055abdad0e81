"""Groups of States by which the graph can be narrowed: a group of the IPU, a region, the members of an organisation.

Membership is read on the day asked about, in three values. A State whose membership is uncertain on that day is kept
and named, since leaving it out would claim as much as keeping it.
"""

from __future__ import annotations

from typing import NamedTuple

from graph.dates import NOT_MET, UNKNOWN, any_of
from graph.hubs import holds
from graph.lookup import find
from graph.network import Network
from graph.questions import QuestionError, folded
from graph.regions import LEVELS, regions

BELONGING = frozenset({"member", "founding-group", "former-member"})
"""Statuses of those who belong, or belonged until the day they left; partners and observers do not."""


class Group(NamedTuple):
    """States (ids, sorted) of a group, and those of them whose membership is uncertain on the day."""

    name: str
    states: tuple[str, ...]
    uncertain: tuple[str, ...]


def region(network: Network, text: str) -> Group:
    """The States of a geopolitical group of the Inter-Parliamentary Union or of a region of the Unicode CLDR.

    Such as ``grulac``, ``Western Africa`` or ``Europe``. A name that is both means the group.

    Raises:
        QuestionError: no State on record is of such a group or region.
    """
    wanted = folded(text)
    by_group: dict[str, list[str]] = {}
    for state in network.states.values():
        for group in (state.ipu_group or "").split(";"):
            if group:
                by_group.setdefault(group, []).append(state.id)
    for group, states in by_group.items():
        if folded(group) == wanted:
            return Group(group, tuple(sorted(states)), ())
    by_region = {name: states for level in LEVELS for name, states in regions(network, level).items()}
    for name, found in by_region.items():
        if folded(name) == wanted:
            return Group(name, found, ())
    valid = ", ".join((*sorted(by_group), *sorted(by_region))) or "none on record"
    raise QuestionError(f"no IPU group or region is called {text[:60]!r}; valid: {valid}")


def members(network: Network, text: str, day: int) -> Group:
    """The members of an organisation (id or name, such as ``eu``) on ``day`` (an ordinal).

    Raises:
        QuestionError: no organisation is called so, or no membership in it is on record for that day.
    """
    found = find(network, f"organisation:{text}")
    results = {
        state: any_of(
            *(
                holds(network, membership, day)
                for membership in memberships
                if membership.status in BELONGING and (membership.status != "former-member" or membership.left_on)
            )
        )
        for (organisation, state), memberships in network.memberships.items()
        if organisation == found.id
    }
    states = tuple(sorted(state for state, result in results.items() if result != NOT_MET))
    name = network.organisations[found.id].name
    if not states:
        raise QuestionError(f"no membership of {name} ({found.id}) is on record for that day: choose another group")
    return Group(name, states, tuple(state for state in states if results[state] == UNKNOWN))
