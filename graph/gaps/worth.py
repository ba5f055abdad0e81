"""What joining an instrument opens, counted exactly: the pairs of States and measures that get a path or a sure one.

The count is that of :mod:`graph.coverage.gains`: on paper, with the instrument supposed in force for the State on the
day, among partners of kind ``state``, whether the State asks or is asked. It is not limited to an offence or to urgent
cases.
"""

from __future__ import annotations

from collections.abc import Callable

from graph.coverage.gains import Gains, Outlook
from graph.coverage.index import Index
from graph.coverage.plan import Planner
from graph.gaps.treaties import Worth
from graph.offers import OfferBook


def worth_by_coverage(book: OfferBook, on: str) -> Callable[[str, str], Worth]:
    """The worth of an instrument for a State (ids) on the ISO day ``on``; takes seconds once, then milliseconds."""
    outlook = Outlook(Planner(Index(book)), on)
    states = list(outlook.plan.base.states)
    held: dict[str, Gains] = {}

    def worth(instrument: str, state: str) -> Worth:
        if instrument not in held:
            held[instrument] = outlook.gains(instrument)
        gains, place = held[instrument], states.index(state)
        return Worth(
            opened=int(gains.opened[:, :, place].sum()),
            secured=int(gains.secured[:, :, place].sum()),
            closed=int(gains.closed[:, :, place].sum()),
        )

    return worth
