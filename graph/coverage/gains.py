"""What one participation more would open: the matrix again, of a world that differs in one instrument.

Only the offers that depend on that instrument are worked out anew, and for all States at once: in one matrix every
*requesting* State is supposed bound, in another every *requested* State; the row and the column of a State are what
changes for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.coverage.demands import NO, VALUE, YES, Flags
from graph.coverage.index import Index
from graph.coverage.matrix import Counts, Tally, count, pattern_value
from graph.coverage.plan import Plan, Planner
from graph.coverage.world import World, everybody_in, world
from graph.entry import in_force_from
from graph.model import Participation
from graph.standing import timeline

SUPPOSED = "supposed"
"""The party of a participation that is only supposed."""


class Gains(NamedTuple):
    """For each State, the cells (partner and measure) that one participation more in ``instrument`` changes.

    ``opened``: there was no path, and there is one. ``secured``: no path was sure, and one is (every condition met).
    ``closed``: there was a path, and there is none, as the instrument replaces what opened it. Each is
    ``[side, measure, State]`` by position: side 0 where the State asks, 1 where it is asked.
    """

    instrument: str
    opened: NDArray[np.int64]
    secured: NDArray[np.int64]
    closed: NDArray[np.int64]


class Outlook:
    """A day as the starting point of suppositions, for one kind of question.

    ``among``: the partners that count, by position; where ``None`` all of kind ``state``.
    """

    def __init__(
        self,
        planner: Planner,
        on: str,
        flags: Flags | None = None,
        measures: Sequence[str] | None = None,
        among: Iterable[int] | None = None,
    ) -> None:
        self.day = date.fromisoformat(on).toordinal()
        self.plan: Plan = planner.plan(flags or Flags(), self.day, measures)
        self.world: World = world(self.plan, self.day)
        self.tally: Tally = count(self.plan, self.world)
        self.partners = partners(planner.index, among)
        self.unsure: NDArray[np.bool_] = self.tally.met == 0
        self.none: NDArray[np.bool_] = self.unsure & (self.tally.open == 0)

    def gains(self, instrument: str, bound_on: str | None = None, along: Sequence[str] = ()) -> Gains:
        """What a participation more in ``instrument`` (id) changes on the day, for every State at once.

        It is supposed in force on the day; with ``bound_on`` (an ISO day) only as far as the instrument's own rule of
        entry into force says for a party bound then (see :func:`in_force_if_bound`). ``along``: instruments (ids) that
        are supposed in force for the State too, such as the convention that a protocol supplements.
        """
        index = self.plan.base
        place = index.place[instrument]
        others = [index.place[other] for other in along]
        value = YES if bound_on is None else in_force_if_bound(index, instrument, bound_on, self.day)
        shape = 2, len(self.plan.measures), len(index.states)
        opened, secured, closed = (np.zeros(shape, np.int64) for _ in range(3))
        for side in (0, 1) if value > NO else ():
            supposed = everybody_in(self.world, place, asking=side == 0, value=value)
            for other in others:
                supposed = everybody_in(supposed, other, asking=side == 0)
            for measure, (met, paths) in self.changes({place, *others}, supposed).items():
                none, unsure = self.none[measure], self.unsure[measure]
                outcomes = (
                    (opened, none & (paths > 0)),
                    (secured, unsure & (met > 0)),
                    (closed, ~none & (paths == 0)),
                )
                for found, cells in outcomes:
                    found[side, measure] = np.count_nonzero((cells if side == 0 else cells.T) & self.partners, axis=1)
        return Gains(instrument, opened, secured, closed)

    def changes(self, instruments: Set[int], supposed: World) -> dict[int, tuple[Counts, Counts]]:
        """By measure the counts of sure paths and of all paths in the world ``supposed``, which differs in
        ``instruments`` only; measures that they do not touch are left out."""
        found: dict[int, tuple[Counts, Counts]] = {}
        for pattern in self.plan.patterns:
            if not instruments & pattern.instruments:
                continue
            new = pattern_value(self.plan, pattern, supposed)
            old = pattern_value(self.plan, pattern, self.world)
            if new is None and old is None:
                continue
            shape = (len(self.plan.base.states),) * 2
            met, paths = np.zeros(shape, np.int16), np.zeros(shape, np.int16)
            for value, sign in ((new, 1), (old, -1)):
                if value is not None:
                    met += np.int16(sign) * (value == YES)
                    paths += np.int16(sign) * (value > NO)
            for measure, number in pattern.counts:
                sure, all_paths = found.get(measure) or self._counts(measure)
                found[measure] = sure + np.int16(number) * met, all_paths + np.int16(number) * paths
        return found

    def _counts(self, measure: int) -> tuple[Counts, Counts]:
        return self.tally.met[measure], self.tally.met[measure] + self.tally.open[measure]


def partners(index: Index, among: Iterable[int] | None = None) -> NDArray[np.bool_]:
    """Which States count as partners: those named by position, else all of kind ``state``.

    Territories have no foreign relations of their own, and the European Union asks for nothing itself.
    """
    if among is None:
        among = (place for place, state in enumerate(index.states) if index.network.states[state].kind == "state")
    found = np.zeros(len(index.states), np.bool_)
    found[list(among)] = True
    return found


def in_force_if_bound(index: Index, instrument: str, bound_on: str, day: int) -> int:
    """How a State bound by ``instrument`` on ``bound_on`` (ISO) would stand to it on ``day`` (an ordinal).

    By the instrument's own rule of entry into force; unknown where the rule is not on record. Whether the participation
    would bring the instrument itself into force (a threshold) is not looked at.
    """
    record = index.network.instruments[instrument]
    in_force_on = None
    if record.entry_rule and record.entry_delay:
        in_force_on = in_force_from(bound_on, record.entry_rule, record.entry_delay, record.in_force_on)
    supposed = Participation(
        id=SUPPOSED,
        instrument=instrument,
        party=SUPPOSED,
        standing="party",
        bound_on=bound_on,
        action="accession",
        in_force_on=in_force_on,
    )
    return VALUE[timeline([supposed], record, lambda _: None).on(day).result]
