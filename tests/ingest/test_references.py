"""References that lead nowhere are named with the nearest valid id."""

from __future__ import annotations

from graph.model import Designation, Publisher, Record, Source, State, Statute
from ingest.identity import segment, source_id
from ingest.references import clashing_ids, names_by_id, unresolved
from ingest.tables import Row
from ontologies.schema import schema

FRANCE = State(id="FRA", name="France", kind="state", sources=("s-1",))
SOURCE = Source(id="s-1", url="https://example.org/", publisher="p-1")


def rows(*records: Record) -> dict[type[Record], list[Row]]:
    found: dict[type[Record], list[Row]] = {}
    for line, record in enumerate((Publisher(id="p-1", name="P"), SOURCE, FRANCE, *records), start=2):
        found.setdefault(type(record), []).append(Row(record, "area/table.csv", line))
    return found


def test_what_exists_resolves() -> None:
    held = rows(Statute(id="fra-penal-code", state="FRA", title="Penal Code", sources=("s-1",)))
    assert unresolved(held, names_by_id(held)) == []


def test_each_reference_that_leads_nowhere() -> None:
    wrong = Designation(
        id="", authority="fra-moj", state="Frances", function="police", instrument="cets-185", sources=("s-2", "s-1")
    )
    held = rows(wrong, State(id="USA", name="United States", kind="state", sources=("s-1",)))
    found = {problem.column: problem for problem in unresolved(held, names_by_id(held))}
    assert set(found) == {"authority", "state", "instrument", "source"}
    assert found["state"].cure == "Did you mean FRA (France)?"
    assert found["source"].cure.startswith("Did you mean s-1")
    assert found["authority"].cure == "Add the authority to its table, or correct the id"
    assert {problem.row for problem in found.values()} == {5}


def test_what_could_not_be_read_counts_as_there() -> None:
    held = rows(Statute(id="x", state="DEU", title="Penal Code", sources=("s-9",)))
    names = names_by_id(held)
    assert unresolved(held, names, refused=frozenset({"DEU", "s-9"})) == []
    assert unresolved(held, names, unread=frozenset({State, Source})) == []


def test_sources_of_one_id_must_be_equal() -> None:
    same, other = SOURCE, Source(id="s-1", url="https://example.org/other", publisher="p-1")
    assert clashing_ids(rows(same)) == []
    assert [problem.row for problem in clashing_ids(rows(other))] == [5]


def test_ids_of_sources_follow_from_address_and_date() -> None:
    assert source_id("https://12plus.net/le-groupe-12/", None) == "12plus-net-bf337e55a8"
    assert source_id("https://www.example.org/a", "2020") != source_id("https://www.example.org/a", None)


def test_class_segments_are_those_of_the_ontology() -> None:
    from graph.records import RECORD_TYPES

    assert {cls.__name__: segment(cls) for cls in RECORD_TYPES} == {
        name: spec.slug for name, spec in schema().classes.items()
    }
