"""What the SPARQL service says of itself (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from api.sparql.graphs import RDF_TYPE, VOID, link, number
from graph.releases import Release
from ontologies.iris import thing_iri
from ontologies.schema import schema

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"

RESULT_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "JSON-LD", "RDF_XML",
)  # fmt: skip
"""Names of the W3C for the forms in which results come."""


def service(endpoint: str, release: Release) -> Iterator[Triple]:
    """The service at ``endpoint`` (its address), which answers from ``release``: its data set graph by graph."""
    it, dataset, default = (NamedNode(endpoint + part) for part in ("#service", "#dataset", "#default-graph"))
    yield Triple(it, RDF_TYPE, NamedNode(SD + "Service"))
    yield link(it, SD + "endpoint", endpoint)
    yield link(it, SD + "supportedLanguage", SD + "SPARQL11Query")
    yield link(it, SD + "feature", SD + "UnionDefaultGraph")
    for name in RESULT_FORMATS:
        yield link(it, SD + "resultFormat", FORMATS + name)
    yield link(it, SD + "defaultDataset", dataset.value)
    yield Triple(dataset, RDF_TYPE, NamedNode(SD + "Dataset"))
    yield link(dataset, "http://purl.org/dc/terms/source", thing_iri("release", release.id))
    yield link(dataset, SD + "defaultGraph", default.value)
    yield Triple(default, RDF_TYPE, NamedNode(SD + "Graph"))
    source = schema().record("Source")
    names = [source.iri_of(one.id) for one in release.records().sources]
    for place, name in enumerate([*names, thing_iri("graph", "catalogue"), thing_iri("graph", "description")]):
        named = NamedNode(f"{endpoint}#graph-{place}")
        yield link(dataset, SD + "namedGraph", named.value)
        yield Triple(named, RDF_TYPE, NamedNode(SD + "NamedGraph"))
        yield link(named, SD + "name", name)
    yield number(dataset, VOID + "triples", release.manifest.triples)
