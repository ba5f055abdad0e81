"""SPARQL from outside: what is refused, what is bounded, and that results say what the store holds."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import msgspec
import pytest
import rdflib
from pyoxigraph import QueryResultsFormat, parse_query_results

from graph import sparql
from graph.rdf import CATALOGUE
from graph.records import Records
from graph.releases import Release, write_release
from graph.sparql import GRAPHS, Result, SparqlError, refuse_unsafe
from graph.sparql.messages import READY, TASK, Task, frame

STATES = "SELECT ?name { ?state a comity:State ; schema:name ?name } ORDER BY ?name"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def release(every_class: Records, tmp_path_factory: pytest.TempPathFactory) -> Release:
    data = tmp_path_factory.mktemp("asked")
    return write_release(data, every_class, {}, fingerprint="f", built_at="2026-11-24T12:00:00Z")


def run(
    release: Release, query: str, *, format: str | None = None, timeout_s: float = 20, max_rows: int = 100
) -> Result:
    return sparql.run(release, query, format=format, timeout_s=timeout_s, max_rows=max_rows)


def bindings(result: Result) -> list[dict[str, str]]:
    found = json.loads(result.content)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in found]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "INSERT is refused"),
        ("PREFIX x: <a:> DELETE WHERE { ?a ?b ?c }", "DELETE is refused"),
        ("WITH <a:g> DELETE { ?a ?b ?c } WHERE { ?a ?b ?c }", "WITH is refused"),
        ("LOAD <http://example.org/>", "LOAD is refused"),
        ("clear all", "CLEAR is refused"),
        ("DROP GRAPH <a:select>", "DROP is refused"),
        ("# SELECT\nCREATE GRAPH <a:g>", "CREATE is refused"),
        ("SELECT * { SERVICE <http://example.org/> { ?a ?b ?c } }", "SERVICE is refused"),
        ("SELECT * { service silent <http://example.org/> { ?a ?b ?c } }", "SERVICE is refused"),
        ("SELECT * { ?a ?b '\\'' . SERVICE ?a { ?a ?b ?c } }", "SERVICE is refused"),
        ("SELECT * { ?s ?p ?o .SERVICE <http://example.org/> { ?a ?b ?c } }", "SERVICE is refused"),
        ("", "no query"),
        ("# SELECT * { ?a ?b ?c }", "no query"),
        ("SELECT " + " " * 200_000, "characters"),
    ],
)
def test_what_is_no_read_only_query_is_refused(release: Release, query: str, told: str) -> None:
    with pytest.raises(SparqlError, match=told):
        run(release, query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?service ?insert 'SERVICE' }",
        'SELECT * { ?a ?b """DROP ALL; SERVICE <x>""" }',
        "PREFIX service: <a:> SELECT * { ?a service:load ?c }  # SERVICE",
        "SELECT * { ?a <http://example.org/#SERVICE> $delete }",
        "PREFIX load: <a:> ASK { ?a load:service ?c }",
    ],
)
def test_forbidden_words_that_mean_nothing_are_no_matter(release: Release, query: str) -> None:
    refuse_unsafe(query)
    assert run(release, query).rows >= 0


@pytest.fixture
def asked_server() -> Iterator[tuple[str, list[str]]]:
    """A server that notes every request."""
    asked: list[str] = []

    class Note(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_POST = do_GET  # noqa: N815 - the name is that of the library

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Note) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", asked
        server.shutdown()


@pytest.fixture
def hidden_calls(asked_server: tuple[str, list[str]]) -> list[str]:
    """Calls of the server that looking for words does not find, since words may be parts of names."""
    prologue = f"PREFIX : <{asked_server[0]}> SELECT * {{ BIND(1 AS ?a) BIND(2 AS ?b) "
    return [
        prologue + "FILTER(?a<?b)SERVICE:x#>\n{ ?x ?y ?z } }",  # looks like an IRI, is a comparison and a call
        prologue + "SERVICE:x { ?x ?y ?z } }",  # looks like a prefixed name
    ]


def test_a_hidden_service_reaches_nobody(
    release: Release, asked_server: tuple[str, list[str]], hidden_calls: list[str]
) -> None:
    address, asked = asked_server
    for query in hidden_calls:
        refuse_unsafe(query)  # the words alone do not stop it …
        with pytest.raises(SparqlError):
            run(release, query)  # … the process does
    for query in (f"SELECT * FROM <{address}> {{ ?a ?b ?c }}", f"SELECT * {{ GRAPH <{address}> {{ ?a ?b ?c }} }}"):
        assert run(release, query).rows == 0
    assert asked == []


def test_the_hidden_calls_would_reach_the_server(
    release: Release, asked_server: tuple[str, list[str]], hidden_calls: list[str]
) -> None:
    with release.store() as store:
        for count, query in enumerate(hidden_calls, start=1):
            with pytest.raises(OSError, match="404"):
                list(store.engine.query(query))  # type: ignore[arg-type]
            assert len(asked_server[1]) == count


def test_a_runaway_query_is_ended(release: Release) -> None:
    began = time.monotonic()
    with pytest.raises(SparqlError, match=r"longer than 0\.7 s"):
        run(release, ENDLESS, timeout_s=0.7)
    assert time.monotonic() - began < 3


def test_a_runaway_query_ends_itself_when_nobody_waits(release: Release) -> None:
    task = Task(query=ENDLESS, table="json", graph=None, max_rows=1, max_bytes=1000, timeout_s=0.1)
    done = subprocess.run(
        sparql.command(release.folder / "store", sparql.MEMORY_BYTES),
        input=frame(TASK, msgspec.json.encode(task)),
        capture_output=True,
        timeout=20,
        check=False,
        cwd=sparql.ROOT,
    )
    assert done.returncode < 0
    assert done.stdout == frame(READY)


def test_rows_are_limited_and_it_is_said(release: Release) -> None:
    cut = run(release, "SELECT * { ?a ?b ?c }", max_rows=3)
    assert (cut.rows, cut.truncated, len(bindings(cut))) == (3, True, 3)
    graph = run(release, "CONSTRUCT WHERE { ?a ?b ?c }", max_rows=4, format="ntriples")
    assert (graph.rows, graph.truncated, len(graph.content.splitlines())) == (4, True, 4)
    whole = run(release, STATES, max_rows=2)
    assert (whole.rows, whole.truncated) == (2, False)


def test_a_malformed_query_is_placed(release: Release) -> None:
    with pytest.raises(SparqlError, match=r"malformed at line 2, column \d+: ") as caught:
        run(release, "SELECT *\nWHERE { ?s ?p }")
    assert "\n" not in str(caught.value)
    with pytest.raises(SparqlError, match=r"line 1, column \d+: a prefix .* not declared; .* comity, "):
        run(release, "SELECT * { ?a nowhere:b ?c }")


def test_the_default_graph_is_the_union_without_repetitions(release: Release, every_class: Records) -> None:
    held = sum(len(getattr(every_class, field)) for field in every_class.__struct_fields__)
    count = "SELECT (COUNT(*) AS ?n) { ?thing a ?class . FILTER(STRSTARTS(STR(?class), STR(comity:))) }"
    distinct = count.replace("COUNT(*)", "COUNT(DISTINCT ?thing)")
    assert bindings(run(release, count)) == bindings(run(release, distinct))
    assert held > 20


def test_provenance_is_the_graph(release: Release) -> None:
    query = """SELECT ?source ?url { GRAPH ?source { ?p comity:inForceOn ?day } ?source schema:url ?url
               FILTER(CONTAINS(STR(?p), "/participation/")) }"""
    found = bindings(run(release, query))
    assert [row["source"].rpartition("/")[2] for row in found] == ["gazette-example-0000000002"]


def test_from_chooses_the_graphs(release: Release) -> None:
    ask = "ASK FROM <{}> {{ ?x a comity:State }}"
    source = "https://w3id.org/comity/id/source/treaties-example-0000000001"
    assert json.loads(run(release, ask.format(source)).content)["boolean"] is True
    assert json.loads(run(release, ask.format(CATALOGUE.value)).content)["boolean"] is False


def test_every_table_format_says_the_same(release: Release) -> None:
    names = [row["name"] for row in bindings(run(release, STATES, format="json"))]
    assert names == ["Aland", "Ærø «Béland»"]
    table = list(csv.reader(io.StringIO(run(release, STATES, format="csv").content)))
    assert [row[0] for row in table[1:]] == names
    for format, shape in (("tsv", QueryResultsFormat.TSV), ("xml", QueryResultsFormat.XML)):
        parsed = parse_query_results(run(release, STATES, format=format).content, shape)
        assert [solution["name"].value for solution in parsed] == names  # type: ignore[union-attr]


def test_every_graph_format_says_the_same(release: Release) -> None:
    query = "CONSTRUCT { ?s schema:name ?n } WHERE { ?s a comity:State ; schema:name ?n }"
    names = {"turtle": "turtle", "ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}
    graphs = [rdflib.Graph().parse(data=run(release, query, format=one).content, format=names[one]) for one in GRAPHS]
    assert all(set(graph) == set(graphs[0]) for graph in graphs)
    assert len(graphs[0]) == 2


def test_a_format_that_does_not_fit_is_named(release: Release) -> None:
    with pytest.raises(SparqlError, match="gives a table"):
        run(release, STATES, format="turtle")
    with pytest.raises(SparqlError, match="gives a graph"):
        run(release, "CONSTRUCT WHERE { ?a ?b ?c }", format="csv")
    with pytest.raises(SparqlError, match="unknown format 'pdf'"):
        run(release, STATES, format="pdf")


def test_asking_changes_nothing_in_the_store(release: Release) -> None:
    def content() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (release.folder / "store").iterdir()}

    before = content()
    run(release, STATES)
    assert content() == before
