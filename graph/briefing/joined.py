"""Who joined a treaty that a State has not joined: the nearest parties, with the day on which they were bound."""

from __future__ import annotations

import msgspec

from graph.answers import PartyDates
from graph.gaps.nearness import Nearness
from graph.gaps.survey import Survey
from graph.gaps.treaties import TreatyPlace, parties


class NearParty(msgspec.Struct, frozen=True, kw_only=True):
    """A State for which the treaty is in force on the day, what it has in common with the State asked about, and its
    dates."""

    state: str
    name: str
    near: Nearness
    dates: PartyDates


class Joined(msgspec.Struct, frozen=True, kw_only=True):
    """The nearest of ``count`` States for which ``instrument`` is in force."""

    instrument: str
    name: str
    nearest: tuple[NearParty, ...]
    count: int


def joined(survey: Survey, state: str, place: TreatyPlace, limit: int) -> Joined:
    """Who among the States is party to the treaty of ``place``, the nearest to ``state`` first.

    Nearness is compared as in :data:`graph.gaps.nearness.ORDER`; of those equally near, parties whose dates are on
    record come first.
    """
    network = survey.network
    states = set(survey.states)
    found = [
        NearParty(
            state=other,
            name=network.state_name(other),
            near=survey.neighbours.between(state, other),
            dates=network.standings(other)[place.instrument].dates,
        )
        for other in parties(network, place.instrument, survey.on)
        if other in states and other != state
    ]
    found.sort(key=lambda held: (held.near.order, not _dated(held.dates), held.name))
    return Joined(instrument=place.instrument, name=place.name, nearest=tuple(found[:limit]), count=len(found))


def _dated(dates: PartyDates) -> bool:
    return bool(dates.bound_on or dates.in_force_on)
