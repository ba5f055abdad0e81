"""Records as RDF and back, driven by the ontology alone: no class or field is named here.

Every record becomes an IRI of the class that ``ontologies/comity.ttl`` annotates with its name, every statement of
it a quad of the property annotated with its field. Provenance is the graph: there is one named graph per source, its
name the IRI of the :class:`~graph.model.Source` record. The ``rdf:type`` of a record stands in the graph of each of
its sources, a field in the graphs of the sources that state the field. What has no source (concepts, publishers, the
sources themselves) stands in :data:`CATALOGUE`. There are no blank nodes.

Partial dates are ``xsd:date``, ``xsd:gYearMonth`` or ``xsd:gYear`` by their precision. Tuples are sets in RDF; see
:mod:`graph.canonical` for what that means and for the one pair of fields that keeps its pairing: the second of the
two is written as ``<key> § <text>``. For any records, ``records(quads(r)) == canonical(r)``.

Nothing here reads or writes files; nothing here judges the law.
"""

from __future__ import annotations

import hashlib
import io
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

import msgspec
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from graph.canonical import PAIRED, canonical, defaults, distinct, pairs, says
from graph.dates import is_partial_date
from graph.model import Record
from graph.records import RECORD_TYPES, Records
from ontologies.iris import thing_iri
from ontologies.schema import ClassSpec, FieldSpec, Schema

RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
CATALOGUE = NamedNode(thing_iri("graph", "catalogue"))
"""Graph of what needs no source: concepts (with the labels of the vocabularies), publishers, sources."""

DESCRIPTION = NamedNode(thing_iri("graph", "description"))
"""Graph that describes the release as a data set; it is no part of what the release id is made from."""

_XSD = "http://www.w3.org/2001/XMLSchema#"
_BOOLEAN, _INTEGER = NamedNode(_XSD + "boolean"), NamedNode(_XSD + "integer")
_DOUBLE, _DECIMAL = NamedNode(_XSD + "double"), NamedNode(_XSD + "decimal")
_DATES = {4: NamedNode(_XSD + "gYear"), 7: NamedNode(_XSD + "gYearMonth"), 10: NamedNode(_XSD + "date")}
_PAIR = " § "

Term = NamedNode | Literal


class Unreadable(ValueError):
    """Quads that are no records of this ontology: the message says which and why."""


class _Field(NamedTuple):
    """How one field is written and read."""

    name: str
    predicate: NamedNode
    many: bool
    default: object
    term: Callable[[Any], Term]
    value: Callable[[Term], Any]


class _Class(NamedTuple):
    """How one record class is written and read."""

    cls: type[Record]
    spec: ClassSpec
    type: NamedNode
    fields: tuple[_Field, ...]
    by_predicate: dict[str, _Field]


def quads(records: Records, schema: Schema) -> Iterator[Quad]:
    """Yield the quads of ``records``, in canonical form, class by class.

    Raises:
        ValueError: two records of one class have the same id, or a value that should be an IRI is none.
    """
    records = canonical(records)
    graph_of = cache(lambda source: NamedNode(schema.record("Source").iri_of(source)))
    for mapping in _mappings(schema):
        for record in getattr(records, mapping.spec.list_field):
            yield from _record_quads(record, mapping, graph_of)


def records(quads: Iterable[Quad], schema: Schema) -> Records:
    """Read records back from quads, in canonical form; the description of the release is passed over.

    Raises:
        Unreadable: a subject has no class or property of the ontology, or lacks a required field.
    """
    by_type = {mapping.type.value: mapping for mapping in _mappings(schema)}
    found: dict[str, _Class] = {}
    type_graphs: dict[str, set[str]] = defaultdict(set)
    statements: dict[str, dict[str, dict[Any, set[str]]]] = defaultdict(dict)
    for subject, predicate, term, graph in quads:
        if graph == DESCRIPTION:
            continue
        if not isinstance(subject, NamedNode) or not isinstance(graph, NamedNode):
            raise Unreadable(f"{subject} {predicate} {term} is not a statement about a named thing in a named graph")
        if predicate == RDF_TYPE:
            mapping = by_type.get(term.value) if isinstance(term, NamedNode) else None
            if mapping is None:
                raise Unreadable(f"{subject} is a {term}, which is no record class")
            found[subject.value] = mapping
            type_graphs[subject.value].add(graph.value)
        else:
            statements[subject.value].setdefault(predicate.value, {}).setdefault(term, set()).add(graph.value)
    source_of = cache(schema.record("Source").id_of)
    lists: dict[str, list[Record]] = defaultdict(list)
    for iri, mapping in found.items():
        try:
            record = _read(iri, mapping, statements.pop(iri, {}), type_graphs[iri], source_of)
        except ValueError as error:
            raise Unreadable(f"{iri}: {error}") from None
        lists[mapping.spec.list_field].append(record)
    if statements:
        raise Unreadable(f"{next(iter(statements))} has statements but no class")
    return canonical(Records(**{field: tuple(rows) for field, rows in lists.items()}))  # type: ignore[arg-type]


def lines(quads: Iterable[Quad]) -> list[bytes]:
    """The quads as sorted N-Quads lines without repetitions, each with its line end."""
    text = io.BytesIO()
    serialize(quads, text, RdfFormat.N_QUADS)
    return sorted(set(text.getvalue().splitlines(keepends=True)))


def release_id(quads: Iterable[Quad]) -> str:
    """Content address ``r-<16 hex>``: SHA-256 over the sorted N-Quads lines, but those of :data:`DESCRIPTION`."""
    return content_address(lines(quad for quad in quads if quad.graph_name != DESCRIPTION))


