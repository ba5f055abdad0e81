"""Proposals are for curators, and nothing is done that cannot be recorded first."""

from __future__ import annotations

import json
from pathlib import Path

from starlette.testclient import TestClient

from api.audit.log import AuditLog
from graph.curation import store
from graph.releases import current
from tests.api.curation.conftest import Who, later, proposed, published, serving

ROUTES = (
    ("POST", "/v1/proposals"), ("POST", "/v1/proposals?dry_run=true"), ("GET", "/v1/proposals"),
    ("GET", "/v1/proposals/{name}"), ("POST", "/v1/proposals/{name}/publish"),
    ("POST", "/v1/proposals/{name}/withdraw"),
)  # fmt: skip


def test_nobody_else_may_do_or_see_anything(client: TestClient, who: Who, data: Path) -> None:
    name = proposed(client, who, later())
    before = current(data).folder
    for role in ("anonymous", "researcher", "liaison"):
        for method, path in ROUTES:
            answer = client.request(method, path.format(name=name), json=later(), headers=who[role])
            assert (answer.status_code, answer.json()["code"]) == (403, "curators-only"), (role, path)
            assert "docs/accounts.md" in answer.json()["detail"]
    stranger = {"Authorization": "Bearer comity_00000000_" + "0" * 64}
    for method, path in ROUTES:
        answer = client.request(method, path.format(name=name), json=later(), headers=stranger)
        assert answer.status_code == 401
        assert "www-authenticate" in answer.headers
    assert current(data).folder == before
    assert [one.id for one in store.proposals(data)] == [name]


def test_without_accounts_nobody_is_a_curator(data: Path, tables: Path) -> None:
    with serving(data, tables) as client:
        for method, path in ROUTES:
            answer = client.request(method, path.format(name="p-000000000000"), json=later())
            assert (answer.status_code, answer.json()["code"]) == (403, "curators-only")
            assert "comity propose" in answer.json()["detail"]


def test_everything_is_recorded_before_it_is_done_and_refusals_too(client: TestClient, who: Who, data: Path) -> None:
    headers = who["one"] | {"Comity-Purpose": "the chart of November"}
    proposal = later(source="https://www.coe.int/renewed")
    row = {"url": "https://www.coe.int/renewed", "publisher": "coe-int", "as_of": "2026-11-03"}
    proposal["changes"].insert(0, {"table": "common/sources.csv", "action": "add", "row": row})
    name = client.post("/v1/proposals", json=proposal, headers=headers).json()["id"]
    client.post("/v1/proposals", json=later(bound_on="2006-02-31"), headers=who["one"])
    published(client, who, name, by="one")
    client.post(f"/v1/proposals/{name}/publish", headers=who["liaison"])
    published(client, who, name)
    client.post(f"/v1/proposals/{name}/withdraw", headers=who["one"])
    entries = list(AuditLog(data).entries())
    told = [
        (one.who.partition("(")[2].removesuffix(" office)"), one.asked.partition(" p-")[0], one.status)
        for one in entries
    ]
    assert [(by, asked.partition("\n")[0].partition("?")[0], status) for by, asked, status in told] == [
        ("one", "about to propose", None),
        ("one", "POST /v1/proposals", 201),
        ("one", "POST /v1/proposals", 422),
        ("one", f"POST /v1/proposals/{name}/publish", 403),
        ("liaison", f"POST /v1/proposals/{name}/publish", 403),
        ("other", "about to publish", None),
        ("other", f"POST /v1/proposals/{name}/publish", 200),
        ("one", "about to withdraw", None),
        ("one", f"POST /v1/proposals/{name}/withdraw", 200),
    ]
    assert entries[0].purpose == "the chart of November"
    # What is published is what was proposed: both entries hold the same hash.
    assert entries[0].asked.partition("SHA-256 ")[2] == entries[5].asked.partition("SHA-256 ")[2] != ""
    assert AuditLog(data).verify().broken is None


def test_what_cannot_be_recorded_is_not_done(client: TestClient, who: Who, data: Path) -> None:
    open_one = proposed(client, who, later())
    (data / "audit").rename(data / "kept")
    (data / "audit").write_text("no folder", encoding="utf-8")
    before = current(data).folder
    for path, body in (
        ("/v1/proposals", json.dumps(later("2006-03"))),
        (f"/v1/proposals/{open_one}/publish", ""),
        (f"/v1/proposals/{open_one}/withdraw", ""),
    ):
        headers = who["other"] | {"Content-Type": "application/json"}
        answer = client.post(path, content=body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (503, "not-recorded"), path
        assert str(data) not in answer.text
    assert current(data).folder == before
    assert [one.id for one in store.proposals(data)] == [open_one]
    assert client.get(f"/v1/proposals/{open_one}", headers=who["one"]).json()["state"] == "open"


def test_what_cannot_be_kept_is_told(client: TestClient, who: Who, data: Path) -> None:
    (data / "proposals").write_text("no folder", encoding="utf-8")
    answer = client.post("/v1/proposals", json=later(), headers=who["one"])
    assert (answer.status_code, answer.json()["code"]) == (503, "not-kept")
    assert str(data) not in answer.text


def test_damaged_corrections_stop_curators_and_nobody_else(client: TestClient, who: Who, data: Path) -> None:
    name = proposed(client, who, later())
    (data / "curated").mkdir()
    store.corrections_file(data).write_bytes(b"[{]")
    answer = published(client, who, name)
    assert (answer.status_code, answer.json()["code"]) == (503, "proposals-not-readable")
    assert client.get("/v1/instruments/cets-185").status_code == 200
