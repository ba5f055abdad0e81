"""The statements of an export as sorted triples, for the formats that have no named graphs.

Where graphs are lost, ``dcterms:source`` keeps the sources of each record as a whole; which source states which field
is only in the N-Quads. The description of the release comes with them.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad, Triple

from graph.canonical import list_fields
from graph.description import description
from graph.exports import Content
from graph.model import Record
from graph.rdf import quads
from graph.records import Records
from ontologies.schema import Schema

SOURCE = NamedNode("http://purl.org/dc/terms/source")

PREFIXES: dict[str, str] = {
    "comity": "https://w3id.org/comity/ontology#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def all_quads(content: Content) -> list[Quad]:
    """The quads of the records, then those of the description."""
    said = list(quads(content.records, content.schema))
    return [*said, *description(content.release_id, content.built_at, len(said), content.records, content.schema)]


def triples(content: Content) -> list[Triple]:
    """The triples without their graphs and without repetitions, sorted, with the sources of each record."""
    found = {quad.triple for quad in all_quads(content)}
    found.update(_cited(content.records, content.schema))
    return sorted(found, key=lambda one: (str(one.subject), one.predicate.value, str(one.object)))


def record_triples(records: Records, schema: Schema) -> set[Triple]:
    """The triples of ``records`` alone, with the sources of each."""
    return {quad.triple for quad in quads(records, schema)} | set(_cited(records, schema))


def _cited(records: Records, schema: Schema) -> Iterator[Triple]:
    source = schema.record("Source")
    for name, field in list_fields().items():
        spec = schema.record(name)
        rows: tuple[Record, ...] = getattr(records, field)
        for record in rows:
            subject = NamedNode(spec.iri_of(record.id))
            for cited in record.sources:
                yield Triple(subject, SOURCE, NamedNode(source.iri_of(cited)))
