"""The forms of results: each says the same, and the client gets the one that it takes."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import QueryResultsFormat, Store, parse_query_results
from starlette.testclient import TestClient

from graph.sparql.tables import TABLES, Rows, TableFormat, cut

STATES = "SELECT ?name { ?state a comity:State ; schema:name ?name } ORDER BY ?name"
GRAPH = "CONSTRUCT { ?s schema:name ?n } WHERE { ?s a comity:State ; schema:name ?n }"


def ask(client: TestClient, query: str, accept: str | None = None, **more: str) -> tuple[int, str, str]:
    answer = client.get("/sparql", params={"query": query, **more}, headers={"Accept": accept} if accept else {})
    return answer.status_code, answer.headers["Content-Type"].partition(";")[0], answer.text


def test_tables_say_the_same_in_every_form(client: TestClient) -> None:
    _, _, text = ask(client, STATES)
    names = [row["name"]["value"] for row in json.loads(text)["results"]["bindings"]]
    assert len(names) > 200
    for media, shape in (("application/sparql-results+xml", QueryResultsFormat.XML),
                         ("text/tab-separated-values", QueryResultsFormat.TSV)):  # fmt: skip
        status, given, text = ask(client, STATES, media)
        assert (status, given) == (200, media)
        assert [row["name"].value for row in parse_query_results(text, shape)] == names  # type: ignore[union-attr]
    _, _, text = ask(client, STATES, "text/csv")
    assert [row[0] for row in csv.reader(io.StringIO(text))][1:] == names
    _, _, text = ask(client, STATES, "application/xml")
    assert ElementTree.fromstring(text).tag.endswith("sparql")


def test_graphs_say_the_same_in_every_form(client: TestClient) -> None:
    forms = {"text/turtle": "turtle", "application/n-triples": "nt", "application/ld+json": "json-ld",
             "application/rdf+xml": "xml"}  # fmt: skip
    graphs = []
    for media, name in forms.items():
        status, given, text = ask(client, GRAPH, media)
        assert (status, given) == (200, media)
        graphs.append(set(rdflib.Graph().parse(data=text, format=name)))
    assert len(graphs[0]) > 200
    assert all(graph == graphs[0] for graph in graphs)


@pytest.mark.parametrize(
    ("query", "accept", "given"),
    [
        (STATES, "text/csv;q=0.5, application/sparql-results+xml;q=0.9, */*;q=0.1", "application/sparql-results+xml"),
        (STATES, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml"),
        (STATES, "application/json", "application/json"),
        (STATES, "text/turtle, text/csv;q=0.1", "text/csv"),
        (GRAPH, "text/turtle;q=0.2, application/rdf+xml, text/csv", "application/rdf+xml"),
        (GRAPH, "text/*", "text/turtle"),
    ],
)
def test_the_client_gets_what_it_likes_best(client: TestClient, query: str, accept: str, given: str) -> None:
    assert ask(client, query, accept)[:2] == (200, given)


def test_what_is_not_taken_in_any_form_is_not_sent(client: TestClient) -> None:
    for query, accept in ((STATES, "image/png"), (STATES, "text/turtle"), (GRAPH, "text/csv")):
        assert ask(client, query, accept)[:2] == (406, "application/problem+json")


def test_format_goes_before_accept_and_words_of_clients_are_passed_over(client: TestClient) -> None:
    assert ask(client, STATES, "application/sparql-results+xml", format="csv")[1] == "text/csv"
    assert ask(client, GRAPH, None, format="ntriples")[1] == "application/n-triples"
    assert ask(client, STATES, "text/csv", format="sparql-xml-of-ours")[1] == "text/csv"


def test_an_answer_that_the_client_holds_is_not_worked_out_again(client: TestClient) -> None:
    first = client.get("/sparql", params={"query": STATES})
    again = client.get("/sparql", params={"query": STATES}, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/sparql", params={"query": STATES, "format": "csv"})
    assert other.headers["ETag"] != first.headers["ETag"]
    assert "ETag" not in client.get("/sparql", params={"query": "SELECT (NOW() AS ?now) {}"}).headers


def test_a_result_of_many_pieces_comes_whole(client: TestClient) -> None:
    query = "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 30000"
    _, _, text = ask(client, query, "text/tab-separated-values")
    assert len(text.splitlines()) == 30_001


texts = st.text(alphabet="ab\"\\},{<>&\r\n\t'é", max_size=8)
tables = st.lists(st.tuples(st.none() | texts, st.none() | texts), max_size=6)


@given(rows=tables, size=st.integers(1, 40), keep=st.integers(1, 6))
@settings(max_examples=150, deadline=None)
@pytest.mark.parametrize("form", TABLES)
def test_rows_are_counted_and_cut_whatever_they_hold(
    form: TableFormat, rows: list[tuple[str | None, str | None]], size: int, keep: int
) -> None:
    def term(value: str | None) -> str:
        return "UNDEF" if value is None else json.dumps(value, ensure_ascii=False)

    values = " ".join(f"({term(one)} {term(two)})" for one, two in rows)
    shape = {"json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML, "csv": QueryResultsFormat.CSV,
             "tsv": QueryResultsFormat.TSV}[form]  # fmt: skip
    text = Store().query(f"SELECT ?x ?y {{ VALUES (?x ?y) {{ {values} }} }}").serialize(format=shape)  # type: ignore[union-attr]
    assert text is not None
    counted = Rows(form)
    for place in range(0, len(text), size):
        counted.add(text[place : place + size])
        assert counted.at_least <= max(len(rows), 1)
    assert counted.exactly == len(rows)
    assert counted.at_least == max(len(rows), 1 if form == "json" else 0)
    if keep < len(rows):
        whole = cut(text, form, keep)
        if form == "csv":
            again = list(csv.reader(io.StringIO(whole.decode(), newline="")))[1:]
            assert again == [[one or "", two or ""] for one, two in rows[:keep]]
        else:
            found = [[row[name] and row[name].value for name in ("x", "y")]
                     for row in parse_query_results(whole, shape)]  # type: ignore[union-attr]  # fmt: skip
            assert found == [[one, two] for one, two in rows[:keep]]
