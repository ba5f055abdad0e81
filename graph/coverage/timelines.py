"""Many timelines side by side as arrays, so that asking all of them about a day is one comparison."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from graph.coverage.demands import VALUE, Values
from graph.dates import NEVER, span
from graph.standing import BEGINNING, Timeline

AFTER_ALL = NEVER + 1
"""A start that no day reaches: fills the rows of timelines with fewer steps."""


class Timelines:
    """Step functions of the day: ``starts[row, step]`` (ordinals) and ``values[row, step]``."""

    __slots__ = ("starts", "values")

    def __init__(self, rows: Sequence[Sequence[tuple[int, int]]]) -> None:
        """``rows``: for each timeline its steps as (start, value), the first from :data:`graph.standing.BEGINNING`."""
        self._make_room(len(rows), max(map(len, rows), default=1))
        for row, steps in enumerate(rows):
            self.starts[row, : len(steps)] = [start for start, _ in steps]
            self.values[row, : len(steps)] = [value for _, value in steps]

    @classmethod
    def one_below_the_other(cls, parts: Sequence[Timelines]) -> Timelines:
        """All rows of ``parts`` in order."""
        joined = object.__new__(cls)
        joined._make_room(sum(len(part.starts) for part in parts), max(part.starts.shape[1] for part in parts))
        begin = 0
        for part in parts:
            end, columns = begin + len(part.starts), part.starts.shape[1]
            joined.starts[begin:end, :columns] = part.starts
            joined.values[begin:end, :columns] = part.values
            begin = end
        return joined

    def _make_room(self, rows: int, width: int) -> None:
        self.starts: NDArray[np.int32] = np.full((rows, width), AFTER_ALL, np.int32)
        self.values: Values = np.zeros((rows, width), np.int8)

    def on(self, day: int) -> Values:
        """The value of each timeline on ``day`` (an ordinal)."""
        step = (self.starts <= day).sum(axis=1) - 1
        values: Values = self.values[np.arange(len(step)), step]
        return values

    def days(self) -> NDArray[np.int32]:
        """The days on which a timeline changes, each once."""
        starts = np.unique(self.starts[:, 1:])
        return starts[starts < AFTER_ALL]


def steps_of(line: Timeline) -> list[tuple[int, int]]:
    """The steps of a standing as numbers."""
    return [(step.start, VALUE[step.result]) for step in line.steps]


def sampled(dates: Iterable[str | None], value: Callable[[int], int]) -> list[tuple[int, int]]:
    """Steps of ``value``, a function of the day that changes only where one of the partial ``dates`` is reached.

    A partial date is reached in steps: on its first day, its last and the day after (:func:`graph.dates.reached`).
    """
    days = {BEGINNING}
    for text in dates:
        if text:
            first, last = span(text)
            days |= {first, last, last + 1}
    steps: list[tuple[int, int]] = []
    for day in sorted(days):
        held = value(day)
        if not steps or steps[-1][1] != held:
            steps.append((day, held))
    return steps
