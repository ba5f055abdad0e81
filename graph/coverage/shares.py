"""Figures from a matrix: what share of pairs of States has a path, by measure, by State, by group of States.

All count cells: an ordered pair of States of kind ``state``, and a measure. They tell what is provided by law as far as
it is on record, never what is effective; a cell without a path on record proves nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.coverage.demands import OPEN, YES
from graph.coverage.matrix import Matrix
from graph.dates import NOT_MET
from graph.hubs import holds
from graph.network import Network

MEMBER = "member"


class Figures(NamedTuple):
    """How many of ``cells`` have a sure path (``met``), only paths with open questions (``unknown``); how many of both
    only through a network, and how many only by consent."""

    cells: int
    met: int
    unknown: int
    only_by_network: int
    only_by_consent: int


class Row(NamedTuple):
    """One line of an account: figures of its States as those who ask, as those who are asked, and among themselves.

    ``within`` is ``None`` where the line is about one State.
    """

    id: str
    states: int
    asking: Figures
    asked: Figures
    within: Figures | None = None


class Account:
    """A matrix with what its figures are counted from, worked out once."""

    def __init__(self, matrix: Matrix, among: NDArray[np.bool_]) -> None:
        """``among``: the States that count, by position (:func:`graph.coverage.gains.partners`)."""
        self.matrix = matrix
        self.among = among
        status = matrix.status
        self._kinds = (status == YES, status == OPEN, matrix.only_by_network, matrix.only_by_consent)
        self._place = {state: place for place, state in enumerate(matrix.states)}

    def figures(
        self, measures: slice, asking: NDArray[np.bool_] | None = None, asked: NDArray[np.bool_] | None = None
    ) -> Figures:
        """Figures of the cells of ``measures`` (places) between the States ``asking`` and ``asked``; all that count
        where left."""
        rows = self.among if asking is None else asking
        columns = self.among if asked is None else asked
        places = range(len(self.matrix.measures))[measures]
        pairs = int(rows.sum()) * int(columns.sum()) - int((rows & columns).sum())
        block = np.ix_(np.array(places), np.flatnonzero(rows), np.flatnonzero(columns))
        return Figures(pairs * len(places), *(int(np.count_nonzero(kind[block])) for kind in self._kinds))

    def by_measure(self, state: str | None = None) -> dict[str, Row]:
        """A line for each measure; with ``state`` (an id) only of the cells in which it asks or is asked."""
        own = None if state is None else self._one(state)
        return {
            measure: Row(
                measure,
                int(self.among.sum()) if own is None else 1,
                self.figures(slice(place, place + 1), asking=own),
                self.figures(slice(place, place + 1), asked=own),
            )
            for place, measure in enumerate(self.matrix.measures)
        }

    def by_state(self, partner: str | None = None) -> dict[str, Row]:
        """A line for each State over all measures; with ``partner`` (an id) only of the cells between the two."""
        other = None if partner is None else self._one(partner)
        lines = {}
        for place in np.flatnonzero(self.among):
            state = self.matrix.states[place]
            if state != partner:
                own = self._one(state)
                everything = slice(None)
                lines[state] = Row(state, 1, self.figures(everything, own, other), self.figures(everything, other, own))
        return lines

    def by_group(self, groups: Mapping[str, Iterable[str]], state: str | None = None) -> dict[str, Row]:
        """A line for each group of States: its members with everybody, and among themselves.

        With ``state`` (an id) the cells between the members and that State.
        """
        other = None if state is None else self._one(state)
        everything = slice(None)
        lines = {}
        for name, states in groups.items():
            own = self.chosen(states)
            if own.any():
                lines[name] = Row(
                    name,
                    int(own.sum()),
                    self.figures(everything, own, other),
                    self.figures(everything, other, own),
                    self.figures(everything, own, own) if other is None else None,
                )
        return lines

    def _one(self, state: str) -> NDArray[np.bool_]:
        found = np.zeros(len(self.among), np.bool_)
        found[self._place[state]] = True
        return found

    def chosen(self, states: Iterable[str]) -> NDArray[np.bool_]:
        """Which positions are those of ``states`` (ids) that count."""
        found = np.zeros(len(self.among), np.bool_)
        found[[self._place[state] for state in states if state in self._place]] = True
        return found & self.among


def organisations(network: Network, day: int, kinds: Sequence[str] | None = None) -> dict[str, tuple[str, ...]]:
    """The members of each organisation on ``day`` (an ordinal) as far as on record, by the organisation's id.

    ``kinds``: only organisations of these kinds. A membership without a date counts, unless it is sure not to hold.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for (organisation, state), memberships in network.memberships.items():
        if kinds is None or network.organisations[organisation].kind in kinds:
            held = (holds(network, membership, day) for membership in memberships if membership.status == MEMBER)
            if any(result != NOT_MET for result in held):
                found[organisation].append(state)
    return {organisation: tuple(sorted(states)) for organisation, states in sorted(found.items())}
