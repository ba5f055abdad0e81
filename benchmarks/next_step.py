"""The best next steps of a State, of all States one by one, and of the world as a group."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.figures import report, timed
from graph.coverage.gains import Outlook
from graph.coverage.index import Index
from graph.coverage.plan import Planner
from graph.network import Network
from graph.next_steps.answer import next_steps
from graph.next_steps.candidates import candidates, carrying
from graph.next_steps.cells import Cells
from graph.next_steps.groups import group_steps
from graph.next_steps.sets import best_set
from graph.offers import OfferBook
from graph.releases import current
from ingest.build import build

DAY = "2026-11-24"
SAMPLE = 40
STEPS = 5
TARGET = 1.0
"""Seconds that the answer for one State may take."""


def run() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as fresh:
        build(Path(fresh))
        release = current(Path(fresh))
        records = release.records()
    states = [held.id for held in records.states if held.kind == "state"]
    chosen = random.Random(20261124).sample(states, SAMPLE)

    def whole() -> None:
        planner = Planner(Index(OfferBook(Network(records, release.id))))
        next_steps(planner, chosen[0], DAY, STEPS)

    report("one State, sets of five, with network, index and probes", [timed(whole) for _ in range(5)], target=TARGET)
    planner = Planner(Index(OfferBook(Network(records, release.id))))
    first = timed(lambda: next_steps(planner, chosen[0], DAY, STEPS))
    report("one State, sets of five, the first of an index: with probes", [first], target=TARGET)
    warm = [timed(lambda: next_steps(planner, state, DAY, STEPS)) for state in chosen]  # noqa: B023
    report(f"one State, sets of five, the index at hand, over {SAMPLE} States", warm, target=TARGET)
    every = [timed(lambda: next_steps(planner, state, DAY, STEPS, rank_all=True)) for state in chosen]  # noqa: B023
    report("  the same with all whose openness is not on record", every, target=TARGET)
    report("the world as a group", [timed(lambda: group_steps(planner, ("", ""), states, DAY)) for _ in range(3)])
    _sets(planner, states)


def _sets(planner: Planner, states: list[str]) -> None:
    """How far greedy is from exact, for how many States its guarantee holds."""
    outlook = Outlook(planner, DAY)
    network, carried = planner.index.network, carrying(outlook.plan)
    guarantees: Counter[str] = Counter()
    equal, most_tried = 0, 0
    for state in states:
        steps = [step.deposits for step in candidates(network, state, DAY, carried) if step.in_force]
        cells = Cells(outlook, state, steps)
        exact, greedy = best_set(cells, STEPS), best_set(cells, STEPS, most_sets=0)
        guarantees[greedy.guarantee] += 1
        equal += (exact.gain.opened, exact.gain.secured) == (greedy.gain.opened, greedy.gain.secured)
        most_tried = max(most_tried, exact.tried if exact.guarantee == "exact" else 0)
    told = ", ".join(f"{count} {name}" for name, count in sorted(guarantees.items()))
    print(f"  greedy over {len(states)} States: {told}; as good as the exact set for {equal}; most sets {most_tried}")
