"""The release as a property graph in NetworkX, projected as the ontology says: for analysis and interchange.

Classes that the ontology projects as nodes become nodes ``<class segment>/<id>``; classes that it projects as
relationships, and fields that it gives a relationship type, become edges. Properties bear the names that the ontology
gives them for graphs. A link to what is no node of the export (a record of a relationship class, or one outside
the topic) is left out.
"""

from __future__ import annotations

from typing import Any

import networkx as nx  # type: ignore[import-untyped]

from graph.canonical import list_fields
from graph.exports import Content
from graph.model import Record
from ontologies.schema import ClassSpec, FieldSpec

LABELS = ("name", "short_name", "title", "label", "heading", "entity", "summary")
"""Fields that name a record to a reader, best first."""


def network(content: Content) -> nx.MultiDiGraph:
    """The property graph; attribute values are text, numbers, truth values or tuples of texts, never ``None``."""
    graph = nx.MultiDiGraph(release=content.release_id, built_at=content.built_at)
    specs = [content.schema.record(name) for name in list_fields()]
    for spec in specs:
        if spec.projection == "node":
            for record in _records(content, spec):
                graph.add_node(_key(spec, record.id), **_node_properties(spec, record))
    for spec in specs:
        for record in _records(content, spec):
            if spec.projection == "relationship":
                _add_relationship(graph, content, spec, record)
            else:
                _add_links(graph, content, spec, record)
    return graph


def _records(content: Content, spec: ClassSpec) -> tuple[Record, ...]:
    found: tuple[Record, ...] = getattr(content.records, spec.list_field)
    return found


def _key(spec: ClassSpec, record_id: str) -> str:
    return f"{spec.slug}/{record_id}"


def _node_properties(spec: ClassSpec, record: Record) -> dict[str, Any]:
    named = (getattr(record, field, None) for field in LABELS)
    label = next((text for text in named if text), record.id)
    return {"class": spec.node_label, "label": label, "iri": spec.iri_of(record.id)} | _properties(spec, record)


def _properties(spec: ClassSpec, record: Record) -> dict[str, Any]:
    """What the record says, under the names of the property graph; links that become edges are not among them."""
    found = {}
    for field in spec.fields.values():
        value = getattr(record, field.field)
        if field.graph_name and value is not None and value != ():
            found[field.graph_name] = value
    return found | ({"sources": record.sources} if record.sources else {})


def _add_relationship(graph: nx.MultiDiGraph, content: Content, spec: ClassSpec, record: Record) -> None:
    start, end = (_ends(content, spec, str(field), record)[0] for field in (spec.from_field, spec.to_field))
    if start in graph and end in graph:
        properties = {"id": record.id, "type": spec.relationship_type} | _properties(spec, record)
        graph.add_edge(start, end, key=_key(spec, record.id), **properties)


def _add_links(graph: nx.MultiDiGraph, content: Content, spec: ClassSpec, record: Record) -> None:
    start = _key(spec, record.id)
    for name, field in spec.fields.items():
        if field.relationship_type:
            for end in _ends(content, spec, name, record):
                if end in graph:
                    graph.add_edge(start, end, key=f"{name} {start}", type=field.relationship_type)


def _ends(content: Content, spec: ClassSpec, name: str, record: Record) -> list[str]:
    """Keys of the nodes that a field links to."""
    field: FieldSpec = spec.fields[name]
    value = getattr(record, name)
    values = value if isinstance(value, tuple) else (() if value is None else (value,))
    if field.scheme is not None:
        return [_key(content.schema.record("Concept"), f"{field.scheme}/{one}") for one in values]
    if field.links_to in content.schema.classes:
        return [_key(content.schema.record(str(field.links_to)), one) for one in values]
    return list(values)  # a link to any class holds the class segment already
