"""Assumptions counted over the whole world say the same as the path search pair by pair; what can be assumed can be."""

from __future__ import annotations

import pytest

from graph.assumable import assumable
from graph.comparison import Change
from graph.coverage.index import Index
from graph.coverage.plan import Planner
from graph.offers import OfferBook
from graph.supposed_coverage import SupposedCoverage, supposed_coverage
from graph.suppositions import suppose
from graph.what_if import assume

DAY = "2026-11-26"
KENYA = f"KEN:cets-185:{DAY}"
REFORM = f"GHA:offence:grooming:{DAY}"


@pytest.fixture(scope="module")
def planner(packaged_book: OfferBook) -> Planner:
    return Planner(Index(packaged_book))


def among_states(book: OfferBook, changes: tuple[Change, ...]) -> list[Change]:
    states = book.network.states
    return [one for one in changes if {states[one.requesting].kind, states[one.requested].kind} == {"state"}]


@pytest.mark.parametrize(
    ("assumption", "measures"),
    [
        (KENYA, ["preservation", "preserved-traffic-data-disclosure"]),
        ("FRA:cets-185:withdraw:2027-01-01", ["preservation"]),
        (REFORM, ["content-data"]),
        ("AND:cets-185:unreserve:all:2026-12-01", ["preservation", "search-and-seizure"]),
        ("CHE:bi-che-png-ext-1977:withdraw:2027-01-01", ["extradition"]),
    ],
)
def test_counts_are_those_of_the_path_search(
    packaged_book: OfferBook, planner: Planner, assumption: str, measures: list[str]
) -> None:
    counted = supposed_coverage(planner, [assumption], measures=measures)
    found = suppose(packaged_book, [assumption], measures=measures)
    changes = among_states(packaged_book, found.changes)
    assert (counted.day, counted.offence, counted.effects) == (found.day, found.offence, found.effects)
    total = counted.total
    assert total.opened == sum("gained" in one.kinds for one in changes)
    assert total.closed == sum("lost" in one.kinds for one in changes)
    assert total.secured == sum(one.after.status == "met" != one.before.status for one in changes)
    assert total.unsettled == sum(one.before.status == "met" != one.after.status for one in changes)
    kept = [one for one in changes if one.before.status and one.after.status]
    assert total.improved == sum(one.after.paths > one.before.paths or "certain" in one.kinds for one in kept)
    assert any((total.opened, total.closed, total.secured, total.unsettled))


@pytest.fixture(scope="module")
def kenya(planner: Planner) -> SupposedCoverage:
    return supposed_coverage(planner, [KENYA], measures=["preserved-traffic-data-disclosure"])


def test_partners_are_those_with_whom_something_opens(kenya: SupposedCoverage) -> None:
    (own,) = kenya.states
    asked = {held.state for held in own.partners if held.asked_opened}
    assert len(asked) == own.measures[0].asking.opened > 0
    assert own.total.opened == own.measures[0].asking.opened + own.measures[0].asked.opened
    gains = {held.state: held.opened for held in kenya.gains}
    assert gains["KEN"] == own.total.opened
    assert all(gains[state] > 0 for state in asked)


def test_what_was_there_and_what_came_make_what_is(kenya: SupposedCoverage) -> None:
    total = kenya.total
    before, after = total.met_before + total.unknown_before, total.met_after + total.unknown_after
    assert after - before == total.opened - total.closed
    assert total.met_after - total.met_before == total.secured - total.unsettled


def test_only_a_reform_cures(planner: Planner) -> None:
    measures = ["content-data"]
    reform = supposed_coverage(planner, [REFORM], measures=measures)
    assert reform.total.cured == reform.total.secured > 0
    deposit = supposed_coverage(planner, [KENYA], measures=measures, offence="grooming")
    assert deposit.total.improved > 0 == deposit.total.cured
    both = supposed_coverage(planner, [REFORM, KENYA], measures=measures)
    assert both.total.cured >= reform.total.cured
    assert both.total.improved > both.total.cured


def test_a_treaty_like_another_is_counted(planner: Planner) -> None:
    told = supposed_coverage(planner, [f"FRA+GHA:like:bi-fra-usa-mla-1998:{DAY}"], measures=["content-data"])
    assert [held.state for held in told.states] == ["FRA", "GHA"]
    assert (told.total.opened + told.total.improved, len(told.gains)) == (2, 2)


def test_what_can_be_assumed_of_a_state_is_taken(packaged_book: OfferBook) -> None:
    """Each by itself, but for protocols whose convention is missing, which say so."""
    network = packaged_book.network
    items = assumable(network, "CHE", DAY).items
    assert {held.kind for held in items} == {"join", "withdraw", "unreserve", "offence", "criterion"}
    for held in items:
        if not (held.kind == "join" and network.instruments[held.key].parent):
            assert assume(packaged_book, [held.assumption]).effects


def test_what_binds_already_is_not_offered_and_what_does_not_is_not_left(packaged_book: OfferBook) -> None:
    items = assumable(packaged_book.network, "FRA", DAY).items
    kinds = {held.kind for held in items if held.key == "cets-185"}
    assert "join" not in kinds
    assert "withdraw" in kinds
    assert {held.kind for held in assumable(packaged_book.network, "KEN", DAY).items if held.key == "cets-185"} == {
        "join"
    }
