"""The command ``coverage``: its figures, its words, its files and its complaints."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.terminal.conftest import Run


def test_the_figures_of_a_small_world(run: Run) -> None:
    """Between France and the United States both treaties open preservation, both ways; nobody else is bound."""
    told = run("coverage", "--measure", "preservation", "--json").json
    (row,) = told["rows"]
    assert row["id"] == "preservation"
    assert row["asking"]["met"] + row["asking"]["unknown"] == 2
    assert row["asking"]["cells"] == row["states"] * (row["states"] - 1)
    assert told["on"] == "2026-11-24"
    assert "not effective" in told["meaning"]


def test_the_words_keep_the_figures_from_being_misread(run: Run) -> None:
    told = run("coverage").out
    assert "Provided by law as far as it is on record, not effective" in " ".join(told.split())
    assert "none on record" in told
    assert "Not legal advice" in told


def test_a_state_is_counted_as_asking_and_as_asked(run: Run) -> None:
    rows = {row["id"]: row for row in run("coverage", "france", "--by", "state", "--json").json["rows"]}
    assert "FRA" not in rows
    assert rows["USA"]["asking"]["met"] + rows["USA"]["asking"]["unknown"] > 0
    assert rows["KOR"]["asked"]["met"] == 0


def test_a_day_before_the_treaty_is_another_answer(run: Run) -> None:
    def met(day: str) -> int:
        told = run("coverage", "-m", "preservation", "--on", day, "--json").json
        return int(told["rows"][0]["asking"]["met"])

    assert met("2006-12-31") == 0
    assert met("2007-01-01") == 2


@pytest.mark.parametrize("by", ["measure", "state", "region", "continent", "group", "organisation", "instrument"])
def test_every_account_has_a_table_and_json(run: Run, by: str) -> None:
    for words in (("--json",), ()):
        done = run("coverage", "--by", by, *words)
        assert done.err == ""
        assert done.code == (1 if by == "group" else 0)  # the small world has no parliamentary group


def test_a_series_changes_when_the_law_does(run: Run) -> None:
    words = ("coverage", "-m", "preservation", "--series", "--from", "2006-11", "--to", "2007-02")
    rows = run(*words, "--json").json["rows"]
    assert [row["on"] for row in rows] == ["2006-11-01", "2006-12-01", "2007-01-01", "2007-02-01"]
    assert [row["met"] for row in rows] == [0, 0, 2, 2]
    table = run(*words).out
    assert "2006-11" in table
    assert "2007-01" in table


def test_a_series_of_a_state_has_both_sides(run: Run) -> None:
    words = ("coverage", "USA", "-m", "preservation", "--series", "--from", "2007-01", "--to", "2007-02", "--json")
    assert [(row["met"], row["asked"]["met"]) for row in run(*words).json["rows"]] == [(1, 1), (1, 1)]


def test_nothing_on_record_is_exit_code_one(run: Run) -> None:
    assert run("coverage", "KOR", "-m", "preservation").code == 1


def test_figures_go_to_a_file_whole(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "coverage.csv"
    done = run("coverage", "-m", "preservation", "--csv", str(target))
    assert (done.code, done.out) == (0, "")
    with target.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["id"] == "preservation"
    assert int(row["asking_met"]) + int(row["asking_unknown"]) == 2
    assert "replace it with --force" in run("coverage", "--csv", str(target)).complaint
    assert (
        run("coverage", "--series", "--from", "2007-01", "--to", "2007-02", "--csv", str(target), "--force").code == 0
    )
    assert target.read_text(encoding="utf-8").startswith("on,measure,met,unknown")
    assert [path.name for path in tmp_path.iterdir()] == ["coverage.csv"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Frannce",), "nearest: France (FRA)"),
        (("-m", "preserve"), "nearest: preservation"),
        (("--by", "colour"), "choose from measure, state"),
        (("FRA", "--by", "instrument"), "leave STATE"),
        (("--from", "2001-01"), "add --series"),
        (("--series", "--on", "2001-01-01"), "use --from and --to"),
        (("--series", "--from", "2001"), "'2001' is not a month: write it as YYYY-MM"),
        (("--series", "--from", "2001-02", "--to", "2001-01"), "2001-01 is before 2001-02"),
        (("--series", "--from", "0001-01"), "more than 1200 months"),
        (("--csv", "nowhere/file.csv"), "nowhere is not a folder"),
        (("--on", "soon"), "YYYY-MM-DD"),
    ],
)
def test_bad_input_is_one_line(run: Run, words: tuple[str, ...], said: str) -> None:
    done = run("coverage", *words)
    assert done.code == 2
    assert said in done.complaint
    assert done.out == ""
