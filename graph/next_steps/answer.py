"""The next steps of one State: single steps ranked, the best set, instruments not in force, reforms."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from graph.coverage.demands import Flags
from graph.coverage.gains import Outlook
from graph.coverage.plan import Planner
from graph.next_steps.candidates import Step, candidates, carrying
from graph.next_steps.cells import Cells, Gain
from graph.next_steps.reforms import Reform, reforms
from graph.next_steps.sets import Guarantee, best_set
from graph.next_steps.waiting import Waiting, waiting

MEANING = (
    "cells (partner, measure, and side) that a step changes, with the treaty in force for the State on the day:"
    " provided by law as far as it is on record, not effective"
)

ORDER = "cells opened, then made certain, then fewer lost, then fewer deposits"


class Ranked(msgspec.Struct, frozen=True, kw_only=True):
    """A step and its gain in all, where the State asks, and where it is asked."""

    step: Step
    gain: Gain
    asking: Gain
    asked: Gain


class BestSet(msgspec.Struct, frozen=True, kw_only=True):
    """The best set of at most ``most`` steps, as instruments and deposits (ids).

    The other fields are those of :class:`graph.next_steps.sets.Best`.
    """

    most: int
    instruments: tuple[str, ...]
    deposits: tuple[str, ...]
    gain: Gain
    asking: Gain
    asked: Gain
    guarantee: Guarantee
    tried: int
    bound: Gain


class NextSteps(msgspec.Struct, frozen=True, kw_only=True):
    """The answer for ``state`` on the ISO day ``on``.

    ``ranked``: steps that change a cell, the best first. ``idle``: instruments that it could join and that change none
    on record. ``not_on_record``: steps of which it is not on record who may join; never ranked with the others unless
    asked for. ``waiting``: instruments that are not in force. ``best``: the best set of several steps, where asked for.
    ``assumptions``: what is taken for given (see :func:`graph.coverage.supposed.supposed`), in words.
    """

    state: str
    name: str
    on: str
    release: str
    meaning: str
    order: str
    measures: tuple[str, ...]
    offence: str | None
    assumptions: tuple[str, ...]
    ranked: tuple[Ranked, ...]
    idle: tuple[Step, ...]
    not_on_record: tuple[Ranked, ...]
    waiting: tuple[Waiting, ...]
    best: BestSet | None
    reforms: tuple[Reform, ...]


def next_steps(
    planner: Planner,
    state: str,
    on: str,
    steps: int = 1,
    measures: Sequence[str] | None = None,
    offence: str | None = None,
    with_reforms: bool = False,
    rank_all: bool = False,
) -> NextSteps:
    """What ``state`` (id) would gain most from on the ISO day ``on``.

    ``planner``: of the law as it is, or of a world in which assumptions hold. ``steps``: the most steps in a set; 1
    ranks single steps only. ``measures`` (keys) and ``offence`` (key) limit the cells. ``rank_all``: also steps of
    which it is not on record who may join.
    """
    network = planner.index.network
    outlook = Outlook(planner, on, Flags(offence), measures)
    found = candidates(network, state, on, carrying(outlook.plan))
    now = [step for step in found if step.in_force]
    sure = [step for step in now if rank_all or step.opening != "unknown"]
    cells = Cells(outlook, state, [step.deposits for step in sure])
    ranked = rank(cells, sure)
    doubtful = [step for step in now if not rank_all and step.opening == "unknown"]
    named = {held.step.instrument for held in ranked}
    return NextSteps(
        state=state,
        name=network.state_name(state),
        on=on,
        release=network.release,
        meaning=MEANING,
        order=ORDER,
        measures=tuple(measures or ()),
        offence=offence,
        assumptions=network.assumptions,
        ranked=ranked,
        idle=tuple(step for step in sure if step.instrument not in named),
        not_on_record=rank(Cells(outlook, state, [step.deposits for step in doubtful]), doubtful),
        waiting=waiting(planner.index.book, outlook, [step for step in found if not step.in_force], on),
        best=_best(cells, sure, steps) if steps > 1 else None,
        reforms=reforms(planner, state, on, measures) if with_reforms else (),
    )


def rank(cells: Cells, steps: Sequence[Step]) -> tuple[Ranked, ...]:
    """``steps`` with their gains, the best first, without those that change nothing, or no more than a part of their
    deposits does."""
    found = [Ranked(step=step, gain=gain, asking=asking, asked=asked)
             for place, step in enumerate(steps) for gain, asking, asked in [cells.gain([place])]]  # fmt: skip
    by_deposits = {frozenset(held.step.deposits): held.gain for held in found}
    kept = [
        held
        for held in found
        if held.gain != Gain()
        and not any(part < frozenset(held.step.deposits) and gain == held.gain for part, gain in by_deposits.items())
    ]
    return tuple(sorted(kept, key=_order))


def _order(held: Ranked) -> tuple[int, int, int, int, str]:
    gain = held.gain
    return (
        -gain.opened, -gain.secured, gain.closed + gain.unsettled, len(held.step.deposits), held.step.instrument,
    )  # fmt: skip


def _best(cells: Cells, steps: Sequence[Step], most: int) -> BestSet:
    found = best_set(cells, most)
    _, asking, asked = cells.gain(found.steps)
    chosen = [steps[place] for place in found.steps]
    return BestSet(
        most=most,
        instruments=tuple(step.instrument for step in chosen),
        deposits=tuple(dict.fromkeys(held for step in chosen for held in step.deposits)),
        gain=found.gain,
        asking=asking,
        asked=asked,
        guarantee=found.guarantee,
        tried=found.tried,
        bound=found.bound,
    )
