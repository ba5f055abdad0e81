"""Lines, tables and progress on any stream: narrow, piped, without Unicode, in scripts of any direction."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len

from terminal.accounts import problem_line, show_build, show_result
from terminal.progress import stages
from terminal.screen import ASCII_SIGNS, SIGNS, Screen


class Stream(io.StringIO):
    """A piped stream with an encoding."""

    def __init__(self, encoding: str = "utf-8") -> None:
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str:
        return self._encoding


class Problem:
    """A defect as the build reports it."""

    file, row, column = "un/participations.csv", 12, "party"
    message, cure = "no State has the code 'FRX'.", "Did you mean FRA (France)?"


@pytest.fixture(autouse=True)
def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")


def test_signs_are_one_column_wide_and_have_an_ascii_form() -> None:
    assert SIGNS.keys() == ASCII_SIGNS.keys()
    assert all(cell_len(sign) == 1 for sign in SIGNS.values())
    assert all(sign.isascii() for sign in ASCII_SIGNS.values())
    assert Screen(Stream("ascii")).sign("met") == "+"
    assert Screen(Stream("UTF-8")).sign("met") == "✓"


@pytest.mark.parametrize(
    "text",
    ["وزارة العدل والحريات العامة " * 5, "法務省刑事局国際課" * 9, "a" * 200, "[bold]not markup[/bold] " * 5, ""],
)
def test_any_script_keeps_within_the_width(text: str) -> None:
    stream = Stream()
    screen = Screen(stream)
    screen.item("contact", text, indent=3)
    screen.line(text, indent=3)
    table = screen.table("a", "b")
    table.add_row("x", text)
    screen.show(table)
    for line in stream.getvalue().splitlines():
        assert cell_len(line) <= 40
    if text.startswith("["):
        assert "[bold]" in stream.getvalue()


def test_an_address_is_never_broken() -> None:
    stream = Stream()
    address = "https://example.org/" + "very-long/" * 20
    Screen(stream).link("  ", address)
    assert stream.getvalue() == f"  {address}\n"


def test_a_problem_is_one_line_with_its_place_and_cure() -> None:
    assert problem_line(Problem()) == (
        "un/participations.csv:12: party: no State has the code 'FRX'. Cure: Did you mean FRA (France)?"
    )


def test_progress_on_a_pipe_is_one_plain_line_a_stage() -> None:
    stream = Stream()
    with stages(Screen(stream), {"read": "reading the tables"}) as step:
        for done in range(50):
            step("read", done, 50)
        step("write", 0, 0)
    assert stream.getvalue().splitlines() == ["reading the tables ...", "write ..."]


def test_the_account_of_a_build_sums_up_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    stream = Stream()
    table = {"file": "un/participations.csv", "read": 10, "accepted": 7, "merged": 2, "dropped": 1, "refused": 0}
    report = {
        "unchanged": False,
        "release": "r-1",
        "tables": [table, table],
        "conflicts": [{}],
        "derived": {"rule": 3},
        "problems": [{"severity": "warning"}],
        "findings": [{}, {}],
        "shacl": {"engine": "pySHACL", "triples": 5, "violations": 0},
        "seconds": {"read": 1.0, "write": 0.5},
    }
    show_build(Screen(stream), report)
    told = stream.getvalue()
    assert "all tables" in told
    for part in (
        "20",
        "14",
        "1 conflict kept visible",
        "3 facts deduced",
        "1 warning;",
        "2 findings",
        "Release r-1 built in 1.5 s.",
    ):
        assert part in told


def test_rows_of_a_query_are_a_table_with_their_number() -> None:
    stream = Stream()
    rows = [{"state": {"value": "FRA [x]"}, "n": {"value": "2"}}, {"state": {"value": "USA"}}]
    show_result(Screen(stream), {"head": {"vars": ["state", "n"]}, "results": {"bindings": rows}})
    assert "FRA [x]" in stream.getvalue()
    assert "2 rows" in stream.getvalue()
    show_result(Screen(stream), {"head": {}, "boolean": True})
    assert stream.getvalue().endswith("yes\n")
