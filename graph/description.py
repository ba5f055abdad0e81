"""A release described as a data set (DCAT, VoID, PROV-O), so that a catalogue can list it and a reader can cite it.

The description stands in a graph of its own and is no part of what the release id is made from: the day of the build
may differ while the content does not. It describes; it carries no record.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from graph.canonical import list_fields
from graph.rdf import DESCRIPTION, RDF_TYPE
from graph.records import Records
from ontologies.iris import ONTOLOGY, THINGS, thing_iri
from ontologies.schema import Schema

LICENCE = "https://creativecommons.org/licenses/by/4.0/"

_DCAT, _VOID = "http://www.w3.org/ns/dcat#", "http://rdfs.org/ns/void#"
_DCTERMS, _PROV = "http://purl.org/dc/terms/", "http://www.w3.org/ns/prov#"
_XSD = "http://www.w3.org/2001/XMLSchema#"


def description(release_id: str, built_at: str, triples: int, records: Records, schema: Schema) -> Iterator[Quad]:
    """Yield the quads that describe a release.

    ``built_at`` is an ISO time, ``triples`` the number of statements with provenance (quads).
    """
    release = NamedNode(thing_iri("release", release_id))

    def said(subject: NamedNode, predicate: str, term: NamedNode | Literal) -> Quad:
        return Quad(subject, NamedNode(predicate), term, DESCRIPTION)

    def number(value: int) -> Literal:
        return Literal(str(value), datatype=NamedNode(_XSD + "integer"))

    for kind in (_DCAT + "Dataset", _VOID + "Dataset", _PROV + "Entity"):
        yield Quad(release, RDF_TYPE, NamedNode(kind), DESCRIPTION)
    yield said(release, _DCTERMS + "title", Literal(f"Comity, release {release_id}", language="en"))
    yield said(release, _DCTERMS + "identifier", Literal(release_id))
    yield said(release, _DCTERMS + "license", NamedNode(LICENCE))
    yield said(release, _DCTERMS + "issued", Literal(built_at, datatype=NamedNode(_XSD + "dateTime")))
    yield said(release, _DCTERMS + "conformsTo", NamedNode(ONTOLOGY.rstrip("#")))
    yield said(release, _VOID + "uriSpace", Literal(THINGS))
    yield said(release, _VOID + "triples", number(triples))
    total = 0
    for name, field in list_fields().items():
        count = len(getattr(records, field))
        total += count
        if count:
            spec = schema.record(name)
            part = NamedNode(f"{release.value}/class/{spec.slug}")
            yield said(release, _VOID + "classPartition", part)
            yield said(part, _VOID + "class", NamedNode(spec.iri))
            yield said(part, _VOID + "entities", number(count))
    yield said(release, _VOID + "entities", number(total))
    source = schema.record("Source")
    for record in records.sources:
        yield said(release, _PROV + "wasDerivedFrom", NamedNode(source.iri_of(record.id)))
