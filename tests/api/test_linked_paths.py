"""Answers as linked data: what RDF says of a path is what JSON says of it."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import Graph
from starlette.testclient import TestClient

JSON_LD = {"Accept": "application/ld+json"}
ID = "https://w3id.org/comity/id/"
KEY = "https://w3id.org/comity/vocabulary/"
TERM = "https://w3id.org/comity/ontology#"
PREFIXES = f"""
PREFIX comity: <{TERM}>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX schema: <https://schema.org/>
"""

QUESTION = {"from": "FRA", "to": "USA", "measure": "preservation"}
PROVIDER = {"from": "FRA", "to": "provider:google", "measure": "preservation"}
CONTENT = {"from": "GHA", "to": "DEU", "measure": "content-data", "limit": "3"}


def graph_of(text: str) -> Graph:
    return Graph().parse(data=text, format="json-ld")


def asked(graph: Graph, query: str) -> list[tuple[Any, ...]]:
    """The rows of ``query`` as plain values."""
    return [tuple(None if one is None else one.toPython() for one in row) for row in graph.query(PREFIXES + query)]


def pair(client: TestClient, question: dict[str, str]) -> tuple[dict[str, Any], Graph]:
    """The answer in JSON, and as a graph."""
    answer = client.get("/v1/paths", params=question, headers=JSON_LD)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/ld+json")
    assert answer.text == client.get("/v1/paths", params={**question, "format": "jsonld"}).text
    return client.get("/v1/paths", params=question).json(), graph_of(answer.text)


@pytest.mark.parametrize("question", [QUESTION, PROVIDER, CONTENT], ids=lambda one: one["to"])
def test_legs_are_told_in_their_order_with_their_offices(client: TestClient, question: dict[str, str]) -> None:
    told, graph = pair(client, question)
    found = asked(
        graph,
        """SELECT ?rank ?channel ?number ?kind ?from ?to ?office { ?answer a comity:Answer ; comity:path ?path .
        ?path comity:position ?rank ; comity:leg ?leg . ?leg comity:number ?number ; comity:byChannel ?channel ;
        comity:kind ?kind ; comity:fromStop/schema:name ?from ; comity:toStop ?stop . ?stop schema:name ?to .
        OPTIONAL { ?stop comity:office ?office } } ORDER BY ?rank ?number""",
    )
    expected = [
        (path["rank"], f"{KEY}channel/{leg['channel']}", number, leg["kind"], leg["from"]["name"], leg["to"]["name"])
        for path in told["paths"]
        for number, leg in enumerate(path["legs"], 1)
    ]
    assert expected
    assert [row[:-1] for row in found] == expected
    ids = [leg["to"]["id"] for path in told["paths"] for leg in path["legs"]]
    assert [row[-1].rpartition("/")[2] if row[-1] else None for row in found] == ids


@pytest.mark.parametrize("question", [QUESTION, PROVIDER, CONTENT], ids=lambda one: one["to"])
def test_conditions_have_their_verdict_and_the_records_that_decided(
    client: TestClient, question: dict[str, str]
) -> None:
    told, graph = pair(client, question)
    words = {"met": "Met", "not met": "NotMet", "unknown": "Unknown"}
    conditions = [one for path in told["paths"] for leg in path["legs"] for one in leg["conditions"]]
    expected = sorted((one["code"], TERM + words[one["status"]], one["text"]) for one in conditions)
    query = """SELECT ?code ?verdict ?text { ?leg comity:condition ?one .
        ?one comity:code ?code ; comity:verdict ?verdict ; dcterms:description ?text }"""
    assert expected
    assert sorted(asked(graph, query)) == expected
    decided = asked(graph, "SELECT ?text ?fact { ?one a comity:Condition ; comity:decidedBy ?fact ; "
                           "dcterms:description ?text . ?leg comity:condition ?one }")  # fmt: skip
    assert set(decided) == {(one["text"], ID + fact) for one in conditions for fact in one["facts"]}


def test_a_path_leads_to_the_provision_its_parties_and_their_sources(client: TestClient) -> None:
    told, graph = pair(client, QUESTION)
    rows = asked(
        graph,
        """SELECT ?instrument ?article ?heading ?party ?force ?url { ?path comity:position 1 ; comity:leg ?leg .
        ?leg comity:ground ?ground . ?ground comity:provision ?provision ; comity:partyStanding ?standing .
        ?provision comity:instrument ?instrument ; comity:article ?article ; comity:heading ?heading .
        ?standing comity:party ?party ; comity:participation/comity:inForceOn ?force .
        ?standing dcterms:source/schema:url ?url }""",
    )
    grounds = [one for leg in told["paths"][0]["legs"] for one in leg["basis"]]
    assert {(row[0], row[1], row[2]) for row in rows} == {
        (f"{ID}instrument/{one['instrument']}", one["article"], one["heading"]) for one in grounds
    }
    dates = [one for ground in grounds for one in ground["participations"]]
    assert {(row[3], row[4].isoformat()) for row in rows} == {
        (f"{ID}state/{one['party']}", one["in_force_on"]) for one in dates
    }
    assert {row[5] for row in rows} == {cite["url"] for one in dates for cite in one["sources"]}


@pytest.mark.parametrize("question", [QUESTION, PROVIDER, CONTENT], ids=lambda one: one["to"])
def test_whatever_the_answer_links_to_is_described_with_it(client: TestClient, question: dict[str, str]) -> None:
    _, graph = pair(client, question)
    rows = asked(
        graph,
        f"""SELECT DISTINCT ?thing {{ ?part ?property ?thing . FILTER(isBlank(?part) && isIRI(?thing))
        FILTER(STRSTARTS(STR(?thing), "{ID}") && ?property != comity:release)
        FILTER NOT EXISTS {{ ?thing a ?class }} }}""",
    )
    assert rows == []


@pytest.mark.parametrize("question", [QUESTION, PROVIDER], ids=lambda one: one["to"])
def test_another_engine_reads_the_same_triples(client: TestClient, question: dict[str, str]) -> None:
    text = client.get("/v1/paths", params=question, headers=JSON_LD).text
    quads = ox.Dataset(ox.parse(text, ox.RdfFormat.JSON_LD))
    again = graph_of(text).serialize(format="nt")
    other = ox.Dataset(ox.parse(again, ox.RdfFormat.N_TRIPLES))
    for one in (quads, other):
        one.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert set(quads) == set(other)


def test_what_an_assumption_makes_is_marked_and_links_to_no_record(client: TestClient) -> None:
    question = {"from": "BRA", "to": "JPN", "measure": "subscriber-information", "on": "2028-01-01"}
    told, graph = pair(client, {**question, "assume": "BRA:cets-224:2027-01-01"})
    assumed = [path["rank"] for path in told["paths"] if path["hypothetical"]]
    assert assumed
    found = asked(graph, "SELECT ?rank { ?path comity:position ?rank ; comity:hypothetical true } ORDER BY ?rank")
    assert [rank for (rank,) in found] == assumed
    standings = asked(
        graph,
        """SELECT ?force ?record { ?standing a comity:PartyStanding ; comity:hypothetical true ;
        comity:boundOn ?force . OPTIONAL { ?standing comity:participation ?record } }""",
    )
    assert standings
    assert {record for _, record in standings} == {None}
    assert asked(graph, "SELECT ?text { ?answer comity:assumption ?text }")


def test_explanations_and_translations_are_for_json(client: TestClient) -> None:
    for name, value in (("explain", "true"), ("lang", "fr")):
        refused = client.get("/v1/paths", params={**QUESTION, name: value}, headers=JSON_LD)
        assert (refused.status_code, refused.json()["errors"][0]["name"]) == (422, name)


def test_many_questions_give_one_graph_in_which_each_record_stands_once(client: TestClient) -> None:
    questions = [QUESTION, {**PROVIDER, "on": "2024-01-01"}]
    answer = client.post("/v1/paths", json={"questions": questions, "limit": 2}, headers=JSON_LD)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/ld+json")
    ids = [node["id"] for node in answer.json()["@graph"] if "id" in node]
    assert len(ids) == len(set(ids)) > 0
    found = asked(graph_of(answer.text), """SELECT ?day (COUNT(?path) AS ?paths) { ?answer comity:path ?path ;
        comity:question/comity:onDay ?day } GROUP BY ?day ORDER BY ?day""")  # fmt: skip
    alone = [client.get("/v1/paths", params={**one, "limit": "2"}).json() for one in reversed(questions)]
    assert [(day.isoformat(), count) for day, count in found] == [(one["as_of"], len(one["paths"])) for one in alone]
    wrong = client.post("/v1/paths", json={"questions": [QUESTION, {**QUESTION, "to": "Nowhere"}]}, headers=JSON_LD)
    assert (wrong.status_code, "questions.1" in wrong.json()["detail"]) == (422, True)
    lines = client.post("/v1/paths", json={"questions": [QUESTION]}, headers={"Accept": "application/json"})
    assert json.loads(lines.text)["index"] == 0
