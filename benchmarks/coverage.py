"""The whole world on a day, beside a loop over the path search.

The loop is taken over a random sample of cells and multiplied up to the number of cells of the matrix: all of them
would take minutes to hours. Two loops: the search alone, which is equal work, and the whole answer of ``find_paths``
with its ranking, reasons and alternatives.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.figures import report, timed
from graph.answers import Question
from graph.coverage.demands import Flags
from graph.coverage.gains import Outlook
from graph.coverage.index import CLOSED_KINDS, Index
from graph.coverage.matrix import cover
from graph.coverage.plan import Planner
from graph.coverage.series import months, series
from graph.network import Network
from graph.offers import OfferBook
from graph.paths import find_paths
from graph.releases import current
from graph.search import situation, state_paths
from ingest.build import build

DAY = "2026-11-24"
SAMPLE = 1500


def run() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as fresh:
        build(Path(fresh))
        release = current(Path(fresh))
        records = release.records()
    indexes: list[Index] = []
    built = [timed(lambda: indexes.append(Index(OfferBook(Network(records, release.id))))) for _ in range(3)]
    report("index for coverage, from records, once for a release", built)
    index = indexes[-1]
    for flags in (Flags(), Flags("csam-possession"), Flags("csam-possession", urgent=True, evidence=True)):
        _matrix(index, flags)
    planner = Planner(index)
    matrix = cover(planner, DAY)
    days = months("1990-01", "2030-12")
    report(f"series, all measures, {len(days)} months", [timed(lambda: series(planner, days)) for _ in range(3)])
    _gains(planner)
    _altered(planner)
    ours = report("all pairs and measures on a day", [timed(lambda: cover(planner, DAY)) for _ in range(15)])
    cells = len(matrix.measures) * len(matrix.states) * (len(matrix.states) - 1)
    for what, action in (("path search without ranking", _search), ("find_paths", _answer)):
        seconds = _loop(index, action)
        report(f"{what}, one cell, over a sample of {SAMPLE}", seconds)
        whole = sum(seconds) / len(seconds) * cells
        print(f"  {cells} cells at that rate (extrapolated): {whole:.0f} s; ratio to coverage: {whole / ours:.0f}")


def _matrix(index: Index, flags: Flags) -> None:
    planner = Planner(index)
    asked = f"offence {flags.offence}, urgent {flags.urgent}, evidence {flags.evidence}"
    report(f"first matrix of a kind of question ({asked})", [timed(lambda: cover(planner, DAY, flags))])
    warm = [timed(lambda: cover(planner, DAY, flags)) for _ in range(15)]
    report(f"matrix, {len(index.measures)} measures, warm ({asked})", warm, target=0.3)


def _gains(planner: Planner) -> None:
    index = planner.index
    network = index.network
    joinable = [held for held in index.instruments if network.instruments[held].kind not in CLOSED_KINDS]
    outlook = Outlook(planner, DAY)
    seconds = [timed(lambda: [outlook.gains(held) for held in joinable]) for _ in range(3)]
    tried = len(joinable) * len(index.states)
    whole = report(f"gains of {tried} ratifications, all measures", seconds)
    print(f"  {tried / whole:.0f} ratifications a second")


def _altered(planner: Planner) -> None:
    index = planner.index
    cover(planner, DAY)

    def again() -> None:
        altered = Planner(index.altered(index.book, parties=["IND"]), planner)
        cover(altered, DAY)

    report("index altered for one State, with its matrix", [timed(again) for _ in range(5)], target=0.1)


def _loop(index: Index, action: Callable[[OfferBook, Question], object]) -> list[float]:
    chance = random.Random(20261124)
    questions = []
    for _ in range(SAMPLE):
        one, other = chance.sample(index.states, 2)
        measure = chance.choice(index.measures)
        questions.append(Question(requesting=one, requested=other, measure=measure, on=DAY))
    for question in questions[:200]:
        action(index.book, question)
    return [timed(lambda: action(index.book, question)) for question in questions]  # noqa: B023


def _search(book: OfferBook, question: Question) -> None:
    state_paths(book, situation(book, question, question.requested or ""))


def _answer(book: OfferBook, question: Question) -> None:
    find_paths(book, question)
