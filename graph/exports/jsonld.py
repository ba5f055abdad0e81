"""JSON-LD with the context of the ontology: one JSON object for each record, field names as keys, bare ids as links.

It says the same triples as the Turtle. A value is written bare where the context turns it into the right term,
in full where it does not (ids with characters that an IRI must encode, partial dates, infinity).
"""

from __future__ import annotations

import json
import re
from itertools import groupby
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from graph.exports import Content
from graph.exports.statements import SOURCE, record_triples, triples
from graph.rdf import RDF_TYPE
from graph.records import Records
from ontologies.answers import PartSpec
from ontologies.schema import ClassSpec, FieldSpec, Schema, context

_XSD = "http://www.w3.org/2001/XMLSchema#"
_PLAIN = re.compile(r"[A-Za-z0-9._/-]+")


def write(content: Content, target: Path) -> None:
    """Write ``content`` to the file ``target``, one record a line."""
    said = context()["@context"]
    with target.open("w", encoding="utf-8") as file:
        file.write('{"@context": ' + json.dumps(said, ensure_ascii=False) + ',\n"@graph": [\n')
        between = ""
        for _, about in groupby(triples(content), key=lambda triple: triple.subject):
            node = _node(list(about), content.schema, frozenset(said))
            file.write(between + json.dumps(node, ensure_ascii=False, allow_nan=False))
            between = ",\n"
        file.write("\n]}\n")


def document(records: Records, schema: Schema) -> dict[str, Any]:
    """Some records as one JSON-LD document, as an export writes them, without the description of the release."""
    said = context()["@context"]
    found = sorted(record_triples(records, schema), key=lambda one: (str(one.subject), one.predicate.value))
    nodes = [_node(list(about), schema, frozenset(said)) for _, about in groupby(found, key=lambda one: one.subject)]
    return {"@context": said, "@graph": nodes}


def _node(about: list[Triple], schema: Schema, terms: frozenset[str]) -> dict[str, Any]:
    """The JSON object of one subject; a subject that is no record gets full IRIs."""
    kinds = [str(triple.object)[1:-1] for triple in about if triple.predicate == RDF_TYPE]
    spec = next((spec for spec in schema.classes.values() if spec.iri in kinds), None)
    node: dict[str, Any] = {"id": str(about[0].subject)[1:-1]}
    if kinds:
        node["type"] = spec.name if spec else kinds
    fields = {field.iri: field for field in spec.fields.values()} if spec else {}
    for predicate, said in groupby(about, key=lambda triple: triple.predicate):
        if predicate == RDF_TYPE:
            continue
        field = fields.get(predicate.value)
        objects: list[Any] = [triple.object for triple in said]
        if spec and predicate == SOURCE:
            base = schema.record("Source").base
            node["sources"] = [link(term.value, base, spec, terms) for term in objects]
        elif spec and field:
            values = [_value(term, field, spec, terms) for term in objects]
            node[field.field] = values if field.many else values[0]
        else:
            node[predicate.value] = [full(term) for term in objects]
    return node


def _value(term: NamedNode | Literal, field: FieldSpec, spec: ClassSpec, terms: frozenset[str]) -> Any:
    """A value as the context of its field reads it."""
    if isinstance(term, NamedNode):
        return link(term.value, field.iri_base, spec, terms)
    if field.datatype == "BooleanValue":
        return term.value == "true"
    if field.datatype == "IntegerValue":
        return int(term.value)
    if field.datatype in ("Text", "LanguageText"):
        return term.value
    return full(term)


def link(iri: str, base: str, spec: ClassSpec | PartSpec, terms: frozenset[str]) -> str:
    """A link as the context of its field reads it: bare after ``base``, or whole."""
    bare = iri.removeprefix(base) if base else iri
    safe = _PLAIN.fullmatch(bare) and bare not in spec.fields and bare not in terms and bare != "sources"
    return bare if safe else iri


def full(term: NamedNode | Literal) -> dict[str, str]:
    """A value that needs no context."""
    if isinstance(term, NamedNode):
        return {"@id": term.value}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    kind = term.datatype.value.replace(_XSD, "xsd:")
    return {"@value": term.value} if kind == "xsd:string" else {"@value": term.value, "@type": kind}
