"""Records as nodes and relationships and back, without a server: nothing is lost, names come from the ontology."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from graph.canonical import canonical
from graph.model import Conflict, Instrument, Participation, Provision, State
from graph.records import Records
from graph.releases import Release
from graph.stores.neo4j import names
from graph.stores.neo4j.projection import Between, Ends, NotOurs, counts, elements, records
from tests.graph.conftest import every_class as every_class
from tests.graph.test_rdf import any_records


def test_every_class_survives(every_class: Records) -> None:
    assert records(elements(every_class)) == every_class


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_records())
def test_any_records_survive(given_records: Records) -> None:
    assert records(elements(given_records)) == canonical(given_records)


def test_the_packaged_release_survives(packaged_release: Release) -> None:
    assert records(elements(packaged_release.records())) == packaged_release.records()


def test_a_participation_is_a_relationship_with_its_dates_as_precise_as_stated() -> None:
    given_records = Records(
        states=(State(id="AAA", name="Aland", kind="state"),),
        instruments=(Instrument(id="x", short_name="X", title="X", kind="convention"),),
        participations=(Participation(id="x/AAA", instrument="x", party="AAA", standing="party", bound_on="2004-02"),),
    )
    graph = elements(given_records)
    values = graph.relationships[Between("PARTICIPATES_IN", "State", "Instrument")][Ends("AAA", "x", "x/AAA")]
    assert values["boundOn"] == "2004-02"
    assert (values["boundOnEarliest"], values["boundOnLatest"]) == (date(2004, 2, 1), date(2004, 2, 29))
    assert not [key for key in values if key.startswith("inForceOn")]


def test_a_field_of_other_sources_says_so_beside_it(every_class: Records) -> None:
    stated = {(one.id, field): ids for one in every_class.participations for field, ids in one.evidence}
    assert stated
    written = {}
    for rows in elements(every_class).relationships.values():
        for ends, values in rows.items():
            written |= {(ends.id, key): tuple(ids) for key, ids in values.items() if key.endswith("Sources")}
    known = names.projected()["Participation"].properties
    for (id_, field), ids in stated.items():
        assert written[id_, known[field].sources] == ids


def test_pairs_of_channels_and_articles_stay_pairs() -> None:
    provision = Provision(
        id="x/1", instrument="x", role="channel", channels=("police", "diplomatic"), channel_articles=("35", "27")
    )
    (values,) = elements(Records(provisions=(provision,))).nodes["Provision"].values()
    assert list(zip(values["channels"], values["channelArticles"], strict=True)) == [
        ("diplomatic", "27"),
        ("police", "35"),
    ]


def test_what_is_named_and_not_recorded_is_no_record() -> None:
    graph = elements(Records(provisions=(Provision(id="x/1", instrument="x", role="scope"),)))
    assert graph.nodes["Unrecorded"] == {"instrument/x": {"id": "instrument/x"}}
    assert "Instrument" not in graph.nodes


def test_a_contradiction_about_a_relationship_names_it() -> None:
    conflict = Conflict(id="c", about=("participation/x/AAA", "state/AAA"), field="bound_on", readings=("a", "b"))
    graph = elements(Records(conflicts=(conflict,), states=(State(id="AAA", name="Aland", kind="state"),)))
    assert graph.nodes["Conflict"]["c"]["about"] == ["participation/x/AAA", "state/AAA"]
    assert graph.relationships == {Between("ABOUT", "Conflict", "State"): {Ends("c", "AAA"): {}}}


def test_keys_of_concepts_are_relationships_too(packaged_release: Release) -> None:
    graph = elements(packaged_release.records())
    for provision in packaged_release.records().provisions[:200]:
        for measure in provision.measures:
            assert (
                Ends(provision.id, f"measure/{measure}")
                in graph.relationships[Between("ENABLES", "Provision", "Concept")]
            )


@pytest.mark.parametrize("field", ["strange", "name"])
def test_what_no_record_makes_is_refused(every_class: Records, field: str) -> None:
    graph = elements(every_class)
    next(iter(graph.nodes["State"].values()))[field] = ["a list"]
    with pytest.raises(NotOurs, match="State"):
        records(graph)


def test_two_values_where_one_is_allowed_are_refused(every_class: Records) -> None:
    graph = elements(every_class)
    between = next(one for one in graph.relationships if one.type == "UNDER_INSTRUMENT")
    ends = next(iter(graph.relationships[between]))
    graph.relationships[between][Ends(ends.start, "another")] = {}
    with pytest.raises(NotOurs, match="2 relationships"):
        records(graph)


def test_counts_are_by_label_type_and_property(every_class: Records) -> None:
    found = counts(elements(every_class))
    assert found["(:State)"] == found["(:State).name"] == len(every_class.states)
    assert found["[:PARTICIPATES_IN]"] == len(every_class.participations)
    assert found["(:Instrument).title"] == len(every_class.instruments)
    fewer = msgspec.structs.replace(every_class, states=every_class.states[:1])
    assert counts(elements(fewer)) != found


def test_every_label_type_and_property_has_the_name_of_the_ontology() -> None:
    for one in names.projected().values():
        for name, prop in one.properties.items():
            assert prop.name == (one.spec.fields[name].graph_name or prop.name)
        assert one.name == (one.spec.node_label if one.is_node else one.spec.relationship_type)
        left = set(one.spec.fields) - set(one.properties) - set(one.links)
        assert not left


def test_every_label_has_a_unique_id_and_every_annotated_property_an_index() -> None:
    made = " ; ".join(names.schema_statements().values())
    for one in names.projected().values():
        pattern = f"(n:`{one.name}`)" if one.is_node else f"()-[r:`{one.name}`]-()"
        assert f"FOR {pattern} REQUIRE" in made
        indexed = pattern.replace("(n:", "(x:").replace("[r:", "[x:")
        for prop in one.properties.values():
            assert (f"FOR {indexed} ON (x.`{prop.name}`)" in made) == prop.field.indexed


@pytest.mark.parametrize("name", ["a b", "a`b", "", "1a", "a)", "é", "a" * 64, "a\n"])
def test_names_that_are_not_plain_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        names.quoted(name)


def test_names_that_stand_in_cypher_unquoted_are_plain() -> None:
    for name in (names.RELEASE, names.LOADING, names.UNRECORDED, names.words_index(), *names.schema_statements()):
        assert names.quoted(name)
