"""Every vocabulary is complete, and what concepts say about each other holds."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from rdflib import DCTERMS, RDF, SKOS, URIRef

from graph.model import Concept
from ontologies.iris import scheme_iri
from ontologies.schema import HERE, concepts, schema, vocabularies

BY_ID: dict[str, dict[str, Any]] = {one["id"]: one for one in concepts()}
SCHEMES = sorted({str(one["scheme"]) for one in concepts()})


def of(scheme: str) -> list[dict[str, Any]]:
    return [one for one in concepts() if one["scheme"] == scheme]


def test_one_file_a_vocabulary() -> None:
    assert sorted(file.stem for file in (HERE / "vocabularies").glob("*.ttl")) == SCHEMES


def test_every_scheme_that_a_field_names_exists_and_none_is_idle() -> None:
    named = {field.scheme for spec in schema().classes.values() for field in spec.fields.values() if field.scheme}
    assert named == set(SCHEMES)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_schemes_are_described_and_list_their_concepts(scheme: str) -> None:
    graph, iri = vocabularies(), URIRef(scheme_iri(scheme))
    assert (iri, RDF.type, SKOS.ConceptScheme) in graph
    assert graph.value(iri, DCTERMS.title)
    assert graph.value(iri, DCTERMS.description)
    members = set(graph.subjects(SKOS.inScheme, iri))
    assert members == set(graph.objects(iri, SKOS.hasTopConcept)) == set(graph.subjects(SKOS.topConceptOf, iri))


def test_concepts_are_records() -> None:
    for one in concepts():
        concept = msgspec.convert(one, Concept)
        assert concept.id == f"{concept.scheme}/{concept.key}"


@pytest.mark.parametrize("one", concepts(), ids=lambda one: str(one["id"]))
def test_every_concept_has_label_and_definition(one: dict[str, Any]) -> None:
    iri = URIRef(schema().record("Concept").iri_of(one["id"]))
    assert str(vocabularies().value(iri, DCTERMS.identifier)) == one["key"]
    assert one["label"]
    assert one["definition"].endswith(".")
    assert "child porn" not in (one["label"] + one["definition"]).lower()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_labels_are_unique_in_their_vocabulary(scheme: str) -> None:
    labels = [one["label"] for one in of(scheme)]
    assert len(labels) == len(set(labels))


def test_measures_say_how_they_can_be_asked_for() -> None:
    for measure in of("measure"):
        assert isinstance(measure["under_general_clause"], bool)
        assert f"coercive/{measure['coercive']}" in BY_ID
        assert measure["key"] not in measure.get("served_by", ())
        assert all(f"measure/{kindred}" in BY_ID for kindred in measure.get("served_by", ()))


def test_specific_measures_are_served_by_broader_powers_never_the_reverse() -> None:
    assert set(BY_ID["measure/subscriber-information"]["served_by"]) == {"production-order", "stored-data-access"}
    for closed in ("extradition", "police-information", "emergency-disclosure", "preservation", "interception"):
        assert "served_by" not in BY_ID[f"measure/{closed}"]
    for own_treaty in ("extradition", "transfer-of-proceedings", "takedown", "joint-investigation-team"):
        assert BY_ID[f"measure/{own_treaty}"]["under_general_clause"] is False


def test_channels_are_ranked_counted_and_weighed() -> None:
    channels = of("channel")
    assert sorted(one["rank"] for one in channels) == list(range(1, len(channels) + 1))
    for one in channels:
        assert one["offices"] >= 2
        assert f"evidential-use/{one['evidential_use']}" in BY_ID


def test_offences_carry_codes_of_the_crime_classification() -> None:
    codes = {one["key"]: one["notation"] for one in of("offence") if "notation" in one}
    assert codes["csam-possession"] == "030221"
    assert codes["child-prostitution"] == "030222"
    assert codes["grooming"] == "030223"
    datatypes = {code.datatype for code in vocabularies().objects(predicate=SKOS.notation)}  # type: ignore[union-attr]
    assert datatypes == {URIRef("https://w3id.org/comity/ontology#iccsCode")}
