"""Records as nodes and relationships and back, by the ontology alone, without a server.

Nodes carry their record id as ``id``; relationships that are records too. What a record says stands in properties, and
in relationships where it names other records or concepts. Who states it stands in ``sources`` (and as ``STATED_BY``
relationships of nodes), for a field with other sources in ``<property>Sources``. Partial dates are texts as precise as
their source; beside each stand the first and the last day that it may mean, as dates. For any records,
``records(elements(r)) == canonical(r)``.

Nothing here speaks to a database; nothing here judges the law.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import msgspec

from graph.canonical import canonical, defaults, says
from graph.collecting import uncollected
from graph.dates import span
from graph.model import Record
from graph.records import Records
from graph.stores.neo4j.names import (
    ID,
    SOURCES,
    STATED_BY,
    UNRECORDED,
    Projected,
    Property,
    by_label,
    by_type,
    projected,
)
from ontologies.schema import schema

Values = dict[str, Any]
"""Properties of a node or relationship; texts, numbers, truth values, dates and lists of texts."""


class Between(NamedTuple):
    """A relationship type between two labels."""

    type: str
    start: str
    end: str


class Ends(NamedTuple):
    """Which relationship: ids of its nodes, and its own id where it is a record (else empty)."""

    start: str
    end: str
    id: str = ""


class Elements(NamedTuple):
    """A property graph: nodes by label and id, relationships by type and ends."""

    nodes: dict[str, dict[str, Values]]
    relationships: dict[Between, dict[Ends, Values]]

    def size(self) -> int:
        """How many nodes and relationships there are."""
        return sum(map(len, self.nodes.values())) + sum(map(len, self.relationships.values()))


class NotOurs(ValueError):
    """Nodes or relationships that no record makes; the message says which."""


def elements(given: Records) -> Elements:
    """The nodes and relationships of records.

    Raises:
        ValueError: two records of one class have the same id, or a date is none.
    """
    return canonical_elements(canonical(given))


@uncollected()
def canonical_elements(given: Records) -> Elements:
    """As :func:`elements`, for records that are in canonical form already, as those of a release are."""
    graph = Elements(defaultdict(dict), defaultdict(dict))
    for one in by_label().values():
        for record in getattr(given, one.spec.list_field):
            graph.nodes[one.name][record.id] = _values(record, one)
    for one in projected().values():
        for record in getattr(given, one.spec.list_field):
            if one.is_node:
                _link(record, one, graph)
            else:
                start, end = (_end(one.links[name].target, getattr(record, name), graph.nodes) for name in one.ends)
                between = Between(one.name, start[0], end[0])
                graph.relationships[between][Ends(start[1], end[1], record.id)] = _values(record, one)
    return Elements(dict(graph.nodes), dict(graph.relationships))


def records(graph: Elements) -> Records:
    """The records that :func:`elements` made into ``graph``, in canonical form.

    Raises:
        NotOurs: there is something in it that no record makes.
    """
    lists: dict[str, list[Record]] = defaultdict(list)
    linked: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for between, found in graph.relationships.items():
        one = by_type().get(between.type)
        if one is None:
            name = _field_of(between)
            for ends in found if name else ():
                linked[between.start, ends.start][name].append(_named(between.end, ends.end))
            continue
        first, last = one.ends
        for ends, values in found.items():
            stated = {first: _named(between.start, ends.start), last: _named(between.end, ends.end)}
            lists[one.spec.list_field].append(_record(one, values, stated))
    for label, nodes in graph.nodes.items():
        if label == UNRECORDED:
            continue
        if label not in by_label():
            raise NotOurs(f"nodes labelled {label} are no records")
        one = by_label()[label]
        for id_, values in nodes.items():
            named = linked.get((label, id_), {})
            lists[one.spec.list_field].append(_record(one, values, _linked(one, id_, named)))
    return canonical(Records(**{name: tuple(rows) for name, rows in lists.items()}))  # type: ignore[arg-type]


def counts(graph: Elements) -> Counter[str]:
    """How often each label, relationship type and property of them occurs.

    Keys are ``(:Label)``, ``(:Label).property``, ``[:TYPE]`` and ``[:TYPE].property``.
    """
    found: Counter[str] = Counter()
    for name, rows in _named_rows(graph):
        found[name] += len(rows)
        for values in rows.values():
            found.update(f"{name}.{key}" for key in values)
    return found


def release_values(*, release: str, statements: int, built_at: str) -> Values:
    """The properties of the node that tells which release is held, but for those that say when and how often."""
    return {
        "key": "current",
        "release": release,
        "statements": statements,
        "builtAt": built_at,
        "ontology": schema().version,
    }


@cache
def way() -> str:
    """What tells this way of making records into nodes and relationships from those of other versions."""
    made_by = [files("graph") / name for name in ("canonical.py", "dates.py", "model.py")]
    made_by += [files("graph.stores.neo4j") / name for name in ("names.py", "projection.py")]
    content = b"".join(one.read_bytes() for one in made_by) + repr(projected()).encode()
    return hashlib.sha256(content).hexdigest()[:16]


def _named_rows(graph: Elements) -> Iterator[tuple[str, Mapping[Any, Values]]]:
    for label, nodes in graph.nodes.items():
        yield f"(:{label})", nodes
    for between, rows in graph.relationships.items():
        yield f"[:{between.type}]", rows


def _values(record: Record, one: Projected) -> Values:
    values: Values = {ID: record.id}
    if record.sources:
        values[SOURCES] = list(record.sources)
    for name, prop in one.properties.items():
        value = getattr(record, name)
        if not says(value, defaults(one.cls)[name]):
            continue
        values[prop.name] = _written(value, prop)
        if prop.is_date:
            values |= zip(prop.days, map(date.fromordinal, span(value)), strict=True)
    for name, sources in record.evidence:
        key = one.properties[name].sources if name in one.properties else one.links[name].sources
        values[key] = list(sources)
    return values


def _written(value: Any, prop: Property) -> Any:
    if prop.field.many:
        return list(value)
    return float(value) if prop.field.datatype == "DecimalValue" else value


def _link(record: Record, one: Projected, graph: Elements) -> None:
    """Make the relationships of a record that is a node."""
    for name, link in one.links.items():
        value = getattr(record, name)
        for named in value if link.field.many else () if value is None else (value,):
            if link.target is None:
                slug, _, target = named.partition("/")
                label = _labels_by_slug().get(slug)
                if label is None or target not in graph.nodes[label]:
                    continue  # a relationship, or unknown: the property names it
                end = (label, target)
            else:
                end = _end(link.target, named, graph.nodes)
            graph.relationships[Between(link.type, one.name, end[0])][Ends(record.id, end[1])] = {}
    concepts = graph.nodes.get("Concept", {})
    for name, prop in one.properties.items():
        if prop.concepts:
            value = getattr(record, name)
            for key in value if prop.field.many else (value,):
                concept = f"{prop.field.scheme}/{key}"
                if key is not None and concept in concepts:
                    graph.relationships[Between(prop.concepts, one.name, "Concept")][Ends(record.id, concept)] = {}
    for source in record.sources:
        if source in graph.nodes["Source"]:
            graph.relationships[Between(STATED_BY, one.name, "Source")][Ends(record.id, source)] = {}


def _end(label: str | None, id_: str, nodes: dict[str, dict[str, Values]]) -> tuple[str, str]:
    """Label and id of the node for the record ``id_``, which is made :data:`UNRECORDED` where there is none."""
    if label is None:
        raise TypeError("both ends of a relationship must be of a class that becomes nodes")
    if id_ in nodes.get(label, {}):
        return label, id_
    unrecorded = f"{by_label()[label].spec.slug}/{id_}"
    nodes[UNRECORDED][unrecorded] = {ID: unrecorded}
    return UNRECORDED, unrecorded


def _linked(one: Projected, id_: str, named: Mapping[str, list[str]]) -> Values:
    """Values of the fields that relationships state."""
    for name, ids in named.items():
        if len(ids) > 1 and not one.links[name].field.many:
            raise NotOurs(f"{one.name} {id_} has {len(ids)} relationships {one.links[name].type}, one is allowed")
    return {name: tuple(ids) if one.links[name].field.many else ids[0] for name, ids in named.items()}


def _named(label: str, id_: str) -> str:
    """The id that a record names, of a node."""
    return id_.partition("/")[2] if label == UNRECORDED else id_


def _labels_by_slug() -> dict[str, str]:
    return {spec.slug: spec.node_label for spec in schema().classes.values() if spec.projection == "node"}


def _field_of(between: Between) -> str:
    """The field that the relationships state, empty where a property states it too.

    Raises:
        NotOurs: no field of that class makes such relationships.
    """
    one = by_label().get(between.start)
    if one is not None:
        for name, link in one.links.items():
            if link.type == between.type:
                return name if link.target is not None else ""
        if between.type == STATED_BY or any(prop.concepts == between.type for prop in one.properties.values()):
            return ""
    raise NotOurs(f"relationships {between.type} from {between.start} to {between.end} are no part of a record")


def _record(one: Projected, values: Values, stated: Values) -> Record:
    read: Values = {ID: values[ID], SOURCES: tuple(values.get(SOURCES, ()))} | stated
    evidence = []
    known = {ID, SOURCES}
    for name, prop in one.properties.items():
        known |= {prop.name, prop.sources, *(prop.days if prop.is_date else ())}
        if prop.name in values:
            value = values[prop.name]
            read[name] = tuple(value) if prop.field.many else value
        if prop.sources in values:
            evidence.append((name, tuple(values[prop.sources])))
    for name, link in one.links.items():
        known.add(link.sources)
        if name not in one.properties and link.sources in values:
            evidence.append((name, tuple(values[link.sources])))
    if strange := values.keys() - known:
        raise NotOurs(f"{one.name} {values[ID]} has the property {min(strange)}, which no record has")
    try:
        return msgspec.convert(read | {"evidence": tuple(evidence)}, one.cls)
    except msgspec.ValidationError as error:
        raise NotOurs(f"{one.name} {values[ID]} is no record: {error}") from None
