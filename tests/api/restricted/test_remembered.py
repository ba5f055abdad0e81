"""Answers are remembered and copies held: neither carries a restricted contact from one caller to another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace
from starlette.testclient import TestClient

from api.audit.log import AuditLog
from api.identity.roles import RIGHTS
from tests.api.restricted.conftest import MARK, QUESTION
from tests.api.restricted.test_trail import Keys

ROLES = ("anonymous", "liaison", "researcher", "curator")
PLACES = ("/v1/paths", "/v1/authorities/usa-ccips", "/v1/authorities", "/v1/states/USA/card")


def asked(place: str) -> dict[str, str]:
    """The parameters that the place needs."""
    return QUESTION if place == "/v1/paths" else {}


@pytest.mark.parametrize("place", PLACES)
def test_whoever_asked_before_each_role_gets_its_own(client: TestClient, keys: Keys, place: str) -> None:
    for role in ROLES * 2:
        answer = client.get(place, params=asked(place), headers=keys[role])
        assert (MARK in answer.text) == RIGHTS[role].restricted, role  # type: ignore[index]


def test_a_copy_is_unchanged_for_every_role_that_may_hold_it(client: TestClient, keys: Keys) -> None:
    tags = set()
    for role in ("anonymous", "researcher"):
        client.get("/v1/paths", params=QUESTION, headers=keys["liaison"])
        answer = client.get("/v1/paths", params=QUESTION, headers=keys[role])
        again = client.get("/v1/paths", params=QUESTION, headers=keys[role] | {"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["cache-control"].startswith("public" if role == "anonymous" else "private")
        tags.add(answer.headers["etag"])
    assert len(tags) == 1


@pytest.mark.parametrize("role", ROLES)
def test_head_tells_what_get_tells_and_no_body(client: TestClient, keys: Keys, role: str) -> None:
    head = client.head("/v1/paths", params=QUESTION, headers=keys[role])
    got = client.get("/v1/paths", params=QUESTION, headers=keys[role])
    assert (head.status_code, head.content) == (200, b"")
    named = ("cache-control", "etag", "content-length", "vary")
    assert [head.headers.get(name) for name in named] == [got.headers.get(name) for name in named]


@pytest.mark.parametrize("role", ROLES)
def test_a_batch_shows_nobody_any_and_is_kept_by_nobody(client: TestClient, keys: Keys, role: str) -> None:
    client.get("/v1/paths", params=QUESTION, headers=keys["liaison"])
    answer = client.post("/v1/paths", json={"questions": [QUESTION]}, headers=keys[role])
    assert (answer.status_code, json.loads(answer.text)["index"]) == (200, 0)
    assert MARK not in answer.text
    assert "no-store" in answer.headers["cache-control"]
    assert "etag" not in answer.headers


@pytest.mark.parametrize("place", ["/v1/states/Atlantis", "/v1/paths?from=FRA&to=USA&measure=x", "/v1/states?limit=0"])
def test_a_refusal_is_not_hidden_by_a_copy(client: TestClient, place: str) -> None:
    refused = client.get(place, headers={"If-None-Match": "*"})
    assert refused.status_code in (404, 422)


def test_who_is_recorded_is_not_for_that_shown_anything(
    client: TestClient, keys: Keys, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(RIGHTS, "liaison", replace(RIGHTS["liaison"], restricted=False))
    answer = client.get("/v1/paths", params=QUESTION, headers=keys["liaison"])
    assert (answer.status_code, MARK in answer.text) == (200, False)
    assert [entry.restricted for entry in AuditLog(data).entries()] == [()]


def test_whoever_may_see_them_is_recorded() -> None:
    assert all(rights.audited for rights in RIGHTS.values() if rights.restricted)
