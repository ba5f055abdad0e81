"""The matrix on a day: for every ordered pair of States and measure, how many paths there are, and how certain.

Equal to counting the paths of :func:`graph.paths.find_paths` between the two States, in every cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.coverage.demands import NO, OPEN, YES, Flags, Values
from graph.coverage.memberships import Hub
from graph.coverage.plan import Pattern, Plan, Planner
from graph.coverage.world import World, world

Counts = NDArray[np.int16]


class Tally(NamedTuple):
    """Counts of paths, each ``[measure, requesting State, requested State]``.

    ``met``: every condition is met. ``open``: some question is open. ``hub_met`` and ``hub_open``: those of them that
    run through a network or its seat. ``consent``: those of them that oblige nobody.
    """

    met: Counts
    open: Counts
    hub_met: Counts
    hub_open: Counts
    consent: Counts


class Matrix(NamedTuple):
    """Coverage on a day. States and measures give the order of the axes of ``tally``."""

    states: tuple[str, ...]
    measures: tuple[str, ...]
    on: str
    flags: Flags
    tally: Tally

    @property
    def paths(self) -> Counts:
        """How many paths there are."""
        return self.tally.met + self.tally.open

    @property
    def status(self) -> Values:
        """The best status of a path: :data:`YES` met, :data:`OPEN` unknown, :data:`NO` no path on record."""
        return best(self.tally.met, self.tally.open)

    @property
    def direct(self) -> Values:
        """The best status of a path between the two States directly."""
        return best(self.tally.met - self.tally.hub_met, self.tally.open - self.tally.hub_open)

    @property
    def only_by_network(self) -> NDArray[np.bool_]:
        """Where there is a path, but only through a network or its seat."""
        hub = self.tally.hub_met + self.tally.hub_open
        only: NDArray[np.bool_] = (hub > 0) & (hub == self.paths)
        return only

    @property
    def only_by_consent(self) -> NDArray[np.bool_]:
        """Where there is a path, but nobody is obliged to answer."""
        only: NDArray[np.bool_] = (self.tally.consent > 0) & (self.tally.consent == self.paths)
        return only


def best(met: Counts, unsure: Counts) -> Values:
    """The best status, given how many paths are met and how many are open."""
    status: Values = np.where(met > 0, YES, np.where(unsure > 0, OPEN, NO)).astype(np.int8)
    return status


def cover(planner: Planner, on: str, flags: Flags | None = None, measures: Sequence[str] | None = None) -> Matrix:
    """Coverage on the ISO day ``on`` for ``measures`` (keys; all where ``None``)."""
    day = date.fromisoformat(on).toordinal()
    plan = planner.plan(flags or Flags(), day, measures)
    tally = count(plan, world(plan, day))
    names = tuple(plan.base.measures[measure] for measure in plan.measures)
    return Matrix(plan.base.states, names, on, plan.flags, tally)


def empty(plan: Plan) -> Tally:
    """A tally of nothing."""
    shape = len(plan.measures), len(plan.base.states), len(plan.base.states)
    return Tally(*(np.zeros(shape, np.int16) for _ in Tally._fields))


def count(plan: Plan, held: World) -> Tally:
    """All paths of ``plan`` in the world ``held``."""
    tally = empty(plan)
    for pattern in plan.patterns:
        value = pattern_value(plan, pattern, held)
        if value is not None:
            add(tally, pattern, value)
    add_narrow(plan, tally, narrow_values(plan, held))
    for hub, relations in zip(plan.base.hubs, held.relations, strict=True):
        if relations is not None:
            add_hub(plan, tally, hub, hub_value(hub, relations))
    return tally


def recount(plan: Plan, tally: Tally, before: World, altered: Plan, after: World) -> Tally:
    """What :func:`count` says of ``altered`` in the world ``after``, where ``tally`` is that of ``plan`` in ``before``.

    Where both differ in a few standings, as they do by a ratification, only what depends on these is counted anew.
    """
    if altered.patterns is not plan.patterns or not _differ_in_standings_alone(before, after):
        return count(altered, after)
    moved = (before.asking != after.asking).any(axis=1) | (before.asked != after.asked).any(axis=1)
    instruments = frozenset(map(int, np.flatnonzero(moved)))
    found = Tally(*(part.copy() for part in tally))
    for pattern in plan.patterns:
        if pattern.instruments & instruments:
            for of, held, sign in ((plan, before, -1), (altered, after, 1)):
                value = pattern_value(of, pattern, held)
                if value is not None:
                    add(found, pattern, value, sign)
    old, new = narrow_values(plan, before), narrow_values(altered, after)
    among = np.flatnonzero(old != new)
    add_narrow(plan, found, old, -1, among)
    add_narrow(altered, found, new, 1, among)
    return found


def _differ_in_standings_alone(one: World, other: World) -> bool:
    """Whether national law and memberships are the same in both worlds."""
    memberships = all(
        np.array_equal(mine, theirs) if mine is not None and theirs is not None else mine is theirs
        for mine, theirs in zip(one.relations, other.relations, strict=True)
    )
    return memberships and np.array_equal(one.laws, other.laws) and np.array_equal(one.apart, other.apart)


def pattern_value(plan: Plan, pattern: Pattern, held: World) -> Values | None:
    """The value of the offers of ``pattern`` for every pair, ``[requesting, requested]``; ``None`` where all is no."""
    rows = held.asking[pattern.needs[0]]
    columns = held.asked[pattern.needs[0]]
    for need in pattern.needs[1:]:
        rows, columns = np.minimum(rows, held.asking[need]), np.minimum(columns, held.asked[need])
    if not rows.any() or not columns.any():
        return None
    value: Values = np.minimum.outer(rows, columns)
    same, apart = pattern.table
    if same.size == 1:
        if same[0, 0] < YES:
            np.minimum(value, same[0, 0], out=value)
    else:
        classes = pattern.classes
        if pattern.laws > 1:
            classes = classes + held.laws[plan.years.index(pattern.years)]
        demanded = same[classes].take(classes, axis=1)
        if pattern.laws > 1:
            np.copyto(demanded, apart[classes].take(classes, axis=1), where=held.apart)
        np.minimum(value, demanded, out=value)
    for replacers in pattern.replacers:
        np.minimum(value, YES - replaced(replacers, held), out=value)
    mask = plan.base.joinable(pattern.needs[0])
    if mask is not None:
        value *= mask
    np.fill_diagonal(value, NO)
    return value


def replaced(replacers: Iterable[int], held: World) -> Values:
    """How certainly an instrument is replaced between each pair: one that certainly binds both counts before one that
    may (:func:`graph.search.situation`). What is surely replaced opens no path, what may be stays open."""
    found = np.zeros((held.asking.shape[1],) * 2, np.int8)
    for newer in replacers:
        np.maximum(found, np.minimum.outer(held.asking[newer], held.asked[newer]), out=found)
    return found


def narrow_values(plan: Plan, held: World) -> Values:
    """The value of the offers of treaties between a few parties, for each pair of :attr:`Plan.narrow`."""
    narrow = plan.narrow
    row, column = narrow.row, narrow.column
    if plan.flags.offence is not None:
        lawful = narrow.laws > 1
        row = row + lawful * held.laws[narrow.years, narrow.requesting]
        column = column + lawful * held.laws[narrow.years, narrow.requested]
        row = row + lawful * held.apart[narrow.requesting, narrow.requested] * narrow.width
    values: Values = narrow.values[narrow.offset + row * narrow.width + column]
    for need in narrow.needs.T:
        np.minimum(values, held.asking[need, narrow.requesting], out=values)
        np.minimum(values, held.asked[need, narrow.requested], out=values)
    return values


def hub_value(hub: Hub, relations: Values) -> Values:
    """The value of a network channel for every pair."""
    value: Values = hub.joined[relations].take(relations, axis=1)
    np.fill_diagonal(value, NO)
    return value


def add(tally: Tally, pattern: Pattern, value: Values, sign: int = 1) -> None:
    """Count the offers of ``pattern``, or take them away with ``sign`` -1."""
    met, unsure = (value == YES).astype(np.int16), (value == OPEN).astype(np.int16)
    for measure, number in pattern.counts:
        tally.met[measure] += met if sign * number == 1 else met * np.int16(sign * number)
        tally.open[measure] += unsure if sign * number == 1 else unsure * np.int16(sign * number)
    for measure, number in pattern.consent:
        tally.consent[measure] += (met + unsure) * np.int16(sign * number)


def add_narrow(plan: Plan, tally: Tally, values: Values, sign: int = 1, among: NDArray[np.intp] | None = None) -> None:
    """Count the pairs of treaties between a few parties, all or those ``among`` which (by position)."""
    narrow = plan.narrow
    if among is None:
        among = np.arange(len(values))
    held = values[among]
    for counts, chosen in (
        (tally.met, among[held == YES]),
        (tally.open, among[held == OPEN]),
        (tally.consent, among[(held > NO) & narrow.consent[among]]),
    ):
        at = narrow.measure[chosen], narrow.requesting[chosen], narrow.requested[chosen]
        np.add.at(counts, at, np.int16(sign))


def add_hub(plan: Plan, tally: Tally, hub: Hub, value: Values, sign: int = 1) -> None:
    """Count the paths of one network channel."""
    met, unsure = (value == YES).astype(np.int16) * sign, (value == OPEN).astype(np.int16) * sign
    for measure in set(hub.measures) & set(plan.measures):
        place = plan.measures.index(measure)
        tally.met[place] += met
        tally.open[place] += unsure
        tally.hub_met[place] += met
        tally.hub_open[place] += unsure
