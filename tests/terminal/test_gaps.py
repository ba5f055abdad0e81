"""``gaps`` and ``compare`` on the command line, over an invented world: words, signs, sources, order, refusals."""

from __future__ import annotations

import pytest

from terminal import session
from tests.graph.gaps.world import finding, offence, party, statute, treaty, world
from tests.terminal.conftest import Run

NETWORK = world(
    finding("A", "grooming-law", "no", note="by the report"),
    finding("A", "csam-defined", "yes"),
    finding("A", "csam-specific-law", "partial"),
    offence("A", "csam-possession", provision="s 1", child_age_below=16, max_penalty_years=3.0),
    finding("A", "simple-possession", "no"),
    finding("A", "isp-reporting", "yes", "undated"),
    *(
        record
        for state in "BCE"
        for record in (
            statute(state, enacted_on="2012"),
            offence(state, "grooming", statute=f"law-{state}", provision="s 9", max_penalty_years=float("inf")),
        )
    ),
    treaty("signed"), party("signed", "A", standing="signatory", signed_on="2019-03-04", in_force_on=None),
    treaty("bound"), party("bound", "A"),
    treaty("silent"), party("silent", "B"),
    treaty("elsewhere", depositary=None), party("elsewhere", "D"),
)  # fmt: skip


class GapsRelease:
    """Stands in for a release on disk."""

    id = "r-gaps"

    def records(self) -> object:
        return NETWORK.records


