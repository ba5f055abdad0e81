"""The work for one kind of question: equal offers put together, demands looked up once, nothing about a day yet.

What a plan holds stays valid for every day of a period between withdrawals of declarations, so that a series and a
search for the best next step reuse it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.coverage.demands import Demands, Flags, Prober, Values
from graph.coverage.index import Index, Line
from graph.search import by_consent


class Pattern(NamedTuple):
    """Wide offers that give the same matrix, whatever the day.

    ``classes``: the class of what each State declared, by position, times ``laws``; the class of its law is added.
    ``counts``: how many offers for each measure (by position in the plan); ``consent``: how many of these work by
    consent only.
    """

    needs: tuple[int, ...]
    replacers: tuple[tuple[int, ...], ...]
    table: Values
    laws: int
    years: float | None
    classes: NDArray[np.intp]
    counts: tuple[tuple[int, int], ...]
    consent: tuple[tuple[int, int], ...]

    @property
    def instruments(self) -> frozenset[int]:
        """Every instrument on whose standings the matrix depends."""
        return frozenset(self.needs).union(*self.replacers)


class Narrow(NamedTuple):
    """Narrow offers pair by pair. ``values[offset + (apart * width + row) * width + column]`` is what the offer demands
    of the classes ``row`` and ``column`` of the two States, their ages of the child ``apart`` or not. ``needs`` has two
    instruments, the second repeated where there is but one.
    ``lawful``: the pairs where national law matters, with the column of :attr:`Plan.years` that it is about."""

    measure: NDArray[np.intp]
    requesting: NDArray[np.intp]
    requested: NDArray[np.intp]
    needs: NDArray[np.intp]
    values: Values
    offset: NDArray[np.intp]
    width: NDArray[np.intp]
    row: NDArray[np.intp]
    column: NDArray[np.intp]
    laws: NDArray[np.intp]
    years: NDArray[np.intp]
    consent: NDArray[np.bool_]


class Plan(NamedTuple):
    """All patterns and pairs of a kind of question. ``measures``: by position in ``base``, in the order asked for.

    ``years``: the penalties that some offer asks about; ``None`` stands for none.
    """

    base: Index
    flags: Flags
    measures: tuple[int, ...]
    patterns: tuple[Pattern, ...]
    narrow: Narrow
    years: tuple[float | None, ...]

    @property
    def lawful(self) -> bool:
        """Whether national law matters anywhere."""
        return bool((self.narrow.laws > 1).any()) or any(pattern.laws > 1 for pattern in self.patterns)


class Planner:
    """Plans of one index, made when first asked for and kept.

    ``before``: the planner of an index that this one was altered from; what offers demand is taken from there where
    the same parties declared the same, and whole plans where nobody declared anything else.
    """

    def __init__(self, index: Index, before: Planner | None = None) -> None:
        self.index = index
        self._plans: dict[tuple[Flags, int, tuple[int, ...]], Plan] = {}
        self._demands: dict[tuple[object, ...], Demands | None] = before._demands if before else {}
        self._like = before if before and index.demands_like(before.index) else None

    def plan(self, flags: Flags, day: int, measures: Sequence[str] | None = None) -> Plan:
        """The plan for ``measures`` (keys; all where ``None``) on ``day`` (an ordinal)."""
        index = self.index
        chosen = tuple(range(len(index.measures)))
        if measures is not None:
            chosen = tuple(index.measures.index(measure) for measure in measures)
        key = flags, index.period(day), chosen
        if key not in self._plans:
            like = self._like
            self._plans[key] = (
                like.plan(flags, day, measures)._replace(base=index) if like else self._made(flags, day, chosen)
            )
        return self._plans[key]

    def _made(self, flags: Flags, day: int, chosen: tuple[int, ...]) -> Plan:
        index = self.index
        place = {measure: position for position, measure in enumerate(chosen)}
        known = self._known(flags, day, place)
        wide = [(line, held) for line, held in zip(index.wide, known(index.wide), strict=True) if held is not None]
        narrow = {number: held for number, held in enumerate(known(index.narrow)) if held is not None}
        asked = {held.years for held in (*narrow.values(), *(held for _, held in wide)) if held.years is not None}
        years = (None, *sorted(asked))
        patterns = _patterns(index, wide, place)
        return Plan(index, flags, chosen, patterns, _narrow(index, narrow, place, years), years)

    def _known(self, flags: Flags, day: int, place: Container[int]) -> Callable[[Iterable[Line]], list[Demands | None]]:
        """What each line demands, asked once; ``None`` where it serves nobody or its measure is not wanted."""
        index = self.index
        prober = Prober(index.network, flags, day)
        period = index.period(day)

        def demands(line: Line) -> Demands | None:
            if line.measure not in place:
                return None
            groups = index.declared(line)
            key = (
                flags,
                period if index.dated(line) else 0,
                line.measure,
                id(line.offer),
                groups,
            )  # the index keeps its offers alive
            if key not in self._demands:
                states = [group.states for group in groups]
                self._demands[key] = prober.demands(line.offer, index.measures[line.measure], states)
            return self._demands[key]

        return lambda lines: [demands(line) for line in lines]


def _patterns(index: Index, lines: Sequence[tuple[Line, Demands]], place: dict[int, int]) -> tuple[Pattern, ...]:
    alike: dict[object, list[tuple[Line, Demands]]] = defaultdict(list)
    for line, held in lines:
        key = line.needs, line.replacers, held.table.shape, held.table.tobytes(), held.laws, held.kinds, held.years
        alike[key].append((line, held))
    patterns = []
    for (first, held), *others in alike.values():
        counts: dict[int, int] = defaultdict(int)
        consent: dict[int, int] = defaultdict(int)
        for line in (first, *(line for line, _ in others)):
            counts[place[line.measure]] += 1
            if by_consent(line.offer):
                consent[place[line.measure]] += 1
        patterns.append(
            Pattern(
                needs=first.needs,
                replacers=first.replacers,
                table=held.table,
                laws=held.laws,
                years=held.years,
                classes=_classes(index, held),
                counts=tuple(counts.items()),
                consent=tuple(consent.items()),
            )
        )
    return tuple(patterns)


def _classes(index: Index, held: Demands) -> NDArray[np.intp]:
    classes = np.zeros(len(index.states), np.intp)
    for number, kind in enumerate(held.kinds, start=1):
        classes[[index.position[state] for state in kind]] = number * held.laws
    return classes


def _narrow(index: Index, lines: dict[int, Demands], place: dict[int, int], years: tuple[float | None, ...]) -> Narrow:
    pairs = index.pairs
    kept = np.isin(pairs.line, np.fromiter(lines, np.intp, len(lines)))
    line, requesting, requested = pairs.line[kept], pairs.requesting[kept], pairs.requested[kept]
    offsets, tables, size = np.zeros(len(index.narrow), np.intp), [], 0
    width, laws, year = offsets.copy(), offsets.copy(), offsets.copy()
    needs = np.zeros((len(index.narrow), 2), np.intp)
    consent = np.zeros(len(index.narrow), np.bool_)
    row, column = np.zeros(len(line), np.intp), np.zeros(len(line), np.intp)
    known: dict[bytes, int] = {}
    for number, held in lines.items():
        content = held.table.tobytes()
        if content not in known:
            known[content] = size
            tables.append(held.table.ravel())
            size += held.table.size
        offsets[number], width[number], laws[number] = known[content], held.table.shape[2], held.laws
        year[number] = years.index(held.years)
        offered = index.narrow[number]
        needs[number] = offered.needs[0], offered.needs[-1]
        consent[number] = by_consent(offered.offer)
        if held.kinds:
            classes = _classes(index, held)
            here = line == number
            row[here], column[here] = classes[requesting[here]], classes[requested[here]]
    measures = np.array([place.get(measure, -1) for measure in range(len(index.measures))], np.intp)
    return Narrow(
        measure=measures[pairs.measure[kept]],
        requesting=requesting,
        requested=requested,
        needs=needs[line],
        values=np.concatenate([np.zeros(0, np.int8), *tables]),
        offset=offsets[line],
        width=width[line],
        row=row,
        column=column,
        laws=laws[line],
        years=year[line],
        consent=consent[line],
    )
