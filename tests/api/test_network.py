"""``/v1/network/ties`` says the same as the survey and the reach of a State, and refuses a group that is none."""

from __future__ import annotations

from starlette.testclient import TestClient

ASKED = {"measure": "preservation", "region": "Western Africa"}


def test_ties_are_those_of_the_survey_and_of_the_reach_of_a_state(client: TestClient) -> None:
    told = client.get("/v1/network/ties", params=ASKED).json()
    survey = client.get("/v1/network", params=ASKED).json()
    assert {one["state"] for one in told["states"]} == {one["state"] for one in survey["states"]}
    certain = [one for one in told["ties"] if one["result"] == "met"]
    assert (len(certain), len(told["ties"]) - len(certain)) == (survey["ties"], survey["ties_uncertain"])
    reach = client.get("/v1/network/reach/GHA", params=ASKED).json()["reach"][0]
    asked = {one["other"] for one in told["ties"] if one["one"] == "GHA" and one["forth"]}
    asked |= {one["one"] for one in told["ties"] if one["other"] == "GHA" and one["back"]}
    assert asked == {one["state"] for one in reach["reached"]}
    by_state = {one["state"]: set(one["bodies"]) for one in reach["reached"]}
    for one in told["ties"]:
        if "GHA" in (one["one"], one["other"]):
            other = one["other"] if one["one"] == "GHA" else one["one"]
            assert by_state[other] <= set(one["bodies"])


def test_only_paths_without_an_open_question_where_asked(client: TestClient) -> None:
    every, settled = (
        client.get("/v1/network/ties", params={**ASKED, "settled": value}).json() for value in ("false", "true")
    )
    held = {(one["one"], one["other"]) for one in every["ties"] if one["settled"] == "met"}
    assert held == {(one["one"], one["other"]) for one in settled["ties"]}
    assert 0 < len(held) < len(every["ties"])


def test_a_group_that_is_none_is_refused_with_those_that_are(client: TestClient) -> None:
    answer = client.get("/v1/network/ties", params={"region": "Atlantis"})
    assert answer.status_code == 422
    assert "grulac" in answer.json()["detail"]
    assert "Western Africa" in answer.json()["detail"]
