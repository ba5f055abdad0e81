"""How many States each column of a comparison may ask, measure by measure: the coverage of the day, counted.

Partners are States, as in :mod:`graph.coverage`; provided by law as far as it is on record, not effective.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np

from graph.coverage.demands import OPEN, YES
from graph.coverage.gains import partners
from graph.coverage.matrix import cover
from graph.coverage.plan import Planner
from graph.dates import MET, UNKNOWN
from graph.gaps.comparison import Cell, Column, PartnerCount, ReachRows, Row

COUNTED = "counted"
"""The status of a cell with figures."""


def reach_rows(planner: Planner, on: str) -> ReachRows:
    """Works out the rows on the ISO day ``on``; takes seconds with a planner that has no plan yet."""

    def rows(columns: Sequence[Column]) -> list[Row]:
        index = planner.index
        matrix = cover(planner, on)
        others = partners(index)
        met = np.count_nonzero((matrix.status == YES) & others, axis=2)
        unknown = np.count_nonzero((matrix.status == OPEN) & others, axis=2)
        found = []
        for number, key in enumerate(matrix.measures):
            cells = []
            for column in columns:
                places = [index.position[state] for state in column.states]
                sure = [int(met[number, place]) for place in places]
                open_ = [int(unknown[number, place]) for place in places]
                held = PartnerCount(met=median(sure), unknown=median(open_), least=min(sure), most=max(sure))
                cells.append(Cell(status=COUNTED, result=MET if held.met else UNKNOWN, partners=held))
            differs = len({cell.partners for cell in cells}) > 1
            label = index.network.label("measure", key)
            found.append(Row(topic="measure", key=key, label=label, differs=differs, cells=tuple(cells)))
        return found

    return rows
