"""Whether the process lives, and whether it can answer, are two questions."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import time
from pathlib import Path
from urllib.parse import urlencode

import httpx2 as httpx
import pytest
from starlette.testclient import TestClient

from api.application import create_application
from api.identity.keys import KeyStore
from api.settings import ApiSettings
from graph.records import Records
from graph.releases import current, write_release
from tests.api.conftest import running


def client(data: Path) -> TestClient:
    return TestClient(create_application(ApiSettings(), data), raise_server_exceptions=False)


def ready(client: TestClient) -> httpx.Response:
    """The response of a process that is ready, or becomes so: its processes for queries may still be starting."""
    until = time.monotonic() + 30
    while (found := client.get("/readyz")).status_code != httpx.codes.OK:
        assert time.monotonic() < until, found.text
    return found


def test_without_a_release_it_lives_and_is_not_ready_until_there_is_one(tmp_path: Path) -> None:
    with client(tmp_path / "data") as one:
        assert one.get("/healthz").json() == {"status": "ok"}
        before = one.get("/readyz")
        assert before.status_code == 503
        assert before.json()["code"] == "not-ready"
        assert "run comity build" in before.json()["checks"]["release"]
        assert int(before.headers["retry-after"]) > 0
        made = write_release(tmp_path / "data", Records(), {}, fingerprint="f", built_at="2026-11-24T12:00:00Z")
        assert ready(one).json()["release"] == made.id


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
    assert other.id in response.json()["checks"]["sparql"]


def test_a_store_that_is_missing_makes_it_not_ready_until_it_is_back(data: Path) -> None:
    store = current(data).folder / "store"
    store.rename(store.with_name("away"))
    with client(data) as one:
        checks = one.get("/readyz").json()["checks"]
        assert "cannot be read" in checks["store"]
        assert "no process" in checks["sparql"]
        store.with_name("away").rename(store)
        ready(one)


def test_a_trail_that_cannot_be_kept_makes_it_not_ready_where_there_are_accounts(data: Path) -> None:
    (data / "audit").mkdir()
    (data / "audit" / "head.json").write_text("{")
    with client(data) as one:
        ready(one)
        KeyStore(data).create("Unit 7", "liaison")
        response = one.get("/readyz")
    assert response.status_code == 503
    assert "comity audit verify" in response.json()["checks"]["trail"]
    assert str(data) not in response.text


def test_processes_for_queries_that_were_killed_are_replaced_before_anybody_meets_them(data: Path) -> None:
    application = create_application(ApiSettings(), data)
    with TestClient(application) as one:
        ready(one)
        pool = application.state.sparql.of(current(data).folder / "store")
        until = time.monotonic() + 20
        while len(pool._idle) < 2:
            assert time.monotonic() < until
            one.get("/healthz")
        gone = [worker._process.pid for worker in pool._idle]
        for pid in gone:
            os.kill(pid, signal.SIGKILL)
        while any(Path(f"/proc/{pid}").exists() for pid in gone):
            one.get("/healthz")
        assert ready(one).json()["checks"] == ["release", "store", "trail", "sparql"]
        assert one.get("/sparql?query=ASK {}").json()["boolean"] is True
        assert not {worker._process.pid for worker in pool._idle} & set(gone)


def test_a_pool_whose_processes_are_all_at_work_is_ready(data: Path) -> None:
    settings = ApiSettings(sparql_ready=1, sparql_long=1, sparql_short_s=60, sparql_timeout_s=60)
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with running(create_application(settings, data)) as address:
        assert httpx.get(f"{address}/readyz", verify=False).status_code == 200
        with socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])), 10) as asking:
            asking.sendall(f"GET /sparql?{urlencode({'query': endless})} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            asking.settimeout(1)
            with pytest.raises(TimeoutError):
                asking.recv(1)
            assert httpx.get(f"{address}/readyz", timeout=10, verify=False).status_code == 200


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
