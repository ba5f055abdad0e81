"""The world through the years, State by State: whom a measure reaches, who is bound by a treaty, whose law has what.

Each is asked of the first day of every year, past and known future, and of the day itself. The rules are those of
:mod:`graph.coverage`, :mod:`graph.gaps.treaties` and :mod:`graph.gaps.judgement`; nothing of law is decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, get_args

import msgspec

from graph.gaps.criteria import criteria, label
from graph.gaps.judgement import STATUSES, criterion_judgement
from graph.gaps.treaties import Place, treaty_place
from graph.lookup import resolve_instrument
from graph.network import Network
from graph.questions import QuestionError, nearest, resolve_concept
from graph.regions import regions

if TYPE_CHECKING:
    from graph.coverage.plan import Planner

FIRST_YEAR = 1990
YEARS_AHEAD = 5
"""Years shown after the day asked about: what is deposited now enters into force within a few."""

Layer = Literal["measure", "instrument", "criterion"]


class StateYears(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One State on each of the days.

    ``words``: its place in the treaty or on the criterion. ``met`` and ``unknown``: how many States it may ask for the
    measure with every condition met, and with an open question. Only what the layer has is there.
    """

    id: str
    name: str
    alpha2: str | None
    kind: str
    ipu_groups: tuple[str, ...]
    region: str | None
    continent: str | None
    words: tuple[str, ...] = ()
    met: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()


class WorldYears(msgspec.Struct, frozen=True, kw_only=True):
    """The States on ``days`` (ISO, in order); ``on`` is the day asked about and one of them.

    ``words``: the words that a State can have, the best first; none for a measure. ``pairs``: how many States each
    could ask at most.
    """

    release: str
    layer: Layer
    key: str
    label: str
    on: str
    days: tuple[str, ...]
    words: tuple[str, ...]
    pairs: int
    states: tuple[StateYears, ...]


def days_around(on: str, first: int = FIRST_YEAR) -> tuple[str, ...]:
    """The first day of each year from ``first`` to some years after ``on``, and ``on`` (ISO) itself.

    Raises:
        QuestionError: ``first`` is after ``on``, or more than a century before it.
    """
    year = date.fromisoformat(on).year
    if not year - 100 <= first <= year:
        raise QuestionError(f"the first year is {year - 100} to {year}, not {first}")
    return tuple(sorted({on, *(f"{one}-01-01" for one in range(first, year + YEARS_AHEAD + 1))}))


def of_measure(planner: Planner, measure: str, on: str, days: Sequence[str]) -> WorldYears:
    """How many States each State may ask for ``measure`` (a key)."""
    from graph.coverage.series import partners_by_state

    network = planner.index.network
    key = resolve_concept(network, "measure", measure)
    counts = partners_by_state(planner, days, key)
    return _told(
        network, "measure", (key, network.label("measure", key)), on, days,
        lambda state: {"met": tuple(counts.met[state]), "unknown": tuple(counts.unknown[state])},
        chosen=tuple(counts.met), pairs=counts.pairs,
    )  # fmt: skip


def of_instrument(network: Network, instrument: str, on: str, days: Sequence[str]) -> WorldYears:
    """The place of each State in ``instrument`` (an id or name)."""
    held = network.instruments[resolve_instrument(network, instrument)]
    ordinals = [date.fromisoformat(day).toordinal() for day in days]
    return _told(
        network, "instrument", (held.id, held.short_name), on, days,
        lambda state: {"words": tuple(treaty_place(network, held, state, day)[0] for day in ordinals)},
        words=get_args(Place),
    )  # fmt: skip


def of_criterion(network: Network, criterion: str, on: str, days: Sequence[str]) -> WorldYears:
    """How each State stands to ``criterion`` (a key), as far as the record reaches back.

    Raises:
        QuestionError: there is no such criterion.
    """
    if criterion not in criteria(network):
        close = ", ".join(nearest(criterion, criteria(network)))
        raise QuestionError(f"no criterion is called {criterion[:60]!r}; nearest: {close or 'none'}")
    ordinals = [date.fromisoformat(day).toordinal() for day in days]
    return _told(
        network, "criterion", (criterion, label(network, criterion)), on, days,
        lambda state: {"words": tuple(criterion_judgement(network, state, criterion, day).status for day in ordinals)},
        words=("satisfied", *(word for word in STATUSES if word != "satisfied")),
    )  # fmt: skip


def _told(
    network: Network,
    layer: Layer,
    named: tuple[str, str],
    on: str,
    days: Sequence[str],
    values: Callable[[str], dict[str, tuple[object, ...]]],
    words: Sequence[str] = (),
    chosen: Sequence[str] | None = None,
    pairs: int = 0,
) -> WorldYears:
    places = {level: _place_of(network, level) for level in ("subregion", "continent")}
    states = [held for held in network.records.states if held.kind == "state" and (chosen is None or held.id in chosen)]
    rows = tuple(
        msgspec.convert(
            {
                "id": held.id,
                "name": held.name,
                "alpha2": held.alpha2,
                "kind": held.kind,
                "ipu_groups": tuple((held.ipu_group or "").split(";")) if held.ipu_group else (),
                "region": places["subregion"].get(held.id),
                "continent": places["continent"].get(held.id),
                **values(held.id),
            },
            StateYears,
        )
        for held in sorted(states, key=lambda held: held.name)
    )
    return WorldYears(
        release=network.release, layer=layer, key=named[0], label=named[1], on=on, days=tuple(days),
        words=tuple(words), pairs=pairs, states=rows,
    )  # fmt: skip


def _place_of(network: Network, level: str) -> dict[str, str]:
    return {state: name for name, members in regions(network, level).items() for state in members}
