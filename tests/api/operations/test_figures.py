"""Figures by route, and a log of requests: neither says what was asked, by whom or from where."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample
from starlette.testclient import TestClient

from api import logs
from api.application import create_application
from api.settings import ApiSettings
from tests.api.running import serving

SECRET = "Zanzibar"
"""Stands in path, query, body, headers and parameters of what is asked; it must be nowhere afterwards."""


def samples(text: str) -> list[Sample]:
    return [sample for family in text_string_to_metric_families(text) for sample in family.samples]


def value(text: str, name: str, **labels: str) -> float:
    return sum(one.value for one in samples(text) if one.name == name and labels.items() <= one.labels.items())


def ask_everything(address: str) -> None:
    """Requests of every kind, each with the secret wherever it can stand."""
    with httpx.Client(base_url=address, timeout=60, verify=False) as one:
        headers = {
            "User-Agent": SECRET,
            "Cookie": f"a={SECRET}",
            "Referer": SECRET,
        }
        one.get(f"/v1/paths?from={SECRET}&to=USA&measure=preservation", headers=headers)
        one.get("/v1/paths?from=FRA&to=USA&measure=preservation", headers=headers)
        one.get("/v1/paths?from=FRA&to=USA&measure=preservation", headers={"Authorization": f"Bearer {SECRET}"})
        one.get(f"/v1/states/{SECRET}", headers=headers)
        one.get(f"/{SECRET}", headers=headers)
        one.get(f"/v1/exports/csv?topic={SECRET}", headers=headers)
        one.get("/v1/paths?" + SECRET * 3000, headers=headers)
        one.post("/v1/paths", json={"questions": [{"from": SECRET, "to": "USA", "measure": "preservation"}]})
        one.post("/v1/paths", content=f'{{"{SECRET}'.encode(), headers={**headers, "Content-Type": "application/json"})
        one.request(SECRET.upper(), "/v1/paths", headers=headers)  # refused before it is a request
        one.request("PROPFIND", "/v1/paths", headers=headers)
        one.get("/healthz", headers={"X-Request-Id": f"{SECRET} or 1=1"})


def test_figures_and_log_know_routes_and_nothing_of_what_was_asked(built: Path) -> None:
    with serving(built) as server:
        ask_everything(server.address)
        text = server.get("/metrics").text
        server.stop()
        log = server.log.read_text(encoding="utf-8")
    asked = {one.labels["route"] for one in samples(text) if one.name == "comity_http_requests_total"}
    assert asked == {"/v1/paths", "/v1/states/{iso3}", "/v1/exports/{format}", "/healthz", "(none)"}
    assert value(text, "comity_http_requests_total", route="/v1/paths", status="200", method="GET") == 1
    assert value(text, "comity_http_requests_total", route="/v1/states/{iso3}", status="404") == 1
    assert value(text, "comity_http_requests_total", status="414") == 1
    assert value(text, "comity_http_requests_total", method="other") == 1
    assert value(text, "comity_http_requests_total", status="401", route="(none)") == 1
    assert value(text, "comity_http_request_duration_seconds_count", route="/v1/paths") >= 3
    assert value(text, "comity_http_requests_in_flight") == 1  # that for the figures
    assert value(text, "comity_release_workers") == 1
    for said in (text, log):
        assert SECRET.casefold() not in said.casefold()
    requests = [line for line in map(json.loads, log.splitlines()) if line["event"] == "request"]
    assert len(requests) == 10  # all but those of machines
    assert "127.0.0.1" not in "".join(map(json.dumps, requests))
    for line in requests:
        assert set(line) == {
            "time", "level", "logger", "event", "request_id", "method", "route", "status", "duration_ms", "role",
        }  # fmt: skip
        assert line["role"] == "anonymous"
        assert line["duration_ms"] > 0


def test_a_response_bears_the_id_that_the_log_has(built: Path) -> None:
    with serving(built) as server:
        own = server.get("/v1/releases").headers["x-request-id"]
        given = server.get("/v1/releases", **{"X-Request-Id": "0123abcd-4567"}).headers["x-request-id"]
        server.stop()
        logged = [line.get("request_id") for line in server.lines() if line["event"] == "request"]
    assert given == "0123abcd-4567"
    assert logged == [own, given]


@pytest.mark.parametrize(("host", "opened", "status"), [
    ("127.0.0.1", False, 200), ("::1", False, 200), ("203.0.113.5", False, 403), ("elsewhere", False, 403),
    ("203.0.113.5", True, 200),
])  # fmt: skip
def test_figures_are_for_this_machine_unless_opened(built: Path, host: str, opened: bool, status: int) -> None:
    application = create_application(ApiSettings(metrics_from_anywhere=opened), built)
    with TestClient(application, client=(host, 1)) as one:
        assert one.get("/metrics").status_code == status


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """A stream that the log goes to; afterwards it goes where it went before."""
    root = logging.getLogger()
    before, level = root.handlers, root.level
    yield io.StringIO()
    root.handlers, root.level = before, level


@pytest.mark.parametrize(("level", "told"), [("info", False), ("debug", True)])
def test_a_defect_is_told_by_kind_and_place_and_by_message_only_when_debugging(
    stream: io.StringIO, level: logs.Level, told: bool
) -> None:
    logs.configure(level, stream)
    try:
        int(SECRET)
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application", extra={"query": SECRET})
    (line,) = map(json.loads, stream.getvalue().splitlines())
    assert (line["error"], line["level"]) == ("ValueError", "error")
    assert "test_figures.py" in line["through"][-1]
    assert (SECRET in stream.getvalue()) == told


def test_the_level_of_the_log_is_a_setting(stream: io.StringIO) -> None:
    logs.configure("warning", stream)
    logging.getLogger("comity.api.request").info("request", extra={"route": "/v1/paths"})
    assert stream.getvalue() == ""
