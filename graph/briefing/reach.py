"""Which States a State can ask, and which can ask it: the figures of the coverage for one State, and its map."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from graph.coverage.demands import NO, OPEN, YES
from graph.coverage.gains import partners
from graph.coverage.matrix import cover
from graph.coverage.plan import Planner
from graph.coverage.shares import Account, Figures
from graph.dates import MET, NOT_MET, UNKNOWN, Tri

TRIS: dict[int, Tri] = {YES: MET, OPEN: UNKNOWN, NO: NOT_MET}


class Partners(msgspec.Struct, frozen=True, kw_only=True):
    """How many of ``states`` other States: with every condition met, with open questions, with no path on record."""

    states: int
    met: int
    unknown: int
    none: int


class MeasureReach(msgspec.Struct, frozen=True, kw_only=True):
    """One measure (key): the partners that the State can ask (``asking``), and those that can ask it (``asked``)."""

    measure: str
    label: str
    asking: Partners
    asked: Partners


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """The reach of a State on the day.

    ``shown`` is the measure of the map (key); ``on_map`` says for each other State (id) how the best path to it stands:
    met, unknown, or not met where there is no path on record. Territories are not among them.
    """

    shown: str
    label: str
    on_map: dict[str, Tri]
    measures: tuple[MeasureReach, ...]


def reach(planner: Planner, state: str, on: str, shown: str, measures: Sequence[str]) -> Reach:
    """The reach of ``state`` (id) on the ISO day ``on`` for ``measures`` (keys), and the map of ``shown``.

    Measures that the vocabulary of the release lacks are left out.
    """
    network = planner.index.network
    asked_for = tuple(dict.fromkeys((shown, *(key for key in measures if key in planner.index.measures))))
    matrix = cover(planner, on, None, asked_for)
    among = partners(planner.index)
    account = Account(matrix, among)
    rows = account.by_measure(state)
    values = np.asarray(matrix.status[matrix.measures.index(shown), matrix.states.index(state)])
    return Reach(
        shown=shown,
        label=network.label("measure", shown),
        on_map={
            other: TRIS[int(value)]
            for other, value, counts in zip(matrix.states, values, among, strict=True)
            if counts and other != state
        },
        measures=tuple(
            MeasureReach(
                measure=measure,
                label=network.label("measure", measure),
                asking=_partners(rows[measure].asking),
                asked=_partners(rows[measure].asked),
            )
            for measure in asked_for
        ),
    )


def _partners(held: Figures) -> Partners:
    none = held.cells - held.met - held.unknown
    return Partners(states=held.cells, met=held.met, unknown=held.unknown, none=none)
