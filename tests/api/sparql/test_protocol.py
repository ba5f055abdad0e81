"""The cases of the W3C test suite for the SPARQL 1.1 Protocol, by their names, on graphs of this release.

Cases that send an update do not apply to a service that is read only: that each is refused is tested here too.
"""

from __future__ import annotations

from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from graph.releases import Release
from graph.stores.oxigraph import OxigraphStore
from ontologies.iris import thing_iri

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
UTF_16 = {"Content-Type": "application/sparql-query; charset=UTF-16"}
UPDATE = {"Content-Type": "application/sparql-update"}


@pytest.fixture(scope="module")
def graphs(packaged_release: Release) -> tuple[tuple[str, str], ...]:
    """Three named graphs and, of each, the IRI of something that has its type there and in no other of them."""
    with OxigraphStore(packaged_release) as store:
        rows = store.select(
            "SELECT ?g (SAMPLE(?s) AS ?thing) { GRAPH ?g { ?s a comity:Participation }"
            " FILTER NOT EXISTS { GRAPH ?other { ?s a comity:Participation } FILTER(?other != ?g) } }"
            " GROUP BY ?g ORDER BY ?g LIMIT 3".replace("comity:Participation",
                                                       "<https://w3id.org/comity/ontology#Participation>")
        )  # fmt: skip
    return tuple((row["g"], row["thing"]) for row in rows)


def dataset(**parameters: list[str]) -> str:
    """The parameters that name a data set."""
    return "&".join(f"{name.replace('_', '-')}-graph-uri={quote(iri, safe='')}" for name in parameters
                    for iri in parameters[name])  # fmt: skip


def boolean(answer: object) -> bool:
    """The answer to an ASK."""
    assert answer.status_code == 200, answer.text  # type: ignore[attr-defined]
    assert answer.headers["Content-Type"] == "application/sparql-results+json"  # type: ignore[attr-defined]
    said = answer.json()["boolean"]  # type: ignore[attr-defined]
    assert isinstance(said, bool)
    return said


def test_query_get(client: TestClient) -> None:
    assert boolean(client.get("/sparql?query=ASK%20%7B%7D"))


def test_query_post_form(client: TestClient, graphs: tuple[tuple[str, str], ...]) -> None:
    path = "/sparql?" + dataset(default=[graphs[0][0]])
    assert boolean(client.post(path, content="query=ASK%20%7B%7D", headers=FORM))


def test_query_post_direct(client: TestClient) -> None:
    assert boolean(client.post("/sparql", content="ASK {}", headers=DIRECT))
    charset = {"Content-Type": 'application/sparql-query; charset="UTF-8"'}
    assert boolean(client.post("/sparql", content="ASK { FILTER('é' = 'é') }".encode(), headers=charset))


def both_default(graphs: tuple[tuple[str, str], ...]) -> str:
    return f"ASK {{ <{graphs[0][1]}> a ?type . <{graphs[1][1]}> a ?type }}"


def test_query_dataset_default_graphs_get(client: TestClient, graphs: tuple[tuple[str, str], ...]) -> None:
    asked = f"/sparql?query={quote(both_default(graphs), safe='')}&"
    assert boolean(client.get(asked + dataset(default=[graphs[0][0], graphs[1][0]])))
    assert not boolean(client.get(asked + dataset(default=[graphs[0][0], graphs[2][0]])))


def test_query_dataset_default_graphs_post(client: TestClient, graphs: tuple[tuple[str, str], ...]) -> None:
    query = both_default(graphs)
    path = "/sparql?" + dataset(default=[graphs[0][0], graphs[1][0]])
    assert boolean(client.post(path, content=query, headers=DIRECT))
    in_body = f"query={quote(query, safe='')}&" + dataset(default=[graphs[0][0], graphs[1][0]])
    assert boolean(client.post("/sparql", content=in_body, headers=FORM))


def both_named(graphs: tuple[tuple[str, str], ...]) -> str:
    return f"ASK {{ GRAPH ?g1 {{ <{graphs[0][1]}> a ?type }} GRAPH ?g2 {{ <{graphs[1][1]}> a ?type }} }}"