def content_address(sorted_lines: Iterable[bytes]) -> str:
    """Release id of N-Quads lines that are sorted already (see :func:`lines`)."""
    digest = hashlib.sha256()
    for line in sorted_lines:
        digest.update(line)
    return f"r-{digest.hexdigest()[:16]}"


def _record_quads(record: Record, mapping: _Class, graph_of: Callable[[str], NamedNode]) -> Iterator[Quad]:
    subject = NamedNode(mapping.spec.iri_of(record.id))
    own_graphs = [graph_of(source) for source in record.sources] or [CATALOGUE]
    for graph in own_graphs:
        yield Quad(subject, RDF_TYPE, mapping.type, graph)
    evidence = dict(record.evidence)
    for field in mapping.fields:
        value = getattr(record, field.name)
        if not says(value, field.default):
            continue
        try:
            terms = _terms(record, field, value)
        except ValueError as error:
            raise ValueError(f"{mapping.cls.__name__} {record.id}, {field.name}: {error}") from None
        stated_by = evidence.get(field.name)
        graphs = own_graphs if stated_by is None else [graph_of(source) for source in stated_by] or [CATALOGUE]
        for graph in graphs:
            for term in terms:
                yield Quad(subject, field.predicate, term, graph)


def _terms(record: Record, field: _Field, value: Any) -> list[Term]:
    if not field.many:
        return [field.term(value)]
    together = pairs(record)
    if together is not None and field.name == PAIRED[type(record).__name__][1]:
        return [Literal(f"{key}{_PAIR}{text}") for key, text in together]
    return [field.term(one) for one in value]


def _read(
    iri: str,
    mapping: _Class,
    statements: dict[str, dict[Any, set[str]]],
    type_graphs: set[str],
    source_of: Callable[[str], str],
) -> Record:
    def stated_by(graphs: Iterable[str]) -> tuple[str, ...]:
        return distinct(source_of(graph) for graph in graphs if graph != CATALOGUE.value)

    values: dict[str, Any] = {"id": mapping.spec.id_of(iri), "sources": stated_by(type_graphs)}
    evidence: dict[str, tuple[str, ...]] = {}
    for predicate, terms in statements.items():
        field = mapping.by_predicate.get(predicate)
        if field is None:
            raise ValueError(f"{mapping.cls.__name__} has no field for {predicate}")
        read = sorted(field.value(term) for term in terms)
        if not field.many and len(read) > 1:
            raise ValueError(f"{field.name} has {len(read)} values, one is allowed")
        values[field.name] = tuple(read) if field.many else read[0]
        by = stated_by(set().union(*terms.values()))
        if by != values["sources"]:
            evidence[field.name] = by
    _part_pairs(mapping.cls.__name__, values)
    return msgspec.convert({**values, "evidence": tuple(evidence.items())}, mapping.cls)


def _part_pairs(name: str, values: dict[str, Any]) -> None:
    """Undo what :func:`_terms` does to paired fields."""
    if name not in PAIRED:
        return
    keys, texts = PAIRED[name]
    together = sorted(text.split(_PAIR, 1) for text in values.get(texts, ()))
    paired = together and all(len(pair) == 2 for pair in together)
    if paired and {key for key, _ in together} == set(values.get(keys, ())):
        values[keys], values[texts] = (tuple(column) for column in zip(*together, strict=True))


def _mappings(schema: Schema) -> list[_Class]:
    return [_mapping(cls, schema.record(cls.__name__)) for cls in RECORD_TYPES]


def _mapping(cls: type[Record], spec: ClassSpec) -> _Class:
    fields = tuple(_field(spec.fields[name], default) for name, default in defaults(cls).items())
    by_predicate = {field.predicate.value: field for field in fields}
    if len(by_predicate) != len(fields):
        raise TypeError(f"two fields of {spec.name} share a property")
    return _Class(cls, spec, NamedNode(spec.iri), fields, by_predicate)


def _field(spec: FieldSpec, default: object) -> _Field:
    term, value = _codec(spec)
    return _Field(spec.field, NamedNode(spec.iri), spec.many, default, term, value)


def _codec(spec: FieldSpec) -> tuple[Callable[[Any], Term], Callable[[Any], Any]]:
    """How the values of a field are written as terms and read from them."""
    if spec.is_iri:
        return cache(lambda value: NamedNode(spec.iri_of(value))), cache(lambda term: spec.value_of(term.value))
    if spec.datatype == "PartialDateValue":
        return date_term, _python_value
    if spec.datatype == "LanguageText":
        return lambda text: Literal(text, language="en"), _python_value
    return _term, _python_value


def date_term(text: str) -> Literal:
    """A partial date as a literal of the datatype that its precision asks for."""
    if not is_partial_date(text):
        raise ValueError(f"{text!r} is not a partial date")
    return Literal(text, datatype=_DATES[len(text)])


def _term(value: Any) -> Literal:
    if isinstance(value, bool):
        return Literal("true" if value else "false", datatype=_BOOLEAN)
    if isinstance(value, int):
        return Literal(str(value), datatype=_INTEGER)
    if isinstance(value, float):
        return Literal(_double(value), datatype=_DOUBLE)
    return Literal(value)


def _double(number: float) -> str:
    """The lexical form of ``xsd:double``; infinity (life imprisonment) is ``INF``."""
    if math.isinf(number):
        return "INF" if number > 0 else "-INF"
    return repr(number)


def _python_value(term: Any) -> Any:
    if term.datatype == _BOOLEAN:
        return term.value in ("true", "1")
    if term.datatype == _INTEGER:
        return int(term.value)
    if term.datatype in (_DOUBLE, _DECIMAL):
        return float(term.value)
    return term.value
