"""Every route on the packaged release: it answers, as the document describes, and as the command line does."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from starlette.testclient import TestClient

from api.documentation import openapi
from tests.api.conftest import TODAY
from tests.graph.test_worked_cases import CASES
from tests.terminal.conftest import Run, shell

__all__ = ["shell"]

GAPS = "/v1/states/Ghana/gaps"
ROUTES = (
    "/v1/paths?from=FRA&to=USA&measure=preservation&explain=true&lang=fr",
    "/v1/paths?from=FRA&to=provider:google&measure=preservation",
    "/v1/paths?from=BRA&to=JPN&measure=preservation&assume=BRA:cets-224:2027-01-01&on=2028-01-01",
    "/v1/why-not?from=FRA&to=USA&measure=subscriber-information&instrument=cets-224",
    "/v1/what-if?assume=BRA:cets-224:2027-01-01&from=BRA&to=JPN",
    "/v1/coverage?by=region&measure=preservation",
    "/v1/coverage?series=true&measure=preservation&first=2020-01",
    "/v1/states?limit=400",
    "/v1/states/FRA",
    "/v1/states/Ghana/gaps",
    "/v1/states/GHA/next-step?steps=2&measure=preservation",
    "/v1/states/USA/card",
    "/v1/next-step?group=grulac&measure=preservation",
    "/v1/compare?name=FRA&name=Ghana&name=grulac",
    "/v1/network?measure=preservation&group=oas",
    "/v1/network/reach/GHA?measure=preservation",
    "/v1/instruments?limit=1000",
    "/v1/instruments/cets-185?on=2024-06-20",
    "/v1/authorities?state=FRA",
    "/v1/statutes?limit=1000",
    "/v1/providers",
    "/v1/providers/google",
    "/v1/sources?limit=1000",
    "/v1/vocabularies",
    "/v1/vocabularies/measure",
    "/v1/search?q=budapest",
    "/v1/releases",
    "/v1/releases/current",
    "/v1/exports",
    "/v1/exports/csv?topic=FRA",
    "/v1/changes?since=current",
    "/v1/changes.atom",
    "/healthz",
    "/readyz",
    "/sparql?query=ASK%20%7B%7D",
    "/v1/dataset",
    "/.well-known/void",
    "/ontology",
    "/v1/world?measure=preservation",
    "/v1/shapes",
    "/v1/organisations",
    "/v1/what-if/counted?assume=BRA:cets-224:2027-01-01&measure=subscriber-information",
    "/v1/what-if/assumable?state=Ghana",
    "/v1/compare?name=FRA&name=ipu-grulac&measures=true",
    "/v1/groups",
    "/v1/network/ties?measure=preservation&region=Western%20Africa",
    "/v1/quality",
    "/v1/queries",
    "/v1/publishers",
    "/v1/states/KEN/briefing?format=html",
    "/v1/paths/draft?from=FRA&to=USA&measure=preservation&format=html",
)


@pytest.fixture(scope="module")
def document(client: TestClient) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_dict(json.loads(json.dumps(openapi(client.app))))  # type: ignore[arg-type]


@pytest.mark.parametrize("url", ROUTES)
def test_it_answers_as_the_document_describes(client: TestClient, document: schemathesis.BaseSchema, url: str) -> None:
    answer = client.get(url, follow_redirects=False)
    assert answer.status_code == (303 if url == "/.well-known/void" else 200), answer.text
    assert document.find_operation_by_path("GET", url.partition("?")[0]).validate_response(answer) is None


def test_every_route_that_answers_by_get_is_among_these(client: TestClient) -> None:
    kinds = {url.partition("?")[0] for url in ROUTES}
    for path, methods in openapi(client.app)["paths"].items():  # type: ignore[arg-type]
        pattern = path.partition("{")[0].rstrip("/")
        if pattern in ("/id", "/vocabulary", "/v1/things"):
            continue  # names with slashes, which the document cannot tell; see tests/api/sparql/test_things.py
        if pattern == "/v1/proposals":
            continue  # for curators only; see tests/api/curation
        assert "get" not in methods or any(kind.startswith(pattern) for kind in kinds), path


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (ROUTES[0].replace("&lang=fr", ""), ("path", "FRA", "USA", "-m", "preservation", "--explain")),
        (ROUTES[2], ("path", "BRA", "JPN", "-m", "preservation", "--assume", "BRA:cets-224:2027-01-01",
                     "--on", "2028-01-01")),
        (ROUTES[3], ("why-not", "FRA", "USA", "-m", "subscriber-information", "--instrument", "cets-224")),
        (ROUTES[4], ("what-if", "--assume", "BRA:cets-224:2027-01-01", "BRA", "JPN")),
        (ROUTES[5], ("coverage", "--by", "region", "-m", "preservation")),
        (ROUTES[8], ("show", "FRA")),
        (GAPS, ("gaps", "Ghana")),
        (ROUTES[10], ("next-step", "GHA", "--steps", "2", "-m", "preservation")),
        ("/v1/states/KEN/next-step?measure=extradition&assume=KEN:un-opsc:2026-11-24&on=2027-02-01",
         ("next-step", "KEN", "-m", "extradition", "--assume", "KEN:un-opsc:2026-11-24",
          "--on", "2027-02-01")),
        (ROUTES[11], ("card", "USA")),
        (ROUTES[12], ("next-step", "grulac", "-m", "preservation")),
        (ROUTES[13], ("compare", "FRA", "Ghana", "grulac")),
        (ROUTES[15], ("network", "--state", "GHA", "-m", "preservation")),
        (ROUTES[17], ("show", "cets-185", "--on", "2024-06-20")),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else None,
)  # fmt: skip
def test_the_answer_is_that_of_the_command_line(
    client: TestClient, shell: Run, url: str, words: tuple[str, ...]
) -> None:
    day = () if "--on" in words or words[0] == "what-if" else ("--on", TODAY.isoformat())
    assert client.get(url).json() == shell(*words, *day, "--json").json


@pytest.mark.parametrize("question_file", CASES, ids=lambda file: file.parent.name)
def test_every_worked_case_stands_over_http(client: TestClient, question_file: Path) -> None:
    given = json.loads(question_file.read_text(encoding="utf-8"))
    expected = json.loads((question_file.parent / "expected.json").read_text(encoding="utf-8"))
    flags = {name: str(value).lower() if isinstance(value, bool) else value for name, value in given.items()}
    answer = client.get("/v1/paths", params=flags).json()
    paths: list[dict[str, Any]] = answer["paths"]
    if "first" in expected:
        for name in {"channel", "status", "measure", "evidential_use", "deadline_days"} & expected["first"].keys():
            assert paths[0][name] == expected["first"][name]
    if "exact_paths" in expected:
        assert len(paths) == expected["exact_paths"]
    for wanted in expected.get("why_not", []):
        assert any(all(line[key] == value for key, value in wanted.items()) for line in answer["why_not"]), wanted


@pytest.mark.parametrize("what", ["states", "instruments", "authorities", "statutes", "providers", "sources"])
def test_what_is_listed_can_be_shown(client: TestClient, document: schemathesis.BaseSchema, what: str) -> None:
    for row in client.get(f"/v1/{what}?limit=3").json()["items"]:
        answer = client.get(f"/v1/{what}/{quote(row['id'])}")
        assert answer.json()["id"] == row["id"]
        assert document.find_operation_by_path("GET", f"/v1/{what}/x").validate_response(answer) is None


@pytest.mark.parametrize(
    ("url", "columns"),
    [
        ("/v1/paths?from=FRA&to=USA&measure=preservation", ("rank", "channel", "basis")),
        ("/v1/coverage?by=region&measure=preservation", ("name",)),
        ("/v1/coverage?series=true&measure=preservation&first=2026-01", ("on", "measure", "met", "unknown")),
        ("/v1/compare?name=FRA&name=GHA", ("topic", "FRA", "GHA")),
        ("/v1/instruments/cets-185", ("party", "in_force_on", "status")),
        ("/v1/states?fields=id,name", ("id", "name")),
    ],
)
def test_a_table_has_a_line_for_each_row(client: TestClient, url: str, columns: tuple[str, ...]) -> None:
    answer = client.get(url, headers={"Accept": "text/csv"})
    assert answer.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert rows
    assert set(columns) <= set(rows[0])


def test_linked_data_say_what_the_export_says(client: TestClient) -> None:
    from rdflib import Graph

    for url in ("/v1/states?limit=3", "/v1/instruments/cets-185"):
        answer = client.get(url, headers={"Accept": "application/ld+json"})
        assert answer.headers["Content-Type"] == "application/ld+json"
        assert len(Graph().parse(data=answer.text, format="json-ld")) > 20


def test_names_of_states_come_in_another_language(client: TestClient) -> None:
    told = client.get("/v1/paths?from=DEU&to=USA&measure=preservation&lang=FR").json()
    assert (told["lang"], told["names"]["DEU"]) == ("fr", "Allemagne")
    assert "no names in 'xx'" in client.get("/v1/paths?from=DEU&to=USA&measure=preservation&lang=xx").json()["detail"]
