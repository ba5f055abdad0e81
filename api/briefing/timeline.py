"""The time line of a briefing: for each treaty with dates on record when it was signed, consented to, and in force."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from api.briefing.drawing import DEEP, LINE, QUIET, WIDTH, figure, text
from graph.briefing.events import Event
from graph.dates import span

LEFT, RIGHT = 372, WIDTH - 22
"""Where the years begin and end; names stand left of them."""

LETTERS = 46
"""Letters of a name in one line."""

LINE_HEIGHT, GAP, LEGEND = 19, 9, 44
HATCH = "hatch-time"


def timeline(events: Sequence[Event], until: str, legend: tuple[str, str, str]) -> str:
    """The SVG of the time line up to the ISO day ``until``; ``legend`` names signature, consent and the time in force.

    One row for each instrument, in the order of its first event.
    """
    by_instrument: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        by_instrument[event.about].append(event)
    rows = sorted(by_instrument.values(), key=lambda held: (min(_day(event) for event in held), held[0].name))
    last = span(until)[1]
    years = _Years(min(_day(event) for event in events), last)
    parts: list[str] = []
    y = 8.0
    for row in rows:
        lines = textwrap.wrap(row[0].name, LETTERS)
        height = len(lines) * LINE_HEIGHT + GAP
        parts.append(f'<path d="M0 {y + height:.1f}H{RIGHT}" stroke="#e3e7ea" stroke-width="1"/>')
        parts += [text(0, y + GAP / 2 + 14 + place * LINE_HEIGHT, line) for place, line in enumerate(lines)]
        parts += _row(row, y + height / 2, years, last)
        y += height
    return figure(y + 26 + LEGEND, [*years.lines(y), *parts, *_legend(y + 26 + 24, legend)], HATCH)


class _Years:
    """The scale from left to right."""

    def __init__(self, first: float, last: float) -> None:
        self.first_year = _year(first) // 10 * 10
        self.last_year = _year(last) + 1
        self._from, self._to = span(str(self.first_year))[0], span(str(self.last_year))[0]

    def at(self, day: float) -> float:
        return LEFT + (RIGHT - LEFT) * (day - self._from) / (self._to - self._from)

    def lines(self, bottom: float) -> list[str]:
        step = 10 if self.last_year - self.first_year > 25 else 5
        parts = []
        for year in range(self.first_year, self.last_year + 1, step):
            x = self.at(span(str(year))[0])
            parts.append(f'<path d="M{x:.1f} 4V{bottom:.1f}" stroke="{LINE}" stroke-width="0.8"/>')
            parts.append(text(x, bottom + 20, str(year), anchor="middle", colour=QUIET))
        return parts


def _row(events: Sequence[Event], y: float, years: _Years, last: int) -> list[str]:
    found = {event.kind: event for event in events}
    parts = []
    if "in-force" in found:
        end = min(_day(found["ended"]), last) if "ended" in found else last
        x0, x1 = years.at(_day(found["in-force"])), years.at(end)
        parts.append(_bar(x0, x1, y))
    if "signed" in found:
        parts.append(_ring(years.at(_day(found["signed"])), y))
    if "bound" in found:
        parts.append(_diamond(years.at(_day(found["bound"])), y))
    return parts


def _bar(x0: float, x1: float, y: float) -> str:
    return (
        f'<rect x="{x0:.1f}" y="{y - 4.5:.1f}" width="{max(x1 - x0, 1):.1f}" height="9" fill="url(#{HATCH})" '
        f'stroke="{DEEP}"/>'
    )


def _ring(x: float, y: float) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="#fff" stroke="#000" stroke-width="2"/>'


def _diamond(x: float, y: float) -> str:
    return f'<path d="M{x:.1f} {y - 8:.1f}l8 8l-8 8l-8 -8z" fill="#000" stroke="#fff"/>'


def _legend(y: float, words: tuple[str, str, str]) -> list[str]:
    signed, bound, in_force = words
    return [
        _ring(8, y), text(22, y + 6, signed),
        _diamond(212, y), text(226, y + 6, bound),
        _bar(470, 510, y), text(518, y + 6, in_force),
    ]  # fmt: skip


def _day(event: Event) -> float:
    """The middle of the days that the date may mean."""
    first, last = span(event.on)
    return (first + last) / 2


def _year(day: float) -> int:
    return date.fromordinal(int(day)).year