def test_query_dataset_named_graphs_get(client: TestClient, graphs: tuple[tuple[str, str], ...]) -> None:
    asked = f"/sparql?query={quote(both_named(graphs), safe='')}&"
    assert boolean(client.get(asked + dataset(named=[graphs[0][0], graphs[1][0]])))
    assert not boolean(client.get(asked + dataset(named=[graphs[0][0]])))


def test_query_dataset_named_graphs_post(client: TestClient, graphs: tuple[tuple[str, str], ...]) -> None:
    path = "/sparql?" + dataset(named=[graphs[0][0], graphs[1][0]])
    assert boolean(client.post(path, content=both_named(graphs), headers=DIRECT))
    nothing_in_default = "ASK { ?s ?p ?o }"
    assert not boolean(client.post(path, content=nothing_in_default, headers=DIRECT))


def test_query_dataset_full(client: TestClient, graphs: tuple[tuple[str, str], ...]) -> None:
    query = f"ASK {{ <{graphs[2][1]}> a ?type . " + both_named(graphs).removeprefix("ASK {")
    given = dataset(default=[graphs[2][0]], named=[graphs[0][0], graphs[1][0]])
    assert boolean(client.post(f"/sparql?{given}", content=query, headers=DIRECT))
    elsewhere = dataset(default=[graphs[0][0]], named=[graphs[0][0], graphs[1][0]])
    assert not boolean(client.post(f"/sparql?{elsewhere}", content=query, headers=DIRECT))


def test_query_multiple_dataset(client: TestClient, graphs: tuple[tuple[str, str], ...]) -> None:
    """The data set of the request goes before the one of the query."""
    query = f"ASK FROM <{graphs[0][0]}> {{ <{graphs[1][1]}> a ?type }}"
    assert boolean(client.post("/sparql?" + dataset(default=[graphs[1][0]]), content=query, headers=DIRECT))
    assert not boolean(client.post("/sparql", content=query, headers=DIRECT))


@pytest.mark.parametrize(
    ("query", "media"),
    [
        ("SELECT (1 AS ?value) {}", {"application/sparql-results+json", "application/sparql-results+xml", "text/csv"}),
        ("ASK {}", {"application/sparql-results+json", "application/sparql-results+xml"}),
        ("DESCRIBE <http://example.org/>", {"text/turtle", "application/rdf+xml", "application/n-triples"}),
        ("CONSTRUCT { <s> <p> 1 } WHERE {}".replace("<s> <p>", "<a:s> <a:p>"),
         {"text/turtle", "application/rdf+xml", "application/n-triples"}),
    ],
    ids=["select", "ask", "describe", "construct"],
)  # fmt: skip
def test_query_content_type(client: TestClient, query: str, media: set[str]) -> None:
    for accepted in (None, *media):
        headers = {} if accepted is None else {"Accept": accepted}
        answer = client.post("/sparql", content=query, headers={**DIRECT, **headers})
        assert answer.status_code == 200
        given = answer.headers["Content-Type"].partition(";")[0]
        assert given == accepted if accepted else given in media


def test_bad_query_method(client: TestClient) -> None:
    refused = client.put("/sparql?query=ASK%20%7B%7D", headers=FORM)
    assert (refused.status_code, set(refused.headers["Allow"].split(", "))) == (405, {"GET", "HEAD", "POST"})


@pytest.mark.parametrize(
    ("method", "path", "content", "headers", "status"),
    [
        pytest.param("GET", "?query=ASK%20%7B%7D&query=SELECT%20*%20%7B%7D", None, {}, 400, id="bad_multiple_queries"),
        pytest.param("POST", "?query=ASK%7B%7D", "ASK {}", DIRECT, 400, id="a_query_in_address_and_body"),
        pytest.param("POST", "", "ASK {}", {"Content-Type": "text/plain"}, 415, id="bad_query_wrong_media_type"),
        pytest.param("POST", "", "query=ASK%20%7B%7D", {}, 415, id="bad_query_missing_form_type"),
        pytest.param("POST", "", "ASK {}", {}, 415, id="bad_query_missing_direct_type"),
        pytest.param("POST", "", "ASK {}".encode("utf-16"), UTF_16,
                     415, id="bad_query_non_utf8"),
        pytest.param("POST", "", b"ASK { <a:a> <a:b> '\xff' }", DIRECT, 400, id="bytes_that_are_no_utf8"),
        pytest.param("GET", "?query=%FF", None, {}, 400, id="an_address_that_is_no_utf8"),
        pytest.param("GET", "?query=ASK%20%7B", None, {}, 400, id="bad_query_syntax"),
        pytest.param("GET", "?query=", None, {}, 400, id="an_empty_query"),
        pytest.param("POST", "", "", FORM, 400, id="a_form_without_a_query"),
        pytest.param("GET", "?query=ASK%7B%7D&default-graph-uri=no%20iri", None, {}, 400, id="a_graph_that_is_no_iri"),
        pytest.param("POST", "", "query=" + "ASK%7B%7D%20" * 20_000, FORM, 413, id="a_query_that_is_too_long"),
    ],
)  # fmt: skip
def test_what_is_no_query_is_refused(
    client: TestClient, method: str, path: str, content: str | bytes | None, headers: dict[str, str], status: int
) -> None:
    refused = client.request(method, "/sparql" + path, content=content, headers=headers)
    assert refused.status_code == status
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.json()["detail"]


