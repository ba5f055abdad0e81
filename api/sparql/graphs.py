"""Graphs of our own making, as they go out: triples written in the form that a client takes."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from api.sparql.forms import GRAPHS
from graph.sparql import prefixes

RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
DCTERMS, DCAT, VOID = "http://purl.org/dc/terms/", "http://www.w3.org/ns/dcat#", "http://rdfs.org/ns/void#"
XSD = "http://www.w3.org/2001/XMLSchema#"

_FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}


def encoded(triples: Iterable[Triple], media: str) -> bytes:
    """The triples, each once and in order, as ``media`` (one of :data:`api.sparql.forms.GRAPHS`)."""
    once = sorted(set(triples), key=str)
    known = prefixes() | {"void": VOID, "sd": "http://www.w3.org/ns/sparql-service-description#"}
    return serialize(once, format=_FORMATS[GRAPHS[media]], prefixes=known) or b""


def link(subject: NamedNode, predicate: str, target: str) -> Triple:
    """A statement whose value is the IRI ``target``."""
    return Triple(subject, NamedNode(predicate), NamedNode(target))


def text(subject: NamedNode, predicate: str, value: str, language: str | None = None) -> Triple:
    """A statement whose value is a text."""
    return Triple(subject, NamedNode(predicate), Literal(value, language=language))


def number(subject: NamedNode, predicate: str, value: int) -> Triple:
    """A statement whose value is a whole number."""
    return Triple(subject, NamedNode(predicate), Literal(str(value), datatype=NamedNode(XSD + "integer")))
