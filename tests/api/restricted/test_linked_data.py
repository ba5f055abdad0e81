"""Linked data are public in whatever role they are asked for."""

from __future__ import annotations

from starlette.testclient import TestClient

from tests.api.restricted.conftest import MARK, QUESTION


def test_a_liaison_finds_restricted_contacts_in_json_and_never_in_linked_data(
    client: TestClient, keys: dict[str, dict[str, str]]
) -> None:
    headers = keys["liaison"]
    linked_data = {**headers, "Accept": "application/ld+json"}
    assert MARK in client.get("/v1/paths", params=QUESTION, headers=headers).text
    linked = client.get("/v1/paths", params=QUESTION, headers=linked_data)
    batch = client.post("/v1/paths", json={"questions": [QUESTION]}, headers=linked_data)
    for answer in (linked, batch):
        assert (answer.status_code, '"Leg"' in answer.text) == (200, True)
        assert MARK not in answer.text
        assert answer.headers["cache-control"] in ("private, no-store", "no-store")
