"""The world on a day: standings, national law and memberships, as numbers side by side for all States."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.coverage.demands import VALUE, YES, Values
from graph.coverage.index import Index
from graph.coverage.memberships import open_channel
from graph.coverage.plan import Plan


class World(NamedTuple):
    """What holds on ``day`` (an ordinal), States and instruments by position.

    ``asking[instrument, state]`` is how a State stands when it asks, ``asked`` when it is asked; they differ only where
    a hypothesis is tried. ``laws[k, state]`` is the class of the State's law for ``Plan.years[k]``. ``apart[one,
    other]``: both laws state the age of the child, and not the same. ``relations`` has a row for each network channel;
    ``None`` where the channel is closed to everybody.
    """

    day: int
    asking: Values
    asked: Values
    laws: NDArray[np.intp]
    apart: NDArray[np.bool_]
    relations: tuple[Values | None, ...]


def world(plan: Plan, day: int) -> World:
    """The world of ``plan`` on ``day`` (an ordinal); the day must be in the plan's period."""
    index = plan.base
    held = standings(index, day)
    relations = tuple(
        hub.relations.on(day) if open_channel(hub, index.network, plan.flags.evidence, day) else None
        for hub in index.hubs
    )
    return World(day, held, held, laws(plan, day), ages_apart(plan, day), relations)


def standings(index: Index, day: int) -> Values:
    """How every State stands to every instrument on ``day``; no record is ``NO``: there is no path by it."""
    held = np.zeros((len(index.instruments), len(index.states)), np.int8)
    held[index.where] = index.standings.on(day)
    return held


def laws(plan: Plan, day: int) -> NDArray[np.intp]:
    """The class of every State's law on ``day``, for each of the penalties that the plan asks about."""
    index, offence = plan.base, plan.flags.offence
    found = np.zeros((len(plan.years), len(index.states)), np.intp)
    if offence is None or not plan.lawful:
        return found
    for place, state in enumerate(index.states):
        law = index.network.law(state)
        found[:, place] = 3 * VALUE[law.criminalises(offence, day).result]
        for number, years in enumerate(plan.years):
            if years is not None:
                found[number, place] += VALUE[law.punishable_by(offence, years, day).result]
    return found


def ages_apart(plan: Plan, day: int) -> NDArray[np.bool_]:
    """Between which States the laws on the plan's offence state different ages of the child on ``day``."""
    index, offence = plan.base, plan.flags.offence
    ages = np.zeros(len(index.states), np.int8)
    if offence is not None and plan.lawful:
        ages[:] = [index.network.law(state).child_below(offence, day) or 0 for state in index.states]
    apart: NDArray[np.bool_] = (ages[:, None] != ages) & (ages[:, None] > 0) & (ages > 0)
    return apart


def everybody_in(held: World, instrument: int, *, asking: bool, value: int = YES) -> World:
    """The same world where whoever asks (or else whoever is asked) stands to ``instrument`` at ``value`` at least."""
    side = (held.asking if asking else held.asked).copy()
    side[instrument] = np.maximum(side[instrument], value)
    return held._replace(asking=side) if asking else held._replace(asked=side)


def without(held: World, instrument: int) -> World:
    """The same world without ``instrument``."""
    asking = held.asking.copy()
    asking[instrument] = 0
    return held._replace(asking=asking, asked=asking)
