"""The best set of steps for one State, and what is guaranteed about it.

Sets are compared by cells opened, then cells made certain, then fewer cells lost, then fewer deposits; no weights. All
sets are tried where that is feasible (:data:`MOST_SETS`); the best is then exact. Else steps are added one by one, each
time the one that gains most. Where steps only add paths and no offer hangs on two of them, that greedy set reaches at
least 1 - 1/e (63 %) of the best (Nemhauser, Wolsey and Fisher 1978); where not, nothing is guaranteed but the bound
that is told beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, combinations
from math import comb
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.next_steps.cells import Cells, Gain

MOST_SETS = 200_000
"""So many sets are tried in a fraction of a second."""

Guarantee = Literal["exact", "at least 63 % of the best", "greedy, no guarantee"]


NOTHING = (0, 0, 0, 0)
"""The order of the empty set."""


class Best(NamedTuple):
    """The best set found: ``steps`` by place, its gain, how sure it is that none is better.

    ``tried``: how many sets were compared. ``bound``: no set of so many steps opens or makes certain more cells than
    this. Where ``guarantee`` speaks of 63 %, it is of the cells that the best set opens (or makes certain, where no set
    opens any).
    """

    steps: tuple[int, ...]
    gain: Gain
    guarantee: Guarantee
    tried: int
    bound: Gain


def best_set(cells: Cells, steps: int, most_sets: int = MOST_SETS) -> Best:
    """The best set of at most ``steps`` steps."""
    places = [place for place in range(len(cells.steps)) if not cells.idle(place)]
    sizes = range(1, min(steps, len(places)) + 1)
    number = sum(comb(len(places), size) for size in sizes)
    if number <= most_sets:
        return _exact(cells, list(chain.from_iterable(combinations(places, size) for size in sizes)))
    return _greedy(cells, places, steps)


def _exact(cells: Cells, tried: Sequence[tuple[int, ...]]) -> Best:
    if not tried:
        return Best((), Gain(), "exact", 0, Gain())
    gains = cells.gains(_rows(cells, tried)).sum(axis=2)
    place = _first(cells, tried, gains)
    opened, secured, *_ = gains.max(axis=0)
    bound = Gain(int(opened), int(secured))
    if _order(cells, tried[place], gains[place]) >= NOTHING:
        return Best((), Gain(), "exact", len(tried), bound)
    return Best(tried[place], Gain(*map(int, gains[place])), "exact", len(tried), bound)


def _greedy(cells: Cells, places: Sequence[int], steps: int) -> Best:
    taken: tuple[int, ...] = ()
    order = NOTHING
    gain = Gain()
    tried = 0
    while len(taken) < steps:
        further = [(*taken, place) for place in places if place not in taken]
        if not further:
            break
        gains = cells.gains(_rows(cells, further)).sum(axis=2)
        tried += len(further)
        place = _first(cells, further, gains)
        found = _order(cells, further[place], gains[place])
        if found >= order:
            break
        taken, order, gain = further[place], found, Gain(*map(int, gains[place]))
    return Best(taken, gain, _guarantee(cells), tried, _bound(cells, steps))


def _guarantee(cells: Cells) -> Guarantee:
    return "at least 63 % of the best" if cells.coverage_function else "greedy, no guarantee"


def _bound(cells: Cells, steps: int) -> Gain:
    """The cells that some combination reaches; where gains cannot add up to more than their sum, also the sum of the
    best single gains."""
    reachable = cells.reachable()
    if not cells.coverage_function:
        return reachable
    single = np.sort(cells.gains(np.eye(len(cells.steps), dtype=np.bool_)).sum(axis=2), axis=0)[::-1]
    opened, secured, *_ = single[:steps].sum(axis=0)
    return Gain(min(reachable.opened, int(opened)), min(reachable.secured, int(secured)))


def _rows(cells: Cells, tried: Sequence[tuple[int, ...]]) -> NDArray[np.bool_]:
    rows = np.zeros((len(tried), len(cells.steps)), np.bool_)
    for row, taken in enumerate(tried):
        rows[row, list(taken)] = True
    return rows


def _first(cells: Cells, tried: Sequence[tuple[int, ...]], gains: NDArray[np.int64]) -> int:
    """The place of the best of the sets ``tried``; of equals the one with fewer deposits, then the first."""
    opened, secured, *_ = gains.T
    leading = np.flatnonzero(opened == opened.max())
    leading = leading[secured[leading] == secured[leading].max()]
    return int(min(leading, key=lambda place: (*_order(cells, tried[place], gains[place]), int(place))))


def _order(cells: Cells, taken: Sequence[int], gain: NDArray[np.int64]) -> tuple[int, int, int, int]:
    """Sorts the best first: cells opened, made certain, lost, and the number of deposits."""
    deposits = len({held for place in taken for held in cells.steps[place]})
    opened, secured, closed, unsettled = map(int, gain)
    return -opened, -secured, closed + unsettled, deposits
