"""Network analysis of one day and one measure over all States of the packaged release, step by step.

The first figure is what the graph would cost if every pair of States were asked about by itself, from a sample.
"""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from benchmarks.figures import report, timed
from graph.analysis.centrality import body_figures, state_figures
from graph.analysis.communities import communities
from graph.analysis.cooperation import cooperation
from graph.analysis.cuts import bridges, cut_bodies, cut_states
from graph.analysis.openings import Asked
from graph.analysis.reach import reach
from graph.answers import Question
from graph.network import Network
from graph.offers import OfferBook
from graph.paths import find_paths
from graph.releases import current
from ingest.build import build

ASKED = Asked(("preservation",), "2026-11-24")
RUNS = 3
SAMPLE = 400


def run() -> None:
    """Print the figures, and the ratio of asking pair by pair to gathering the graph."""
    with tempfile.TemporaryDirectory() as fresh:
        build(Path(fresh))
        release = current(Path(fresh))
        book = OfferBook(Network(release.records(), release.id))
        states = sorted(state.id for state in book.network.states.values() if state.kind != "union")
        chance = random.Random(20261124)
        pairs = [chance.sample(states, 2) for _ in range(SAMPLE)]
        asked = [Question(requesting=one, requested=other, measure="preservation", on=ASKED.on) for one, other in pairs]
        graph = cooperation(book, ASKED)  # timelines and offers are worked out now
        single = sum(timed(lambda: find_paths(book, question)) for question in asked) / SAMPLE  # noqa: B023
        every = single * len(states) * (len(states) - 1)
        gathered = report(
            "cooperation graph of all States", [timed(lambda: cooperation(book, ASKED)) for _ in range(RUNS)]
        )
        print(f"  ratio of asking every pair ({every:.1f} s, from a sample of {SAMPLE}): {every / gathered:.1f}")
        for what, measured in (
            ("betweenness of States (NetworkX)", state_figures), ("figures of bodies (NetworkX)", body_figures),
            ("communities (Louvain)", communities), ("cut States", cut_states), ("bridges", bridges),
            ("cut bodies", cut_bodies),
        ):  # fmt: skip
            report(what, [timed(lambda: measured(graph)) for _ in range(RUNS)])  # noqa: B023
        report("reach of one State, one measure", [timed(lambda: reach(book, ASKED, "FRA", states)) for _ in range(20)])
