"""``/v1/quality`` tells what the build reported, ``/v1/queries`` what to begin with, ``/v1/publishers`` them all."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.application import create_application
from api.client import AsyncComity, Comity, Refused
from api.settings import ApiSettings
from graph.releases import current
from graph.sparql.examples import examples


def test_the_findings_are_those_of_the_build(client: TestClient, packaged_data: Path) -> None:
    report = current(packaged_data).report()
    told = client.get("/v1/quality", params={"limit": 1000}).json()
    assert told["total"] == len(report["findings"])  # type: ignore[arg-type]
    assert sum(told["severities"].values()) == sum(one["findings"] for one in told["rules"]) == told["total"]
    assert told["items"] == report["findings"]
    assert {one["id"] for one in told["conflicts"]} == {one["id"] for one in report["conflicts"]}  # type: ignore[attr-defined]
    assert [one["file"] for one in told["tables"]] == [one["file"] for one in report["tables"]]  # type: ignore[attr-defined]


def test_findings_can_be_narrowed(client: TestClient) -> None:
    every = client.get("/v1/quality", params={"limit": 1000}).json()["items"]
    rule = next(one["rule"] for one in every if "known" in one)
    told = client.get("/v1/quality", params={"rule": rule, "known": "true", "limit": 1000}).json()
    assert told["items"] == [one for one in every if one["rule"] == rule and "known" in one]
    doubts = client.get("/v1/quality", params={"severity": "doubt"}).json()
    assert doubts["total"] == sum(one["severity"] == "doubt" for one in every)
    wrong = client.get("/v1/quality", params={"rule": f"{rule}s"})
    assert (wrong.status_code, rule in wrong.json()["detail"]) == (422, True)


def test_a_release_that_was_built_without_a_report_has_no_findings(small_data: Path) -> None:
    with TestClient(create_application(ApiSettings(), small_data)) as client:
        told = client.get("/v1/quality").json()
    assert (told["total"], told["rules"], told["tables"], told["shacl"]) == (0, [], [], None)


def test_every_query_to_begin_with_is_answered(client: TestClient) -> None:
    told = client.get("/v1/queries").json()["items"]
    assert [one["id"] for one in told] == [one.id for one in examples()]
    for one in told:
        assert one["query"].startswith(f"# {one['title']}")
        answer = client.post("/sparql", content=one["query"], headers={"Content-Type": "application/sparql-query"})
        assert answer.status_code == 200, one["id"]
        if "json" in answer.headers["content-type"]:
            assert answer.json()["results"]["bindings"], one["id"]


def test_the_publisher_of_each_source_is_listed(client: TestClient) -> None:
    publishers = {row["id"] for row in client.get("/v1/publishers", params={"limit": 1000}).json()["items"]}
    sources = client.get("/v1/sources", params={"limit": 1000, "fields": "publisher"}).json()["items"]
    assert {row["publisher"] for row in sources} <= publishers


def test_both_clients_take_queries_and_tell_why_not(address: str) -> None:
    asked = "ASK { id:instrument\\/cets-185 a comity:Instrument }"

    async def meanwhile() -> bytes:
        async with AsyncComity(address) as other:
            return (await other.sparql(asked)).content

    with Comity(address) as comity:
        found = comity.sparql(asked)
        assert json.loads(found.content)["boolean"] is True
        assert comity.sparql("DESCRIBE id:state\\/FRA").media == "text/turtle"
        with pytest.raises(Refused, match="line 1, column"):
            comity.sparql("SELECT ?a WHERE { ?a ?b }")
    assert asyncio.run(meanwhile()) == found.content
