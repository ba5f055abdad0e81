"""Explanations: every code has its rule, and every chain ends in an article, dates or a source."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from graph import model, references
from graph.answers import Answer, Question
from graph.explanations import Because, explain
from graph.offers import OfferBook
from graph.paths import find_paths
from graph.questions import ask
from graph.records import RECORD_TYPES
from graph.references import reference
from graph.rules import CONDITIONS, REASONS
from ontologies.schema import schema

OFFENCES = (None, "csam-possession", "grooming", "child-trafficking")


@pytest.fixture(scope="module")
def answers(packaged_book: OfferBook) -> list[Answer]:
    """Answers to many questions, towards States and providers, always the same."""
    network, chance = packaged_book.network, random.Random(7)
    states = sorted({held.party for held in network.records.participations} & set(network.states))
    measures = sorted(concept.key for concept in network.concepts.values() if concept.scheme == "measure")
    found = []
    for _ in range(900):
        one, other = chance.sample(states, 2)
        provider = chance.choice(sorted(network.providers)) if chance.random() < 0.1 else None
        question = Question(
            requesting=one,
            requested=None if provider else other,
            provider=provider,
            measure=chance.choice(measures),
            offence=chance.choice(OFFENCES),
            on=f"{chance.randint(1995, 2030)}-0{chance.randint(1, 9)}-15",
            urgent=chance.random() < 0.3,
            evidence=chance.random() < 0.3,
        )
        found.append(find_paths(packaged_book, question))
    return found


def walk(node: Because) -> Iterator[Because]:
    yield node
    for below in node.because:
        yield from walk(below)


def test_every_code_has_its_rule_and_no_rule_is_idle(packaged_book: OfferBook, answers: list[Answer]) -> None:
    legs = [leg for answer in answers for path in answer.paths for leg in path.legs]
    used = {held.code for leg in legs for held in (*leg.conditions, *leg.requirements)}
    used |= {line.condition for answer in answers for line in answer.why_not if line.condition}
    concepts = packaged_book.network.records.concepts
    requirements = {concept.key for concept in concepts if concept.scheme == "requirement"}
    assert used <= set(CONDITIONS)
    assert requirements <= set(CONDITIONS)
    assert set(CONDITIONS) - used - requirements <= {"contested", "parent-in-force", "provider-policy", "national-law"}
    reasons = {line.code for answer in answers for line in answer.why_not}
    assert reasons <= set(REASONS)


def test_every_chain_ends_in_a_source_or_says_that_nothing_is_on_record(
    packaged_book: OfferBook, answers: list[Answer]
) -> None:
    for answer in answers:
        trees = explain(packaged_book.network, answer.paths, answer.why_not)
        for tree in (*trees.paths, *trees.why_not):
            for node in walk(tree):
                if node.kind in ("basis", "party", "record", "contact"):
                    assert node.sources, (answer.query, node.text)
                assert node.kind != "assumption"
                if node.kind in ("condition", "requirement"):
                    rule, *facts = node.because
                    assert rule.kind == "rule"
                    assert facts, (answer.query, node.code)
                    assert node.status in ("met", "unknown")
                if node.kind == "reason" and len(node.because) == 1:
                    assert node.code == "no-record", (answer.query, node.text)


def test_an_explanation_leaves_no_statement_of_the_answer_out(answers: list[Answer], packaged_book: OfferBook) -> None:
    for answer in answers[:300]:
        trees = explain(packaged_book.network, answer.paths, answer.why_not)
        for path, tree in zip(answer.paths, trees.paths, strict=True):
            told = [(node.code, node.status) for node in walk(tree) if node.kind == "condition"]
            assert told == [(cond.code, cond.status) for leg in path.legs for cond in leg.conditions]
            needed = [(node.code, node.status) for node in walk(tree) if node.kind == "requirement"]
            assert needed == [(held.code, held.status) for leg in path.legs for held in leg.requirements]
            assert [node.kind for node in tree.because] == ["leg"] * len(path.legs)
        assert [node.code for node in trees.why_not] == [line.code for line in answer.why_not]


def test_a_real_chain(packaged_book: OfferBook) -> None:
    """France signed cets-185 on 2001-11-23, ratified on 2006-01-10, in force from 2006-05-01 (article 36(4))."""
    question = ask(packaged_book.network, "FRA", "USA", "preservation", on="2026-11-24")
    answer = find_paths(packaged_book, question)
    best = explain(packaged_book.network, answer.paths, ()).paths[0]
    facts = {node.code: node for node in walk(best) if node.kind == "record"}
    france = facts["participation/cets-185/FRA"]
    assert france.text.endswith("party; signed 2001-11-23, ratification 2006-01-10, in force from 2006-05-01")
    assert france.sources[0].url.startswith("https://")
    rules = {node.text for node in walk(best) if node.kind == "rule"}
    assert any("articles 24 and 26" in rule for rule in rules)


def test_dual_criminality_names_the_provisions_of_both_laws(packaged_book: OfferBook) -> None:
    network = packaged_book.network
    question = ask(network, "CHE", "USA", "search-and-seizure", on="2026-11-24", offence="csam-distribution")
    trees = explain(network, find_paths(packaged_book, question).paths, ())
    judged = next(node for tree in trees.paths for node in walk(tree) if node.code == "dual-criminality")
    laws = [below.text for below in judged.because if (below.code or "").startswith("statutory-offence/")]
    assert {text.partition(":")[0] for text in laws} == {"Switzerland", "United States"}


def test_references_use_the_segments_of_the_ontology() -> None:
    for cls in RECORD_TYPES:
        assert references._SEGMENTS[cls] == schema().record(cls.__name__).slug
    assert reference(model.StatutoryOffence(id="x/1", state="AAA", offence="grooming")) == "statutory-offence/x/1"
