"""Path questions over HTTP."""

from __future__ import annotations

import msgspec
from starlette.testclient import TestClient

from graph.offers import OfferBook
from graph.paths import find_paths
from graph.questions import ask
from tests.api.conftest import TODAY

QUESTION = {"from": "FRA", "to": "USA", "measure": "preservation"}


def test_a_question_is_answered_as_the_command_line_answers_it(client: TestClient, packaged_book: OfferBook) -> None:
    answer = client.get("/v1/paths", params={**QUESTION, "urgent": "true"})
    assert answer.status_code == 200
    question = ask(packaged_book.network, "FRA", "USA", "preservation", urgent=True, today=TODAY)
    assert answer.json() == msgspec.json.decode(msgspec.json.encode(find_paths(packaged_book, question)))


def test_an_answer_that_the_client_holds_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/v1/paths", params=QUESTION)
    again = client.get("/v1/paths", params=QUESTION, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/v1/paths", params={**QUESTION, "on": "2020-01-01"})
    assert other.headers["ETag"] != first.headers["ETag"]


def test_a_name_that_is_not_known_is_a_problem_that_names_the_nearest(client: TestClient) -> None:
    refused = client.get("/v1/paths", params={**QUESTION, "measure": "preservaton"})
    assert refused.status_code == 422
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert "nearest: preservation" in refused.json()["detail"]


def test_another_release_than_the_one_in_use_is_refused(client: TestClient) -> None:
    refused = client.get("/v1/paths", params={**QUESTION, "release": "r-0000000000000000"})
    assert (refused.status_code, refused.json()["code"]) == (409, "another-release")
