"""How many States have which place, through the years: areas upon each other that a browser draws from HTML alone.

A chart of Altair would bring a megabyte of script, for which the whole page would wait.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

MOST_TICKS = 6
"""Marks on each axis at most."""

NICE = (1, 2, 5)
"""Steps between marks are one of these times a power of ten."""


def curve(rows: Sequence[Mapping[str, Any]], areas: Mapping[str, tuple[str, str]], day: str, axis: str) -> str:
    """The drawing as HTML.

    ``rows``: for each ``day`` the number of States by place. ``areas``: label and colour of each place, from below.
    ``day``: the ISO day that is marked. ``axis``: what is counted.
    """
    days = [date.fromisoformat(row["day"]).toordinal() for row in rows]
    first, last = days[0], max(days[-1], days[0] + 1)
    most = max(1, *(sum(row[place] for place in areas) for row in rows))
    step = _step(most)
    top = -(-most // step) * step

    def across(ordinal: int) -> float:
        return round(100 * (ordinal - first) / (last - first), 2)

    def up(count: int) -> float:
        return float(round(100 * count / top, 2))

    parts = [
        f'<s style="bottom:{up(count)}%"></s><span class="y" style="bottom:{up(count)}%">{count}</span>'
        for count in range(0, top + 1, step)
    ]
    parts += [f'<span class="x" style="left:{across(begin)}%">{year}</span>' for year, begin in _years(first, last)]
    below = [0] * len(rows)
    for place, (_, colour) in areas.items():
        above = [held + row[place] for held, row in zip(below, rows, strict=True)]
        outline = [*_stairs(days, above, across, up), *reversed([*_stairs(days, below, across, up)])]
        shape = ",".join(f"{left}% {round(100 - high, 2)}%" for left, high in outline)
        parts.append(f'<i style="background:{colour};clip-path:polygon({shape})"></i>')
        below = above
    marked = date.fromisoformat(day).toordinal()
    if first <= marked <= last:
        parts.append(f'<b style="left:{across(marked)}%"></b>')
    for row, begin, end in zip(rows, days, [*days[1:], last], strict=True):
        told = "; ".join(f"{label}: {row[place]}" for place, (label, _) in areas.items() if row[place])
        width = round(across(end) - across(begin), 2)
        parts.append(
            f'<u style="left:{across(begin)}%;width:{width}%" title="{escape(row["day"])} {escape(told)}"></u>'
        )
    legend = "".join(f'<li><i style="background:{colour}"></i>{escape(label)}</li>' for label, colour in areas.values())
    said = "; ".join(f"{label} {rows[-1][place]}" for place, (label, _) in areas.items())
    told = f"{axis}: {rows[0]['day']} – {rows[-1]['day']}. {said}"
    return (
        f'<ul class="legend">{legend}</ul>'
        f'<div class="curve" role="img" aria-label="{escape(told)}">{"".join(parts)}</div>'
    )


def _step(most: int) -> int:
    """The step between marks, so that there are few up to ``most``."""
    power = 1
    while True:
        for nice in NICE:
            if most <= nice * power * MOST_TICKS:
                return nice * power
        power *= 10


def _years(first: int, last: int) -> Iterator[tuple[int, int]]:
    """Years to mark, with the ordinals of their first days."""
    begin, end = date.fromordinal(first).year, date.fromordinal(last).year
    step = _step(end - begin)
    for year in range(-(-begin // step) * step, end + 1, step):
        ordinal = date(year, 1, 1).toordinal()
        if first <= ordinal <= last:
            yield year, ordinal


def _stairs(
    days: Sequence[int], counts: Sequence[int], across: Callable[[int], float], up: Callable[[int], float]
) -> Iterator[tuple[float, float]]:
    """The corners of a line that keeps its height from each day to the next."""
    for place, (ordinal, count) in enumerate(zip(days, counts, strict=True)):
        if place:
            yield across(ordinal), up(counts[place - 1])
        yield across(ordinal), up(count)
