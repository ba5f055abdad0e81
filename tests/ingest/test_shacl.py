"""A violation of the shapes names the record, the column, the file and the row behind it."""

from __future__ import annotations

import msgspec

from graph.model import Instrument, Participation, Publisher, Source, State
from graph.rdf import quads
from graph.records import RECORD_TYPES, Records
from ingest.concepts import concept_records
from ingest.ledger import Ledger
from ingest.problems import Problem
from ingest.report import ShaclReport
from ingest.shacl import as_graph, validate
from ingest.tables import Row
from ontologies.schema import concepts, schema, shapes_path

SOURCES = ("example-org-0123456789",)

SOUND = Records(
    concepts=tuple(concept_records(concepts())),
    publishers=(Publisher(id="p", name="P"),),
    sources=(Source(id="example-org-0123456789", url="https://example.org/", publisher="p", as_of="2026"),),
    states=(State(id="FRA", name="France", kind="state", sources=SOURCES),),
    instruments=(Instrument(id="cets-185", short_name="B", title="Convention", kind="multilateral", sources=SOURCES),),
    participations=(
        Participation(
            id="cets-185/FRA", instrument="cets-185", party="FRA", standing="party", bound_on="2006-01", sources=SOURCES
        ),
    ),
)


def validated(records: Records) -> tuple[ShaclReport, list[Problem]]:
    ledger = Ledger()
    ledger.came_from(records.participations[0], [Row(records.participations[0], "un/participations.csv", 7)])
    return validate(as_graph(quads(records, schema())), shapes_path(), schema(), RECORD_TYPES, ledger.origins)


def test_sound_records_conform() -> None:
    report, problems = validated(SOUND)
    assert report.conforms
    assert report.triples > 100
    assert not problems


def test_a_violation_names_its_row() -> None:
    broken = msgspec.structs.replace(SOUND.participations[0], standing="befriended", action="wished")
    report, problems = validated(msgspec.structs.replace(SOUND, participations=(broken,)))
    assert not report.conforms
    assert [(one.file, one.row, one.column, one.severity) for one in problems] == [
        ("un/participations.csv", 7, "action", "error"),
        ("un/participations.csv", 7, "standing", "error"),
    ]
    assert all("participation/cets-185/FRA" in one.message for one in problems)
    assert "befriended" in problems[1].message
