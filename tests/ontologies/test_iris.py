"""Ids and keys go into IRIs and come back unchanged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, parse

from ontologies.iris import concept_iri, concept_key, thing_id, thing_iri
from ontologies.schema import schema

ids = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60)
segments = st.sampled_from([spec.slug for spec in schema().classes.values()])


@given(segments, ids)
def test_ids_come_back(slug: str, record_id: str) -> None:
    assert thing_id(thing_iri(slug, record_id)) == (slug, record_id)


@given(ids)
def test_iris_are_iris(record_id: str) -> None:
    iri = thing_iri("participation", record_id)
    assert iri.isascii()
    triple = next(iter(parse(f"<{iri}> <{iri}> <{iri}> .", RdfFormat.N_TRIPLES)))
    assert triple.subject == NamedNode(iri)


@given(ids.filter(lambda text: "/" not in text), ids)
def test_keys_come_back(scheme: str, key: str) -> None:
    assert concept_key(concept_iri(scheme, key)) == (scheme, key)


@given(st.lists(ids, min_size=2, max_size=2, unique=True))
def test_different_ids_have_different_iris(two: list[str]) -> None:
    assert thing_iri("state", two[0]) != thing_iri("state", two[1])


def test_usual_ids_stay_readable() -> None:
    assert thing_iri("participation", "cets-185/FRA").endswith("/id/participation/cets-185/FRA")
    assert thing_iri("provision", "cets-185/27(9)").endswith("/id/provision/cets-185/27(9)")
    assert concept_iri("measure", "preservation").endswith("/vocabulary/measure/preservation")


@pytest.mark.parametrize("iri", ["https://example.org/id/state/FRA", "https://w3id.org/comity/id/state", "FRA"])
def test_other_iris_are_refused(iri: str) -> None:
    with pytest.raises(ValueError, match="must begin with"):
        thing_id(iri)
    with pytest.raises(ValueError, match="must begin with"):
        concept_key(iri)
