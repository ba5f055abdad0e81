"""What a briefing says, held against facts that were worked out another way."""

from __future__ import annotations

from collections import Counter

import pytest

from graph.answers import Question
from graph.briefing.answer import Briefing, briefing, years_before
from graph.briefing.events import Event, since, treaty_events
from graph.coverage.index import Index
from graph.coverage.plan import Planner
from graph.dates import MET, UNKNOWN
from graph.gaps.nearness import Neighbours
from graph.gaps.report import gaps
from graph.next_steps.answer import next_steps
from graph.offers import OfferBook
from graph.paths import find_paths
from graph.questions import QuestionError

DAY = "2026-11-24"
STATES = ("KEN", "FRA", "PLW", "JOR")


@pytest.fixture(scope="module")
def planner(packaged_book: OfferBook) -> Planner:
    """The packaged release, compiled for coverage."""
    return Planner(Index(packaged_book))


@pytest.fixture(scope="module")
def briefings(packaged_book: OfferBook, planner: Planner) -> dict[str, Briefing]:
    return {state: briefing(packaged_book, state, DAY, "preservation", planner=planner) for state in STATES}


@pytest.mark.parametrize("state", STATES)
def test_gaps_and_next_steps_are_those_of_their_own_commands(
    state: str, briefings: dict[str, Briefing], packaged_book: OfferBook, planner: Planner
) -> None:
    told = briefings[state]
    assert told.gaps == gaps(packaged_book.network, state, DAY, limit=3)
    assert told.next_steps == next_steps(planner, state, DAY, 3)


@pytest.mark.parametrize("state", STATES)
def test_the_map_shows_what_the_path_search_finds(
    state: str, briefings: dict[str, Briefing], packaged_book: OfferBook
) -> None:
    told = briefings[state].reach
    for other in ("USA", "DEU", "TZA", "FJI", "IRN", "BRA", "MUS"):
        if other == state:
            continue
        question = Question(requesting=state, requested=other, measure="preservation", on=DAY)
        statuses = {path.status for path in find_paths(packaged_book, question).paths}
        best = MET if MET in statuses else UNKNOWN if statuses else "not met"
        assert told.on_map[other] == best, other


@pytest.mark.parametrize("state", STATES)
def test_the_figures_beside_the_map_count_what_it_shows(state: str, briefings: dict[str, Briefing]) -> None:
    told = briefings[state].reach
    counts = Counter(told.on_map.values())
    shown = told.measures[0]
    assert shown.measure == told.shown == "preservation"
    assert (counts[MET], counts[UNKNOWN]) == (shown.asking.met, shown.asking.unknown)
    for held in told.measures:
        for side in (held.asking, held.asked):
            assert side.met + side.unknown + side.none == side.states == len(told.on_map)


def test_events_have_the_dates_of_the_treaty_office(packaged_book: OfferBook) -> None:
    events = treaty_events(packaged_book.network, "FRA", DAY)
    told = [(event.on, event.kind) for event in events if event.about == "cets-185"]
    assert told == [("2001-11-23", "signed"), ("2006-01-10", "bound"), ("2006-05-01", "in-force")]
    assert list(events) == sorted(events, key=lambda event: event.on)
    assert all(event.sources for event in events)
    before = treaty_events(packaged_book.network, "FRA", "2006-04-30")
    assert ("2006-05-01", "in-force") not in [(event.on, event.kind) for event in before]


def test_a_partial_date_is_a_change_where_any_of_its_days_is() -> None:
    events = tuple(Event(on=on, kind="bound", about="x", name="x") for on in ("2020", "2021", "2021-11-25", "2022-03"))
    assert [event.on for event in since(events, "2021-11-26")] == ["2021", "2022-03"]


@pytest.mark.parametrize("state", STATES)
def test_near_parties_are_bound_and_none_nearer_is_left_out(
    state: str, briefings: dict[str, Briefing], packaged_book: OfferBook
) -> None:
    network = packaged_book.network
    from datetime import date

    day = date.fromisoformat(DAY).toordinal()
    near = Neighbours(network, day)
    open_gaps = [place.instrument for place in briefings[state].gaps.treaties if place.gap == MET]
    assert [held.instrument for held in briefings[state].joined] == open_gaps
    for held in briefings[state].joined:
        bound = {
            other.id
            for other in network.states.values()
            if other.kind == "state"
            and other.id != state
            and (standing := network.standings(other.id).get(held.instrument))
            and standing.timeline.on(day).result == MET
        }
        assert held.count == len(bound)
        named = [party.state for party in held.nearest]
        assert set(named) <= bound
        left = [near.between(state, other).order for other in bound - set(named)]
        assert all(near.between(state, other).order <= order for other in named for order in left)


def test_the_union_is_no_state(packaged_book: OfferBook) -> None:
    with pytest.raises(QuestionError, match="is no State"):
        briefing(packaged_book, "EUE", DAY, "preservation")


def test_years_before_a_leap_day() -> None:
    assert years_before("2024-02-29", 5) == "2019-02-28"
    assert years_before("2026-11-24", 5) == "2021-11-24"
