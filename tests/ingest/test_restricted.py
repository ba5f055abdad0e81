"""Tables of restricted contacts: what is read, and what is refused by row, column and cure."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph import restricted
from graph.model import Authority, State
from graph.records import Records
from graph.restricted import RestrictedContact, RestrictedContactsBroken
from ingest.concepts import concept_records
from ingest.restricted import read_contacts
from ingest.tables import Table
from ontologies.schema import concepts

TODAY = date(2026, 11, 26)
HEADER = "id,authority,state,kind,name,phone,email,as_of,origin\n"
GOOD = "fra-1,fra-desk,,,Desk,+33 1,desk@example.org,2026-05,letter of the Ministry\n"
BY_KIND = "usa-1,,USA,contact-point-24-7,24/7 desk,+1 2,,2026-05-01,list of the network\n"
RECORDS = Records(
    concepts=tuple(concept_records(concepts())),
    states=(State(id="FRA", name="France", kind="state"), State(id="USA", name="United States", kind="state")),
    authorities=(Authority(id="fra-desk", name="Central desk", state="FRA", kind="police-unit"),),
)


def table_of(tmp_path: Path, rows: str, header: str = HEADER) -> Table:
    """What is read of a table with ``rows``."""
    file = tmp_path / "contacts.csv"
    file.write_text(header + rows, encoding="utf-8")
    return read_contacts(file, RECORDS, TODAY)


def test_rows_become_contacts(tmp_path: Path) -> None:
    table = table_of(tmp_path, GOOD + BY_KIND)
    assert table.problems == []
    first, second = (row.record for row in table.rows)
    assert isinstance(first, RestrictedContact)
    assert isinstance(second, RestrictedContact)
    assert (first.authority, first.phone, first.origin) == ("fra-desk", "+33 1", "letter of the Ministry")
    assert (second.authority, second.state, second.kind) == (None, "USA", "contact-point-24-7")


@pytest.mark.parametrize(
    ("rows", "column", "message", "cure"),
    [
        ("x,fra-dask,,,D,1,,2026,s\n", "authority", "'fra-dask' is no authority on record", "Did you mean fra-desk?"),
        ("x,,,,D,1,,2026,s\n", "authority", "does not say whose contact it is", "both state and kind"),
        ("x,,FRA,,D,1,,2026,s\n", "authority", "does not say whose contact it is", "both state and kind"),
        ("x,fra-desk,FRA,,D,1,,2026,s\n", "authority", "by its id and by State and kind", "Leave state"),
        ("x,,FRS,police-unit,D,1,,2026,s\n", "state", "'FRS' is no State on record", "Did you mean FRA?"),
        ("x,,FRA,police-unti,D,1,,2026,s\n", "kind", "no key of the vocabulary", "Did you mean police-unit?"),
        ("x,fra-desk,,,D,,,2026,s\n", "phone", "does not say how the office is reached", "Fill in one of address"),
        ("x,fra-desk,,,D,1,desk,2026,s\n", "email", "holds no e-mail address", "Write one address"),
        ("x,fra-desk,,,D,1,,2027-01,s\n", "as_of", "has not come yet", "the day for which the source speaks"),
        ("x,fra-desk,,,D,1,,soon,s\n", "as_of", "'soon' is not a date", "Write YYYY"),
        ("x,fra-desk,,,D,1,,,s\n", "as_of", "the cell is empty", "Fill in as_of"),
        ("x,fra-desk,,,D,1,,2026,\n", "origin", "the cell is empty", "Fill in origin"),
        (GOOD + GOOD, "id", "already the id of row 2", "another id"),
        ("a b,fra-desk,,,D,1,,2026,s\n", "id", "cannot be an id", "Use letters"),
    ],
)
def test_a_bad_row_is_named_with_its_cure(tmp_path: Path, rows: str, column: str, message: str, cure: str) -> None:
    (problem,) = table_of(tmp_path, rows).problems
    assert (problem.file, problem.column) == ("contacts.csv", column)
    assert problem.row == rows.count("\n") + 1
    assert message in problem.message
    assert cure in problem.cure


def test_every_bad_row_is_named(tmp_path: Path) -> None:
    table = table_of(tmp_path, "x,fra-dask,,,D,1,,2026,s\n" + GOOD + "y,fra-desk,,,D,,,2026,s\n")
    assert [problem.row for problem in table.problems] == [2, 4]
    assert table.refused == 2


def test_a_table_of_something_else_is_refused(tmp_path: Path) -> None:
    table = table_of(tmp_path, "", header="name,phone,colour\n")
    assert {problem.column for problem in table.problems} >= {"colour", "id", "as_of", "origin"}


def test_what_is_written_is_read_again_by_its_owner_alone(tmp_path: Path) -> None:
    contacts = tuple(row.record for row in table_of(tmp_path, GOOD + BY_KIND).rows)
    file = restricted.write(tmp_path / "data", contacts)  # type: ignore[arg-type]
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0
    held = restricted.read(tmp_path / "data")
    assert held.contacts == contacts
    assert [one.id for one in held.of("fra-desk", "FRA", "police-unit")] == ["fra-1"]
    assert [one.id for one in held.of(None, "USA", "contact-point-24-7")] == ["usa-1"]
    assert held.of(None, None, None) == held.of("usa-desk", "FRA", "contact-point-24-7") == ()


def test_nothing_imported_is_nothing_to_show(tmp_path: Path) -> None:
    assert restricted.read(tmp_path).contacts == ()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"{}", b"[{}]", b"\xff", b'[{"id": 7}]'])
def test_a_damaged_file_is_told_of(tmp_path: Path, content: bytes) -> None:
    file = restricted.file_of(tmp_path)
    file.parent.mkdir()
    file.write_bytes(content)
    with pytest.raises(RestrictedContactsBroken, match="import the contacts again"):
        restricted.read(tmp_path)
