"""What assumptions change for the whole world, counted: the coverage with them beside the coverage without.

:mod:`graph.suppositions` asks the path search about each pair and says how a path changes; here all pairs of States
are counted at once (:mod:`graph.coverage`), so that the answer comes in a fraction of a second. Both agree on where a
path is gained or lost, and where there are more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from weakref import WeakKeyDictionary

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph.assumptions import OFFENCE
from graph.coverage.demands import Flags
from graph.coverage.gains import partners
from graph.coverage.matrix import Counts, Tally, count, recount
from graph.coverage.plan import Plan, Planner
from graph.coverage.supposed import supposed
from graph.coverage.world import World, ages_apart, laws, world
from graph.questions import resolve_concept, resolve_day
from graph.suppositions import AssumedEffect, offence_of
from graph.what_if import Overlay, assume

MEANING = (
    "cells (a State that asks, a State that is asked, a measure) with a path, as the law is and as it would be:"
    " provided by law as far as it is on record, not effective"
)

Cells = NDArray[np.bool_]


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """How many cells change.

    ``opened``: there was no path, and there is one. ``secured``: no path had every condition met, and one has.
    ``closed`` and ``unsettled`` are their contraries. ``gained``: opened or secured; ``lost``: closed or unsettled.
    ``improved``: there was a path, and now one is certain that was not, or there are more.
    """

    opened: int
    secured: int
    closed: int
    unsettled: int
    gained: int
    lost: int
    improved: int


class CellCounts(Changes, frozen=True, kw_only=True):
    """How many ``cells`` there are, how many have a path before and after, and how many change.

    ``met``: every condition of some path is met; ``unknown``: there are paths, all with an open question. ``cured``:
    the assumed reforms alone open a path or make one certain, where an offence is asked about: dual criminality (or the
    penalty that an article demands) failed or stayed open there without them.
    """

    cells: int
    met_before: int
    unknown_before: int
    met_after: int
    unknown_after: int
    cured: int


class SupposedMeasure(msgspec.Struct, frozen=True, kw_only=True):
    """One measure for one State: the partners that it may ask, and those that may ask it."""

    measure: str
    label: str
    asking: CellCounts
    asked: CellCounts


class Partner(msgspec.Struct, frozen=True, kw_only=True):
    """A State with which something opens or becomes certain: the measures (keys) for each direction.

    ``first_asked`` and ``first_asking``: there was no path for any measure before, in which it is asked, and in which
    it asks.
    """

    state: str
    name: str
    asked_opened: tuple[str, ...]
    asked_secured: tuple[str, ...]
    asking_opened: tuple[str, ...]
    asking_secured: tuple[str, ...]
    first_asked: bool
    first_asking: bool


class SupposedState(msgspec.Struct, frozen=True, kw_only=True):
    """A State of which something is assumed: all its cells, measure by measure, and partner by partner."""

    state: str
    name: str
    total: CellCounts
    measures: tuple[SupposedMeasure, ...]
    partners: tuple[Partner, ...]


class StateGain(Changes, frozen=True, kw_only=True):
    """What changes for one State of the world, as the one who asks and as the one who is asked."""

    state: str


class SupposedCoverage(msgspec.Struct, frozen=True, kw_only=True):
    """What changes under ``assumptions`` on ``day``, for all pairs of States.

    ``offence``: the one asked about, or of which the assumptions speak. ``states``: those of which something is
    assumed. ``gains``: every State for which a cell changes.
    """

    release: str
    day: str
    meaning: str
    assumptions: tuple[str, ...]
    effects: tuple[AssumedEffect, ...]
    offence: str | None
    measures: tuple[str, ...]
    total: CellCounts
    states: tuple[SupposedState, ...]
    gains: tuple[StateGain, ...]


Figures = dict[str, Cells]
"""For each field of :class:`CellCounts` the cells that it counts, ``[measure, requesting, requested]``."""


def supposed_coverage(
    planner: Planner,
    assumptions: Sequence[str],
    *,
    measures: Sequence[str] = (),
    offence: str | None = None,
    on: str | None = None,
) -> SupposedCoverage:
    """Count the world with and without what is assumed; parameters as in :func:`graph.suppositions.suppose`.

    Raises:
        QuestionError: an assumption, key or day is not valid.
    """
    network = planner.index.network
    overlay = assume(planner.index.book, assumptions)
    keys = list(dict.fromkeys(resolve_concept(network, "measure", one) for one in measures)) or None
    conduct = resolve_concept(network, "offence", offence) if offence else offence_of(overlay)
    day = resolve_day(on) if on else overlay.last_day or max(effect.assumption.day for effect in overlay.effects)
    plan, figures = _figures(planner, overlay, day, Flags(conduct), keys)
    index = planner.index
    touched = dict.fromkeys(state for effect in overlay.effects for state in effect.assumption.states)
    return SupposedCoverage(
        release=network.release,
        day=day,
        meaning=MEANING,
        assumptions=overlay.book.network.assumptions,
        effects=tuple(AssumedEffect(assumption=one.assumption.text, text=one.text, day=one.day)
                      for one in overlay.effects),
        offence=conduct,
        measures=tuple(index.measures[place] for place in plan.measures),
        total=_counts(figures),
        states=tuple(_state(plan, figures, state) for state in touched if state in index.position),
        gains=_gains(plan, figures),
    )  # fmt: skip


def _figures(
    planner: Planner, overlay: Overlay, day: str, flags: Flags, measures: Sequence[str] | None
) -> tuple[Plan, Figures]:
    ordinal = date.fromisoformat(day).toordinal()
    plan = planner.plan(flags, ordinal, measures)
    as_it_is, tally = _as_it_is(planner, plan, ordinal)
    before = _certainty(tally)
    altered = supposed(planner, overlay).plan(flags, ordinal, measures)
    held = world(altered, ordinal)
    after = _certainty(recount(plan, tally, as_it_is, altered, held))
    some_before, some_after = before.paths > 0, after.paths > 0
    sure_before, sure_after = before.met > 0, after.met > 0
    opened, secured = ~some_before & some_after, ~sure_before & sure_after
    closed, unsettled = some_before & ~some_after, sure_before & ~sure_after
    cured = np.zeros_like(opened)
    if flags.offence is not None and any(effect.assumption.kind == OFFENCE for effect in overlay.effects):
        recorded = altered._replace(base=planner.index)
        laws_on_record = held._replace(laws=laws(recorded, ordinal), apart=ages_apart(recorded, ordinal))
        unreformed = _certainty(count(altered, laws_on_record))
        cured = (after.met > unreformed.met) | (after.paths > unreformed.paths)
    among = np.outer(partners(planner.index), partners(planner.index))
    np.fill_diagonal(among, val=False)
    found = {
        "cells": np.ones_like(sure_before),
        "met_before": sure_before,
        "unknown_before": some_before & ~sure_before,
        "met_after": sure_after,
        "unknown_after": some_after & ~sure_after,
        "opened": opened,
        "secured": secured,
        "closed": closed,
        "unsettled": unsettled,
        "gained": opened | secured,
        "lost": closed | unsettled,
        "improved": some_before & some_after & (secured | (after.paths > before.paths)),
        "cured": cured,
    }
    return plan, {name: cells & among for name, cells in found.items()}


class _Certainty(NamedTuple):
    """How many paths have every condition met, and how many there are, ``[measure, requesting, requested]``."""

    met: Counts
    paths: Counts


def _certainty(tally: Tally) -> _Certainty:
    return _Certainty(tally.met, tally.met + tally.open)


_COUNTED: WeakKeyDictionary[Planner, tuple[Plan, World, Tally]] = WeakKeyDictionary()
"""For each planner the last count of the law as it is: whoever tries assumptions stays with one day and one offence."""


def _as_it_is(planner: Planner, plan: Plan, day: int) -> tuple[World, Tally]:
    """The world without assumptions on ``day`` (an ordinal), and its count."""
    known = _COUNTED.get(planner)
    if known is not None and known[0] is plan and known[1].day == day:
        return known[1], known[2]
    held = world(plan, day)
    tally = count(plan, held)
    _COUNTED[planner] = plan, held, tally
    return held, tally


def _counts(figures: Figures) -> CellCounts:
    return CellCounts(**{name: int(np.count_nonzero(cells)) for name, cells in figures.items()})


def _state(plan: Plan, figures: Figures, state: str) -> SupposedState:
    index = plan.base
    place = index.position[state]
    asking = {name: cells[:, place] for name, cells in figures.items()}
    asked = {name: cells[:, :, place] for name, cells in figures.items()}
    keys = [index.measures[measure] for measure in plan.measures]
    return SupposedState(
        state=state,
        name=index.network.state_name(state),
        total=_counts({name: np.stack([cells, asked[name]]) for name, cells in asking.items()}),
        measures=tuple(
            SupposedMeasure(
                measure=key,
                label=index.network.label("measure", key),
                asking=_counts({name: cells[number] for name, cells in asking.items()}),
                asked=_counts({name: cells[number] for name, cells in asked.items()}),
            )
            for number, key in enumerate(keys)
        ),
        partners=_partners(plan, keys, asking, asked),
    )


def _partners(plan: Plan, keys: Sequence[str], asking: Figures, asked: Figures) -> tuple[Partner, ...]:
    """The partners with which something opens or becomes certain; ``asking`` and ``asked`` are those of the State,
    ``[measure, partner]``."""

    def measures(side: Figures, figure: str, place: int) -> tuple[str, ...]:
        return tuple(key for key, held in zip(keys, side[figure][:, place], strict=True) if held)

    def first(side: Figures, place: int) -> bool:
        had = side["met_before"][:, place] | side["unknown_before"][:, place]
        return bool(side["opened"][:, place].any() and not had.any())

    changed = asking["opened"] | asking["secured"] | asked["opened"] | asked["secured"]
    index = plan.base
    found = [
        Partner(
            state=index.states[place],
            name=index.network.state_name(index.states[place]),
            asked_opened=measures(asking, "opened", place),
            asked_secured=measures(asking, "secured", place),
            asking_opened=measures(asked, "opened", place),
            asking_secured=measures(asked, "secured", place),
            first_asked=first(asking, place),
            first_asking=first(asked, place),
        )
        for place in map(int, np.flatnonzero(changed.any(axis=0)))
    ]
    return tuple(sorted(found, key=lambda held: held.name))


def _gains(plan: Plan, figures: Figures) -> tuple[StateGain, ...]:
    each = {name: _by_state(figures[name]) for name in Changes.__struct_fields__}
    changed = np.flatnonzero(np.stack(list(each.values())).any(axis=0))
    return tuple(
        StateGain(state=plan.base.states[place], **{name: int(held[place]) for name, held in each.items()})
        for place in map(int, changed)
    )


def _by_state(cells: Cells) -> NDArray[np.intp]:
    """In how many of ``cells`` each State asks or is asked; there are few of them, so that they are picked out."""
    states = cells.shape[1]
    requesting, requested = np.divmod(np.flatnonzero(cells), states)
    return np.bincount(np.concatenate([requesting % states, requested]), minlength=states)
