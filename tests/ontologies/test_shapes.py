"""The shapes accept good records and refuse broken ones."""

from __future__ import annotations

import time
from functools import cache

import pytest
from pyshacl import validate
from rdflib import RDF, SH, XSD, Graph, Literal, Namespace, URIRef

from ontologies.schema import COMITY, schema, shapes_path, vocabularies
from ontologies.shapes import shapes_text

THING = Namespace("https://w3id.org/comity/id/")
KEY = Namespace("https://w3id.org/comity/vocabulary/")

GOOD = """
@prefix comity: <https://w3id.org/comity/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix schema: <https://schema.org/> .
@prefix thing: <https://w3id.org/comity/id/> .
@prefix key: <https://w3id.org/comity/vocabulary/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://w3id.org/comity/id/> .

<state/LIL> a comity:State ; schema:name "Lilliput" ; comity:stateKind <../vocabulary/state-kind/state> .
<instrument/lil-ble> a comity:Instrument ;
    comity:shortName "Lilliput-Blefuscu treaty" ; dcterms:title "Treaty" ; comity:signedOn "2004"^^xsd:gYear ;
    comity:instrumentKind <../vocabulary/instrument-kind/bilateral> ; comity:entryThreshold 2 .
<participation/lil-ble/LIL> a comity:Participation ;
    comity:instrument <instrument/lil-ble> ; comity:party <state/LIL> ; comity:standing <../vocabulary/standing/party> ;
    comity:signedOn "2004"^^xsd:gYear ; comity:boundOn "2004-07"^^xsd:gYearMonth ;
    comity:inForceOn "2004-08-01"^^xsd:date ; comity:basis "stated" ; comity:contested false .
<statutory-offence/LIL/csam-possession/00000000> a comity:StatutoryOffence ;
    comity:state <state/LIL> ; comity:offence <../vocabulary/offence/csam-possession> ;
    comity:maxPenaltyYears "INF"^^xsd:double ; comity:childAgeBelow 18 .
<declaration/lil-ble/LIL/00000000> a comity:Declaration ;
    comity:instrument <instrument/lil-ble> ; comity:party <state/LIL> ; dcterms:abstract "Nationals stay." ;
    comity:declarationKind <../vocabulary/declaration-kind/reservation> ; comity:articles "6", "7" .
<source/example-org-0123456789> a comity:Source ;
    schema:url "https://example.org/" ; dcterms:publisher <publisher/example> ; comity:asOf "2026-01-31"^^xsd:date .
"""

PARTICIPATION = THING["participation/lil-ble/LIL"]
DECLARATION = THING["declaration/lil-ble/LIL/00000000"]
ABSTRACT = URIRef("http://purl.org/dc/terms/abstract")


@cache
def shapes() -> Graph:
    return Graph().parse(shapes_path(), format="turtle")


def good() -> Graph:
    return Graph().parse(data=GOOD, format="turtle")


def complaints(graph: Graph) -> set[tuple[str, str]]:
    """Focus node and component of each violation."""
    _, report, _ = validate(graph, shacl_graph=shapes(), inference="none")
    return {
        (str(report.value(result, SH.focusNode)), str(report.value(result, SH.sourceConstraintComponent)))
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


def test_shapes_are_those_of_the_ontology() -> None:
    assert shapes_path().read_text(encoding="utf-8") == shapes_text(), "run python -m ontologies.shapes"


def test_good_records_and_all_vocabularies_conform() -> None:
    assert complaints(good() + vocabularies()) == set()


BROKEN = [
    ("no party", PARTICIPATION, COMITY.party, None, SH.MinCountConstraintComponent),
    ("no title", THING["instrument/lil-ble"], URIRef("http://purl.org/dc/terms/title"), None, "MinCount"),
    ("a reservation that says nothing", DECLARATION, ABSTRACT, None, "MinCount"),
    ("a reservation with an empty summary", DECLARATION, ABSTRACT, Literal("", datatype=XSD.string), "MinLength"),
    ("key outside the vocabulary", PARTICIPATION, COMITY.standing, KEY["standing/bound"], "Pattern"),
    ("key of another vocabulary", PARTICIPATION, COMITY.standing, KEY["urgency/only"], "Pattern"),
    ("key as text", PARTICIPATION, COMITY.standing, Literal("party"), "NodeKind"),
    ("link to another class", PARTICIPATION, COMITY.party, THING["instrument/lil-ble"], "Pattern"),
    ("date of a month that does not exist", PARTICIPATION, COMITY.signedOn, Literal("2004-13"), "Pattern"),
    ("date in words", PARTICIPATION, COMITY.boundOn, Literal("July 2004"), "Pattern"),
    ("number as text", THING["instrument/lil-ble"], COMITY.entryThreshold, Literal("two"), "Datatype"),
    ("no parties needed", THING["instrument/lil-ble"], COMITY.entryThreshold, Literal(0), "MinInclusive"),
    ("basis of its own", PARTICIPATION, COMITY.basis, Literal("guessed"), "Pattern"),
]


@pytest.mark.parametrize(
    ("subject", "predicate", "value", "component"), [one[1:] for one in BROKEN], ids=[one[0] for one in BROKEN]
)
def test_broken_records_are_refused(subject: URIRef, predicate: URIRef, value: object, component: str) -> None:
    graph = good()
    graph.remove((subject, predicate, None))
    if value is not None:
        graph.add((subject, predicate, value))  # type: ignore[arg-type]
    assert any(focus == str(subject) and component.split("#")[-1] in found for focus, found in complaints(graph))


def test_two_values_where_one_is_meant_are_refused() -> None:
    graph = good()
    graph.add((PARTICIPATION, COMITY.inForceOn, Literal("2005", datatype=XSD.gYear)))
    assert complaints(graph) == {(str(PARTICIPATION), str(SH.MaxCountConstraintComponent))}


def test_iris_of_the_wrong_form_are_refused() -> None:
    graph = good()
    lower_case = THING["state/lil"]
    for predicate, value in list(graph.predicate_objects(THING["state/LIL"])):
        graph.add((lower_case, predicate, value))
    assert (str(lower_case), str(SH.PatternConstraintComponent)) in complaints(graph)


def test_every_field_of_every_class_is_bounded() -> None:
    bounded = {
        (str(target), str(shapes().value(shape, SH.path)))
        for shape in shapes().subjects(RDF.type, SH.PropertyShape)
        for target in shapes().objects(shape, SH.targetClass)
    }
    wanted = {(spec.iri, field.iri) for spec in schema().classes.values() for field in spec.fields.values()}
    assert bounded == wanted


def test_validation_stays_fast() -> None:
    """5,000 participations of 9 triples take well under a second; quadratic behaviour would show here."""
    graph = Graph()
    pattern = list(good().predicate_objects(PARTICIPATION))
    for number in range(5000):
        subject = THING[f"participation/treaty-{number}/LIL"]
        for predicate, value in pattern:
            graph.add((subject, predicate, value))
    started = time.perf_counter()
    assert complaints(graph) == set()
    assert time.perf_counter() - started < 10
