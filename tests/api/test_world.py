"""``/v1/world`` says the same as the routes that are asked about one day, and ``/v1/shapes`` draws every State."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

DAYS = ("1990-01-01", "2005-01-01", "2026-11-26", "2031-01-01")


@pytest.mark.parametrize("day", DAYS)
def test_a_measure_counts_as_the_coverage_of_the_day(client: TestClient, day: str) -> None:
    world = client.get("/v1/world", params={"measure": "preservation"}).json()
    place = world["days"].index(day)
    told = {row["id"]: (row["met"][place], row["unknown"][place]) for row in world["states"]}
    rows = client.get("/v1/coverage", params={"measure": "preservation", "by": "state", "on": day}).json()["rows"]
    assert told == {row["id"]: (row["asking"]["met"], row["asking"]["unknown"]) for row in rows}
    assert world["pairs"] == len(rows) - 1


def test_a_treaty_is_in_force_for_the_parties_of_the_day(client: TestClient) -> None:
    world = client.get("/v1/world", params={"instrument": "cets-185"}).json()
    for day in DAYS:
        place = world["days"].index(day)
        told = {row["id"] for row in world["states"] if row["words"][place] == "in-force"}
        parties = client.get("/v1/instruments/cets-185", params={"on": day, "fields": "parties"}).json()["parties"]
        states = {row["id"] for row in world["states"]}
        assert told == {row["party"] for row in parties if row["status"] == "met"} & states


def test_a_criterion_is_judged_as_in_the_gaps_of_a_state(client: TestClient) -> None:
    world = client.get("/v1/world", params={"criterion": "grooming-law", "years": "false"}).json()
    told = {row["id"]: row["words"] for row in world["states"]}
    for state in ("FRA", "GHA", "PHL"):
        report = client.get(f"/v1/states/{state}/gaps", params={"only": "grooming-law"}).json()
        assert told[state] == [report["legislation"][0]["status"]]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({}, "name one of measure, instrument and criterion"),
        ({"measure": "preservation", "instrument": "cets-185"}, "name one of"),
        ({"criterion": "groming-law"}, "grooming-law"),
        ({"criterion": "age-of-consent"}, "nearest"),
        ({"measure": "preservation", "first": "1800"}, "the first year"),
    ],
)
def test_what_does_not_go_together_is_refused(client: TestClient, asked: dict[str, str], why: str) -> None:
    answer = client.get("/v1/world", params=asked)
    assert answer.status_code == 422
    assert why in answer.json()["detail"]


def test_every_state_has_a_shape_within_the_map(client: TestClient) -> None:
    told = client.get("/v1/shapes").json()
    states = client.get("/v1/states", params={"kind": "state", "limit": 1000, "fields": "id"}).json()["items"]
    assert {row["id"] for row in states} <= told["states"].keys()
    places = [
        place
        for shape in told["states"].values()
        for ring in shape.get("rings", [[shape.get("point")]])
        for place in ring
    ]
    assert all(0 <= x <= told["width"] and 0 <= y <= told["height"] for x, y in places)


def test_organisations_are_listed(client: TestClient) -> None:
    rows = client.get("/v1/organisations", params={"limit": 1000}).json()["items"]
    assert {"eu", "council-of-europe"} <= {row["id"] for row in rows}
