"""What is worked out once for a network: given again to the same network, and never to another or an altered one."""

from __future__ import annotations

import random

import msgspec
import pytest

from graph import once as once_module
from graph.answers import Question
from graph.network import Alterations, Network
from graph.offers import OfferBook
from graph.once import once
from graph.paths import find_paths
from graph.what_if import assume
from tests.graph import world

DAYS = ("1999-01-01", "2015-06-15", "2026-11-24", "2031-01-01")


def test_each_network_keeps_its_own_results() -> None:
    asked: list[tuple[Network, str]] = []

    @once
    def name_of(network: Network, state: str) -> str:
        asked.append((network, state))
        return network.state_name(state)

    one, other = world.network().network, world.network().network
    assert [name_of(one, "A"), name_of(one, "A"), name_of(one, "B"), name_of(other, "A")] == [
        one.state_name("A"), one.state_name("A"), one.state_name("B"), one.state_name("A")
    ]  # fmt: skip
    assert asked == [(one, "A"), (one, "B"), (other, "A")]
    altered = one.altered(Alterations(assumptions=("something",)))
    assert name_of(altered, "A") == one.state_name("A")
    assert asked[3:] == [(altered, "A")]


def test_results_are_not_kept_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(once_module, "MOST", 10)

    @once
    def double(network: Network, number: int) -> int:
        return 2 * number

    network = world.network().network
    assert [double(network, number) for number in range(100)] == [2 * number for number in range(100)]
    assert all(len(results) <= 10 for results in network.kept.values())


def test_an_answer_does_not_depend_on_what_was_asked_before(packaged_book: OfferBook) -> None:
    """The same questions in opposite orders to two networks, on days between which offices' contacts go stale."""
    records = packaged_book.network.records
    questions = _questions(packaged_book.network, 150)
    asked, again = (OfferBook(Network(records, "r")) for _ in range(2))
    forwards = [msgspec.json.encode(find_paths(asked, question)) for question in questions]
    backwards = [msgspec.json.encode(find_paths(again, question)) for question in reversed(questions)]
    assert forwards == backwards[::-1]


def test_an_assumption_leaves_no_trace_in_what_the_network_keeps(packaged_book: OfferBook) -> None:
    """The same before and after an overlay was asked, and the overlay the same whether its base was asked before."""
    records = packaged_book.network.records
    warm, cold = (OfferBook(Network(records, "r")) for _ in range(2))
    questions = [
        Question(requesting=one, requested=other, measure=measure, on="2027-01-01", offence=offence, urgent=True)
        for one, other in (("BRA", "USA"), ("USA", "BRA"), ("USA", "FRA"))
        for measure in ("preservation", "content-data", "extradition", "subscriber-information")
        for offence in (None, "grooming")
    ]
    before = [find_paths(warm, question) for question in questions]
    texts = ["BRA:cets-224:2026-01-01", "USA:cets-185:unreserve:all:2010-01-01", "BRA:offence:grooming:2010-01-01"]
    over_warm, over_cold = assume(warm, texts).book, assume(cold, texts).book
    assumed = [find_paths(over_warm, question) for question in questions]
    assert assumed == [find_paths(over_cold, question) for question in questions]
    assert [find_paths(warm, question) for question in questions] == before
    assert [answer.paths for answer in assumed] != [answer.paths for answer in before]


def _questions(network: Network, count: int) -> list[Question]:
    chance = random.Random(7)
    states = sorted({held.party for held in network.records.participations} & set(network.states))
    measures = sorted(held.key for held in network.records.concepts if held.scheme == "measure")
    found = []
    for _ in range(count):
        one, other = chance.sample(states, 2)
        found.append(
            Question(
                requesting=one,
                requested=other,
                measure=chance.choice(measures),
                offence=chance.choice((None, "grooming", "csam-possession")),
                on=chance.choice(DAYS),
                urgent=chance.random() < 0.5,
                evidence=chance.random() < 0.5,
            )
        )
    return found
