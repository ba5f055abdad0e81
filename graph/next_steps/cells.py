"""What any set of ratifications changes for one State, exactly, over every cell in which it asks or is asked.

A cell is a partner, a measure and a side. Offers depend on few instruments each, so that what they add or take away is
worked out once for each combination of *these* instruments, with the same functions that count the whole world. A set
of steps is then a sum over cells; cells that behave alike are counted together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph.coverage.demands import NO, YES, Values
from graph.coverage.gains import Outlook
from graph.coverage.matrix import narrow_values, pattern_value
from graph.coverage.world import World

Counts = NDArray[np.int16]
Sets = NDArray[np.bool_]

MOST_AT_ONCE = 4_000_000
"""Counts held at once while sets are tried: 8 MB for each of two arrays."""


class Gain(msgspec.Struct, frozen=True):
    """Cells that a set of steps changes, of one State as the one who asks and as the one who is asked.

    ``opened``: there was no path, and there is one. ``secured``: no path had every condition met, and one has.
    ``closed``: there was a path, and there is none. ``unsettled``: a path had every condition met, and none has. The
    last two follow from replacement by a newer instrument.
    """

    opened: int = 0
    secured: int = 0
    closed: int = 0
    unsettled: int = 0


FIGURES = 4

SIDES = 2
"""The State asks; it is asked."""


class Group(NamedTuple):
    """Offers that depend on the same of the instruments tried.

    ``changes[chosen, 0 or 1, cell]``: how many sure paths and how many paths in all there are more (or fewer) where of
    the ``instruments`` (by place among those tried) those are in force whose bits are set in ``chosen``.
    """

    instruments: tuple[int, ...]
    changes: Counts


class Cells:
    """The cells of ``state`` (id) on the day of ``outlook``, and how ``steps`` (ids of instruments) change them."""

    def __init__(self, outlook: Outlook, state: str, steps: Sequence[Sequence[str]]) -> None:
        self.outlook = outlook
        self.steps = tuple(map(tuple, steps))
        self.instruments = tuple(sorted({held for step in self.steps for held in step}))
        self._state = outlook.plan.base.position[state]
        self._tried = [outlook.plan.base.place[held] for held in self.instruments]
        self._members = np.array([[held in step for held in self.instruments] for step in self.steps], np.bool_)
        self._members = self._members.reshape(len(self.steps), len(self.instruments))
        self._base, self._weights, self.groups = self._together(self._groups())

    def gains(self, sets: Sets) -> NDArray[np.int64]:
        """For each row of ``sets`` (which steps are taken) the figures of :class:`Gain`, ``[set, figure, side]``."""
        none, unsure = self._base[1] == 0, self._base[0] == 0
        found = np.empty((len(sets), FIGURES, SIDES), np.int64)
        size = max(1, MOST_AT_ONCE // max(1, len(self._weights)))
        for start in range(0, len(sets), size):
            met, paths = self._counts(sets[start : start + size])
            outcomes = none & (paths > 0), unsure & (met > 0), ~none & (paths == 0), ~unsure & (met == 0)
            for figure, cells in enumerate(outcomes):
                found[start : start + size, figure] = cells @ self._weights
        return found

    def gain(self, taken: Sequence[int]) -> tuple[Gain, Gain, Gain]:
        """What the steps ``taken`` (by place) change together: in all, as the one who asks, as the one who is asked."""
        row = np.zeros((1, len(self.steps)), np.bool_)
        row[0, list(taken)] = True
        (figures,) = self.gains(row)
        return Gain(*map(int, figures.sum(axis=1))), Gain(*map(int, figures[:, 0])), Gain(*map(int, figures[:, 1]))

    @property
    def coverage_function(self) -> bool:
        """Whether every offer hangs on one step alone and steps only add paths.

        The cells that a set opens are then those that any of its steps opens: a coverage function, which is monotone
        and submodular (Nemhauser, Wolsey and Fisher 1978).
        """
        for group in self.groups:
            touching = self._members[:, list(group.instruments)].any(axis=1)
            if touching.sum() > 1 or (group.changes < 0).any():
                return False
        return True

    def reachable(self) -> Gain:
        """No set of steps opens or secures more than this: the cells in which some combination adds a path."""
        added = np.zeros((2, len(self._weights)), np.bool_)
        for group in self.groups:
            added |= (group.changes > 0).any(axis=0)
        none, unsure = self._base[1] == 0, self._base[0] == 0
        weights = self._weights.sum(axis=1)
        return Gain(int((none & added[1]) @ weights), int((unsure & added[0]) @ weights))

    def idle(self, step: int) -> bool:
        """Whether ``step`` (by place) changes nothing, whatever else is done."""
        return not any(
            self._members[step, held] and _matters(group, bit)
            for group in self.groups
            for bit, held in enumerate(group.instruments)
        )

    def _counts(self, sets: Sets) -> tuple[Counts, Counts]:
        taken = (sets.astype(np.int16) @ self._members.astype(np.int16)) > 0
        met = np.repeat(self._base[:1], len(sets), axis=0)
        paths = np.repeat(self._base[1:], len(sets), axis=0)
        for group in self.groups:
            chosen = taken[:, list(group.instruments)] @ (1 << np.arange(len(group.instruments)))
            met += group.changes[chosen, 0]
            paths += group.changes[chosen, 1]
        return met, paths

    def _groups(self) -> dict[tuple[int, ...], Counts]:
        plan, world = self.outlook.plan, self.outlook.world
        size = 2 * len(plan.measures) * len(plan.base.states)
        worlds: dict[tuple[int, ...], World] = {(): world}
        found: dict[tuple[int, ...], Counts] = {}
        for pattern in plan.patterns:
            touched = tuple(place for place, held in enumerate(self._tried) if held in pattern.instruments)
            if not touched:
                continue
            old = self._paths(pattern_value(plan, pattern, world))
            changes = found.setdefault(touched, np.zeros((1 << len(touched), 2, size), np.int16))
            for chosen, members in _choices(touched):
                held = worlds.setdefault(members, self._with(members))
                new = self._paths(pattern_value(plan, pattern, held))
                for measure, number in pattern.counts:
                    by_cell = changes[chosen].reshape(2, 2, len(plan.measures), -1)
                    by_cell[:, :, measure] += np.int16(number) * (new - old)
        self._narrow(found, size)
        return found

    def _narrow(self, found: dict[tuple[int, ...], Counts], size: int) -> None:
        """Treaties between a few that need one of the instruments tried besides their own."""
        plan, narrow = self.outlook.plan, self.outlook.plan.narrow
        touched = tuple(place for place, held in enumerate(self._tried) if (narrow.needs == held).any())
        if not touched:
            return
        changes = found.setdefault(touched, np.zeros((1 << len(touched), 2, size), np.int16))
        old = narrow_values(plan, self.outlook.world)
        for chosen, members in _choices(touched):
            new = narrow_values(plan, self._with(members))
            by_cell = changes[chosen].reshape(2, 2, len(plan.measures), -1)
            for side, (own, partner) in enumerate(
                ((narrow.requesting, narrow.requested), (narrow.requested, narrow.requesting))
            ):
                here = own == self._state
                for kind, more in ((0, (new == YES).astype(np.int16) - (old == YES)),
                                   (1, (new > NO).astype(np.int16) - (old > NO))):  # fmt: skip
                    np.add.at(by_cell[kind, side], (narrow.measure[here], partner[here]), more[here])

    def _together(self, groups: dict[tuple[int, ...], Counts]) -> tuple[Counts, NDArray[np.int64], tuple[Group, ...]]:
        """The cells that something changes, those that behave alike counted together: sure paths and all paths there
        are, how many cells on each side, the groups."""
        tally = self.outlook.tally
        base = np.stack([self._own(tally.met), self._own(tally.met + tally.open)])
        side = np.broadcast_to(np.arange(SIDES)[:, None, None], base.shape[1:]).reshape(-1)
        kept = np.broadcast_to(self.outlook.partners, base.shape[1:]).reshape(-1).copy()
        base = base.reshape(2, -1)
        sure, some = np.zeros(len(kept), np.bool_), np.zeros(len(kept), np.bool_)
        for changes in groups.values():
            sure |= changes[:, 0].any(axis=0)
            some |= changes[:, 1].any(axis=0)
        if all((changes >= 0).all() for changes in groups.values()):
            # Nothing is lost: only cells without a path, or without a sure one, can change.
            kept &= (sure & (base[0] == 0)) | (some & (base[1] == 0))
            base = np.minimum(base, 1)
        else:
            kept &= sure | some
        base = base[:, kept]
        rows = [
            base,
            *(changes[:, :, kept].reshape(2 * len(changes), -1 if kept.any() else 0) for changes in groups.values()),
        ]
        first, inverse = _distinct(np.concatenate(rows).T)
        weights = np.zeros((len(first), SIDES), np.int64)
        np.add.at(weights, (inverse, side[kept]), 1)
        told = tuple(Group(held, changes[:, :, kept][:, :, first]) for held, changes in groups.items())
        return base[:, first], weights, told

    def _with(self, members: Sequence[int]) -> World:
        """The world in which the instruments ``members`` (by place among those tried) are in force for the State."""
        standings = self.outlook.world.asking.copy()
        standings[[self._tried[place] for place in members], self._state] = YES
        return self.outlook.world._replace(asking=standings, asked=standings)

    def _own(self, counts: Counts) -> Counts:
        """The row and the column of the State: ``[side, measure, partner]``."""
        return np.stack([counts[:, self._state], counts[:, :, self._state]])

    def _paths(self, value: Values | None) -> Counts:
        """Sure paths and paths in all of one offer: ``[0 or 1, side, partner]``."""
        if value is None:
            return np.zeros((2, 2, len(self.outlook.plan.base.states)), np.int16)
        own = np.stack([value[self._state], value[:, self._state]])
        return np.stack([own == YES, own > NO]).astype(np.int16)


def _choices(touched: tuple[int, ...]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Every choice among ``touched`` but the empty one: its bits, and its members."""
    for number in range(1, len(touched) + 1):
        for bits in combinations(range(len(touched)), number):
            yield sum(1 << bit for bit in bits), tuple(touched[bit] for bit in bits)


def _matters(group: Group, bit: int) -> bool:
    chosen = np.arange(len(group.changes))
    return bool((group.changes[chosen | (1 << bit)] != group.changes[chosen & ~(1 << bit)]).any())


def _distinct(rows: Counts) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where each different row of ``rows`` stands first, and which of these every row is."""
    held = np.ascontiguousarray(rows)
    if not held.size:
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    whole = held.view(np.dtype((np.void, held.dtype.itemsize * held.shape[1]))).reshape(-1)
    _, first, inverse = np.unique(whole, return_index=True, return_inverse=True)
    return first, inverse.reshape(-1)
