"""The names of the property graph: every label, relationship type and property key, from the ontology's annotations.

Names are the only part of a Cypher text that is not a parameter, so they pass through :func:`quoted`, which takes
nothing but plain names. Never in here: values, and names that the ontology does not give, but for the few that carry
what RDF says by its form: who states a record (:data:`SOURCES`, :data:`STATED_BY`) and which release is held.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from typing import NamedTuple

from graph.canonical import defaults
from graph.model import Record
from graph.records import RECORD_TYPES
from ontologies.schema import ANY_RECORD, ClassSpec, FieldSpec, Schema, schema

ID = "id"
SOURCES = "sources"
"""Property that lists the sources of a node or relationship; ``<property>Sources`` where one field has others."""

STATED_BY = "STATED_BY"
"""Relationship from a node to each of its sources."""

UNRECORDED = "Unrecorded"
"""Label of what a record names and no record describes: only an id, ``<class segment>/<id>``."""

RELEASE, LOADING = "Release", "Loading"
"""Labels of the node that tells the release held, and of the one that stands while a load is committed."""

OWNED = "comity_"
"""What the names of all constraints and indexes made here begin with."""

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,62}")


def quoted(name: str) -> str:
    """``name`` as it stands in Cypher.

    Raises:
        ValueError: it is not letters, digits and underscores, beginning with a letter.
    """
    if not _PLAIN.fullmatch(name):
        raise ValueError(f"{name!r} cannot be a label, a relationship type or a property key")
    return f"`{name}`"


class Property(NamedTuple):
    """A field that is a property. ``concepts`` is the relationship to the nodes of the concepts it names, if any."""

    field: FieldSpec
    name: str
    concepts: str | None

    @property
    def sources(self) -> str:
        """The property that lists the sources of this field where they are not those of the record."""
        return f"{self.name}Sources"

    @property
    def days(self) -> tuple[str, str]:
        """The properties that hold the first and the last day that a partial date may mean."""
        return f"{self.name}Earliest", f"{self.name}Latest"

    @property
    def is_date(self) -> bool:
        """Whether the values are partial dates."""
        return self.field.datatype == "PartialDateValue"


class Link(NamedTuple):
    """A field that becomes relationships. ``target`` is the label at their end, ``None`` for any class."""

    field: FieldSpec
    type: str
    target: str | None
    sources: str


class Projected(NamedTuple):
    """How one record class stands in the property graph."""

    cls: type[Record]
    spec: ClassSpec
    properties: dict[str, Property]
    links: dict[str, Link]

    @property
    def is_node(self) -> bool:
        """Whether records are nodes; the others are relationships."""
        return self.spec.projection == "node"

    @property
    def name(self) -> str:
        """The label, or for relationships their type."""
        return self.spec.node_label if self.is_node else str(self.spec.relationship_type)

    @property
    def ends(self) -> tuple[str, str]:
        """Of a class that becomes relationships: the fields that name where they start and end."""
        return str(self.spec.from_field), str(self.spec.to_field)

    def property_keys(self) -> dict[str, str]:
        """Every property key that may stand on these nodes or relationships, with what it holds (see docs)."""
        known = {ID: "Text", SOURCES: "Text"}
        for one in self.properties.values():
            known |= {one.name: one.field.datatype, one.sources: "Text"}
            if one.is_date:
                known |= dict.fromkeys(one.days, "Date")
        for link in self.links.values():
            known[link.sources] = "Text"
        return known


@cache
def projected() -> dict[str, Projected]:
    """Every record class by its name, referenced ones first.

    Raises:
        TypeError: the annotations contradict each other.
    """
    known = schema()
    found = {cls.__name__: _projected(cls, known) for cls in RECORD_TYPES}
    for one in found.values():
        _check(one, found)
    return found


@cache
def by_label() -> dict[str, Projected]:
    """The classes that become nodes, by label."""
    return {one.name: one for one in projected().values() if one.is_node}


@cache
def by_type() -> dict[str, Projected]:
    """The classes that become relationships, by type."""
    return {one.name: one for one in projected().values() if not one.is_node}


@cache
def relationship_types() -> frozenset[str]:
    """All relationship types."""
    types = {STATED_BY} | set(by_type())
    for one in projected().values():
        types |= {link.type for link in one.links.values()}
        types |= {prop.concepts for prop in one.properties.values() if prop.concepts}
    return frozenset(types)


@cache
def full_text() -> dict[str, list[str]]:
    """Label → property keys found by words."""
    found = {
        label: [prop.name for prop in one.properties.values() if prop.field.full_text]
        for label, one in by_label().items()
    }
    return {label: keys for label, keys in found.items() if keys}


@cache
def words_index() -> str:
    """Name of the full-text index; another definition has another name."""
    return f"{OWNED}words_{hashlib.sha256(repr(sorted(full_text().items())).encode()).hexdigest()[:8]}"


def schema_statements() -> dict[str, str]:
    """Name of each constraint and index, with the statement that makes it where it is not there."""
    return key_statements() | index_statements()


def key_statements() -> dict[str, str]:
    """The constraints: no id twice in a class. They are also how a load finds what it links."""
    made: dict[str, str] = {}
    for label in (*by_label(), UNRECORDED, RELEASE, LOADING):
        key = "key" if label in (RELEASE, LOADING) else ID
        name = f"{OWNED}{label.lower()}_id"
        made[name] = (
            f"CREATE CONSTRAINT {quoted(name)} IF NOT EXISTS FOR (n:{quoted(label)}) REQUIRE n.{quoted(key)} IS UNIQUE"
        )
    for kind in by_type():
        name = f"{OWNED}{kind.lower()}_id"
        made[name] = (
            f"CREATE CONSTRAINT {quoted(name)} IF NOT EXISTS FOR ()-[r:{quoted(kind)}]-() REQUIRE r.id IS UNIQUE"
        )
    return made


def index_statements() -> dict[str, str]:
    """The indexes that only questions use: one for each property that the ontology marks, and one for words."""
    made: dict[str, str] = {}
    for one in projected().values():
        pattern = f"(x:{quoted(one.name)})" if one.is_node else f"()-[x:{quoted(one.name)}]-()"
        for prop in one.properties.values():
            if prop.field.indexed:
                name = f"{OWNED}{one.name.lower()}_{prop.name.lower()}"
                made[name] = f"CREATE INDEX {quoted(name)} IF NOT EXISTS FOR {pattern} ON (x.{quoted(prop.name)})"
    labels = "|".join(quoted(label) for label in sorted(full_text()))
    keys = ", ".join(f"n.{quoted(key)}" for key in sorted({key for found in full_text().values() for key in found}))
    made[words_index()] = (
        f"CREATE FULLTEXT INDEX {quoted(words_index())} IF NOT EXISTS FOR (n:{labels}) ON EACH [{keys}]"
    )
    return made


def _projected(cls: type[Record], known: Schema) -> Projected:
    spec = known.record(cls.__name__)
    node = spec.projection == "node"
    ends = (spec.from_field, spec.to_field)
    properties: dict[str, Property] = {}
    links: dict[str, Link] = {}
    for name in defaults(cls):
        field = spec.fields[name]
        linking = field.datatype == "Link" and field.relationship_type is not None and node
        target = None if field.links_to in (None, ANY_RECORD) else known.record(str(field.links_to))
        if linking and (target is None or target.projection == "node"):
            label = None if target is None else target.node_label
            links[name] = Link(field, str(field.relationship_type), label, f"{_camel(name)}Sources")
        elif not node and name in ends:
            label = None if target is None else target.node_label
            links[name] = Link(field, str(spec.relationship_type), label, f"{_camel(name)}Sources")
        # A link of any class keeps its values beside the relationships: what it names may be a relationship itself.
        if name not in links or links[name].target is None:
            concepts = field.relationship_type if node and field.datatype == "ConceptKey" else None
            properties[name] = Property(field, field.graph_name or _camel(name), concepts)
    return Projected(cls, spec, properties, links)


def _check(one: Projected, known: dict[str, Projected]) -> None:
    """Names must be plain and tell fields apart, and what is a relationship must have both ends."""
    for name in (one.name, *one.property_keys()):
        quoted(name)
    keys = [ID, SOURCES]
    for prop in one.properties.values():
        keys += [prop.name, prop.sources, *(prop.days if prop.is_date else ())]
        if prop.field.full_text and (prop.field.many or not one.is_node):
            raise TypeError(f"{one.name}.{prop.name}: full text is for single texts of nodes")
    keys += [link.sources for name, link in one.links.items() if name not in one.properties]
    types = [link.type for link in one.links.values()] if one.is_node else []
    types += [prop.concepts for prop in one.properties.values() if prop.concepts]
    for names in (keys, types):
        if len(set(names)) != len(names):
            raise TypeError(f"{one.name}: two fields share a name in the property graph: {sorted(names)}")
    if set(types) & {STATED_BY, *(other.name for other in known.values() if not other.is_node)}:
        raise TypeError(f"{one.name}: a relationship type is used for two things")
    if one.name in (UNRECORDED, RELEASE, LOADING):
        raise TypeError(f"{one.name}: the label is used for something else")


def _camel(field: str) -> str:
    first, *rest = field.split("_")
    return first + "".join(word.capitalize() for word in rest)
