"""The release described as a data set (VoID, DCAT): what is in it, under which terms, and where to get it."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from api.sparql.graphs import DCAT, DCTERMS, RDF_TYPE, VOID, link, text
from graph.description import LICENCE, description
from graph.releases import Release
from ontologies.iris import ONTOLOGY, THINGS, thing_iri
from ontologies.schema import schema

VOCABULARIES = (
    ONTOLOGY,
    "http://purl.org/dc/terms/",
    "http://www.w3.org/2004/02/skos/core#",
    "http://www.w3.org/ns/prov#",
    "https://schema.org/",
)
"""Vocabularies whose terms stand in the data."""

IANA = "https://www.iana.org/assignments/media-types/"
EXPORTS = {
    "nquads": "application/n-quads",
    "turtle": "text/turtle",
    "jsonld": "application/ld+json",
    "csv": "text/csv",
    "graphml": "application/xml",
    "node-link": "application/json",
    "mappings": "text/turtle",
}
"""Exports that other programs read, and their media types; those in a folder come packed."""


def dataset(base: str, release: Release, exports: bool) -> Iterator[Triple]:
    """The data set that the server at ``base`` (ending in a slash) gives out; ``exports``: whether as files too."""
    manifest = release.manifest
    for quad in description(release.id, manifest.built_at, manifest.triples, release.records(), schema()):
        yield quad.triple
    it, service = NamedNode(thing_iri("release", release.id)), NamedNode(base + "sparql#service")
    yield text(
        it, DCTERMS + "description",
        "Law and institutions for cooperation between States against online child sexual exploitation: instruments, "
        "parties and dates, provisions, offices, national law, providers, each with its source. No case data.",
        "en",
    )  # fmt: skip
    yield text(
        it, DCTERMS + "rights", "Not legal advice; what is not on record is no statement that it is not so.", "en"
    )
    yield link(it, VOID + "sparqlEndpoint", base + "sparql")
    yield link(it, DCAT + "landingPage", base + "docs")
    yield link(it, VOID + "exampleResource", THINGS + "instrument/cets-185")
    for vocabulary in VOCABULARIES:
        yield link(it, VOID + "vocabulary", vocabulary)
    yield Triple(service, RDF_TYPE, NamedNode(DCAT + "DataService"))
    yield text(service, DCTERMS + "title", "SPARQL 1.1, read only", "en")
    yield link(service, DCAT + "endpointURL", base + "sparql")
    yield link(service, DCAT + "servesDataset", it.value)
    for name, media in EXPORTS.items() if exports else ():
        file = NamedNode(f"{base}v1/exports/{name}")
        yield link(it, DCAT + "distribution", file.value)
        yield Triple(file, RDF_TYPE, NamedNode(DCAT + "Distribution"))
        yield link(file, DCAT + "downloadURL", file.value)
        yield link(file, DCAT + "mediaType", IANA + media)
        yield link(file, DCTERMS + "license", LICENCE)
        if name in ("nquads", "turtle"):
            yield link(it, VOID + "dataDump", file.value)