@pytest.fixture
def ask(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(session, "release", GapsRelease)
    return run


def flat(text: str) -> str:
    return " ".join(text.split())


def test_gaps_are_told_in_words_with_sources(ask: Run) -> None:
    shown = ask("gaps", "A")
    assert shown.code == 0
    said = flat(shown.out)
    assert "A (A): gaps on 2026-11-24" in said
    assert "✗ not satisfied: grooming-law (criterion) – the review says no" in said
    assert "A review: no (by the report) [" in said
    assert "? in part: csam-specific-law (criterion)" in said
    assert "? sources disagree: simple-possession (criterion)" in said
    assert "? undecided: isp-reporting (criterion) – only undated sources speak of it" in said
    assert "✓ satisfied: csam-defined (criterion)" in said
    assert "✗ not satisfied: age of the child, csam-possession (age) – a child is only someone below 16" in said
    assert "https://example.org/2020" in said
    assert "No record is never a no" in said


def test_good_practice_is_nearest_first_with_what_is_in_common(ask: Run) -> None:
    said = flat(ask("gaps", "A").out)
    assert "Closed by 3 States with a provision on record; nearest first:" in said
    first, second = said.index("B (in common: au, IPU african, language fr)"), said.index("C (in common: au)")
    assert first < second < said.index("E (in common: language en)")
    assert "Law of B, s 9; up to imprisonment for life; law enacted 2012, on record since 2020-01-01" in said


def test_the_limit_keeps_the_nearest(ask: Run) -> None:
    said = flat(ask("gaps", "A", "--limit", "1").out)
    assert "Closed by 3 States" in said
    assert "C (in common" not in said


def test_places_in_treaties_are_told_apart(ask: Run) -> None:
    said = flat(ask("gaps", "A", "--topic", "treaties").out)
    assert "✗ signed only: signed [signed]; signed 2019-03-04, not bound according to the source of 2020-01-01" in said
    assert "– no record: silent [silent]; open to every State; 1 party; no article on cooperation on record" in said
    assert "who may join is not on record (1) elsewhere (no record)" in said
    assert "✓ bound: in force from 2001-01-01" in said
    assert "grooming" not in said


def test_what_a_treaty_is_worth_is_counted_where_asked(ask: Run) -> None:
    asked = ("gaps", "A", "--topic", "treaties", "--json")
    counted = {held["instrument"]: held["worth"] for held in ask(*asked, "--worth").json["treaties"]}
    assert counted["signed"] == {"opened": 0, "secured": 0, "closed": 0}  # no article on cooperation in this world
    assert counted["bound"] is None
    assert {held["worth"] for held in ask(*asked).json["treaties"]} == {None}
    assert "0 opened, 0 made sure, 0 closed" in flat(ask("gaps", "A", "--worth").out)


def test_penalties_stand_beside_what_is_asked_for(ask: Run) -> None:
    said = flat(ask("gaps", "A", "--topic", "legislation").out)
    assert "Maximum penalties on record" in said
    assert "up to 3 years" in said
    assert "un-untoc art. 2(b)" in said
    assert "✗ not met" in said
    assert "Treaty gaps" not in said


def test_position_among_peers(ask: Run) -> None:
    said = flat(ask("gaps", "A").out)
    # Satisfied: A one (csam-defined), B and C one each (grooming).
    assert "African Union 3 3 1 1 / 3" in said
    assert "a low count may only mean a thin record" in said


def test_gaps_of_another_day(ask: Run) -> None:
    said = flat(ask("gaps", "A", "--on", "2019-12-31").out)
    assert "✗ not satisfied" not in said
    assert "? undecided: grooming-law (criterion) – the record does not reach the day" in said


def test_one_criterion_shows_who_satisfies_it_whatever_the_word(ask: Run) -> None:
    said = flat(ask("gaps", "D", "--only", "grooming law").out)
    assert "– no record: grooming-law (criterion)" in said
    assert "Closed by 3 States with a provision on record; nearest first: → B (nothing in common on record)" in said
    assert "csam-defined" not in said
    assert "Position" not in said
    assert "Treaty gaps" not in said


def test_gaps_in_json(ask: Run) -> None:
    report = ask("gaps", "A", "--json", "--limit", "2").json
    assert (report["state"], report["on"], report["release"]) == ("A", "2026-11-24", "r-gaps")
    words = {(held["topic"], held["key"]): held["status"] for held in report["legislation"]}
    assert words["criterion", "grooming-law"] == "not-satisfied"
    assert words["criterion", "grooming-without-intent-to-meet"] == "no-record"
    (practice,) = [held for held in report["practice"] if held["key"] == "grooming-law"]
    assert [held["state"] for held in practice["states"]] == ["B", "C"]
    assert practice["closed_by"] == 3
    assert practice["states"][0]["provisions"][0]["max_penalty_years"] == "life"
    assert report["practice_order"][0] == "same subregion"


def test_compare_shows_states_and_groups(ask: Run) -> None:
    shown = ask("compare", "A", "B", "au", COLUMNS="140")
    assert shown.code == 0
    said = flat(shown.out)
    assert "A, B, African Union: side by side on 2026-11-24" in said
    assert "African Union (3 States)" in said
    assert "✗ not satisfied" in said
    assert "Law of B, s 9" in said
    assert "2 satisfied" in said
    assert "✗ signed only" in said
    assert "https://example.org/2020" in said


def test_compare_is_the_same_from_either_side(ask: Run) -> None:
    one, other = ask("compare", "A", "B", "--json").json, ask("compare", "B", "A", "--json").json
    assert [row["cells"] for row in one["rows"]] == [row["cells"][::-1] for row in other["rows"]]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("gaps", "Nowhere"), "no State is called 'Nowhere'"),
        (("gaps", "EUE"), "no State"),
        (("gaps", "A", "--on", "2020"), "not a whole day"),
        (("gaps", "A", "--topic", "weather"), "weather"),
        (("gaps", "A", "--limit", "0"), "--limit"),
        (("gaps", "A", "--only", "groming-law"), "nearest: grooming-law"),
        (("compare", "A"), "a comparison takes 2 to 6"),
        (("compare", "A", "A"), "named twice"),
        (("compare", "A", "council of nowhere in particular"), "nothing is called"),
    ],
)
def test_bad_input_is_one_line(ask: Run, words: tuple[str, ...], said: str) -> None:
    done = ask(*words)
    assert done.code == 2
    assert said in done.complaint
    assert done.out == ""


def test_signs_are_ascii_where_the_stream_cannot_carry_more(shell: Run) -> None:
    shown = shell("gaps", "JOR", "--topic", "legislation", PYTHONIOENCODING="ascii:replace")
    assert shown.code == 0
    assert "x not satisfied" in shown.out
    assert "-> Qatar (in common: Western Asia, arab-league, language ar)" in shown.out
    assert shown.out.isascii()
