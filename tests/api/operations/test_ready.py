"""Whether the process lives, and whether it can answer, are two questions."""

from __future__ import annotations

import shutil
from pathlib import Path

from starlette.testclient import TestClient

from api.application import create_application
from api.identity.keys import KeyStore
from api.settings import ApiSettings
from graph.records import Records
from graph.releases import current, write_release


def client(data: Path) -> TestClient:
    return TestClient(create_application(ApiSettings(), data), raise_server_exceptions=False)


def test_without_a_release_it_lives_and_is_not_ready_until_there_is_one(tmp_path: Path) -> None:
    with client(tmp_path / "data") as one:
        assert one.get("/healthz").json() == {"status": "ok"}
        before = one.get("/readyz")
        assert before.status_code == 503
        assert before.json()["code"] == "not-ready"
        assert "run comity build" in before.json()["checks"]["release"]
        assert int(before.headers["retry-after"]) > 0
        made = write_release(tmp_path / "data", Records(), {}, fingerprint="f", built_at="2026-11-24T12:00:00Z")
        after = one.get("/readyz")
        assert (after.status_code, after.json()["release"]) == (200, made.id)


def test_a_store_that_holds_another_release_makes_it_not_ready(data: Path, tmp_path: Path) -> None:
    other = write_release(tmp_path / "other", Records(), {}, fingerprint="f", built_at="2026-11-24T12:00:00Z")
    served = current(data)
    shutil.rmtree(served.folder / "store")
    shutil.copytree(other.folder / "store", served.folder / "store")
    with client(data) as one:
        response = one.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"]["release"] is None
    assert other.id in response.json()["checks"]["store"]
    assert served.id in response.json()["checks"]["store"]


def test_a_store_that_is_missing_makes_it_not_ready_until_it_is_back(data: Path) -> None:
    store = current(data).folder / "store"
    store.rename(store.with_name("away"))
    with client(data) as one:
        assert "cannot be read" in one.get("/readyz").json()["checks"]["store"]
        store.with_name("away").rename(store)
        assert one.get("/readyz").status_code == 200


def test_a_trail_that_cannot_be_kept_makes_it_not_ready_where_there_are_accounts(data: Path) -> None:
    (data / "audit").mkdir()
    (data / "audit" / "head.json").write_text("{")
    with client(data) as one:
        assert one.get("/readyz").status_code == 200
        KeyStore(data).create("Unit 7", "liaison")
        response = one.get("/readyz")
    assert response.status_code == 503
    assert "comity audit verify" in response.json()["checks"]["trail"]
    assert str(data) not in response.text


def test_whoever_adds_a_part_that_can_fail_adds_a_check(data: Path) -> None:
    application = create_application(ApiSettings(), data)
    application.state.readiness.checks["disk"] = lambda: "the disk is full"
    with TestClient(application) as one:
        response = one.get("/readyz")
    assert response.status_code == 503
    assert response.json()["detail"] == "disk: the disk is full"


def test_neither_answer_may_be_kept(data: Path) -> None:
    with client(data) as one:
        assert {one.get(path).headers["cache-control"] for path in ("/healthz", "/readyz", "/metrics")} == {"no-store"}
