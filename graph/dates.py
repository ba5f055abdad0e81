"""Partial dates and three-valued results: the two ideas that keep "unknown" honest.

A *partial date* is a string: ``2004``, ``2004-07`` or ``2004-07-01``, as precise as its source.
A *tri* is one of :data:`MET`, :data:`NOT_MET`, :data:`UNKNOWN` (Kleene's strong three-valued logic).
Days are proleptic Gregorian ordinals (:meth:`datetime.date.toordinal`), so that comparing is integer work.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Literal

Tri = Literal["met", "not met", "unknown"]

MET: Tri = "met"
NOT_MET: Tri = "not met"
UNKNOWN: Tri = "unknown"

NEVER = date.max.toordinal() + 1
"""An ordinal after every real day: "no such day is on record"."""

_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def all_of(*values: Tri) -> Tri:
    """Kleene conjunction: ``not met`` wins over ``unknown``, which wins over ``met``; empty is ``met``."""
    if NOT_MET in values:
        return NOT_MET
    return UNKNOWN if UNKNOWN in values else MET


def any_of(*values: Tri) -> Tri:
    """Kleene disjunction: ``met`` wins over ``unknown``, which wins over ``not met``; empty is ``not met``."""
    if MET in values:
        return MET
    return UNKNOWN if UNKNOWN in values else NOT_MET


def negation(value: Tri) -> Tri:
    """Kleene negation; ``unknown`` stays ``unknown``."""
    if value == UNKNOWN:
        return UNKNOWN
    return NOT_MET if value == MET else MET


def is_partial_date(text: str) -> bool:
    """Whether ``text`` is ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` and names days that exist."""
    try:
        span(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=1 << 16)
def span(text: str) -> tuple[int, int]:
    """Return the first and last day (ordinals) that the partial date may mean.

    Raises:
        ValueError: the text is not a partial date, or names a day that does not exist.
    """
    match = _PARTIAL.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a date: write YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = int(match[1]), match[2], match[3]
    try:
        if day:
            only = date(year, int(month), int(day)).toordinal()
            return only, only
        if month:
            first = date(year, int(month), 1)
            after = date(year + month_carry(first.month), first.month % 12 + 1, 1)
            return first.toordinal(), after.toordinal() - 1
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    except ValueError as error:
        raise ValueError(f"{text!r} is not a date: {error}") from None


def month_carry(month: int) -> int:
    """1 when the month after ``month`` falls in the next year, else 0."""
    return 1 if month == 12 else 0


def reached(text: str | None, on: int) -> Tri:
    """Whether the event dated ``text`` has happened by day ``on``.

    A whole date is reached on its day. A month or a year is *unknown* during its span and reached from
    the first day after it: "2022-10" is unknown on 2022-10-15 and met on 2022-11-01. ``None`` (no date
    on record) is unknown.
    """
    if text is None:
        return UNKNOWN
    first, last = span(text)
    if on < first:
        return NOT_MET
    if first == last or on > last:
        return MET
    return UNKNOWN


def agrees(one: str, other: str) -> bool:
    """Whether two partial dates can mean the same day: equal, or one is the other cut short."""
    return one.startswith(other) or other.startswith(one)


def before(one: str | None, other: str | None) -> bool:
    """Whether ``one`` is certainly earlier than ``other``; never where one of them is not on record."""
    return bool(one and other and span(one)[1] < span(other)[0])
