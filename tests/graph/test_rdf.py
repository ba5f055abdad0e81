"""Records as RDF and back: nothing is lost, nothing depends on order, provenance is the graph."""

from __future__ import annotations

from typing import Any, get_args

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse, serialize

from graph.canonical import canonical, defaults, list_fields
from graph.model import Participation, Provision, Record, State
from graph.rdf import CATALOGUE, DESCRIPTION, RDF_TYPE, Unreadable, lines, quads, records, release_id
from graph.records import RECORD_TYPES, Records
from ontologies.schema import FieldSpec, schema

XSD = "http://www.w3.org/2001/XMLSchema#"
SOURCE = "https://w3id.org/comity/id/source/"

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
KEYS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=8)
IDS = st.text("ABCabc019-_./:()%é é§", min_size=1, max_size=8)
DATES = st.one_of(
    st.dates().map(lambda day: day.isoformat()),
    st.dates().map(lambda day: day.isoformat()[:7]),
    st.dates().map(lambda day: day.isoformat()[:4]),
)
OUTSIDE = KEYS.map(lambda key: f"http://example.org/{key}")


def values(spec: FieldSpec) -> st.SearchStrategy[Any]:
    """Values that a field may hold."""
    by_form: dict[str, st.SearchStrategy[Any]] = {
        "PartialDateValue": DATES,
        "IntegerValue": st.integers(-(10**9), 10**9),
        "DecimalValue": st.floats(allow_nan=False),
        "BooleanValue": st.booleans(),
        "ConceptKey": KEYS,
        "Link": IDS,
        "OutsideIri": KEYS if spec.iri_base else OUTSIDE,
    }
    return by_form.get(spec.datatype, TEXT)


def of_class(cls: type[Record]) -> st.SearchStrategy[Record]:
    """Any record of a class, however odd."""
    spec = schema().record(cls.__name__)
    fields: dict[str, st.SearchStrategy[Any]] = {}
    for name, default in defaults(cls).items():
        field = spec.fields[name]
        one = (
            st.lists(values(field), min_size=int(field.required), max_size=3).map(tuple)
            if field.many
            else values(field)
        )
        fields[name] = st.one_of(st.none(), one) if default is None else one
    cited = st.lists(IDS, max_size=3).map(tuple)
    fields["sources"] = cited
    fields["evidence"] = st.dictionaries(st.sampled_from(sorted(defaults(cls))), cited, max_size=3).map(
        lambda found: tuple(found.items())
    )
    return st.builds(cls, id=IDS, **fields)


@st.composite
def any_records(draw: st.DrawFn) -> Records:
    cls = draw(st.sampled_from(RECORD_TYPES))
    rows = draw(st.lists(of_class(cls), min_size=1, max_size=3, unique_by=lambda record: record.id))
    return Records(**{list_fields()[cls.__name__]: tuple(rows)})


def test_every_class_survives(every_class: Records) -> None:
    assert all(getattr(every_class, field) for field in list_fields().values())
    assert records(quads(every_class, schema()), schema()) == every_class


def test_every_class_survives_a_file(every_class: Records) -> None:
    text = serialize(quads(every_class, schema()), format=RdfFormat.N_QUADS)
    assert records(parse(text, RdfFormat.N_QUADS), schema()) == every_class


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_records())
def test_any_records_survive_in_canonical_form(given_records: Records) -> None:
    assert records(quads(given_records, schema()), schema()) == canonical(given_records)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_records())
def test_the_canonical_form_is_its_own(given_records: Records) -> None:
    assert canonical(canonical(given_records)) == canonical(given_records)


def test_pairs_of_channels_and_articles_stay_pairs() -> None:
    provision = Provision(
        id="x/1",
        instrument="x",
        role="channel",
        channels=("police", "diplomatic", "central-authority"),
        channel_articles=("35", "27", "27"),
    )
    (read,) = records(quads(Records(provisions=(provision,)), schema()), schema()).provisions
    paired = dict(zip(read.channels, read.channel_articles, strict=True))
    assert paired == {"police": "35", "diplomatic": "27", "central-authority": "27"}


