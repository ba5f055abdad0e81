"""From what a person writes to an assumption: a deposit, a withdrawal, a reform or a treaty that is not on record.

One line of text each, parts separated by colons, the day last::

    BRA:cets-224:2027-01-01                      Brazil deposits its instrument of ratification on that day
    USA:cets-185:withdraw:2027-01-01             the denunciation of the United States is received on that day
    CHE:cets-185:unreserve:29(4):2027-01-01      its reservations and declarations to the article are withdrawn ("all")
    BRA:offence:grooming:age=18:penalty=5:2027-01-01   its law makes the conduct an offence (years, or "life")
    BRA:criterion:simple-possession:2027-01-01   a reform meets the criterion of a review
    FRA+BRA:like:bi-fra-usa-mla-1998:2027-01-01  a bilateral treaty enters into force with the articles of another

Nothing is applied here; see :mod:`graph.what_if`. Every error is one line with the nearest valid values.
"""

from __future__ import annotations

import re

import msgspec

from graph.criminalisation import DECIDING_CRITERIA
from graph.lookup import resolve_instrument
from graph.network import Network
from graph.questions import NEAREST, QuestionError, nearest, resolve_concept, resolve_day, resolve_state

BOUND, WITHDRAWAL, UNRESERVED, OFFENCE, TREATY = "bound", "withdraw", "unreserve", "offence", "like"

CRITERION = "criterion"

WORDS = (WITHDRAWAL, UNRESERVED, OFFENCE, CRITERION, TREATY)

EXAMPLE = "write STATE:INSTRUMENT:DAY, such as BRA:cets-224:2027-01-01"

ALL_ARTICLES = "all"

_YEARS = re.compile(r"\d{1,2}(\.\d)?")


class AssumptionError(QuestionError):
    """An assumption names something that does not exist or cannot be. The message is one line."""


class Assumption(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is assumed. ``kind``: ``bound``, ``withdraw``, ``unreserve``, ``offence`` or ``like``.

    ``states``: who it is about, two for a treaty modelled on ``instrument``. ``offences`` are the conducts that the law
    of the State makes an offence, where the child is younger than ``age`` years, with a maximum ``penalty`` in years.
    ``text`` is the assumption in ids, as it can be written again.
    """

    text: str
    kind: str
    states: tuple[str, ...]
    day: str
    instrument: str | None = None
    article: str | None = None
    offences: tuple[str, ...] = ()
    age: int | None = None
    penalty: float | None = None


def parse(network: Network, text: str) -> Assumption:
    """The assumption that ``text`` writes, in ids and keys of ``network``.

    Raises:
        AssumptionError: the form, a name, a key or a day is not valid.
    """
    parts = [part.strip() for part in text.split(":")]
    if len(parts) < 3 or not all(parts):
        raise AssumptionError(f"{_shown(text)} is no assumption; {EXAMPLE}")
    try:
        return _parsed(network, text, parts)
    except AssumptionError:
        raise
    except QuestionError as error:
        raise AssumptionError(f"{_shown(text)}: {error}") from None


def _parsed(network: Network, text: str, parts: list[str]) -> Assumption:
    who, what, *between, last = parts
    day = resolve_day(last)
    if what.casefold() == TREATY:
        return _treaty(network, text, who, between, day)
    state = resolve_state(network, who)
    if what.casefold() == OFFENCE:
        return _offence(network, text, state, between, day)
    if what.casefold() == CRITERION:
        return _criterion(network, text, state, between, day)
    instrument = resolve_instrument(network, what)
    written = f"{state}:{instrument}"
    if not between:
        return Assumption(text=f"{written}:{day}", kind=BOUND, states=(state,), instrument=instrument, day=day)
    word, *rest = between
    if word.casefold() == WITHDRAWAL and not rest:
        return Assumption(
            text=f"{written}:{WITHDRAWAL}:{day}", kind=WITHDRAWAL, states=(state,), instrument=instrument, day=day
        )
    if word.casefold() == UNRESERVED and len(rest) == 1:
        return Assumption(
            text=f"{written}:{UNRESERVED}:{rest[0]}:{day}",
            kind=UNRESERVED,
            states=(state,),
            instrument=instrument,
            article=rest[0],
            day=day,
        )
    raise AssumptionError(f"{_shown(text)}: {_instead(word)}")


def _instead(word: str) -> str:
    if word.casefold() == UNRESERVED:
        return f"name the article whose reservation is withdrawn, or {ALL_ARTICLES}"
    close = nearest(word, WORDS) or list(WORDS)
    return f"{_shown(word)} is nothing that can be assumed; nearest: {', '.join(close[:NEAREST])}"


def _treaty(network: Network, text: str, who: str, between: list[str], day: str) -> Assumption:
    sides = [side for side in who.split("+") if side.strip()]
    if len(sides) != 2 or len(between) != 1:
        raise AssumptionError(f"{_shown(text)}: write STATE+STATE:{TREATY}:INSTRUMENT:DAY")
    one, other = (resolve_state(network, side) for side in sides)
    if one == other:
        raise AssumptionError(f"{_shown(text)}: {network.state_name(one)} stands on both sides")
    model = resolve_instrument(network, between[0])
    return Assumption(
        text=f"{one}+{other}:{TREATY}:{model}:{day}", kind=TREATY, states=(one, other), instrument=model, day=day
    )


def _offence(network: Network, text: str, state: str, between: list[str], day: str) -> Assumption:
    if not between:
        raise AssumptionError(f"{_shown(text)}: name the offence, such as {OFFENCE}:grooming")
    offence, *limits = between
    key = resolve_concept(network, "offence", offence)
    age: int | None = None
    penalty: float | None = None
    for limit in limits:
        name, _, value = limit.partition("=")
        if name.casefold() == "age" and value.isdecimal() and 0 < int(value) <= 25:
            age = int(value)
        elif name.casefold() == "penalty" and value.casefold() == "life":
            penalty = float("inf")
        elif name.casefold() == "penalty" and _YEARS.fullmatch(value):
            penalty = float(value)
        else:
            raise AssumptionError(
                f"{_shown(text)}: {_shown(limit)} is no limit; write age=18 or penalty=5 (years) or life"
            )
    told = "".join((f":age={age}" if age else "", _penalty(penalty)))
    return Assumption(
        text=f"{state}:{OFFENCE}:{key}{told}:{day}",
        kind=OFFENCE,
        states=(state,),
        offences=(key,),
        age=age,
        penalty=penalty,
        day=day,
    )


def _penalty(years: float | None) -> str:
    if years is None:
        return ""
    return ":penalty=life" if years == float("inf") else f":penalty={years:g}"


def _criterion(network: Network, text: str, state: str, between: list[str], day: str) -> Assumption:
    """A criterion of a review counts where it decides on a conduct; the others decide no condition of a path."""
    if len(between) != 1:
        raise AssumptionError(f"{_shown(text)}: write STATE:{CRITERION}:KEY:DAY")
    key = resolve_concept(network, "review-criterion", between[0])
    if key not in DECIDING_CRITERIA:
        decide = ", ".join(sorted(DECIDING_CRITERIA))
        raise AssumptionError(f"{_shown(text)}: {key} decides no condition of a path; those that do: {decide}")
    return Assumption(
        text=f"{state}:{CRITERION}:{key}:{day}",
        kind=OFFENCE,
        states=(state,),
        offences=DECIDING_CRITERIA[key],
        day=day,
    )


def _shown(text: str) -> str:
    flat = " ".join(text.split())
    return repr(flat if len(flat) <= 80 else flat[:77] + "...")
