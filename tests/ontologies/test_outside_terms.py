"""Every term of another vocabulary that the ontology uses exists there."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from rdflib import RDF, SKOS, Graph, URIRef, namespace

from ontologies.answers import answers
from ontologies.schema import concepts, mapping_files, ontology, vocabularies

OWN = "https://w3id.org/comity/"
CLOSED = ("DCAT", "DCTERMS", "ORG", "OWL", "PROV", "RDF", "RDFS", "SDO", "SKOS", "XSD")
"""Namespaces of which rdflib knows every term."""

NOT_TERMS = {"https://creativecommons.org/licenses/by/4.0/"}


def checked_terms() -> set[str]:
    """Terms of vocabularies that rdflib does not hold, each looked up in its vocabulary (see the file)."""
    with (Path(__file__).parent / "checked_terms.csv").open(encoding="utf-8", newline="") as file:
        return {row["term"] for row in csv.DictReader(file)}


def mappings() -> Graph:
    graph = Graph()
    for file in mapping_files():
        graph.parse(file, format="turtle")
    return graph


def used_terms() -> set[str]:
    graph = ontology() + answers() + vocabularies() + mappings()
    found = {str(term) for triple in graph for term in triple if isinstance(term, URIRef)}
    return {iri for iri in found if not iri.startswith(OWN)} - NOT_TERMS


@pytest.mark.parametrize("iri", sorted(used_terms()))
def test_term_exists(iri: str) -> None:
    known = any(URIRef(iri) in getattr(namespace, name) for name in CLOSED)
    assert known or iri in checked_terms(), f"{iri} is in no vocabulary that was looked at"


def test_no_checked_term_is_idle() -> None:
    assert checked_terms() <= used_terms()


def test_a_wrong_term_would_be_noticed() -> None:
    base = str(namespace.ORG)
    assert URIRef(f"{base}Organisation") not in namespace.ORG
    assert URIRef(f"{base}Organization") in namespace.ORG


def test_every_own_term_used_is_declared() -> None:
    own = OWN + "ontology#"
    declared = {str(term) for term in (ontology() + answers()).subjects(RDF.type)}
    graph = ontology() + answers() + vocabularies()
    used = {str(term) for triple in graph for term in triple if str(term).startswith(own)}
    assert used <= declared


def test_mappings_go_from_own_terms_to_others_and_say_how_close() -> None:
    keys = {f"{OWN}vocabulary/{one['id']}" for one in concepts()}
    own = {str(term) for term in ontology().subjects(RDF.type)} | keys
    relations = {SKOS.closeMatch, SKOS.exactMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch}
    found = mappings()
    assert len(found) > 50
    for subject, relation, other in found:
        assert str(subject) in own
        assert relation in relations
        assert not str(other).startswith(OWN)
