"""Path answers in process, beside the core of the same question put to the store as SPARQL.

The SPARQL query finds the articles that name the measure in instruments in force for both States, with dates and
sources. It leaves out what Comity's answer adds: reservations, conditions, offices, ranking and the reasons why not.
"""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from benchmarks.figures import report, timed
from graph.answers import Question
from graph.network import Network
from graph.offers import OfferBook
from graph.paths import find_paths
from graph.releases import current
from ingest.build import build

MEASURES = ("preservation", "subscriber-information", "content-data", "search-and-seizure", "police-information")
DAY = "2026-11-24"

CORE = """
PREFIX comity: <https://w3id.org/comity/ontology#>
PREFIX state: <https://w3id.org/comity/id/state/>
PREFIX measure: <https://w3id.org/comity/vocabulary/measure/>
SELECT DISTINCT ?instrument ?article ?ours ?theirs ?source WHERE {{
  ?mine comity:party state:{requesting} ; comity:instrument ?instrument ; comity:inForceOn ?ours .
  ?other comity:party state:{requested} ; comity:instrument ?instrument ; comity:inForceOn ?theirs .
  FILTER(STR(?ours) <= "{day}" && STR(?theirs) <= "{day}")
  FILTER NOT EXISTS {{ ?mine comity:endedOn ?ended . FILTER(STR(?ended) <= "{day}") }}
  FILTER NOT EXISTS {{ ?other comity:endedOn ?gone . FILTER(STR(?gone) <= "{day}") }}
  ?provision comity:instrument ?instrument ; comity:measures measure:{measure} .
  OPTIONAL {{ ?provision comity:article ?article }}
  GRAPH ?source {{ ?other comity:party state:{requested} }}
}}
"""


def run() -> None:
    """Print the figures for a few hundred questions between random pairs of States."""
    with tempfile.TemporaryDirectory() as fresh:
        build(Path(fresh))
        release = current(Path(fresh))
        network = Network(release.records(), release.id)
        book = OfferBook(network)
        questions = sample(network, 400)
        for question in questions:
            find_paths(book, question)
        seconds = [timed(lambda: find_paths(book, question)) for question in questions]  # noqa: B023
        ours = report("path answer in process, with reasons and sources", seconds, target=0.0005)
        with release.store() as store:
            for question in questions[:20]:
                store.select(core(question))
            peers = [timed(lambda: store.select(core(question))) for question in questions]  # noqa: B023
        theirs = report("core of the same question as SPARQL on the store", peers)
        print(f"  ratio SPARQL to path answer: {theirs / ours:.1f}")


def sample(network: Network, count: int) -> list[Question]:
    """``count`` questions between pairs of States that have participations on record, always the same."""
    chance = random.Random(20261124)
    states = sorted({held.party for held in network.records.participations} & set(network.states))
    pairs = (chance.sample(states, 2) for _ in range(count))
    return [Question(requesting=one, requested=other, measure=chance.choice(MEASURES), on=DAY) for one, other in pairs]


def core(question: Question) -> str:
    """The core of ``question`` in SPARQL; its parts are ids from the release, not outside input."""
    return CORE.format(
        requesting=question.requesting, requested=question.requested, measure=question.measure, day=question.on
    )
