"""Trying proposals out: what would change is told, what cannot stand is refused by place, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.curation.proposal import Change, Fault, Trial, new_id
from graph.releases import current
from ingest.build import build
from ingest.curation.trial import NotUpToDate, ProposalRefused, tried
from ingest.identity import source_id
from tests.ingest.curation.conftest import BRAZIL, DAY, LATER, LIST, OFFICE, PARTICIPATIONS, SOURCES, draft


def _tried(data: Path, tables: Path, *changes: Change) -> Trial:
    return tried(data, tables, draft(*changes), new_id(), DAY)


def _refused(data: Path, tables: Path, *changes: Change) -> Fault:
    """The only fault of a proposal that is refused."""
    with pytest.raises(ProposalRefused) as caught:
        _tried(data, tables, *changes)
    (fault,) = caught.value.faults
    return fault


def _everything(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_tells_what_would_change_and_writes_nothing(data: Path, tables: Path) -> None:
    before = _everything(data)
    came = _tried(data, tables, BRAZIL, LATER)
    assert _everything(data) == before
    assert came.base == current(data).id
    told = {(one.kind, one.record_class, one.id): one for one in came.effect.changes.records}
    assert set(told) == {("added", "participation", "cets-185/BRA"), ("changed", "participation", "cets-185/FRA")}
    fields = {one.field: (one.before, one.after) for one in told["changed", "participation", "cets-185/FRA"].fields}
    # France would be bound a month later, and with article 36(4) in force a month later too.
    assert fields["bound_on"] == ("2006-01-10", "2006-02-10")
    assert fields["in_force_on"] == ("2006-05-01", "2006-06-01")
    (standing,) = came.effect.changes.standings
    assert (standing.party, standing.before) == ("BRA", None)


def test_the_row_before_is_kept(data: Path, tables: Path) -> None:
    (change,) = _tried(data, tables, LATER).changes
    assert change.before == {
        "instrument": "cets-185", "party": "FRA", "standing": "party", "signed_on": "2001-11-23",
        "bound_on": "2006-01-10", "action": "ratification", "source": OFFICE,
    }  # fmt: skip


@pytest.mark.parametrize("url", ["https://example.org/new", "https://example.org/list?a=1&b=2"])
def test_a_new_source_comes_with_the_fact_that_it_states(data: Path, tables: Path, url: str) -> None:
    new = Change(table=SOURCES, action="add", row={"url": url, "publisher": "example-org", "as_of": "2026"})
    change = Change(**{**_fields(LATER), "row": {"bound_on": "2006-02-10", "source": f"{OFFICE}; {url}"}})
    came = _tried(data, tables, new, change)
    told = {one.record_class: one for one in came.effect.changes.records}
    assert set(told) == {"source", "participation"}
    assert told["source"].id == source_id(url, "2026")
    assert came.changes[1].row["source"] == f"{OFFICE};{source_id(url, '2026')}"
    assert came.effect.findings == ()


def _fields(change: Change) -> dict[str, object]:
    return {name: getattr(change, name) for name in change.__struct_fields__}


@pytest.mark.parametrize(
    ("change", "column", "message", "cure"),
    [
        ({"table": "council-of-europe/participation.csv"}, "table", "there is no table", PARTICIPATIONS),
        ({"table": "../../etc/passwd"}, "table", "there is no table", "<area>/<table>.csv"),
        ({"table": "common/known-findings.csv"}, None, "holds no facts", "known findings"),
        ({"id": "cets-185/FRB"}, "id", "no row for cets-185/FRB", "cets-185/FRA"),
        ({"id": "cets-185/USA"}, "id", "2 rows", "source"),
        ({"id": None}, None, "does not say which row", "where"),
        ({"row": {}}, None, "nothing is said", "row"),
        ({"row": {"bound_on": "2006-02-10"}}, "source", "names no source", "states"),
        ({"row": {"bound_on": "2006-02-10", "source": "coe-int-7d58c23ded"}}, "source", "no source", OFFICE),
        ({"row": {"bound_on": "2006-02-31", "source": OFFICE}}, "bound_on", "is not a date", "YYYY-MM-DD"),
        ({"row": {"bounded_on": "2006", "source": OFFICE}}, "bounded_on", "no column", "bound_on"),
        ({"row": {"standing": "partie", "source": OFFICE}}, "standing", "no key", "party"),
        ({"row": {"note": "a\x00b", "source": OFFICE}}, "note", "control character", "plain text"),
        ({"row": {"note": "a\u202eb", "source": OFFICE}}, "note", "control character", "plain text"),
        ({"row": {"note": "a" * 20_001, "source": OFFICE}}, "note", "20,001 characters", "Shorten"),
        ({"row": {"note": "a\x9b31m", "source": OFFICE}}, "note", "control character", "plain text"),
        ({"row": {"bound_on": "2006-01-10", "source": OFFICE}}, None, "says this already", "Leave"),
        ({"action": "withdraw"}, None, "cells of its own", "Leave row"),
        ({"action": "add"}, None, "names another row", "Leave id"),
        ({"action": "add", "id": None}, None, "is empty", "Fill in"),
    ],
)
def test_what_cannot_stand_is_refused_with_place_and_cure(
    data: Path, tables: Path, change: dict[str, object], column: str | None, message: str, cure: str
) -> None:
    with pytest.raises(ProposalRefused) as caught:
        _tried(data, tables, BRAZIL, Change(**{**_fields(LATER), **change}))  # type: ignore[arg-type]
    fault = caught.value.faults[0]
    assert fault.change == 2
    assert message in fault.message
    assert cure in fault.cure
    if column is not None:
        assert fault.column == column


def test_every_fault_of_a_row_is_told(data: Path, tables: Path) -> None:
    row = {**BRAZIL.row, "bound_on": "2022-11-31", "standing": "partie"}
    with pytest.raises(ProposalRefused) as caught:
        _tried(data, tables, Change(table=PARTICIPATIONS, action="add", row=row))
    assert {(one.change, one.file, one.column) for one in caught.value.faults} == {
        (1, PARTICIPATIONS, "bound_on"), (1, PARTICIPATIONS, "standing"),
    }  # fmt: skip


@pytest.mark.parametrize("reason", ["see \x1b]0;here\x07", " \n", "\x1c"])
def test_a_reason_that_would_not_show_what_it_says_is_refused(data: Path, tables: Path, reason: str) -> None:
    with pytest.raises(ProposalRefused, match="the reason is empty or holds a control character"):
        tried(data, tables, draft(BRAZIL, reason=reason), new_id(), DAY)


def test_one_of_several_rows_is_named_by_its_cells(data: Path, tables: Path) -> None:
    change = Change(table=PARTICIPATIONS, action="withdraw", id="cets-185/USA", where={"source": LIST})
    (record,) = _tried(data, tables, change).effect.changes.records
    assert (record.kind, [one.field for one in record.fields]) == ("changed", ["sources"])


def test_an_id_that_is_taken_is_not_added_again(data: Path, tables: Path) -> None:
    row = {"id": "FRA", "name": "Gaul", "kind": "state", "source": OFFICE}
    fault = _refused(data, tables, Change(table="common/states.csv", action="add", row=row))
    assert (fault.column, "already the id" in fault.message) == ("id", True)


def test_what_others_refer_to_cannot_go(data: Path, tables: Path) -> None:
    fault = _refused(data, tables, Change(table="common/states.csv", action="withdraw", id="BRA"), BRAZIL)
    assert (fault.change, fault.column) == (2, "party")
    gone = _refused(data, tables, Change(table="common/states.csv", action="withdraw", id="FRA"))
    assert (gone.change, gone.file, gone.row) == (None, PARTICIPATIONS, 2)


def test_a_finding_of_the_review_is_told_and_refuses_nothing(data: Path, tables: Path) -> None:
    # Bound before it signed: unlikely, and for a curator to judge.
    row = {**BRAZIL.row, "signed_on": "2025-01-01"}
    came = _tried(data, tables, Change(table=PARTICIPATIONS, action="add", row=row))
    assert [one.about for one in came.effect.findings] == ["participation/cets-185/BRA"]


def test_an_assertion_that_would_break_refuses_it(data: Path, tables: Path) -> None:
    described = tables / "council-of-europe/participations.yaml"
    described.write_text(described.read_text() + "assertions:\n  - kind: rows\n    min: 3\n", encoding="utf-8")
    build(data, tables)
    fault = _refused(data, tables, Change(table=PARTICIPATIONS, action="withdraw", id="cets-185/FRA"))
    assert (fault.file, "rows" in fault.message) == ("council-of-europe/participations.yaml", True)
    # What goes and what comes are both counted.
    _tried(data, tables, Change(table=PARTICIPATIONS, action="withdraw", id="cets-185/FRA"), BRAZIL)


def test_a_release_of_other_tables_is_nothing_to_compare_with(data: Path, tables: Path) -> None:
    states = tables / "common/states.csv"
    states.write_text(states.read_text().replace("Brazil", "Brasil"), encoding="utf-8")
    with pytest.raises(NotUpToDate, match="run comity build first"):
        _tried(data, tables, BRAZIL)
