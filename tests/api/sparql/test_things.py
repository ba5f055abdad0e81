"""IRIs lead to pages and data, and the service and the data set describe themselves."""

from __future__ import annotations

import hashlib
from urllib.parse import quote

import pytest
import rdflib
from html5lib import HTMLParser
from rdflib import DCAT, DCTERMS, OWL, RDF, RDFS, SKOS, VOID, Literal, Namespace, URIRef
from starlette.testclient import TestClient

from graph.releases import Release
from ontologies.iris import ONTOLOGY, THINGS, concept_iri, thing_iri
from ontologies.schema import schema

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
PARSERS = {"text/turtle": "turtle", "application/n-triples": "nt", "application/ld+json": "json-ld",
           "application/rdf+xml": "xml"}  # fmt: skip
FRANCE = URIRef(thing_iri("state", "FRA"))


def graph(client: TestClient, path: str, media: str = "text/turtle") -> rdflib.Graph:
    answer = client.get(path, headers={"Accept": media})
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"].partition(";")[0] == media
    return rdflib.Graph().parse(data=answer.text, format=PARSERS[media])


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
        ("text/turtle", "turtle"),
        ("application/ld+json, text/turtle;q=0.5", "jsonld"),
        ("application/n-triples", "ntriples"),
        ("application/rdf+xml, */*;q=0.1", "rdfxml"),
    ],
)
def test_an_iri_leads_to_a_document_about_the_thing(client: TestClient, accept: str, form: str) -> None:
    see = client.get("/id/state/FRA", headers={"Accept": accept}, follow_redirects=False)
    assert (see.status_code, see.headers["Location"]) == (303, f"/v1/things/id/state/FRA?format={form}")
    assert "Accept" in see.headers["Vary"]
    told = client.get(see.headers["Location"])
    assert told.status_code == 200
    assert f'<{FRANCE}>; rel="describes"' in told.headers["Link"]


def test_what_is_not_there_or_not_taken_is_a_problem(client: TestClient) -> None:
    for path in ("/id/state/XXX", "/id/nothing", "/vocabulary/measure/nothing", "/v1/things/id/state/XXX",
                 "/id/" + quote("<script>alert(1)</script>"), "/id/%00", "/v1/things/ontology"):  # fmt: skip
        answer = client.get(path, follow_redirects=False)
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert client.get("/id/state/FRA", headers={"Accept": "image/png"}, follow_redirects=False).status_code == 406
    assert client.get("/v1/things/id/state/FRA", params={"format": "pdf"}).status_code == 422


def test_every_kind_of_thing_can_be_followed(client: TestClient, packaged_release: Release) -> None:
    """One record of each class, the one with the longest id, which holds the strangest signs."""
    records = packaged_release.records()
    for name, spec in schema().classes.items():
        held = getattr(records, spec.list_field)
        if held:
            iri = spec.iri_of(max(held, key=lambda one: (len(one.id), one.id)).id)
            path = "/" + iri.removeprefix("https://w3id.org/comity/")
            found = graph(client, path)
            assert (URIRef(iri), RDF.type, URIRef(spec.iri)) in found, name
            assert (URIRef(iri), RDFS.label, None) in found


def test_all_forms_say_the_same_with_labels_sources_and_links_out(client: TestClient) -> None:
    graphs = [set(graph(client, "/v1/things/id/state/FRA", media)) for media in PARSERS]
    assert all(one == graphs[0] for one in graphs)
    france = graph(client, "/v1/things/id/state/FRA")
    assert (FRANCE, RDFS.label, Literal("France")) in france
    assert set(france.objects(FRANCE, OWL.sameAs)) == {
        URIRef("http://publications.europa.eu/resource/authority/country/FRA"),
        URIRef("http://www.wikidata.org/entity/Q142"),
    }
    party = graph(client, "/v1/things/id/participation/cets-185/FRA")
    it = URIRef(THINGS + "participation/cets-185/FRA")
    sources = set(party.objects(it, DCTERMS.source))
    assert sources
    assert all(str(source).startswith(THINGS + "source/") for source in sources)
    assert (FRANCE, RDFS.label, Literal("France")) in party


