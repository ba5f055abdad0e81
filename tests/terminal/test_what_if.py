"""Assumptions on the command line: labelled in every answer, compared by ``what-if``, refused with one line."""

from __future__ import annotations

import pytest

from tests.terminal.conftest import Run

KOREA = ("--assume", "KOR:cets-185:2026-01-01")


def test_path_answers_as_if_and_says_so(run: Run) -> None:
    asked = ("path", "FRA", "KOR", "--measure", "preservation")
    assert run(*asked).code == 1
    shown = run(*asked, *KOREA, COLUMNS="200")
    assert shown.code == 0
    assert "assumed: KOR:cets-185:2026-01-01: South Korea bound by Budapest Convention" in shown.out
    assert "if assumed" in shown.out
    assert "rests on what is assumed" in shown.out
    assert "(assumed)" in shown.out
    assert "no fact and stands in no release" in shown.out


def test_json_carries_the_assumptions_and_the_labels(run: Run) -> None:
    asked = ("path", "FRA", "KOR", "--measure", "preservation", "--json")
    answer = run(*asked, *KOREA).json
    (said,) = answer["assumptions"]
    assert said.startswith("KOR:cets-185:2026-01-01: ")
    (path,) = answer["paths"]
    assert path["hypothetical"] is True
    border = next(leg for leg in path["legs"] if leg["kind"] == "border")
    labels = {held["party"]: held["basis"] for held in border["basis"][0]["participations"]}
    assert labels == {"FRA": "stated", "KOR": "hypothetical"}
    assert {held["party"]: held["basis"] for held in border["conditions"] if held["code"] == "in-force"} == {
        "FRA": None,
        "KOR": "hypothetical",
    }
    assert run("path", "FRA", "USA", "--measure", "preservation", "--json").json["assumptions"] == []


def test_why_not_answers_as_if(run: Run) -> None:
    asked = ("why-not", "FRA", "KOR", "--measure", "preservation", "--instrument", "cets-185")
    assert "signed-only" in run(*asked).out
    shown = run(*asked, *KOREA)
    assert "assumed: KOR:cets-185:2026-01-01" in shown.out
    assert "It opens a path" in shown.out
    assert run(*asked, *KOREA, "--json").json["opened_paths"] == [1]


def test_what_if_compares_one_pair(run: Run) -> None:
    shown = run("what-if", *KOREA, "France", "kr")
    assert shown.code == 0
    assert "4 questions compared, on 2026-01-01." in shown.out
    assert "France → South Korea" in shown.out
    assert "expedited preservation: gained: a path where there was none" in " ".join(shown.out.split())
    assert "before: no path" in shown.out
    assert "content data" not in shown.out  # article 29 preserves, it does not hand over


def test_what_if_compares_all_that_are_touched_on_the_day_it_takes_effect(run: Run) -> None:
    found = run("what-if", *KOREA, "--json").json
    assert found["day"] == "2026-01-01"
    # France and the United States are on record for cets-185: two pairs in both directions, for each of four measures.
    assert found["compared"] == 4 * 4
    gained = {(change["requesting"], change["requested"], change["measure"]) for change in found["changes"]}
    assert gained == {(one, other, "preservation") for one, other in (
        ("FRA", "KOR"), ("KOR", "FRA"), ("KOR", "USA"), ("USA", "KOR"))}  # fmt: skip
    assert found["counts"]["gained"] == 4
    assert found["effects"][0]["day"] == "2026-01-01"
    earlier = run("what-if", *KOREA, "--json", "--on", "2025-12-31").json
    assert earlier["changes"] == []


def test_what_if_of_a_withdrawal_loses(run: Run) -> None:
    """The treaty of the two stays, whose article on assistance in general leaves it to national law."""
    assumed = ("--assume", "USA:cets-185:withdraw:2026-01-01")
    found = run("what-if", *assumed, "FRA", "USA", "--measure", "preservation", "--json").json
    (change,) = found["changes"]
    assert change["kinds"] == ["uncertain", "worse", "fewer"]
    assert [(change[side]["instrument"], change[side]["paths"]) for side in ("before", "after")] == [
        ("cets-185", 2),
        ("mlat", 1),
    ]
    assert "no rule of denunciation on record" in found["assumptions"][0]
    nothing = run("what-if", *assumed, "FRA", "KOR")
    assert "Nothing changes." in nothing.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("what-if",), "--assume"),
        (("what-if", "--assume", "KOR:cets-185"), "write STATE:INSTRUMENT:DAY"),
        (("what-if", "--assume", "FRA:cets-185:2027-01-01"), "already bound"),
        (("what-if", "--assume", "KOR:cets-224:2027-01-01"), "assume that too: KOR:cets-185:2027-01-01"),
        (("what-if", "--assume", "KOR:cets-158:2027-01-01"), "cets-185"),
        (("what-if", *KOREA, *KOREA), "assumed twice"),
        (("what-if", *KOREA, "FRA"), "both FROM and TO"),
        (("what-if", *KOREA, "FRA", "FRA"), "two different States"),
        (("what-if", *KOREA, "--on", "2027"), "not a whole day"),
        (("what-if", *KOREA, "-m", "preserve"), "nearest: preservation"),
        (("path", "FRA", "USA", "-m", "preservation", "--assume", "Narnia:cets-185:2027-01-01"), "no State is called"),
    ],
)
def test_bad_assumptions_are_one_line(run: Run, words: tuple[str, ...], said: str) -> None:
    done = run(*words)
    assert done.code == 2
    assert said in done.complaint
