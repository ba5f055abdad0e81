"""The typed client against a real server."""

from __future__ import annotations

import asyncio
from typing import get_type_hints

import pytest

from api import calls
from api.client import AsyncComity, Comity, Refused, Unreachable, listed, paths, shown, what_if
from graph.answers import Answer
from graph.offers import OfferBook
from graph.paths import find_paths
from graph.questions import ask
from tests.api.conftest import TODAY

QUESTION = {"from": "FRA", "to": "USA", "measure": "preservation"}


def test_an_answer_comes_as_the_domain_has_it_and_is_remembered(address: str, packaged_book: OfferBook) -> None:
    question = ask(packaged_book.network, "FRA", "USA", "preservation", urgent=True, today=TODAY)
    with Comity(address) as comity:
        first = comity.ask(paths("FRA", "USA", "preservation", urgent=True))
        again = comity.ask(paths("FRA", "USA", "preservation", urgent=True))
    assert first == again == find_paths(packaged_book, question)


def test_parameters_that_are_words_of_the_language_can_be_given(address: str) -> None:
    with Comity(address) as comity:
        found = comity.ask(what_if(["BRA:cets-224:2027-01-01"], from_="BRA", to="JPN", measure=["preservation"]))
    assert found.compared == 1


def test_every_row_comes_once(address: str) -> None:
    with Comity(address) as comity:
        total = comity.ask(listed("states", limit=1)).total
        ids = [row["id"] for row in comity.rows(listed("states", limit=70, fields="id"))]
    assert len(ids) == len(set(ids)) == total


def test_a_refusal_says_why_and_an_address_where_nothing_is_too(address: str) -> None:
    with Comity(address) as comity, pytest.raises(Refused, match="nearest: preservation") as caught:
        comity.ask(paths("FRA", "USA", "preservaton"))
    assert (caught.value.status, caught.value.code) == (422, "not-valid")
    with Comity("http://127.0.0.1:9") as nobody, pytest.raises(Unreachable, match=r"127\.0\.0\.1:9"):
        nobody.ask(shown("states", "FRA"))


def test_both_clients_answer_a_batch_in_order(address: str) -> None:
    questions = [QUESTION, {**QUESTION, "to": "Atlantis"}, {**QUESTION, "to": "JPN"}]
    with Comity(address) as comity:
        waited = list(comity.batch(questions, limit=1))

    async def meanwhile() -> list[Answer | Refused]:
        async with AsyncComity(address) as other:
            answer = await other.ask(paths("FRA", "USA", "preservation", limit=1))
            told = [one async for one in other.batch(questions, limit=1)]
            assert told[0] == answer
            assert [row["id"] async for row in other.rows(listed("providers", fields="id"))]
            return told

    for told in (waited, asyncio.run(meanwhile())):
        assert [type(one) for one in told] == [Answer, Refused, Answer]


def test_every_call_names_the_type_of_its_answer() -> None:
    made = [getattr(calls, name) for name in dir(calls) if name.islower() and callable(getattr(calls, name))]
    for function in made:
        if getattr(function, "__module__", "") == "api.calls":
            told = str(get_type_hints(function)["return"])
            assert "Call" in told or "Post" in told, function