def test_a_page_reads_well_without_anything_from_elsewhere(client: TestClient) -> None:
    answer = client.get("/v1/things/id/instrument/cets-185", headers={"Accept": "text/html"})
    parser = HTMLParser(strict=True)
    document = parser.parse(answer.text)
    assert not parser.errors
    text = " ".join(document.itertext())
    assert "Budapest Convention on Cybercrime" in text
    assert "Sources" in text
    assert "Not legal advice" in text
    loaded = [node.get("src") or node.get("href") for node in document.iter() if node.tag.endswith(("script", "link"))]
    assert all(place.startswith(("/static/", "?format=", "data:,")) for place in loaded if place)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_whatever_records_hold_is_shown_as_text() -> None:
    from api.sparql.things import SourceTold, Statement, Thing, Value
    from api.sparql.web import page

    evil = "<script>alert(1)</script>"
    thing = Thing(
        iri=THINGS + "x/" + evil, name=evil, kind=evil,
        statements=(Statement("javascript:x", evil, (Value(evil, "javascript:alert(1)", (1,)),)),),
        same=("javascript:alert(1)",), sources=(SourceTold("javascript:x", "javascript:alert(1)", evil),), mentions=(),
    )  # fmt: skip
    shown = page("thing.html", thing=thing, release="r", name="x").decode()
    assert "<script" not in shown
    assert 'href="javascript' not in shown


def test_concepts_and_the_ontology_can_be_followed(client: TestClient) -> None:
    preservation = graph(client, "/vocabulary/measure/preservation")
    assert (URIRef(concept_iri("measure", "preservation")), SKOS.prefLabel, None) in preservation
    ontology = graph(client, "/ontology", "application/rdf+xml")
    assert (URIRef(ONTOLOGY + "Participation"), RDF.type, OWL.Class) in ontology
    assert len(ontology) > 1000


def test_the_service_describes_itself_where_no_query_is_sent(client: TestClient, packaged_release: Release) -> None:
    described = graph(client, "/sparql")
    assert (
        client.get("/sparql", headers={"Accept": "application/rdf+xml"}).headers["Content-Type"]
        == "application/rdf+xml"
    )
    assert client.get("/sparql", headers={"Accept": "image/png"}).status_code == 406
    service = described.value(None, RDF.type, SD.Service)
    assert described.value(service, SD.endpoint) == URIRef("http://testserver/sparql")
    assert (service, SD.supportedLanguage, SD.SPARQL11Query) in described
    assert (None, None, SD.SPARQL11Update) not in described
    names = {str(name) for name in described.objects(None, SD.name)}
    held = {thing_iri("source", one.id) for one in packaged_release.records().sources}
    assert held <= names
    asked = client.get("/sparql", params={"query": "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"}).json()
    assert {row["g"]["value"] for row in asked["results"]["bindings"]} <= names


def test_the_data_set_is_described_and_found(client: TestClient, packaged_release: Release) -> None:
    see = client.get("/.well-known/void", follow_redirects=False)
    assert (see.status_code, see.headers["Location"]) == (303, "/v1/dataset")
    described = graph(client, "/v1/dataset")
    dataset = described.value(None, RDF.type, VOID.Dataset)
    assert dataset == URIRef(thing_iri("release", packaged_release.id))
    assert described.value(dataset, VOID.sparqlEndpoint) == URIRef("http://testserver/sparql")
    assert described.value(dataset, VOID.triples) == Literal(packaged_release.manifest.triples)
    assert described.value(dataset, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert described.value(dataset, DCTERMS.issued) is not None
    service = described.value(None, DCAT.servesDataset, dataset)
    assert described.value(service, DCAT.endpointURL) == URIRef("http://testserver/sparql")
    entities = {
        str(described.value(part, VOID["class"])): int(str(described.value(part, VOID.entities)))
        for part in described.objects(dataset, VOID.classPartition)
    }
    assert entities[ONTOLOGY + "State"] == len(packaged_release.records().states)
    for vocabulary in (DCAT, DCTERMS, VOID):
        used = {term for triple in described for term in triple[1:2] if str(term).startswith(str(vocabulary))}
        assert all(term in vocabulary for term in used), vocabulary


def test_an_example_resource_is_there(client: TestClient) -> None:
    described = graph(client, "/v1/dataset")
    for example in described.objects(None, VOID.exampleResource):
        assert client.get("/" + str(example).removeprefix("https://w3id.org/comity/")).status_code == 200


@pytest.mark.parametrize(
    ("name", "checksum"),
    [
        ("yasgui-4.6.2.min.js.gz", "55034eaac74c55f55fbd1eeed008ae38a79053651cbed2b453f1fcfd895a4b75"),
        ("yasgui-4.6.2.min.css.gz", "085b94556b97f9928981bdedb6848fd11ad4d8d950e821f0d698c58ca538fc55"),
    ],
)
def test_the_editor_is_the_one_of_its_makers(client: TestClient, name: str, checksum: str) -> None:
    """The files of the npm package @zazuko/yasgui 4.6.2, unchanged."""
    assert hashlib.sha256(client.get(f"/static/{name}").content).hexdigest() == checksum


def test_files_of_pages_come_packed_or_plain(client: TestClient) -> None:
    packed = client.get("/static/yasgui-4.6.2.min.js.gz", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/static/yasgui-4.6.2.min.js.gz", headers={"Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert packed.content == plain.content
    assert client.get("/static/..%2Fsettings.py").status_code == 404