@pytest.mark.parametrize(
    ("method", "path", "content", "headers", "status"),
    [
        pytest.param("GET", "?update=CLEAR%20ALL", None, {}, 403, id="bad_update_get"),
        pytest.param("POST", "", "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", FORM, 403, id="bad_multiple_updates"),
        pytest.param("POST", "", "CLEAR NAMED", {"Content-Type": "text/plain"}, 415, id="bad_update_wrong_media_type"),
        pytest.param("POST", "", "update=CLEAR%20NAMED", {}, 415, id="bad_update_missing_form_type"),
        pytest.param("POST", "", "CLEAR NAMED".encode("utf-16"), UPDATE, 403, id="bad_update_non_utf8"),
        pytest.param("POST", "", "update=CLEAR%20XYZ", FORM, 403, id="bad_update_syntax"),
        pytest.param("POST", "?using-named-graph-uri=http%3A%2F%2Fexample%2Fpeople",
                     "WITH <http://example/a> DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }", UPDATE, 403,
                     id="bad_update_dataset_conflict"),
        pytest.param("POST", "", "update=CLEAR+ALL", FORM, 403, id="update_post_form"),
        pytest.param("POST", "", "CLEAR ALL", UPDATE, 403, id="update_post_direct"),
        pytest.param("POST", "?using-graph-uri=http%3A%2F%2Fexample%2Fa", "INSERT DATA { <a:s> <a:p> <test> }", UPDATE,
                     403, id="update_dataset_and_base"),
        pytest.param("POST", "", "CLEAR ALL", DIRECT, 403, id="an_update_sent_as_a_query"),
        pytest.param("GET", "?query=LOAD%20%3Chttp%3A%2F%2Fexample.org%2F%3E", None, {}, 403, id="load"),
        pytest.param("GET", "?query=SELECT%20*%20%7BSERVICE%20%3Chttp%3A%2F%2Fx%2F%3E%20%7B%7D%7D", None, {}, 403,
                     id="service"),
    ],
)  # fmt: skip
def test_updates_are_refused(
    client: TestClient, method: str, path: str, content: str | bytes | None, headers: dict[str, str], status: int
) -> None:
    before = client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s a ?class }"}).text
    refused = client.request(method, "/sparql" + path, content=content, headers=headers)
    assert refused.status_code == status
    assert client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s a ?class }"}).text == before


def test_a_malformed_query_is_told_by_line_and_column(client: TestClient) -> None:
    refused = client.get("/sparql", params={"query": "SELECT *\nWHERE { ?s ?p }"}).json()
    assert (refused["status"], refused["line"], refused["code"]) == (400, 2, "malformed-query")
    assert isinstance(refused["column"], int)


def test_nothing_is_fetched_for_a_graph_that_is_not_here(client: TestClient) -> None:
    outside = quote("http://127.0.0.1:9/data.ttl", safe="")
    asked = client.get(f"/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D&default-graph-uri={outside}")
    assert not boolean(asked)


def test_a_thing_and_its_source_can_be_asked_for(client: TestClient) -> None:
    state = thing_iri("state", "FRA")
    asked = client.get("/sparql", params={"query": f"ASK {{ GRAPH ?source {{ <{state}> a comity:State }} }}"})
    assert boolean(asked)
