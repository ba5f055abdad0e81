"""Proposing, publishing and taking back over HTTP: what comes of it, and what is refused and why."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
import schemathesis
from starlette.testclient import TestClient

from api.curation.examples import ANSWER, REQUEST
from api.documentation import openapi
from api.identity.keys import KeyStore
from graph.curation.proposal import MOST_CHANGES, Draft, ProposalTold
from graph.releases import current
from ingest.curation.new_sources import with_ids
from tests.api.curation.conftest import (
    OFFICE,
    PARTICIPATIONS,
    Who,
    brazil,
    later,
    proposed,
    published,
    serving,
)


def bound(client: TestClient) -> dict[str, str]:
    """The parties of the convention and the days on which they became bound."""
    parties = client.get("/v1/instruments/cets-185").json()["parties"]
    return {one["party"]: one["bound_on"] for one in parties}


def test_from_a_dry_run_to_a_release_and_back(client: TestClient, who: Who, data: Path) -> None:
    document = schemathesis.openapi.from_dict(json.loads(json.dumps(openapi(client.app))))  # type: ignore[arg-type]
    base = current(data).id
    tried = client.post("/v1/proposals?dry_run=true", json=brazil(), headers=who["one"])
    assert tried.status_code == 200
    (record,) = tried.json()["effect"]["changes"]["records"]
    assert (record["kind"], record["class"], record["id"]) == ("added", "participation", "cets-185/BRA")
    assert client.get("/v1/proposals", headers=who["one"]).json() == {"total": 0, "items": [], "next": None}

    made = client.post("/v1/proposals", json=brazil(), headers=who["one"])
    assert made.status_code == 201
    place = made.headers["location"]
    assert place == f"/v1/proposals/{made.json()['id']}"
    assert client.get(place, headers=who["other"]).json() == made.json()
    assert made.json()["effect"] == tried.json()["effect"]
    assert "BRA" not in bound(client)

    done = client.post(f"{place}/publish", headers=who["other"])
    assert done.status_code == 200, done.text
    release = done.json()["published"]["release"]
    assert done.json()["state"] == "published"
    # This process answers from it at once, and tells what has changed.
    assert client.get("/v1/instruments/cets-185").json()["release"] == release == current(data).id
    assert bound(client)["BRA"] == "2022-11-30"
    told = client.get("/v1/changes").json()
    assert (told["since"], told["until"]) == (base, release)
    assert [(one["kind"], one["id"]) for one in told["items"]] == [("added", "cets-185/BRA")]
    listed = client.get("/v1/proposals?state=published", headers=who["one"])
    assert [one["id"] for one in listed.json()["items"]] == [made.json()["id"]]

    # Who did it is told by key, and not by the name of its holder.
    assert done.json()["proposed"]["by"] == f"key:{who['one']['Authorization'].split('_')[1]}"
    kept = [file.read_text(encoding="utf-8") for part in ("proposals", "curated") for file in (data / part).iterdir()]
    assert "office" not in done.text + "".join(kept)

    back = client.post(f"{place}/withdraw", headers=who["one"])
    assert back.json()["state"] == "withdrawn"
    assert back.json()["withdrawn"]["release"] == base
    assert "BRA" not in bound(client)
    again = client.post(f"{place}/withdraw", headers=who["one"])
    assert (again.status_code, again.json()["code"]) == (409, "wrong-state")

    for answer, method, path in (
        (tried, "POST", "/v1/proposals"), (made, "POST", "/v1/proposals"), (listed, "GET", "/v1/proposals"),
        (done, "POST", f"{place}/publish"), (back, "POST", f"{place}/withdraw"), (again, "POST", f"{place}/withdraw"),
    ):  # fmt: skip
        assert document.find_operation_by_path(method, path).validate_response(answer) is None
        assert answer.headers["cache-control"] in ("private, no-store", "no-store")
        assert "etag" not in answer.headers


def test_the_examples_are_as_the_document_says(client: TestClient) -> None:
    said = openapi(client.app)["paths"]["/v1/proposals"]["post"]  # type: ignore[arg-type]
    shown = said["responses"]["201"]["content"]["application/json"]["example"]
    assert msgspec.convert(shown, ProposalTold) == msgspec.convert(ANSWER, ProposalTold)
    assert REQUEST["changes"][1]["row"]["source"] == REQUEST["changes"][0]["row"]["url"]
    asked = msgspec.convert(REQUEST, Draft)
    assert with_ids(asked).changes[1].row["source"].startswith("example-org-")


def test_whatever_is_wrong_is_told_at_once_with_place_and_cure(client: TestClient, who: Who) -> None:
    proposal = brazil()
    proposal["changes"][0]["row"] |= {"bound_on": "2022-11-31", "standing": "partie"}
    proposal["changes"].append({"table": "common/state.csv", "action": "withdraw", "id": "BRA"})
    answer = client.post("/v1/proposals", json=proposal, headers=who["one"])
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    errors = {one["name"]: one["detail"] for one in answer.json()["errors"]}
    assert set(errors) == {"changes.0.row.bound_on", "changes.0.row.standing", "changes.1.table"}
    assert errors["changes.0.row.standing"] == "'partie' is no key of the vocabulary standing. Did you mean party?"
    assert "common/states.csv" in errors["changes.1.table"]
    assert client.get("/v1/proposals", headers=who["one"]).json()["total"] == 0


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"reason": ""}, "reason"),
        ({"changes": []}, "changes"),
        ({"changes": [{}] * (MOST_CHANGES + 1)}, "changes"),
        ({"changes": [{"table": "a/b.csv", "action": "change"}]}, "changes.0.action"),
        ({"changes": [{"table": "a/b.csv", "action": "add", "before": {}}]}, "changes.0.before"),
        ({"changes": [{"table": "a/b.csv", "action": "add", "row": {"a": 5}}]}, "changes.0.row.a"),
        ({"by": "key:00000000"}, "by"),
        ({"reason": " \n"}, "reason"),
        ({"reason": "\x1c\x1b]0;here"}, "reason"),
    ],
)
def test_a_body_that_is_no_proposal_is_refused_before_anything_is_tried(
    client: TestClient, who: Who, change: dict[str, object], name: str
) -> None:
    answer = client.post("/v1/proposals", json={**later(), **change}, headers=who["one"])
    assert answer.status_code == 422
    assert name in {one["name"] for one in answer.json()["errors"]}


def test_no_other_table_can_be_reached(client: TestClient, who: Who) -> None:
    places = ("restricted/contacts.csv", "../restricted/contacts.json", "contacts.csv", "/etc/x.csv")
    changes = [{"table": table, "action": "withdraw", "id": "x"} for table in places]
    answer = client.post("/v1/proposals", json={"reason": "to see", "changes": changes}, headers=who["one"])
    assert answer.status_code == 422
    assert [one["name"] for one in answer.json()["errors"]] == [f"changes.{number}.table" for number in range(4)]


@pytest.mark.parametrize("name", ["p-000000000000", "current", "..%2Fcurrent", "p-00000000000g"])
def test_there_is_no_other_proposal(client: TestClient, who: Who, name: str) -> None:
    assert client.get(f"/v1/proposals/{name}", headers=who["one"]).status_code == 404
    assert client.post(f"/v1/proposals/{name}/publish", headers=who["one"]).status_code == 404
    assert client.post(f"/v1/proposals/{name}/withdraw", headers=who["one"]).status_code == 404


def test_nobody_publishes_their_own(client: TestClient, who: Who, data: Path) -> None:
    name = proposed(client, who, later())
    answer = published(client, who, name, by="one")
    assert (answer.status_code, answer.json()["code"]) == (403, "four-eyes")
    # Not with a new key in the place of the old one either.
    prefix = who["one"]["Authorization"].split("_")[1]
    renewed = {"Authorization": f"Bearer {KeyStore(data).rotate(prefix)[1]}"}
    assert client.post(f"/v1/proposals/{name}/publish", headers=renewed).json()["code"] == "four-eyes"
    assert client.get(f"/v1/proposals/{name}", headers=renewed).json()["state"] == "open"


def test_the_settings_may_let_two_eyes_do(data: Path, tables: Path, who: Who) -> None:
    url = "https://www.coe.int/renewed"
    proposal = later(source=f"{OFFICE};{url}")
    row = {"url": url, "publisher": "coe-int", "as_of": "2026-11-03"}
    proposal["changes"].insert(0, {"table": "common/sources.csv", "action": "add", "row": row})
    with serving(data, tables, four_eyes=False) as client:
        assert published(client, who, proposed(client, who, proposal), by="one").status_code == 200
        (france,) = (one for one in client.get("/v1/instruments/cets-185").json()["parties"] if one["party"] == "FRA")
        assert url in json.dumps(france)  # a source comes with the fact that it states
        (listed,) = client.get("/v1/proposals", headers=who["one"]).json()["items"]
    assert (listed["count"], listed["tables"]) == (2, ["common/sources.csv", PARTICIPATIONS])


def test_rows_that_have_changed_since_are_left_as_they_are(client: TestClient, who: Who) -> None:
    first, second = (proposed(client, who, one) for one in (later(), later("2006-03")))
    assert published(client, who, first).status_code == 200
    late = published(client, who, second)
    assert (late.status_code, late.json()["code"]) == (409, "outdated")
    assert late.json()["errors"][0]["name"] == "changes.0.id"
    assert "bound_on was '2006-01-10' and is '2006-02-10'" in late.json()["detail"]
    assert client.get(f"/v1/proposals/{second}", headers=who["one"]).json()["state"] == "open"
    assert published(client, who, first).json()["code"] == "wrong-state"
    assert bound(client)["FRA"] == "2006-02-10"


def test_without_a_release_of_these_tables_nothing_is_compared(client: TestClient, who: Who, tables: Path) -> None:
    states = tables / "common/states.csv"
    states.write_text(states.read_text(encoding="utf-8").replace("Brazil", "Brasil"), encoding="utf-8")
    answer = client.post("/v1/proposals", json=later(), headers=who["one"])
    assert (answer.status_code, answer.json()["code"]) == (409, "not-up-to-date")
    assert str(tables) not in answer.text


def test_one_that_takes_too_long_is_ended_and_nothing_has_changed(data: Path, tables: Path, who: Who) -> None:
    with serving(data, tables) as client:
        name = proposed(client, who, later())
    before = current(data).folder
    with serving(data, tables, curation_timeout_s=0.05) as client:
        answer = published(client, who, name)
        assert (answer.status_code, answer.json()["code"]) == (504, "takes-too-long")
        assert client.get(f"/v1/proposals/{name}", headers=who["one"]).json()["state"] == "open"
    assert current(data).folder == before


def test_half_a_sign_is_refused(client: TestClient, who: Who) -> None:
    body = json.dumps(later()).replace("another day", "another \\ud800 day")
    headers = who["one"] | {"Content-Type": "application/json"}
    assert client.post("/v1/proposals", content=body, headers=headers).status_code == 422