def test_a_field_stands_in_the_graphs_of_the_sources_that_state_it() -> None:
    one = Participation(
        id="x/AAA",
        instrument="x",
        party="AAA",
        standing="party",
        bound_on="2004-07",
        sources=("s1", "s2"),
        evidence=(("bound_on", ("s3",)),),
    )
    spec = schema().record("Participation").fields
    graphs: dict[str, set[str]] = {}
    for quad in quads(Records(participations=(one,)), schema()):
        graphs.setdefault(quad.predicate.value, set()).add(quad.graph_name.value)  # type: ignore[union-attr]
    assert graphs[RDF_TYPE.value] == {SOURCE + "s1", SOURCE + "s2"}
    assert graphs[spec["party"].iri] == {SOURCE + "s1", SOURCE + "s2"}
    assert graphs[spec["bound_on"].iri] == {SOURCE + "s3"}


def test_what_has_no_source_stands_in_the_catalogue(every_class: Records) -> None:
    bare = Records(concepts=every_class.concepts, publishers=every_class.publishers, sources=every_class.sources)
    assert {quad.graph_name for quad in quads(bare, schema())} == {CATALOGUE}


@pytest.mark.parametrize(("text", "datatype"), [("2004", "gYear"), ("2004-07", "gYearMonth"), ("2004-07-01", "date")])
def test_partial_dates_have_the_datatype_of_their_precision(text: str, datatype: str) -> None:
    one = Participation(id="x/AAA", instrument="x", party="AAA", standing="party", bound_on=text)
    terms = {quad.object for quad in quads(Records(participations=(one,)), schema())}
    assert Literal(text, datatype=NamedNode(XSD + datatype)) in terms


def test_no_flag_is_stated_as_no_where_nothing_is_on_record(every_class: Records) -> None:
    said = [
        quad
        for quad in quads(every_class, schema())
        if quad.object == Literal("false", datatype=NamedNode(XSD + "boolean"))
    ]
    assert {quad.predicate.value.rpartition("#")[2] for quad in said} == {"technologySpecific"}


def test_there_are_no_blank_nodes(every_class: Records) -> None:
    assert not [one for quad in quads(every_class, schema()) for one in quad if isinstance(one, BlankNode)]


def test_the_release_id_depends_on_content_and_on_nothing_else(every_class: Records) -> None:
    said = list(quads(every_class, schema()))
    first = release_id(said)
    assert first == release_id(reversed(said)) == release_id(said + said)
    assert first == release_id([*said, Quad(CATALOGUE, RDF_TYPE, CATALOGUE, DESCRIPTION)])
    assert len(first) == 18
    assert first.startswith("r-")
    other = msgspec.structs.replace(every_class.states[0], name="Other")
    changed = msgspec.structs.replace(every_class, states=(other, *every_class.states[1:]))
    assert release_id(quads(changed, schema())) != first


def test_order_of_lists_and_tuples_does_not_count(every_class: Records) -> None:
    turned = msgspec.structs.replace(
        every_class, **{field: getattr(every_class, field)[::-1] for field in list_fields().values()}
    )
    assert lines(quads(turned, schema())) == lines(quads(every_class, schema()))


def test_two_records_with_one_id_are_refused() -> None:
    one = State(id="AAA", name="One", kind="state")
    with pytest.raises(ValueError, match="two State records have the id 'AAA'"):
        list(quads(Records(states=(one, one)), schema()))


def test_a_value_that_is_no_iri_is_refused_by_name() -> None:
    one = State(id="AAA", name="One", kind="state", eu_authority="no iri")
    with pytest.raises(ValueError, match="State AAA, eu_authority"):
        list(quads(Records(states=(one,)), schema()))


def test_foreign_quads_are_refused() -> None:
    subject = NamedNode("https://w3id.org/comity/id/state/AAA")
    kind = NamedNode(schema().record("State").iri)
    with pytest.raises(Unreadable, match="no record class"):
        records([Quad(subject, RDF_TYPE, NamedNode("http://example.org/Thing"), CATALOGUE)], schema())
    with pytest.raises(Unreadable, match="no field for"):
        records([Quad(subject, RDF_TYPE, kind, CATALOGUE), Quad(subject, kind, kind, CATALOGUE)], schema())
    with pytest.raises(Unreadable, match="name"):
        records([Quad(subject, RDF_TYPE, kind, CATALOGUE)], schema())
    with pytest.raises(Unreadable, match="no class"):
        records([Quad(subject, kind, kind, CATALOGUE)], schema())


def test_every_list_of_records_has_a_class() -> None:
    assert {get_args(field.type)[0] for field in msgspec.structs.fields(Records)} == set(RECORD_TYPES)
