"""Where an instrument applies within the requested State, and that a territory left out is asked about by itself."""

from __future__ import annotations

from typing import Any

import pytest

from graph.answers import Answer
from graph.paths import find_paths
from graph.what_if import assume
from tests.graph import world

SEARCH = world.provision("treaty", "5", "search-and-seizure", channels=("central-authority",))
RECORDS = (world.instrument(), world.party("treaty", "A"), world.party("treaty", "B"), SEARCH)


def limited(state: str, effect: str, **fields: Any) -> Any:
    given = {"kind": "territorial", "summary": "said of islands", "effect_articles": ()}
    return world.declaration("treaty", state, "38", effect=effect, **{**given, **fields})


def scope(answer: Answer) -> list[tuple[str, str]]:
    return [
        (held.status, held.text)
        for path in answer.paths
        for leg in path.legs
        for held in leg.conditions
        if held.code == "territorial-scope"
    ]


def test_territories_with_names_of_their_own_leave_the_state_itself_certain() -> None:
    answer = find_paths(world.network(*RECORDS, limited("B", "territories-left-out")), world.question())
    told = "treaty applies in B itself. It declared: said of islands; ask such territories by their own names"
    assert scope(answer) == [("met", told)]
    assert all(path.status == "met" for path in answer.paths)


def test_a_part_without_a_name_leaves_a_question_and_never_a_no() -> None:
    answer = find_paths(world.network(*RECORDS, limited("B", "territory-in-doubt")), world.question())
    assert scope(answer) == [("unknown", "Is what is asked for where B applies treaty? It declared: said of islands")]
    assert answer.paths[0].status == "unknown"


def test_only_the_requested_state_and_what_stands_on_the_day_count() -> None:
    mine = world.network(*RECORDS, limited("A", "territory-in-doubt"))
    assert scope(find_paths(mine, world.question())) == []
    gone = world.network(*RECORDS, limited("B", "territory-in-doubt", withdrawn_on="2010-01-01"))
    assert scope(find_paths(gone, world.question())) == []
    assert len(scope(find_paths(gone, world.question(on="2009-12-31")))) == 1


def test_a_territorial_declaration_is_no_reservation_to_an_article() -> None:
    """Even where it names the article on which the request rests, it decides about places only."""
    named = limited("B", "territory-in-doubt", effect_articles=("5",))
    answer = find_paths(world.network(*RECORDS, named), world.question())
    assert [held.code for leg in answer.paths[0].legs for held in leg.conditions].count("reservation") == 0


def test_a_withdrawal_that_is_assumed_settles_the_question() -> None:
    book = world.network(*RECORDS, limited("B", "territory-in-doubt"))
    after = assume(book, ["B:treaty:unreserve:all:2026-01-01"]).book
    assert find_paths(book, world.question()).paths[0].status == "unknown"
    assert find_paths(after, world.question()).paths[0].status == "met"


@pytest.mark.parametrize("note", ["declared by its State", None])
def test_a_territory_left_out_is_told_why_not(note: str | None) -> None:
    excluded = world.party("treaty", "C", standing="excluded", in_force_on=None, territorial_note=note)
    answer = find_paths(world.network(*RECORDS, excluded), world.question(requested="C"))
    lines = [(line.code, line.text) for line in answer.why_not if line.instrument == "treaty"]
    assert lines == [("opted-out", f"C: left out: {note}" if note else "C: does not take part (opt-out)")]
