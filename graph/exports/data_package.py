"""A Frictionless data package (Data Package 2.0): the CSV tables, and ``datapackage.json`` that says what they hold.

The description tells for each table its columns with types, meaning and references, its bytes and SHA-256, and for the
whole the release, the licence and the publishers. All of it comes from the ontology and the records.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec

from graph.canonical import list_fields
from graph.description import LICENCE
from graph.exports import Content, tables
from graph.exports.tables import columns_of, file_of, types_of
from graph.model import Record
from graph.records import RECORD_TYPES
from ontologies.iris import thing_iri
from ontologies.schema import FieldSpec, Schema

DESCRIPTION = "datapackage.json"

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

PARTIAL_DATE = r"\d{4}(-\d{2}(-\d{2})?)?"
"""A date as precise as its source; no type of the standard is that, so that it is text of this pattern."""

TYPES: dict[type, str] = {str: "string", int: "integer", float: "number", bool: "boolean", tuple: "list"}
"""How the standard calls the types of values."""

COMMON: dict[str, str] = {
    "id": "What the record is called within its class, the same from release to release.",
    "sources": "The sources that state the record: ids of the table of sources.",
    "evidence": "Where other sources than those of the record state a field: field=source,source.",
    "basis": "stated: a source says so; derived: it follows by the rule.",
    "rule": "The rule by which a derived record follows.",
    "note": "What else is to be known about the record.",
}
"""What the columns mean that every table has."""


def write(content: Content, target: Path) -> None:
    """Write ``content`` to files in the new folder ``target``."""
    tables.write(content, target)
    told = msgspec.json.encode(description(content, target), order="deterministic")
    (target / DESCRIPTION).write_bytes(msgspec.json.format(told, indent=1) + b"\n")


def is_ours(name: str) -> bool:
    """Whether an export makes a file of that name."""
    return name == DESCRIPTION or tables.is_ours(name)


def description(content: Content, folder: Path) -> dict[str, Any]:
    """What ``datapackage.json`` says of the tables in ``folder``."""
    about = f", as far as it concerns {content.topic}" if content.topic else ""
    return {
        "$schema": PROFILE,
        "name": "comity",
        "id": thing_iri("release", content.release_id),
        "title": f"Comity, release {content.release_id}{about}",
        "description": "Law, actors and cooperation treaties against online child sexual exploitation: law and"
        " institutions only. What is not on record is an empty cell, which never means no.",
        "version": content.release_id,
        "created": content.built_at,
        "licenses": [{"name": "CC-BY-4.0", "path": LICENCE, "title": "Creative Commons Attribution 4.0 International"}],
        "sources": _publishers(content),
        "resources": [_resource(cls, content.schema, folder) for cls in RECORD_TYPES],
    }


def _publishers(content: Content) -> list[dict[str, str]]:
    """The publishers of the sources, those of most sources first."""
    counts = Counter(source.publisher for source in content.records.sources)
    named = sorted(content.records.publishers, key=lambda one: (-counts[one.id], one.id))
    return [{"title": one.name, **({"path": one.url} if one.url else {})} for one in named if counts[one.id]]


def _resource(cls: type[Record], schema: Schema, folder: Path) -> dict[str, Any]:
    spec = schema.record(cls.__name__)
    content = (folder / file_of(cls)).read_bytes()
    columns = [_column(cls, name, spec.fields.get(name)) for name in columns_of(cls)]
    links = [_reference(name, field, schema) for name, field in spec.fields.items()]
    return {
        "name": list_fields()[cls.__name__].replace("_", "-"),
        "title": spec.label,
        "description": spec.comment,
        "path": file_of(cls),
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True, "header": True},
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {
            "fields": columns,
            "primaryKey": ["id"],
            "missingValues": [""],
            "foreignKeys": [link for link in links if link],
        },
    }


def _column(cls: type[Record], name: str, spec: FieldSpec | None) -> dict[str, Any]:
    kind = TYPES[types_of(cls)[name]]
    column: dict[str, Any] = {"name": name, "type": kind, "description": spec.comment if spec else COMMON.get(name, "")}
    if kind == "list":
        column |= {"delimiter": ";", "itemType": "string"}
    if kind == "boolean":
        column |= {"trueValues": ["yes"], "falseValues": ["no"]}
    required = name == "id" or bool(spec and spec.required and kind != "list")
    constraints: dict[str, Any] = {"required": True} if required else {}
    if spec and spec.datatype == "PartialDateValue" and kind == "string":
        constraints["pattern"] = PARTIAL_DATE
    return column | ({"constraints": constraints} if constraints else {})


def _reference(name: str, field: FieldSpec, schema: Schema) -> dict[str, Any] | None:
    """The reference of a column with one id in it; the standard knows none for lists or ids of several tables."""
    if field.many or field.scheme or field.links_to not in schema.classes:
        return None
    to = schema.record(str(field.links_to))
    return {"fields": [name], "reference": {"resource": to.list_field.replace("_", "-"), "fields": ["id"]}}
