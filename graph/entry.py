"""When a treaty enters into force for a party that deposits its instrument later: the treaty's own rule.

Three kinds of rule are in use (Vienna Convention on the Law of Treaties, article 24(3) leaves it to the treaty):

* ``first-of-month-after``: the first day of the month that follows the expiration of a delay after the deposit.
  Budapest Convention (cets-185) article 36(4), three months: France deposited on 2006-01-10; three months expire on
  2006-04-10; the month that follows begins on 2006-05-01.
* ``days-after``: the n-th day after the deposit. UN Convention against Transnational Organized Crime (un-untoc)
  article 38(2), the thirtieth day: a deposit on 2004-05-01 counts from 2004-05-31.
* ``months-after``: a number of months after the deposit, same day of the month. ILO Convention 182 (ilo-182)
  article 10(3), twelve months: registered on 2010-04-07, in force on 2011-04-07.

Nothing here knows which party is bound; see :mod:`graph.standing`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

RULES = ("first-of-month-after", "days-after", "months-after")

_DELAY = re.compile(r"P?(\d{1,4})\s*(D|M|Y|days?|months?|years?)?", re.IGNORECASE)


def in_force_from(bound_on: str, rule: str, delay: str, instrument_in_force_on: str | None) -> str | None:
    """The day on which an instrument enters into force for a party bound on ``bound_on``.

    It is the later of the day that ``rule`` computes and the instrument's own entry into force, before which nobody
    is bound (cets-185 article 36(3), UNTOC article 38(1)). ``None`` where a whole date is missing for the result:
    nothing is computed from a month or a year, nor while the instrument is not in force.

    Raises:
        ValueError: the rule or the delay is not understood.
    """
    counted = after(date.fromisoformat(bound_on), rule, delay) if len(bound_on) == 10 else None
    if counted is None or instrument_in_force_on is None:
        return None
    if len(instrument_in_force_on) == 10:
        return max(counted.isoformat(), instrument_in_force_on)
    # The instrument's day is not known to the day: the result is certain only where the party came clearly later.
    return counted.isoformat() if counted.isoformat()[: len(instrument_in_force_on)] > instrument_in_force_on else None


def after(day: date, rule: str, delay: str) -> date:
    """The day that ``rule`` computes from the deposit on ``day``; ``delay`` reads ``P3M``, ``3 months``, ``30`` …

    A bare number counts days under ``days-after`` and months under the other rules.

    Raises:
        ValueError: the rule or the delay is not understood.
    """
    if rule not in RULES:
        raise ValueError(f"{rule!r} is no rule of entry into force: use one of {', '.join(RULES)}")
    number, unit = _delay(delay, rule)
    months = number * 12 if unit == "y" else number
    end = day + timedelta(days=number) if unit == "d" else _months_later(day, months)
    if rule == "first-of-month-after":
        return _months_later(end.replace(day=1), 1)
    return end


def _delay(delay: str, rule: str) -> tuple[int, str]:
    match = _DELAY.fullmatch(delay.strip())
    if match is None:
        raise ValueError(f"{delay!r} is no delay: write for example P3M or P30D")
    unit = (match[2] or ("d" if rule == "days-after" else "m"))[0].lower()
    if (rule == "days-after") != (unit == "d") and rule != "first-of-month-after":
        raise ValueError(f"{delay!r} does not fit the rule {rule!r}")
    return int(match[1]), unit


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
