"""Every kind of bad table gives one clear error with file, row, column and cure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.concepts import concept_records, keys_by_scheme
from ingest.problems import Problem
from ingest.tables import MAX_FILE_BYTES, Table, read_table
from ontologies.schema import concepts

VOCABULARY = keys_by_scheme(concept_records(concepts()))
HEADER = "instrument,party,standing,signed_on,bound_on,action,source"
GOOD = "cets-185,FRA,party,2001-11-23,2006-01-10,ratification,coe-int-new"


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str | bytes], Table]:
    def table(content: str | bytes) -> Table:
        path = tmp_path / "participations.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_table(path, "un/participations.csv", VOCABULARY)

    return table


def only(table: Table) -> Problem:
    assert len(table.problems) == 1, table.problems
    assert table.problems[0].file == "un/participations.csv"
    assert table.problems[0].cure
    return table.problems[0]


def test_a_sound_table(read: Callable[[str], Table]) -> None:
    table = read(f"{HEADER}\n{GOOD}\n")
    assert (table.problems, table.read, table.refused) == ([], 1, 0)
    assert table.rows[0].record.sources == ("coe-int-new",)
    assert table.rows[0].line == 2


@pytest.mark.parametrize(
    ("old", "new", "column", "said", "cure"),
    [
        ("2006-01-10", "2006-13-10", "bound_on", "'2006-13-10' is not a date", "YYYY"),
        ("2006-01-10", "2006-02-30", "bound_on", "'2006-02-30' is not a date", "YYYY"),
        ("2006-01-10", "10/01/2006", "bound_on", "'10/01/2006' is not a date", "YYYY"),
        ("ratification", "ratificaton", "action", "'ratificaton' is no key", "Did you mean ratification?"),
        ("party,2001", "partly,2001", "standing", "'partly' is no key", "Did you mean party?"),
        ("coe-int-new", "", "source", "names no source", "no fact without a source"),
        ("FRA", "", "party", "the cell is empty", "Fill in party"),
        ("FRA", '"FRA', None, "not a readable CSV", "quotation"),
        ("FRA", "FRA,USA", None, "the row has 8 cells, the header 7", "quotation"),
        (",ratification", "", None, "the row has 6 cells, the header 7", "comma"),
    ],
)
def test_a_bad_cell(read: Callable[[str], Table], old: str, new: str, column: str | None, said: str, cure: str) -> None:
    table = read(f"{HEADER}\n{GOOD.replace('FRA', 'USA')}\n{GOOD.replace(old, new)}\n")
    problem = only(table)
    assert problem.column == column
    assert problem.row == 3 or "starts on line 3" in problem.message
    assert said in problem.message
    assert cure in problem.cure


@pytest.mark.parametrize(
    ("old", "new", "column", "said", "cure"),
    [
        ("bound_on", "bound_onn", "bound_onn", "is no column", "Did you mean bound_on?"),
        ("bound_on", "signed_on", "signed_on", "occurs twice", "Keep one"),
        (",source", ",note", "source", "is missing", "Add the column source"),
        ("party,", "action,", "party", "is missing", "Add the column party"),
    ],
)
def test_a_bad_header(read: Callable[[str], Table], old: str, new: str, column: str, said: str, cure: str) -> None:
    table = read(f"{HEADER.replace(old, new)}\n{GOOD}\n")
    problem = next(one for one in table.problems if one.column == column)
    assert problem.row == 1
    assert said in problem.message
    assert cure in problem.cure
    assert table.unreadable


def test_a_ten_megabyte_cell(read: Callable[[str], Table]) -> None:
    problem = only(read(f"{HEADER}\n{GOOD}\n{GOOD.replace('FRA', 'x' * 10_000_000)}\n"))
    assert (problem.row, problem.column) == (3, "party")
    assert "10,000,000 characters" in problem.message
    assert len(str(problem)) < 400


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "participations.csv"
    with path.open("wb") as stream:
        stream.truncate(MAX_FILE_BYTES + 1)
    assert "more than" in only(read_table(path, "un/participations.csv", VOCABULARY)).message


def test_another_encoding_names_byte_and_line(read: Callable[[bytes], Table]) -> None:
    problem = only(read(f"{HEADER}\n{GOOD}\n{GOOD.replace('FRA', 'Curaçao')}\n".encode("latin-1")))
    assert problem.row == 3
    assert "0xe7" in problem.message
    assert "UTF-8" in problem.cure


def test_a_nul_byte(read: Callable[[bytes], Table]) -> None:
    assert only(read(f"{HEADER}\n{GOOD}\n".encode().replace(b"FRA", b"F\0A"))).row == 2


def test_a_table_of_no_kind(tmp_path: Path) -> None:
    path = tmp_path / "participation.csv"
    path.write_text("a\n")
    assert "Did you mean participations.csv?" in read_table(path, "participation.csv", VOCABULARY).problems[0].cure


def test_an_id_that_occurs_twice(tmp_path: Path) -> None:
    path = tmp_path / "states.csv"
    path.write_text("id,name,kind,source\nFRA,France,state,s\nFRA,France,state,s\n")
    table = read_table(path, "common/states.csv", VOCABULARY)
    assert [(problem.row, problem.column) for problem in table.problems] == [(3, "id")]
    assert "row 2" in table.problems[0].message


def test_all_problems_of_a_table_are_collected(read: Callable[[str], Table]) -> None:
    rows = [GOOD.replace("2006-01-10", "x"), GOOD.replace("party", "q"), GOOD.replace("coe-int-new", "")]
    table = read("\n".join([HEADER, *rows, ""]))
    assert [problem.row for problem in table.problems] == [2, 3, 4]
    assert (table.read, table.refused, len(table.rows)) == (3, 3, 0)


def test_cells_of_every_type(tmp_path: Path) -> None:
    path = tmp_path / "statutory-offences.csv"
    path.write_text(
        "state,offence,child_age_below,max_penalty_years,technology_specific,source\n"
        "FRA,grooming,15,2.5,yes,a;b\nFRA,grooming,,inf,,a\nFRA,grooming,16.5,many,maybe,a\n"
    )
    table = read_table(path, "statutes/statutory-offences.csv", VOCABULARY)
    first, second = (row.record for row in table.rows)
    assert (first.child_age_below, first.max_penalty_years, first.technology_specific) == (15, 2.5, True)
    assert first.sources == ("a", "b")
    assert (second.child_age_below, second.max_penalty_years, second.technology_specific) == (None, float("inf"), None)
    columns = [problem.column for problem in table.problems]
    assert columns == ["child_age_below", "max_penalty_years", "technology_specific"]
