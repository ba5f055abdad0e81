"""The ontology and the records say the same, in both directions."""

from __future__ import annotations

import types
import typing

import msgspec
import pytest

from graph.model import Record
from graph.records import RECORD_TYPES, Records
from ontologies.schema import COMITY, ClassSpec, FieldSpec, ontology, schema

CARRIED_OTHERWISE = {"id", "sources", "evidence"}
"""By the IRI of the record and by the named graphs."""

FORMS = {int: {"IntegerValue"}, float: {"DecimalValue"}, bool: {"BooleanValue"}}
TEXT_FORMS = {"Text", "LanguageText", "PartialDateValue", "Link", "ConceptKey", "OutsideIri"}


def fields_of(record: type[Record]) -> dict[str, msgspec.structs.FieldInfo]:
    return {one.name: one for one in msgspec.structs.fields(record) if one.name not in CARRIED_OTHERWISE}


def value_type(annotation: object) -> tuple[type, bool]:
    """The Python type of one value, and whether the field holds several."""
    if typing.get_origin(annotation) is tuple:
        return typing.get_args(annotation)[0], True
    if isinstance(annotation, types.UnionType):
        annotation = next(one for one in typing.get_args(annotation) if one is not type(None))
    assert isinstance(annotation, type)
    return annotation, False


def test_every_record_class_has_a_class_and_every_class_a_record_class() -> None:
    assert set(schema().classes) == {record.__name__ for record in RECORD_TYPES}


@pytest.mark.parametrize("record", RECORD_TYPES, ids=lambda record: record.__name__)
def test_every_field_has_one_property_and_every_property_a_field(record: type[Record]) -> None:
    spec = schema().record(record.__name__)
    assert set(spec.fields) == set(fields_of(record))
    iris = [field.iri for field in spec.fields.values()]
    assert len(iris) == len(set(iris)), "two fields of a record class share a property"


@pytest.mark.parametrize("record", RECORD_TYPES, ids=lambda record: record.__name__)
def test_values_are_written_as_the_model_types_them(record: type[Record]) -> None:
    spec = schema().record(record.__name__)
    for name, info in fields_of(record).items():
        field = spec.fields[name]
        kind, many = value_type(info.type)
        assert field.many is many, name
        assert field.required is info.required, name
        assert field.datatype in FORMS.get(kind, TEXT_FORMS), name
        is_date = name.endswith("_on") or name in {"as_of", "valid_from", "valid_until"}
        assert (field.datatype == "PartialDateValue") is is_date, name


def test_list_fields_are_those_of_records() -> None:
    lists = {info.name: typing.get_args(info.type)[0].__name__ for info in msgspec.structs.fields(Records)}
    assert {spec.list_field: spec.name for spec in schema().classes.values()} == lists


def test_no_property_carries_a_field_that_no_class_has() -> None:
    used = {field.iri for spec in schema().classes.values() for field in spec.fields.values()}
    assert {str(iri) for iri in ontology().subjects(COMITY.field)} == used


def test_segments_and_lists_are_unique() -> None:
    specs = list(schema().classes.values())
    assert len({spec.slug for spec in specs}) == len(specs)
    assert len({spec.list_field for spec in specs}) == len(specs)
    assert all(schema().by_slug(spec.slug) is spec for spec in specs)


@pytest.mark.parametrize("spec", schema().classes.values(), ids=lambda spec: spec.name)
def test_projection_is_complete(spec: ClassSpec) -> None:
    if spec.projection == "relationship":
        ends = (spec.fields[str(spec.from_field)], spec.fields[str(spec.to_field)])
        assert spec.relationship_type
        assert all(end.datatype == "Link" and end.required and not end.many for end in ends)
    for field in spec.fields.values():
        assert (field.datatype == "Link") is (field.links_to is not None)
        assert (field.datatype == "ConceptKey") is (field.scheme is not None)
        assert field.relationship_type if field.datatype == "Link" else field.graph_name, field.field
        assert field.label
        assert field.comment.endswith(".")


def test_what_becomes_a_relationship_is_linked_by_nothing_but_conflicts() -> None:
    relationships = {spec.name for spec in schema().classes.values() if spec.projection == "relationship"}
    linked = {field.links_to for spec in schema().classes.values() for field in spec.fields.values()}
    assert not relationships & linked


def test_values_go_to_iris_and_back() -> None:
    participation = schema().record("Participation")
    party: FieldSpec = participation.fields["party"]
    assert party.iri_of("FRA") == "https://w3id.org/comity/id/state/FRA"
    assert party.value_of(party.iri_of("FRA")) == "FRA"
    standing = participation.fields["standing"]
    assert standing.value_of(standing.iri_of("signed")) == "signed"
    wikidata = schema().record("State").fields["wikidata"]
    assert wikidata.iri_of("Q142") == "http://www.wikidata.org/entity/Q142"
    about = schema().record("Conflict").fields["about"]
    assert about.iri_of("participation/un-opsc/CMR") == participation.iri_of("un-opsc/CMR")
    assert participation.id_of(participation.iri_of("un-opsc/CMR")) == "un-opsc/CMR"
    with pytest.raises(ValueError, match="must begin with"):
        party.value_of("https://w3id.org/comity/id/instrument/cets-185")
