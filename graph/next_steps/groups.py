"""The next steps of many States: which single ratification gains most, and which treaty if all missing join."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import msgspec
import numpy as np

from graph.coverage.demands import YES, Flags
from graph.coverage.gains import Outlook
from graph.coverage.plan import Planner
from graph.gaps.comparison import Column, column
from graph.gaps.survey import Survey
from graph.network import Network
from graph.next_steps.answer import MEANING, ORDER, Ranked, rank
from graph.next_steps.candidates import Step, candidates, carrying
from graph.next_steps.cells import Cells, Gain

WORLD = "world"
"""The group of all States."""


def asked(network: Network, name: str, on: str) -> Column:
    """The State or the group that ``name`` means on the ISO day ``on``: as in a comparison, or :data:`WORLD`.

    Raises:
        QuestionError: it means neither.
    """
    survey = Survey(network, date.fromisoformat(on).toordinal())
    if name.strip().casefold() == WORLD:
        return Column(id=WORLD, name="the world", kind="group", states=survey.states)
    return column(survey, name)


class JointStep(msgspec.Struct, frozen=True, kw_only=True):
    """One instrument joined by all ``states`` (ids) of the group that it does not bind on record and that may join it.

    ``deposits``: how many, with those to a missing convention. ``gain``: cells of the whole world, each counted once.
    """

    instrument: str
    name: str
    states: tuple[str, ...]
    deposits: int
    gain: Gain


class GroupSteps(msgspec.Struct, frozen=True, kw_only=True):
    """The answer for a group on the ISO day ``on``, as many lines as asked for, the best first.

    ``steps``: single steps of members. ``joint``: instruments joined by all members that are missing. ``assumptions``:
    what is taken for given, in words.
    """

    id: str
    name: str
    members: tuple[str, ...]
    on: str
    release: str
    meaning: str
    order: str
    measures: tuple[str, ...]
    offence: str | None
    assumptions: tuple[str, ...]
    steps: tuple[Ranked, ...]
    joint: tuple[JointStep, ...]


def group_steps(
    planner: Planner,
    group: tuple[str, str],
    members: Sequence[str],
    on: str,
    top: int = 10,
    measures: Sequence[str] | None = None,
    offence: str | None = None,
    rank_all: bool = False,
) -> GroupSteps:
    """What the ``members`` (ids) of ``group`` (id and name) would gain most from on the ISO day ``on``."""
    network = planner.index.network
    outlook = Outlook(planner, on, Flags(offence), measures)
    carried = carrying(outlook.plan)
    found = [
        step
        for state in members
        for step in candidates(network, state, on, carried)
        if step.in_force and (rank_all or step.opening != "unknown")
    ]
    return GroupSteps(
        id=group[0],
        name=group[1],
        members=tuple(members),
        on=on,
        release=network.release,
        meaning=MEANING,
        order=ORDER,
        measures=tuple(measures or ()),
        offence=offence,
        assumptions=network.assumptions,
        steps=_single(outlook, found, top),
        joint=_joint(outlook, found)[:top],
    )


def _single(outlook: Outlook, steps: Sequence[Step], top: int) -> tuple[Ranked, ...]:
    """Which of ``steps`` gain most: all of an instrument at once, then those at the top in full."""
    position = outlook.plan.base.position
    worth: dict[tuple[str, ...], np.ndarray[tuple[int, ...], np.dtype[np.int64]]] = {}
    rows: list[tuple[tuple[int, int, int], Step]] = []
    for step in steps:
        if step.deposits not in worth:
            *along, instrument = step.deposits
            gains = outlook.gains(instrument, along=along)
            worth[step.deposits] = np.stack([held.sum(axis=(0, 1)) for held in gains[1:]])
        opened, secured, closed = map(int, worth[step.deposits][:, position[step.state]])
        if opened or secured:
            rows.append(((-opened, -secured, closed), step))
    rows.sort(key=lambda row: (*row[0], row[1].state, row[1].instrument))
    kept = [step for order, step in rows if len(rows) <= top or order <= rows[top - 1][0]]
    by_state: dict[str, list[Step]] = defaultdict(list)
    for step in kept:
        by_state[step.state].append(step)
    ranked = [
        held
        for state, own in by_state.items()
        for held in rank(Cells(outlook, state, [step.deposits for step in own]), own)
    ]
    ranked.sort(key=lambda held: (-held.gain.opened, -held.gain.secured, held.gain.closed + held.gain.unsettled,
                                  len(held.step.deposits), held.step.state, held.step.instrument))  # fmt: skip
    return tuple(ranked[:top])


def _joint(outlook: Outlook, steps: Sequence[Step]) -> tuple[JointStep, ...]:
    by_instrument: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        by_instrument[step.instrument].append(step)
    found = []
    for instrument, joining in by_instrument.items():
        gain = _together(outlook, joining)
        if gain != Gain():
            found.append(
                JointStep(
                    instrument=instrument,
                    name=joining[0].name,
                    states=tuple(step.state for step in joining),
                    deposits=sum(len(step.deposits) for step in joining),
                    gain=gain,
                )
            )
    return tuple(sorted(found, key=lambda held: (-held.gain.opened, -held.gain.secured,
                                                 held.gain.closed + held.gain.unsettled, held.instrument)))  # fmt: skip


def _together(outlook: Outlook, joining: Sequence[Step]) -> Gain:
    """The cells of all pairs of partners that change where all of ``joining`` are taken."""
    index = outlook.plan.base
    standings = outlook.world.asking.copy()
    for step in joining:
        standings[[index.place[held] for held in step.deposits], index.position[step.state]] = YES
    supposed = outlook.world._replace(asking=standings, asked=standings)
    places = {index.place[held] for step in joining for held in step.deposits}
    pairs = np.logical_and.outer(outlook.partners, outlook.partners)
    total = np.zeros(4, np.int64)
    for measure, (met, paths) in outlook.changes(places, supposed).items():
        none, unsure = outlook.none[measure], outlook.unsure[measure]
        outcomes = none & (paths > 0), unsure & (met > 0), ~none & (paths == 0), ~unsure & (met == 0)
        total += [np.count_nonzero(cells & pairs) for cells in outcomes]
    return Gain(*map(int, total))
