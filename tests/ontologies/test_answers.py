"""The ontology of answers agrees with the structs of answers, and the context reads them by two JSON-LD engines."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from rdflib import RDF, RDFS

from graph import answers as structs
from graph.dates import MET, NOT_MET, UNKNOWN
from ontologies.answers import VERDICTS, PartSpec, answers, parts
from ontologies.schema import COMITY, concepts, context, ontology, schema
from tests.ontologies.test_context import by_oxigraph, by_rdflib

SAID_OTHERWISE = {
    "Office": {"id"},  # as office
    "Contact": {"address", "phone", "email", "website", "available_24_7"},  # at the office itself
    "PartyDates": {"basis", "rule"},  # as hypothetical, else at the participation on record
    "Condition": {"basis"},  # as hypothetical
    "WhyNot": {"basis"},
}
"""Members of JSON that linked data do not repeat."""

ADDED = {
    "Leg": {"number"},
    "Office": {"office"},
    "Basis": {"provisions"},
    "PartyDates": {"records", "hypothetical"},
    "Condition": {"hypothetical"},
    "WhyNot": {"provisions", "hypothetical"},
}
"""Members that JSON says by order, by name or not at all."""


@pytest.mark.parametrize("spec", parts().values(), ids=lambda spec: spec.part)
def test_every_member_of_a_part_has_a_property(spec: PartSpec) -> None:
    struct = getattr(structs, spec.part)
    members = {field.encode_name for field in msgspec.structs.fields(struct)} - {"sources"}
    assert set(spec.fields) == members - SAID_OTHERWISE.get(spec.part, set()) | ADDED.get(spec.part, set())
    iris = [field.iri for field in spec.fields.values()]
    assert len(iris) == len(set(iris)), "two members of a part share a property"


def test_every_part_of_an_answer_has_a_class() -> None:
    held = {
        name
        for name, struct in vars(structs).items()
        if isinstance(struct, type) and issubclass(struct, msgspec.Struct) and struct.__module__ == structs.__name__
    }
    assert held - {"Cite"} == set(parts())  # a source as cited is a source on record


def test_the_three_values_are_verdicts() -> None:
    assert set(VERDICTS) == {MET, NOT_MET, UNKNOWN}
    assert {COMITY[name] for name in VERDICTS.values()} == set(answers().subjects(RDF.type, COMITY.Verdict))


def test_every_term_is_explained_and_no_name_is_taken() -> None:
    own = set(answers().subjects(RDF.type)) - set(ontology().subjects(RDF.type))
    for term in own:
        if str(term).startswith(str(COMITY)):
            assert answers().value(term, RDFS.label)
            assert answers().value(term, RDFS.comment)
    assert not {spec.name for spec in parts().values()} & set(schema().classes)


@pytest.mark.parametrize("spec", parts().values(), ids=lambda spec: spec.part)
@pytest.mark.parametrize("expand", [by_oxigraph, by_rdflib])
def test_every_key_of_every_member_expands_to_its_concept(spec: PartSpec, expand: Any) -> None:
    document: dict[str, Any] = {**context(), "type": spec.name}
    wanted: set[tuple[str, str]] = set()
    for name, field in spec.fields.items():
        if field.datatype == "ConceptKey":
            document[name] = [one["key"] for one in concepts() if one["scheme"] == field.scheme]
            wanted |= {(field.iri, field.iri_of(key)) for key in document[name]}
        elif name == "status":
            document[name] = list(VERDICTS.values())
            wanted |= {(field.iri, str(COMITY[value])) for value in document[name]}
    assert wanted <= expand(document)
