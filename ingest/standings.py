"""Whether two accounts of a party's standing can both be true, and what they amount to together.

The law behind it: a signature does not bind (VCLT articles 12 and 18), and a State that has signed may be bound
any day after (articles 14 to 16). So "signed, not bound" in an old source is no contradiction to "bound" in a newer
one, while the reverse needs a denunciation (article 56) that nobody records: that is a conflict.
"""

from __future__ import annotations

from graph.dates import span
from graph.model import Participation

_FIRMNESS = ("excluded", "signatory", "not-in-force", "signed", "named")
"""Standings short of ``party``, from the one that says most to the one that says least."""


def combined_standing(
    one: Participation, as_of_one: str | None, other: Participation, as_of_other: str | None
) -> str | None:
    """The standing that both readings amount to together, or ``None`` where they contradict each other.

    * ``party`` includes ``signed`` and ``named``.
    * ``signatory``, ``not-in-force`` and ``excluded`` give way to ``party`` when they may be older than it:
      their source is undated or not newer than the party's source, or the party was bound after its date.
    * Among the rest the one that says more holds: ``excluded``, ``signatory``, ``not-in-force``, ``signed``, ``named``.
    """
    if one.standing == other.standing:
        return one.standing
    if other.standing == "party":
        one, as_of_one, other, as_of_other = other, as_of_other, one, as_of_one
    if one.standing != "party":
        return min(one.standing, other.standing, key=_FIRMNESS.index)
    if other.standing in ("signed", "named") or _may_be_later(one, as_of_one, as_of_other):
        return "party"
    return None


def _may_be_later(party: Participation, as_of_party: str | None, as_of_not_yet: str | None) -> bool:
    """Whether becoming a party may have happened after the date of the source that says "not yet"."""
    if as_of_not_yet is None:
        return True
    first_day = span(as_of_not_yet)[0]
    if as_of_party is not None and span(as_of_party)[1] >= first_day:
        return True
    return any(date is not None and span(date)[1] >= first_day for date in (party.bound_on, party.in_force_on))
