"""The command ``next-step``: its order, its words, what it tells apart, and its complaints."""

from __future__ import annotations

import pytest

from tests.terminal.conftest import Run


def flat(text: str) -> str:
    return " ".join(text.split())


def test_what_is_not_on_record_is_not_ranked(run: Run) -> None:
    """South Korea only signed; by the record nobody knows who may join: two partners, each way, are four cells."""
    told = run("next-step", "KOR", "--measure", "preservation", "--json").json
    assert told["ranked"] == []
    (held,) = told["not_on_record"]
    assert (held["step"]["instrument"], held["step"]["opening"]) == ("cets-185", "unknown")
    assert held["gain"]["opened"] == 4
    said = flat(run("next-step", "KOR", "-m", "preservation").out)
    assert "None that the State may join on record changes a cell on the day." in said
    assert "Who may join is not on record (not ranked with the others; --all does)" in said


def test_the_table_tells_gains_needs_and_sources(run: Run) -> None:
    done = run("next-step", "KOR", "-m", "preservation", "--all", "--steps", "5")
    assert done.code == 0
    said = flat(done.out)
    assert "South Korea (KOR): best next steps on" in said
    assert "Provided by law, on record: not what is effective." in said
    assert "1. Budapest Convention 4" in said
    assert "asking +2/" in said
    assert "The best set of at most 5 steps • Budapest Convention [cets-185] Together: 4 cells opened" in said
    assert "Exact: 1 set was compared, all that could change a cell." in said
    assert "Sources" in said
    assert "Not legal advice" in said


def test_nothing_to_gain_is_told_and_has_its_own_exit_code(run: Run) -> None:
    done = run("next-step", "FRA", "-m", "preservation")
    assert done.code == 1
    assert "None that the State may join on record changes a cell on the day." in flat(done.out)


def test_steps_are_counted_on_top_of_what_is_assumed(run: Run) -> None:
    assumed = ("--assume", "KOR:cets-185:2026-11-24")
    done = run("next-step", "KOR", "-m", "preservation", "--all", *assumed)
    assert done.code == 1
    assert "assumed: KOR:cets-185:2026-11-24" in flat(done.out)
    told = run("next-step", "world", "-m", "preservation", "--all", *assumed, "--json").json
    assert len(told["assumptions"]) == 1
    assert "KOR" not in told["joint"][0]["states"]


def test_the_world_is_a_group(run: Run) -> None:
    told = run("next-step", "world", "-m", "preservation", "--all", "--top", "2", "--json").json
    assert [line["step"]["instrument"] for line in told["steps"]] == ["cets-185", "cets-185"]
    (joint,) = told["joint"]
    assert joint["instrument"] == "cets-185"
    assert {"KOR", "TUV"} <= set(joint["states"])
    assert "If every member that may join" in flat(run("next-step", "World", "-m", "preservation", "--all").out)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("Atlantis",), "nothing is called 'Atlantis'"),
        (("cets-185",), "neither a State nor a region, organisation or IPU group"),
        (("FRA", "--steps", "6"), "--steps"),
        (("world", "--steps", "2"), "sets and reforms are for one State"),
        (("world", "--reforms"), "sets and reforms are for one State"),
        (("FRA", "-m", "telepathy"), "telepathy"),
        (("FRA", "--on", "2026-13-01"), "2026-13-01"),
        (("FRA", "--assume", "FRA:nothing"), "FRA:nothing"),
    ],
)
def test_bad_input_is_one_line(run: Run, words: tuple[str, ...], reason: str) -> None:
    done = run("next-step", *words)
    assert done.code == 2
    assert reason in done.complaint
    assert done.out == ""


def test_a_real_state_has_an_exact_set(shell: Run) -> None:
    told = shell("next-step", "Uruguay", "--steps", "3", "--on", "2026-11-24", "--json").json
    assert told["best"]["guarantee"] == "exact"
    assert len(told["best"]["instruments"]) <= 3
    first = told["ranked"][0]["gain"]
    assert told["best"]["gain"]["opened"] >= first["opened"]
    assert [held["gain"]["opened"] for held in told["ranked"]] == sorted(
        (held["gain"]["opened"] for held in told["ranked"]), reverse=True
    )
