"""Two engines, one answer: the compiled network and the database decide every question alike, and tell it alike.

The compiled network is asked twice, on the records of the release file and on those that the database gives back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path as File

import msgspec
import pytest

from graph.answers import Question
from graph.canonical import canonical
from graph.network import Network
from graph.offers import OfferBook
from graph.paths import find_paths, search
from graph.questions import ask
from graph.ranking import rank
from graph.releases import Release
from graph.stores.neo4j import Account, Connection, CypherPaths, EnginesDisagree, Neo4jProblem, Neo4jStore
from graph.stores.neo4j.neighbourhood import neighbourhood
from graph.stores.neo4j.paths import seen
from graph.stores.neo4j.projection import elements
from tests.graph import world
from tests.neo4j.conftest import load_as, wipe
from tests.neo4j.corners import corner_world
from tests.neo4j.sampling import sample

SEED = 20261124
DECIDED, TOLD = 2_000, 100
AT_ONCE = 200
"""Questions in one transaction."""

WORLDS = (1, 2, 3)
WORLD_DECIDED, WORLD_TOLD = 200, 15

CASES = sorted((File(__file__).parents[1] / "cases").glob("*/question.json"))

Seen = tuple[tuple[object, ...], ...]


@pytest.fixture(scope="module")
def patient(account: Account) -> Iterator[Connection]:
    """A connection that waits for the first plan of the program on a busy machine."""
    with Connection(msgspec.structs.replace(account, read_timeout_s=300.0)) as one:
        yield one


def compiled(book: OfferBook, question: Question) -> Seen:
    """What the compiled network decides: identity, place in the order, mark, and what both engines must agree on."""
    candidates = search(book, question)[0]
    rank(candidates, question)
    return tuple((one.identity, one.path.rank, one.path.pareto, *seen(one.path)) for one in candidates)


def in_database(connection: Connection, questions: Sequence[Question]) -> list[Seen]:
    """What the database decides, in the same shape."""
    engine = CypherPaths(connection)
    return [
        tuple((one.identity, one.place, one.pareto, *seen(one)) for one in decided)
        for first in range(0, len(questions), AT_ONCE)
        for decided in engine.decide(questions[first : first + AT_ONCE])
    ]


def agree(questions: Sequence[Question], ours: Sequence[Seen], theirs: Sequence[Seen]) -> None:
    for question, one, other in zip(questions, ours, theirs, strict=True):
        assert one == other, question


@pytest.fixture
def stored_book(packaged: Connection, account: Account) -> OfferBook:
    """The network compiled from what the database gives back."""
    with Neo4jStore(account) as store:
        return OfferBook(Network(store.records(), store.release_id))


@pytest.fixture(scope="module")
def questions(packaged_release: Release) -> list[Question]:
    return sample(packaged_release.records(), DECIDED, SEED)


def test_a_sample_is_decided_alike(
    packaged: Connection,
    patient: Connection,
    packaged_book: OfferBook,
    stored_book: OfferBook,
    questions: list[Question],
) -> None:
    decided = [compiled(packaged_book, question) for question in questions]
    assert sum(map(bool, decided)) > len(questions) / 2  # a sample of empty answers would prove nothing
    agree(questions, decided, [compiled(stored_book, question) for question in questions])
    agree(questions, decided, in_database(patient, questions))


def test_a_sample_is_told_alike(
    packaged: Connection, patient: Connection, packaged_book: OfferBook, questions: list[Question]
) -> None:
    engine = CypherPaths(patient)
    for question in questions[:TOLD]:
        assert engine.find_paths(question) == find_paths(packaged_book, question), question


@pytest.mark.parametrize("question_file", CASES, ids=lambda file: file.parent.name)
def test_the_worked_cases_are_told_alike(
    packaged: Connection, patient: Connection, packaged_book: OfferBook, question_file: File
) -> None:
    given = json.loads(question_file.read_text(encoding="utf-8"))
    options = {key: given[key] for key in ("offence", "urgent", "evidence", "via") if key in given}
    question = ask(packaged_book.network, given["from"], given["to"], given["measure"], on=given["on"], **options)
    assert CypherPaths(patient).find_paths(question) == find_paths(packaged_book, question)


def test_only_a_small_part_of_the_release_is_read_to_tell_an_answer(
    packaged: Connection, packaged_release: Release, questions: list[Question]
) -> None:
    whole = elements(packaged_release.records()).size()
    for question in questions[:20]:
        near = packaged.read(lambda tx, question=question: neighbourhood(tx, question))  # type: ignore[misc]
        assert elements(near).size() < whole / 10, question


def test_a_question_names_a_state_or_a_provider(packaged: Connection) -> None:
    nobody = Question(requesting="FRA", measure="preservation", on="2026-11-24")
    with pytest.raises(ValueError, match="a requested State or a provider"):
        CypherPaths(packaged).decide([nobody])
    assert CypherPaths(packaged).decide([]) == []


@pytest.mark.parametrize("seed", WORLDS)
def test_odd_worlds_are_decided_and_told_alike(connection: Connection, patient: Connection, seed: int) -> None:
    odd = corner_world(seed)
    wipe(connection)
    load_as(connection, odd, f"r-world-{seed}")
    book = OfferBook(Network(odd, f"r-world-{seed}"))
    questions = sample(odd, WORLD_DECIDED, seed)
    decided = [compiled(book, question) for question in questions]
    assert sum(map(bool, decided)) > len(questions) / 3
    agree(questions, decided, in_database(patient, questions))
    engine = CypherPaths(patient)
    for question in questions[:WORLD_TOLD]:
        assert engine.find_paths(question) == find_paths(book, question), question


def test_where_decision_and_wording_part_it_is_told_and_not_answered(empty: Connection, patient: Connection) -> None:
    """The decision reads the days that a date may mean, the wording the date: a hand that changes one parts them."""
    article = world.provision("treaty", "5", "search-and-seizure", channels=("central-authority",))
    book = world.network(world.instrument(), world.party("treaty", "A"), world.party("treaty", "B"), article)
    load_as(empty, canonical(book.network.records), "r-test")
    engine, question = CypherPaths(patient), world.question()
    assert engine.find_paths(question) == find_paths(book, question)
    later = "MATCH (:State {id: 'B'})-[p:PARTICIPATES_IN]->() SET p.inForceOnEarliest = date('2030-01-01')"
    empty.write(lambda tx: tx.run(later).consume())
    with pytest.raises(EnginesDisagree, match=r"a defect in Comity: .* differ on Question\(.*treaty/5"):
        engine.find_paths(question)
    empty.write(lambda tx: tx.run("MATCH (i:Instrument) SET i.offenceScope = 'listed', i.strange = 1").consume())
    with pytest.raises(Neo4jProblem, match="changed by hand"):
        engine.find_paths(question)


def test_nothing_is_answered_from_an_empty_database(empty: Connection) -> None:
    question = Question(requesting="AAA", requested="BBB", measure="preservation", on="2026-11-24")
    for asked in (CypherPaths(empty).find_paths, lambda one: CypherPaths(empty).decide([one])):
        with pytest.raises(Neo4jProblem, match="holds no release"):
            asked(question)
