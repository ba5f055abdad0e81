"""What ``comity.ttl`` says about records, as plain structs: class by class, field by field.

Whoever turns records into triples, nodes or JSON reads it here and names no property itself. Used while a release
is built or a store is loaded, not while questions are answered: loading takes a fraction of a second.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

import msgspec
from rdflib import OWL, RDF, RDFS, SDO, SKOS, XSD, Graph, Namespace, Node, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.collection import Collection

from ontologies.iris import ONTOLOGY, THINGS, VOCABULARIES, concept_key, decoded, encoded

COMITY = Namespace(ONTOLOGY)
HERE = Path(__file__).parent

ANY_RECORD = "Record"
"""``links_to`` of a field whose values name records of any class, as class segment and id."""

ValueForm = Literal[
    "Text",
    "LanguageText",
    "PartialDateValue",
    "IntegerValue",
    "DecimalValue",
    "BooleanValue",
    "Link",
    "ConceptKey",
    "OutsideIri",
]


class FieldSpec(msgspec.Struct, frozen=True, kw_only=True):
    """How one field of one record class is carried.

    ``links_to`` is the record class that a ``Link`` names (``Record``: any). ``scheme`` is the vocabulary of a
    ``ConceptKey``. ``graph_name`` is the property key in a property graph and ``relationship_type`` the type
    of the relationship that a link becomes; where both are there, the key is a property and the node of the concept
    is linked too. ``iri_base`` stands before the values that are IRIs. ``pattern`` and
    ``at_least`` bound the values as written in the graph.
    """

    field: str
    iri: str
    datatype: ValueForm
    many: bool
    required: bool
    label: str
    comment: str
    links_to: str | None = None
    scheme: str | None = None
    iri_base: str = ""
    graph_name: str | None = None
    relationship_type: str | None = None
    indexed: bool = False
    full_text: bool = False
    pattern: str | None = None
    at_least: float | None = None

    @property
    def is_iri(self) -> bool:
        """Whether values are written as IRIs."""
        return self.datatype in ("Link", "ConceptKey", "OutsideIri")

    def iri_of(self, value: str) -> str:
        """The IRI that the graph holds for ``value`` of the record (``Link``, ``ConceptKey``, ``OutsideIri``)."""
        return self.iri_base + encoded(value) if self.iri_base else value

    def value_of(self, iri: str) -> str:
        """The value of the record for ``iri``.

        Raises:
            ValueError: the IRI does not begin as those of the field do.
        """
        return _tail(iri, self.iri_base, self.field) if self.iri_base else iri


class ClassSpec(msgspec.Struct, frozen=True, kw_only=True):
    """How one record class is carried. ``base`` stands before the ids in its IRIs.

    A class with ``projection`` ``relationship`` becomes relationships of ``relationship_type`` from the node
    named by ``from_field`` to the one named by ``to_field``; the others become nodes with ``node_label``, whose
    key is the record id. ``id_pattern`` is what the id must match, as it stands in the IRI.
    """

    name: str
    iri: str
    slug: str
    list_field: str
    base: str
    label: str
    comment: str
    projection: Literal["node", "relationship"]
    node_label: str
    relationship_type: str | None = None
    from_field: str | None = None
    to_field: str | None = None
    id_pattern: str | None = None
    fields: dict[str, FieldSpec]

    def iri_of(self, record_id: str) -> str:
        """The IRI of a record of this class."""
        return self.base + encoded(record_id)

    def id_of(self, iri: str) -> str:
        """The id of the record whose IRI this is.

        Raises:
            ValueError: it is not the IRI of a record of this class.
        """
        return _tail(iri, self.base, self.name)


class Schema(msgspec.Struct, frozen=True, kw_only=True):
    """All classes, by name of the record class."""

    version: str
    classes: dict[str, ClassSpec]

    def record(self, name: str) -> ClassSpec:
        """The class for the record class ``name``.

        Raises:
            KeyError: the ontology has no class for it.
        """
        return self.classes[name]

    def by_slug(self, slug: str) -> ClassSpec:
        """The class whose IRIs have the segment ``slug``.

        Raises:
            KeyError: no class has it.
        """
        return {spec.slug: spec for spec in self.classes.values()}[slug]


@cache
def ontology() -> Graph:
    """The graph of ``comity.ttl``: what there is to say about records."""
    return Graph().parse(HERE / "comity.ttl", format="turtle")


@cache
def schema() -> Schema:
    """The ontology as structs."""
    graph = ontology()
    names = {iri: str(name) for iri, name in graph.subject_objects(COMITY.record)}
    properties: dict[Node, dict[str, Node]] = {name: {} for name in names}
    for iri, field in graph.subject_objects(COMITY.field):
        for domain in _domains(graph, iri):
            for record in names if domain == COMITY.Record else names.keys() & {domain}:  # others are parts of answers
                if str(field) in properties[record]:
                    raise ValueError(f"two properties carry the field {field} of {names[record]}")
                properties[record][str(field)] = iri
    classes = [_class(graph, iri, names, properties[iri]) for iri in names]
    version = graph.value(URIRef(ONTOLOGY.rstrip("#")), OWL.versionInfo)
    return Schema(version=str(version), classes={spec.name: spec for spec in sorted(classes, key=lambda one: one.name)})


@cache
def vocabularies() -> Graph:
    """The graph of all vocabularies."""
    graph = Graph()
    for file in sorted((HERE / "vocabularies").glob("*.ttl")):
        graph.parse(file, format="turtle")
    return graph


@cache
def concepts() -> list[dict[str, Any]]:
    """Every concept as a dictionary of the fields of the record class ``Concept``, sorted by id.

    ``id``, ``scheme``, ``key``, ``label`` and ``definition`` are always there, other fields where the vocabulary
    states them; many-valued fields are sorted tuples.
    """
    graph = vocabularies()
    fields = schema().record("Concept").fields
    found = []
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        scheme, key = concept_key(str(concept))
        values: dict[str, Any] = {"id": f"{scheme}/{key}", "scheme": scheme, "key": key}
        for name, spec in fields.items():
            stated = [_python_value(spec, value) for value in graph.objects(concept, URIRef(spec.iri))]
            if stated and name not in values:
                values[name] = tuple(sorted(stated)) if spec.many else stated[0]
        found.append(values)
    return sorted(found, key=lambda one: str(one["id"]))


def mapping_files() -> list[Path]:
    """The files of the mappings to other ontologies, one for each."""
    return sorted((HERE / "mappings").glob("*.ttl"))


def shapes_path() -> Path:
    """The file of the SHACL shapes."""
    return HERE / "shapes.ttl"


@cache
def context() -> dict[str, Any]:
    """The JSON-LD context, as the object that holds ``@context``."""
    return cast(dict[str, Any], json.loads((HERE / "context.jsonld").read_text(encoding="utf-8")))


def _class(graph: Graph, iri: Node, names: dict[Node, str], properties: dict[str, Node]) -> ClassSpec:
    slug = _text(graph, iri, COMITY.slug)
    required = set(graph.objects(iri, COMITY.requires))
    bases = {name: _base(graph, one) for one, name in names.items()}
    relationship = graph.value(iri, COMITY.projection) == COMITY.AsRelationship
    field_names = {one: field for field, one in properties.items()}
    return ClassSpec(
        name=names[iri],
        iri=str(iri),
        slug=slug,
        list_field=_text(graph, iri, COMITY.list),
        base=_base(graph, iri),
        label=_text(graph, iri, RDFS.label),
        comment=_text(graph, iri, RDFS.comment),
        projection="relationship" if relationship else "node",
        node_label=_text(graph, iri, COMITY.nodeLabel),
        relationship_type=_optional(graph, iri, COMITY.relationshipType),
        from_field=field_names[cast(Node, graph.value(iri, COMITY.fromProperty))] if relationship else None,
        to_field=field_names[cast(Node, graph.value(iri, COMITY.toProperty))] if relationship else None,
        id_pattern=_optional(graph, iri, COMITY.idPattern),
        fields={
            field: _field(graph, one, field, one in required, names, bases) for field, one in sorted(properties.items())
        },
    )


def _field(
    graph: Graph, iri: Node, field: str, required: bool, names: dict[Node, str], bases: dict[str, str]
) -> FieldSpec:
    datatype = cast(ValueForm, str(graph.value(iri, COMITY.datatype)).removeprefix(ONTOLOGY))
    target = graph.value(iri, COMITY.linksTo)
    links_to = None if target is None else names.get(target, ANY_RECORD)
    scheme = _optional(graph, iri, COMITY.scheme)
    least = _optional(graph, iri, COMITY.atLeast)
    if datatype == "ConceptKey":
        base = f"{VOCABULARIES}{scheme}/"
    elif links_to is not None:
        base = bases.get(links_to, THINGS)
    else:
        base = _optional(graph, iri, COMITY.iriPrefix) or ""
    return FieldSpec(
        field=field,
        iri=str(iri),
        datatype=datatype,
        many=_flag(graph, iri, COMITY.many),
        required=required,
        label=_text(graph, iri, RDFS.label),
        comment=_text(graph, iri, RDFS.comment),
        links_to=links_to,
        scheme=scheme,
        iri_base=base,
        graph_name=_optional(graph, iri, COMITY.graphName),
        relationship_type=_optional(graph, iri, COMITY.relationshipType),
        indexed=_flag(graph, iri, COMITY.indexed),
        full_text=_flag(graph, iri, COMITY.fullText),
        pattern=_optional(graph, iri, COMITY.pattern),
        at_least=None if least is None else float(least),
    )


def _domains(graph: Graph, iri: Node) -> Iterator[Node]:
    """The classes in the domain of a property: named, listed in a union, or included by schema.org's term."""
    for domain in (*graph.objects(iri, RDFS.domain), *graph.objects(iri, SDO.domainIncludes)):
        union = graph.value(domain, OWL.unionOf)
        members = (domain,) if union is None else tuple(Collection(graph, union))
        yield from (COMITY.Record,) if COMITY.Record in members else members
        if COMITY.Record in members:
            return


def _python_value(spec: FieldSpec, value: Node) -> Any:
    if spec.is_iri:
        return spec.value_of(str(value))
    if isinstance(value, RdfLiteral) and value.datatype in (XSD.boolean, XSD.integer, XSD.double):
        return value.toPython()
    return str(value)


def _base(graph: Graph, iri: Node) -> str:
    return _optional(graph, iri, COMITY.iriBase) or f"{THINGS}{_text(graph, iri, COMITY.slug)}/"


def _text(graph: Graph, iri: Node, predicate: Node) -> str:
    value = graph.value(iri, predicate)
    if value is None:
        raise ValueError(f"{iri} lacks {predicate}")
    return str(value)


def _optional(graph: Graph, iri: Node, predicate: Node) -> str | None:
    value = graph.value(iri, predicate)
    return None if value is None else str(value)


def _flag(graph: Graph, iri: Node, predicate: Node) -> bool:
    value = graph.value(iri, predicate)
    return isinstance(value, RdfLiteral) and value.toPython() is True


def _tail(iri: str, base: str, what: str) -> str:
    if not iri.startswith(base):
        raise ValueError(f"{iri} is not the IRI of a {what}: it must begin with {base}")
    return decoded(iri[len(base) :])
