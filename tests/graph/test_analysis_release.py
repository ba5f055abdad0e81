"""The cooperation graph of the packaged release agrees with the answers to single questions, from any store."""

from __future__ import annotations

import random
from collections import defaultdict

import msgspec
import pytest

from graph.analysis.cooperation import cooperation
from graph.analysis.groups import members
from graph.analysis.openings import IN_FORCE_CODES, Asked, Verdict, openings
from graph.analysis.reach import reach
from graph.analysis.survey import survey
from graph.answers import Path, Question
from graph.dates import all_of, any_of
from graph.network import Network
from graph.offers import OfferBook
from graph.paths import find_paths
from graph.releases import Release

PAIRS = 40


def _body(path: Path) -> str:
    border = next(leg for leg in path.legs if leg.kind == "border")
    return path.hub or border.basis[0].instrument


def _basis(path: Path) -> Verdict:
    results = [held.status for leg in path.legs for held in leg.conditions if held.code in IN_FORCE_CODES]
    return Verdict(all_of(*results), path.status)


@pytest.mark.parametrize(("on", "urgent"), [("2026-11-24", False), ("2014-06-01", True), ("2003-05-10", False)])
def test_openings_are_what_single_questions_find(packaged_book: OfferBook, on: str, urgent: bool) -> None:
    """For random pairs and every measure: the same bodies, as certain, with the same result."""
    network = packaged_book.network
    states = sorted(state.id for state in network.states.values() if state.kind != "union")
    chance = random.Random(on)
    for concept in network.records.concepts:
        if concept.scheme != "measure":
            continue
        opened: dict[tuple[str, str], dict[str, Verdict]] = defaultdict(dict)
        for opening in openings(packaged_book, Asked((concept.key,), on, urgent), states):
            for one in opening.asking:
                for other in opening.asked:
                    opened[one, other][opening.body] = opening.verdict
        for _ in range(PAIRS):
            one, other = chance.sample(states, 2)
            question = Question(requesting=one, requested=other, measure=concept.key, on=on, urgent=urgent)
            found: dict[str, Verdict] = {}
            for path in find_paths(packaged_book, question).paths:
                body, basis = _body(path), _basis(path)
                held = found.get(body, basis)
                found[body] = Verdict(any_of(held.in_force, basis.in_force), any_of(held.path, basis.path))
            assert opened.get((one, other), {}) == found, question


@pytest.mark.parametrize(("state", "measure"), [("FRA", "preservation"), ("JPN", "police-information")])
def test_reach_is_what_single_questions_find(packaged_book: OfferBook, state: str, measure: str) -> None:
    network = packaged_book.network
    others = sorted(one.id for one in network.states.values() if one.kind != "union" and one.id != state)
    found = {one.state: one for one in reach(packaged_book, Asked((measure,), "2026-11-24"), state, others).reached}
    for other in others:
        paths = find_paths(
            packaged_book, Question(requesting=state, requested=other, measure=measure, on="2026-11-24")
        ).paths
        assert (other in found) == bool(paths), other
        if paths:
            directly = [path.status for path in paths if path.hub is None]
            through = [path.status for path in paths if path.hub is not None]
            assert found[other].directly == (any_of(*directly) if directly else None)
            assert found[other].by_organisation == (any_of(*through) if through else None)
            assert set(found[other].bodies) == {_body(path) for path in paths}


def test_any_measure_is_the_union_of_all(packaged_book: OfferBook) -> None:
    network = packaged_book.network
    measures = tuple(sorted(held.key for held in network.concepts.values() if held.scheme == "measure"))
    states = [one for one in network.states if network.memberships.get(("gcc", one)) or one in ("FRA", "USA", "JPN")]
    together = cooperation(packaged_book, Asked(measures, "2026-11-24"), states).ties
    each = [cooperation(packaged_book, Asked((measure,), "2026-11-24"), states).ties for measure in measures]
    assert set(together) == {pair for ties in each for pair in ties}
    for pair, bonds in together.items():
        singles = [ties[pair] for ties in each if pair in ties]
        assert set(bonds) == {body for held in singles for body in held}
        for body, bond in bonds.items():
            single = [held[body].verdict for held in singles if body in held]
            assert bond.verdict == Verdict(
                any_of(*(held.in_force for held in single)), any_of(*(held.path for held in single))
            )


def test_the_survey_is_the_same_from_the_store(packaged_release: Release, packaged_book: OfferBook) -> None:
    with packaged_release.store() as store:
        stored = OfferBook(Network(store.records(), store.release_id))
    asked = Asked(("police-information",), "2026-11-24")
    states = members(stored.network, "oas", asked.day).states
    ours, theirs = (survey(cooperation(book, asked, states)) for book in (stored, packaged_book))
    assert msgspec.json.encode(ours) == msgspec.json.encode(theirs)
    assert ours.ties > 500  # 34 members, nearly all in INTERPOL
