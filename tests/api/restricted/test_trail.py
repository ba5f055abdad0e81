"""What liaisons are shown, and what is recorded of it before they are."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.application import create_application
from api.audit.log import AuditLog
from api.settings import ApiSettings
from graph import restricted
from tests.api.restricted.conftest import MARK, QUESTION, Messages, contact, serving, watching

Keys = dict[str, dict[str, str]]


def found_in(answer: Any) -> Iterator[dict[str, Any]]:
    """The restricted contacts in an answer."""
    if isinstance(answer, dict):
        yield from answer.get("restricted_contacts", ())
        for value in answer.values():
            yield from found_in(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from found_in(value)


@pytest.mark.parametrize("role", ["liaison", "curator"])
def test_the_contacts_of_each_office_on_the_path_are_shown(client: TestClient, keys: Keys, role: str) -> None:
    answer = client.get("/v1/paths", params=QUESTION, headers=keys[role]).json()
    across = answer["paths"][0]["legs"][1]["to"]
    assert across["id"] == "usa-ccips"
    assert [one["id"] for one in across["restricted_contacts"]] == [f"{MARK}-desk", f"{MARK}-night"]
    assert across["restricted_contacts"][0]["phone"] == f"{MARK}-desk-phone"
    assert {one["id"] for one in found_in(answer)} == {
        f"{MARK}-{name}" for name in ("desk", "night", "central", "french")
    }


@pytest.mark.parametrize("role", ["anonymous", "researcher"])
def test_other_roles_are_shown_none(client: TestClient, keys: Keys, role: str) -> None:
    answer = client.get("/v1/paths", params=QUESTION, headers=keys[role])
    assert answer.status_code == 200
    assert MARK not in answer.text


def test_apart_from_the_contacts_the_answer_is_the_public_one(client: TestClient, keys: Keys) -> None:
    def public(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: public(one) for name, one in value.items() if name != "restricted_contacts"}
        return [public(one) for one in value] if isinstance(value, list) else value

    shown = client.get("/v1/paths", params=QUESTION, headers=keys["liaison"]).json()
    assert public(shown) == client.get("/v1/paths", params=QUESTION).json()


def test_who_asked_what_and_was_shown_what_is_recorded(client: TestClient, keys: Keys, data: Path) -> None:
    headers = [*keys["liaison"].items(), ("Comity-Purpose", "ordre n° 7".encode())]
    client.get("/v1/paths", params=QUESTION, headers=headers)  # type: ignore[arg-type]
    (entry,) = AuditLog(data).entries()
    assert entry.who.startswith("key:")
    assert "(liaison)" in entry.who
    assert (entry.role, entry.route, entry.status) == ("liaison", "/v1/paths", 200)
    assert entry.asked == "GET /v1/paths?from=FRA&to=USA&measure=preservation"
    assert entry.purpose == "ordre n° 7"
    assert sorted(entry.restricted) == sorted(f"{MARK}-{name}" for name in ("desk", "night", "central", "french"))


def test_the_log_holds_ids_and_no_contact(client: TestClient, keys: Keys, data: Path) -> None:
    client.get("/v1/paths", params=QUESTION, headers=keys["liaison"])
    assert f"{MARK}-desk-phone" not in AuditLog(data).file.read_text()


def test_every_request_of_recorded_roles_is_recorded_and_no_other(client: TestClient, keys: Keys, data: Path) -> None:
    for role in ("anonymous", "researcher", "liaison", "curator"):
        client.get("/v1/paths", params={"from": "FRA"}, headers=keys[role])
        client.get("/nothing-here", headers=keys[role])
        client.post("/v1/paths", content=b'{"from": "FRA"}', headers=keys[role])
    entries = list(AuditLog(data).entries())
    assert [entry.role for entry in entries] == ["liaison"] * 3 + ["curator"] * 3
    assert [entry.status for entry in entries[:2]] == [422, 404]
    assert entries[2].asked == 'POST /v1/paths\n{"from": "FRA"}'
    assert all(entry.restricted == () for entry in entries)


def test_the_entry_is_on_the_disk_before_the_first_byte_leaves(data: Path, keys: Keys) -> None:
    application = create_application(ApiSettings(), data)
    before: list[list[tuple[str, ...]]] = []

    def leaving(_: Messages) -> None:
        before.append([entry.restricted for entry in AuditLog(data).entries()])

    with TestClient(watching(application, leaving)) as client:
        assert MARK in client.get("/v1/paths", params=QUESTION, headers=keys["liaison"]).text
    assert all(len(entries) == 1 and len(entries[0]) == 4 for entries in before)
    assert before


def test_nobody_may_keep_a_restricted_answer(client: TestClient, keys: Keys) -> None:
    answer = client.get("/v1/paths", params=QUESTION, headers=keys["liaison"])
    assert answer.headers["cache-control"] == "private, no-store"
    assert "etag" not in answer.headers
    assert "last-modified" not in answer.headers


def test_a_public_copy_does_not_stand_in_for_a_restricted_answer(client: TestClient, keys: Keys, data: Path) -> None:
    tag = client.get("/v1/paths", params=QUESTION).headers["etag"]
    held = {"If-None-Match": tag}
    assert client.get("/v1/paths", params=QUESTION, headers=held).status_code == 304
    for value in (tag, "*"):
        answer = client.get("/v1/paths", params=QUESTION, headers=keys["liaison"] | {"If-None-Match": value})
        assert answer.status_code == 200
        assert MARK in answer.text
    assert [len(entry.restricted) for entry in AuditLog(data).entries()] == [4, 4]


def test_a_compressed_answer_is_whole(client: TestClient, keys: Keys) -> None:
    for coding in ("gzip", "br", "identity"):
        headers = keys["liaison"] | {"Accept-Encoding": coding}
        assert MARK in json.dumps(client.get("/v1/paths", params=QUESTION, headers=headers).json())


def broken_log(data: Path) -> None:
    """Make appending fail: where the folder of the log belongs there is a file."""
    (data / "audit").write_text("no folder")


def test_what_cannot_be_recorded_is_not_shown(client: TestClient, keys: Keys, data: Path) -> None:
    broken_log(data)
    answer = client.get("/v1/paths", params=QUESTION, headers=keys["liaison"])
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "restricted-unavailable"
    assert MARK not in answer.text


def test_public_answers_go_on_where_nothing_can_be_recorded(client: TestClient, keys: Keys, data: Path) -> None:
    broken_log(data)
    for role in ("anonymous", "researcher"):
        assert client.get("/v1/paths", params=QUESTION, headers=keys[role]).status_code == 200
    without = {"from": "KOR", "to": "CIV", "measure": "preservation"}
    assert client.get("/v1/paths", params=without, headers=keys["liaison"]).status_code == 200


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting needs root; a log that cannot be written is tested above")
def test_a_full_disk_stops_restricted_answers_and_no_others(client: TestClient, keys: Keys, data: Path) -> None:
    place = data / "audit"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", str(place)], check=False)
    if mounted.returncode:
        pytest.skip("no right to mount here; a log that cannot be written is tested above")
    try:
        statuses = []
        for _ in range(200):
            answer = client.get("/v1/paths", params=QUESTION, headers=keys["liaison"])
            statuses.append(answer.status_code)
            if answer.status_code != 200:
                assert MARK not in answer.text
                break
        assert statuses[0] == 200
        assert statuses[-1] == 503
        assert client.get("/v1/paths", params=QUESTION).status_code == 200
        log = AuditLog(data)
        assert log.verify().entries == len(statuses) - 1
        subprocess.run(["mount", "-o", "remount,size=1m", str(place)], check=True)
        assert client.get("/v1/paths", params=QUESTION, headers=keys["liaison"]).status_code == 200
        assert log.verify().broken is None
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_a_damaged_file_of_contacts_stops_restricted_answers_and_no_others(
    client: TestClient, keys: Keys, data: Path
) -> None:
    restricted.file_of(data).write_bytes(b"[{]")
    answer = client.get("/v1/paths", params=QUESTION, headers=keys["liaison"])
    assert answer.status_code == 503
    assert client.get("/v1/paths", params=QUESTION).status_code == 200


@pytest.mark.parametrize(
    ("as_of", "stale"), [("2025-11-26", False), ("2025-11-25", True), ("2025", False), ("2024", True)]
)
def test_an_old_contact_is_marked(client: TestClient, keys: Keys, data: Path, as_of: str, stale: bool) -> None:
    restricted.write(data, (contact("old", authority="usa-ccips", as_of=as_of),))
    answer = client.get("/v1/authorities/usa-ccips", headers=keys["liaison"]).json()
    assert [(one["as_of"], one["stale"]) for one in answer["restricted_contacts"]] == [(as_of, stale)]


def test_an_import_counts_from_the_next_request_on(client: TestClient, keys: Keys, data: Path) -> None:
    assert MARK in client.get("/v1/paths", params=QUESTION, headers=keys["liaison"]).text
    restricted.write(data, ())
    assert MARK not in client.get("/v1/paths", params=QUESTION, headers=keys["liaison"]).text


def test_a_revoked_key_shows_nothing_more(client: TestClient, keys: Keys, data: Path) -> None:
    from api.identity.keys import KeyStore

    headers = keys["liaison"]
    prefix = headers["Authorization"].split("_")[1]
    KeyStore(data).revoke(prefix)
    answer = client.get("/v1/paths", params=QUESTION, headers=headers)
    assert answer.status_code == 401
    assert MARK not in answer.text


def test_without_accounts_nobody_is_shown_any(data: Path) -> None:
    with serving(data) as client:
        assert MARK not in client.get("/v1/paths", params=QUESTION).text
        assert client.get("/v1/paths", params=QUESTION, headers={"Authorization": "Bearer x"}).status_code == 401
