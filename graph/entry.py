"""When a treaty enters into force, for itself and for a later party, and when a denunciation takes effect.

All three follow the treaty's own final clauses. Three kinds of rule are in use (Vienna Convention on the Law of
Treaties, article 24(3) leaves it to the treaty):

* ``first-of-month-after``: the first day of the month that follows the expiration of a delay after the deposit.
  Budapest Convention (cets-185) article 36(4), three months: France deposited on 2006-01-10; three months expire on
  2006-04-10; the month that follows begins on 2006-05-01.
* ``days-after``: the n-th day after the deposit. UN Convention against Transnational Organized Crime (un-untoc)
  article 38(2), the thirtieth day: a deposit on 2004-05-01 counts from 2004-05-31.
* ``months-after``: a number of months after the deposit, same day of the month. ILO Convention 182 (ilo-182)
  article 10(3), twelve months: registered on 2010-04-07, in force on 2011-04-07.

A treaty itself enters into force when enough consents have been given (:func:`entry_of_instrument`). Who counts
differs: five States of which three are members of the Council of Europe (cets-185 article 36(3)), three member States
(ets-112 article 18(2)), forty instruments, an organisation's not besides those of its members (un-untoc article 38(1)).

Nothing here knows which party is bound; see :mod:`graph.standing`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from graph.dates import MET, NEVER, NOT_MET, Tri, span
from graph.model import Instrument

RULES = ("first-of-month-after", "days-after", "months-after")

_DELAY = re.compile(r"P?(\d{1,4})\s*(D|M|Y|days?|months?|years?)?", re.IGNORECASE)


class Deposit(NamedTuple):
    """A party's consent to be bound, given between the days ``first`` and ``last`` (ordinals; ``NEVER``: not known).

    ``counts``: whether it counts towards the threshold; ``member``: whether the party then was a member State of the
    organisation that the rule names.
    """

    party: str
    first: int
    last: int
    counts: Tri = MET
    member: Tri = NOT_MET


class EntryRule(NamedTuple):
    """What an instrument needs for its own entry: consents, how many of them by members, and the delay after that."""

    threshold: int
    rule: str
    delay: str
    members: int = 0


class Entry(NamedTuple):
    """Between which days (ordinals) an instrument enters into force, as far as the deposits say.

    ``first`` is :data:`NEVER` where they do not suffice, ``last`` where it is not certain that they do. ``counted``
    deposits surely count, of ``needed``.
    """

    first: int
    last: int
    counted: int
    needed: int

    @property
    def day(self) -> date | None:
        """The day where it is certain, else ``None``."""
        return date.fromordinal(self.first) if self.first == self.last != NEVER else None


def entry_rule(instrument: Instrument) -> EntryRule | None:
    """The rule by which ``instrument`` itself enters into force; ``None`` where it is not on record as a whole."""
    delay = instrument.entry_first_delay or instrument.entry_delay
    if instrument.entry_threshold is None or instrument.entry_rule is None or delay is None:
        return None
    members = instrument.entry_threshold if instrument.entry_counts == "members" else instrument.entry_members or 0
    return EntryRule(instrument.entry_threshold, instrument.entry_rule, delay, members)


def entry_of_instrument(deposits: Iterable[Deposit], rule: EntryRule, not_before: str | None = None) -> Entry:
    """When an instrument enters into force by ``rule``, given all ``deposits`` on record (one for each party).

    The day of the deposit that completes the number is the later of the ``threshold``-th consent and of the
    ``members``-th consent of a member State, and the delay runs from it. ``not_before`` is the entry into force of the
    convention that a protocol supplements (un-tip article 17(1)).

    Raises:
        ValueError: the rule or the delay is not understood.
    """
    known = list(deposits)
    possible = [deposit for deposit in known if deposit.counts != NOT_MET]
    certain = [deposit for deposit in known if deposit.counts == MET and deposit.last != NEVER]
    first = _completed(
        [deposit.first for deposit in possible],
        [deposit.first for deposit in possible if deposit.member != NOT_MET],
        rule,
    )
    last = _completed(
        [deposit.last for deposit in certain], [deposit.last for deposit in certain if deposit.member == MET], rule
    )
    floor = span(not_before) if not_before else (1, 1)
    return Entry(max(_later(first, rule), floor[0]), max(_later(last, rule), floor[1]), len(certain), rule.threshold)


def _completed(consents: list[int], of_members: list[int], rule: EntryRule) -> int:
    """The day of the consent that completes both numbers; :data:`NEVER` where one is not reached."""
    if len(consents) < rule.threshold or len(of_members) < rule.members:
        return NEVER
    reached = sorted(consents)[rule.threshold - 1] if rule.threshold else 1
    return max(reached, sorted(of_members)[rule.members - 1]) if rule.members else reached


def _later(day: int, rule: EntryRule) -> int:
    try:
        return after(date.fromordinal(day), rule.rule, rule.delay).toordinal() if day < NEVER else NEVER
    except OverflowError:
        return NEVER


def in_force_from(bound_on: str, rule: str, delay: str, instrument_in_force_on: str | None) -> str | None:
    """The day on which an instrument enters into force for a party bound on ``bound_on``.

    It is the later of the day that ``rule`` computes and the instrument's own entry into force, before which nobody
    is bound (cets-185 article 36(3), UNTOC article 38(1)). ``bound_on`` may be a month or a year: the day is given
    where every day of it leads to the same, as each day of a month does under cets-201 article 45(4) (deposit in May
    2016: in force on 2016-09-01), and each day before the instrument's own by its rule. ``None`` where the days differ,
    where a whole date is missing for the result otherwise, and while the instrument is not in force.

    Raises:
        ValueError: the rule or the delay is not understood.
    """
    # A later deposit never enters into force earlier, so that first and last day speak for those between.
    counted = [after(date.fromordinal(day), rule, delay).isoformat() for day in span(bound_on)]
    entries = {_not_before(day, instrument_in_force_on) for day in counted}
    return entries.pop() if len(entries) == 1 else None


def _not_before(counted: str, instrument_in_force_on: str | None) -> str | None:
    """The later of the two days; ``None`` where the instrument's own does not allow to tell."""
    if instrument_in_force_on is None:
        return None
    if len(instrument_in_force_on) == 10:
        return max(counted, instrument_in_force_on)
    # The instrument's day is not known to the day: the result is certain only where the party came clearly later.
    return counted if counted[: len(instrument_in_force_on)] > instrument_in_force_on else None


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
