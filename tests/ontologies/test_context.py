"""JSON in the shape of the records expands to the triples of the graph, by two independent JSON-LD engines."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import Graph

from ontologies.context import context_document
from ontologies.schema import ClassSpec, concepts, context, schema

ID = "https://w3id.org/comity/id/"
KEY = "https://w3id.org/comity/vocabulary/"
COMITY = "https://w3id.org/comity/ontology#"


def by_oxigraph(document: dict[str, Any]) -> set[tuple[str, str]]:
    """Predicate and object (IRI or lexical form) of the one subject."""
    triples = parse(json.dumps(document), RdfFormat.JSON_LD)
    return {(triple.predicate.value, triple.object.value) for triple in triples}


def by_rdflib(document: dict[str, Any]) -> set[tuple[str, str]]:
    graph = Graph().parse(data=json.dumps(document), format="json-ld")
    return {(str(predicate), str(value)) for _, predicate, value in graph}


def test_context_is_that_of_the_ontology() -> None:
    assert context() == context_document(), "run python -m ontologies.context"


@pytest.mark.parametrize("expand", [by_oxigraph, by_rdflib])
def test_a_provision_expands(expand: Any) -> None:
    found = expand(
        {
            **context(),
            "type": "Provision",
            "id": f"{ID}provision/lil-ble/29",
            "instrument": "lil-ble",
            "article": "29",
            "role": "cooperation",
            "measures": ["preservation", "traffic-data"],
            "subsidiary": False,
            "sources": ["example-org-0123456789"],
        }
    )
    assert found == {
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", f"{COMITY}Provision"),
        (f"{COMITY}instrument", f"{ID}instrument/lil-ble"),
        (f"{COMITY}article", "29"),
        (f"{COMITY}provisionRole", f"{KEY}provision-role/cooperation"),
        (f"{COMITY}measures", f"{KEY}measure/preservation"),
        (f"{COMITY}measures", f"{KEY}measure/traffic-data"),
        (f"{COMITY}subsidiary", "false"),
        ("http://purl.org/dc/terms/source", f"{ID}source/example-org-0123456789"),
    }


@pytest.mark.parametrize("expand", [by_oxigraph, by_rdflib])
def test_the_same_field_name_means_what_its_class_means(expand: Any) -> None:
    office = {"type": "Authority", "id": f"{ID}authority/x", "kind": "central-authority"}
    treaty = {"type": "Instrument", "id": f"{ID}instrument/x", "kind": "bilateral"}
    assert (f"{COMITY}authorityKind", f"{KEY}authority-kind/central-authority") in expand({**context(), **office})
    assert (f"{COMITY}instrumentKind", f"{KEY}instrument-kind/bilateral") in expand({**context(), **treaty})


@pytest.mark.parametrize("spec", schema().classes.values(), ids=lambda spec: spec.name)
def test_every_key_of_every_field_expands_to_its_concept(spec: ClassSpec) -> None:
    document: dict[str, Any] = {**context(), "type": spec.name, "id": f"{ID}x/y"}
    wanted: set[tuple[str, str]] = set()
    for name, field in spec.fields.items():
        if field.datatype == "ConceptKey":
            document[name] = [one["key"] for one in concepts() if one["scheme"] == field.scheme]
            wanted |= {(field.iri, field.iri_of(key)) for key in document[name]}
    assert wanted <= by_oxigraph(document)
    assert wanted <= by_rdflib(document)


@pytest.mark.parametrize("expand", [by_oxigraph, by_rdflib])
def test_links_and_identifiers_may_be_bare_or_whole(expand: Any) -> None:
    bare = {"type": "Participation", "id": f"{ID}participation/x/LIL", "party": "LIL"}
    whole = bare | {"party": f"{ID}state/LIL"}
    assert expand({**context(), **bare}) == expand({**context(), **whole})
    state = {"type": "State", "id": f"{ID}state/LIL", "wikidata": "Q1"}
    assert (f"{COMITY}wikidata", "http://www.wikidata.org/entity/Q1") in expand({**context(), **state})
