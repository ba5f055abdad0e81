"""The SHACL shapes, written from the ontology: ``python -m ontologies.shapes`` renews ``shapes.ttl``.

A node shape for each class bounds the IRIs of its records. A property shape for each property says in which form its
values are written and how often; one for each required field says that it must be there. They are shapes of their own
with their own targets, not nested in the node shapes: pySHACL then checks all records in one go, which takes
a third of the time. A concept key must be the IRI of a concept that its vocabulary holds, a link
the IRI of a record of the right class; both are patterns on the IRI, which every engine reads alike and fast. That a
linked record exists is checked where records are made. Provenance lies in the named graphs and is not in here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from ontologies.iris import ONTOLOGY
from ontologies.schema import ClassSpec, FieldSpec, concepts, schema, shapes_path

NOTATION = "http://www.w3.org/2004/02/skos/core#notation"
"""A vocabulary gives a notation the datatype of its code system, a record the code alone: a graph may hold both."""

_HEAD = """\
# Written by `python -m ontologies.shapes` from comity.ttl and the vocabularies. Change those, not this file.

@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/comity/shapes#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

_PARTIAL_DATE = "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
"""The lexical form shared by xsd:date, xsd:gYearMonth and xsd:gYear. Asking for one of the three datatypes with
``sh:or`` says more, and took three quarters of the whole time; the writer of releases sees to the datatype."""

_FORMS: dict[str, list[str]] = {
    "Text": ["sh:datatype xsd:string", "sh:minLength 1"],
    "LanguageText": ['sh:languageIn ( "en" )', "sh:minLength 1"],
    "PartialDateValue": ["sh:nodeKind sh:Literal", f'sh:pattern "{_PARTIAL_DATE}"'],
    "IntegerValue": ["sh:datatype xsd:integer"],
    "DecimalValue": ["sh:datatype xsd:double"],
    "BooleanValue": ["sh:datatype xsd:boolean"],
    "OutsideIri": ["sh:nodeKind sh:IRI"],
}


def shapes_text() -> str:
    """All shapes in Turtle: classes, then properties, each in the order of their names."""
    classes = list(schema().classes.values())
    holders: dict[str, list[ClassSpec]] = defaultdict(list)
    fields: dict[str, FieldSpec] = {}
    for spec in classes:
        for field in spec.fields.values():
            holders[field.iri].append(spec)
            fields[field.iri] = field
    parts = [_HEAD, *(_class_shape(spec) for spec in classes)]
    for iri in sorted(fields):
        parts.append(_value_shape(fields[iri], holders[iri]))
        required = [spec for spec in holders[iri] if spec.fields[fields[iri].field].required]
        if required:
            parts.append(_required_shape(fields[iri], required))
    return "\n".join(parts)


def write(path: Path) -> None:
    """Write the shapes to ``path``."""
    path.write_text(shapes_text(), encoding="utf-8")


def _class_shape(spec: ClassSpec) -> str:
    iris = f"^{re.escape(spec.base)}(?:{spec.id_pattern or '.+'})$"
    lines = [f"sh:targetClass <{spec.iri}>", "sh:nodeKind sh:IRI", f"sh:pattern {_quoted(iris)}"]
    return _shape(spec.name, "sh:NodeShape", lines)


def _value_shape(field: FieldSpec, holders: list[ClassSpec]) -> str:
    lines = [_targets(holders), f"sh:path <{field.iri}>", f"sh:name {_quoted(field.field)}", *_forms(field)]
    if not field.many and field.iri != NOTATION:
        lines.append("sh:maxCount 1")
    if field.pattern:
        lines.append(f"sh:pattern {_quoted(f'^(?:{field.pattern})$')}")
    if field.at_least is not None:
        bound = f"{field.at_least}e0" if field.datatype == "DecimalValue" else f"{field.at_least:.0f}"
        lines.append(f"sh:minInclusive {bound}")
    return _shape(_local_name(field.iri), "sh:PropertyShape", lines)


def _required_shape(field: FieldSpec, holders: list[ClassSpec]) -> str:
    lines = [_targets(holders), f"sh:path <{field.iri}>", f"sh:name {_quoted(field.field)}", "sh:minCount 1"]
    return _shape(f"{_local_name(field.iri)}-required", "sh:PropertyShape", lines)


def _forms(field: FieldSpec) -> list[str]:
    if field.datatype == "ConceptKey":
        keys = sorted(one["key"] for one in concepts() if one["scheme"] == field.scheme)
        concept = f"^{re.escape(field.iri_base)}(?:{'|'.join(keys)})$"
        return ["sh:nodeKind sh:IRI", f"sh:pattern {_quoted(concept)}"]
    if field.datatype == "Link":
        return ["sh:nodeKind sh:IRI", f"sh:pattern {_quoted(f'^{re.escape(field.iri_base)}')}"]
    if field.iri == NOTATION:
        return ["sh:nodeKind sh:Literal"]
    return _FORMS[field.datatype]


def _shape(name: str, kind: str, lines: list[str]) -> str:
    return " ;\n    ".join([f"shape:{name} a {kind}", *lines]) + " .\n"


def _targets(holders: list[ClassSpec]) -> str:
    return "sh:targetClass " + ", ".join(f"<{spec.iri}>" for spec in holders)


def _local_name(iri: str) -> str:
    """A name for the shape of a property: its local name, with a mark where it is not a term of our own."""
    local = re.split(r"[#/]", iri)[-1]
    return local if iri.startswith(ONTOLOGY) else f"{local}-reused"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


if __name__ == "__main__":
    write(shapes_path())
