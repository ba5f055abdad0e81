"""Coverage month by month, past and known future: from one month to the next only what changed is worked out anew.

A pattern of offers changes only when a standing in one of its instruments does, and most months few do. The counts of
the month before, less the old paths of the changed patterns, plus their new ones, are the counts of the month.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.coverage.demands import Flags, Values
from graph.coverage.gains import partners
from graph.coverage.matrix import (
    Tally,
    add,
    add_hub,
    add_narrow,
    empty,
    hub_value,
    narrow_values,
    pattern_value,
)
from graph.coverage.plan import Plan, Planner
from graph.coverage.world import World, world
from graph.dates import month_carry


class Series(NamedTuple):
    """Pairs of States with a path, by month: ``met[month, measure]`` those with a sure one, ``unknown`` the others.

    ``days``: the day of each month that was asked about (its first). ``pairs``: how many ordered pairs there are.
    """

    days: tuple[str, ...]
    measures: tuple[str, ...]
    met: NDArray[np.int64]
    unknown: NDArray[np.int64]
    pairs: int


MOST_MONTHS = 1200
"""Months that a series may have."""


def months(first: str, last: str) -> tuple[str, ...]:
    """The first day of every month from ``first`` to ``last`` (``YYYY-MM``, both included).

    Raises:
        ValueError: a month is not one, the last is before the first, or there are more than :data:`MOST_MONTHS`.
    """
    day, end = _first_day(first), _first_day(last)
    if end < day:
        raise ValueError(f"{last} is before {first}")
    if 12 * (end.year - day.year) + end.month - day.month >= MOST_MONTHS:
        raise ValueError(f"{first} to {last} are more than {MOST_MONTHS} months")
    found = []
    while day <= end:
        found.append(day.isoformat())
        day = date(day.year + month_carry(day.month), day.month % 12 + 1, 1)
    return tuple(found)


def _first_day(month: str) -> date:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}", month):
        try:
            return date.fromisoformat(f"{month}-01")
        except ValueError:
            pass
    raise ValueError(f"{month!r} is not a month: write it as YYYY-MM, such as 2026-01")


def series(
    planner: Planner,
    days: Sequence[str],
    flags: Flags | None = None,
    measures: Sequence[str] | None = None,
    state: str | None = None,
    *,
    asked: bool = False,
) -> Series:
    """Coverage on each of ``days`` (ISO, in order) among States of kind ``state``.

    With ``state`` (an id) only the pairs in which it asks, or with ``asked`` those in which it is asked.
    """
    index = planner.index
    counted = partners(index)
    cells: tuple[slice | int, slice | int] = slice(None), slice(None)
    among = np.logical_and.outer(counted, counted)
    np.fill_diagonal(among, False)
    if state is not None:
        own = index.position[state]
        cells = (slice(None), own) if asked else (own, slice(None))
        among = counted.copy()
        among[own] = False
    met: list[NDArray[np.int64]] = []
    unknown: list[NDArray[np.int64]] = []
    names: tuple[str, ...] = ()
    for plan, tally, changed in _tallies(planner, days, flags or Flags(), measures):
        names = tuple(index.measures[measure] for measure in plan.measures)
        sure, unsure = (met[-1].copy(), unknown[-1].copy()) if met else np.zeros((2, len(names)), np.int64)
        for measure in changed:
            held = (tally.met[measure][cells] > 0) & among
            unsure[measure] = np.count_nonzero((tally.open[measure][cells] > 0) & among & ~held)
            sure[measure] = np.count_nonzero(held)
        met.append(sure)
        unknown.append(unsure)
    return Series(tuple(days), names, np.array(met), np.array(unknown), int(np.count_nonzero(among)))


class Partners(NamedTuple):
    """For each State (id), day by day, how many States it may ask: ``met`` surely, ``unknown`` with a question open.

    ``pairs``: how many it could ask at most.
    """

    met: dict[str, list[int]]
    unknown: dict[str, list[int]]
    pairs: int


def partners_by_state(planner: Planner, days: Sequence[str], measure: str, flags: Flags | None = None) -> Partners:
    """Whom each State of kind ``state`` may ask for ``measure`` (a key) on each of ``days`` (ISO, in order)."""
    index = planner.index
    counted = partners(index)
    among = np.logical_and.outer(counted, counted)
    np.fill_diagonal(among, False)
    sure: list[NDArray[np.int64]] = []
    unsure: list[NDArray[np.int64]] = []
    for plan, tally, changed in _tallies(planner, days, flags or Flags(), [measure]):
        place = [index.measures[one] for one in plan.measures].index(measure)
        if place in changed or not sure:
            held = (tally.met[place] > 0) & among
            sure.append(held.sum(axis=1))
            unsure.append(((tally.open[place] > 0) & among & ~held).sum(axis=1))
        else:
            sure.append(sure[-1])
            unsure.append(unsure[-1])
    rows = [(index.states[place], int(place)) for place in np.flatnonzero(counted)]
    return Partners(
        {state: [int(day[place]) for day in sure] for state, place in rows},
        {state: [int(day[place]) for day in unsure] for state, place in rows},
        int(counted.sum()) - 1,
    )


def _tallies(
    planner: Planner, days: Iterable[str], flags: Flags, measures: Sequence[str] | None
) -> Iterator[tuple[Plan, Tally, Iterable[int]]]:
    """The tally of each day, one array changed in place, with the measures that may differ from the day before."""
    running: _Running | None = None
    for text in days:
        day = date.fromisoformat(text).toordinal()
        plan = planner.plan(flags, day, measures)
        if running is None or running.plan is not plan:
            running = _Running(plan)
        yield plan, running.tally, running.move(world(plan, day))


class _Running:
    """A tally that moves from day to day within one plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.tally = empty(plan)
        self._world: World | None = None
        self._patterns: list[Values | None] = [None] * len(plan.patterns)
        self._narrow: Values = np.zeros(len(plan.narrow.measure), np.int8)
        self._hubs: list[Values | None] = [None] * len(plan.base.hubs)
        self._needs = [np.array(sorted(pattern.instruments)) for pattern in plan.patterns]

    def move(self, to: World) -> set[int]:
        """Bring the tally to the world ``to``; the measures (by position in the plan) whose counts may differ."""
        before, self._world = self._world, to
        changed = self._move_patterns(before, to) | self._move_narrow(to) | self._move_hubs(to)
        return set(range(len(self.plan.measures))) if before is None else changed

    def _move_patterns(self, before: World | None, to: World) -> set[int]:
        plan, changed = self.plan, set()
        stood = np.ones(len(plan.base.instruments), np.bool_)
        lawful = True
        if before is not None:
            stood = (before.asking != to.asking).any(axis=1)
            lawful = not (np.array_equal(before.laws, to.laws) and np.array_equal(before.apart, to.apart))
        for place, pattern in enumerate(plan.patterns):
            if not (stood[self._needs[place]].any() or (lawful and pattern.laws > 1)):
                continue
            old, new = self._patterns[place], pattern_value(plan, pattern, to)
            self._patterns[place] = new
            if old is not None:
                add(self.tally, pattern, old, -1)
            if new is not None:
                add(self.tally, pattern, new)
            changed |= {measure for measure, _ in pattern.counts}
        return changed

    def _move_narrow(self, to: World) -> set[int]:
        old, new = self._narrow, narrow_values(self.plan, to)
        self._narrow = new
        differ = np.flatnonzero(old != new)
        add_narrow(self.plan, self.tally, old, -1, differ)
        add_narrow(self.plan, self.tally, new, 1, differ)
        return set(self.plan.narrow.measure[differ].tolist())

    def _move_hubs(self, to: World) -> set[int]:
        plan, changed = self.plan, set()
        for place, (hub, relations) in enumerate(zip(plan.base.hubs, to.relations, strict=True)):
            old, new = self._hubs[place], None if relations is None else hub_value(hub, relations)
            self._hubs[place] = new
            if (old is None and new is None) or (old is not None and new is not None and np.array_equal(old, new)):
                continue
            if old is not None:
                add_hub(plan, self.tally, hub, old, -1)
            if new is not None:
                add_hub(plan, self.tally, hub, new)
            changed |= {place for place, measure in enumerate(plan.measures) if measure in hub.measures}
        return changed
