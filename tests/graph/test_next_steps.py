"""Gains of steps and of sets are what the whole world counted again gives, and the best set is the best."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain, combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from graph.answers import Question
from graph.coverage.demands import NO, YES, Flags
from graph.coverage.gains import Outlook, partners
from graph.coverage.index import Index
from graph.coverage.matrix import Matrix, cover
from graph.coverage.plan import Planner
from graph.coverage.supposed import day_to_count, supposed
from graph.coverage.world import standings
from graph.gaps.openings import COUNCIL_OF_EUROPE
from graph.model import Participation
from graph.network import Alterations, Network
from graph.next_steps.answer import NextSteps, next_steps
from graph.next_steps.cells import Cells, Gain
from graph.next_steps.groups import group_steps
from graph.next_steps.sets import best_set
from graph.offers import OfferBook
from graph.paths import find_paths
from graph.what_if import assume as lay
from tests.graph.coverage_worlds import INSTRUMENTS, STATES, compiled, questions, worlds
from tests.graph.world import instrument, network, offence, party, provision

SLOW = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
DAY = "2026-11-24"

COE = {"depositary": COUNCIL_OF_EUROPE, "status": "in-force"}

WORLD = (
    # B and C are parties to the treaty: if A joins, A asks B and C, and they ask A. 4 cells of preservation.
    instrument("treaty", entry_rule="first-of-month-after", entry_delay="P3M", entry_article="36", **COE),
    provision("treaty", "29", "preservation", channels=("police",)), party("treaty", "B"), party("treaty", "C"),
    # Only B is a party to the protocol, which needs the treaty: with it A gains 4 + 2 cells (content data).
    instrument("protocol", parent="treaty", **COE),
    provision("protocol", "7", "content-data", channels=("central-authority",)), party("protocol", "B"),
    # Who may join the pact is not on record: 2 cells of extradition with C, told apart.
    instrument("pact", status="in-force"), provision("pact", "3", "extradition", channels=("diplomatic",)),
    party("pact", "C"),
    # B and C have consented to a convention that needs three: 4 cells of police information, once it is in force.
    instrument("coming", depositary=COUNCIL_OF_EUROPE, status="not-in-force", in_force_on=None, entry_threshold=3,
               entry_rule="days-after", entry_delay="P30D", entry_article="16"),
    provision("coming", "9", "police-information", channels=("police",)),
    *(party("coming", state, in_force_on=None, bound_on="2025-01-01", action="ratification") for state in "BC"),
)  # fmt: skip


def steps_of(state: str = "A", **options: Any) -> NextSteps:
    return next_steps(Planner(Index(network(*WORLD))), state, DAY, **options)


@pytest.fixture(scope="module")
def planner(packaged_book: OfferBook) -> Planner:
    """The packaged release, compiled for coverage."""
    return Planner(Index(packaged_book))


def test_single_steps_are_ranked_by_cells_opened() -> None:
    told = steps_of()
    assert [(held.step.deposits, held.gain.opened, held.gain.closed) for held in told.ranked] == [
        (("treaty", "protocol"), 6, 0),
        (("treaty",), 4, 0),
    ]
    both, alone = told.ranked
    assert (both.asking.opened, both.asked.opened) == (3, 3)
    assert alone.step.opening == "by-invitation"
    assert alone.step.in_force_on == "2027-03-01"  # 24 February 2027 expire three months; then the first of a month


def test_what_is_not_on_record_is_ranked_only_when_asked() -> None:
    told = steps_of(steps=2)
    assert [(held.step.instrument, held.gain.opened) for held in told.not_on_record] == [("pact", 2)]
    assert told.best is not None
    assert told.best.instruments == ("protocol",)
    asked = steps_of(steps=2, rank_all=True)
    assert asked.not_on_record == ()
    assert [held.step.instrument for held in asked.ranked] == ["protocol", "treaty", "pact"]
    assert asked.best is not None
    assert (set(asked.best.instruments), asked.best.gain.opened) == ({"protocol", "pact"}, 8)
    assert (asked.best.guarantee, asked.best.deposits.index("treaty")) == ("exact", 1)


def test_who_is_bound_has_no_step_and_a_protocol_alone_is_one_deposit() -> None:
    """C is bound by the treaty: the protocol is one deposit, and opens content data with B both ways."""
    told = steps_of("C")
    assert [(held.step.deposits, held.gain.opened) for held in told.ranked] == [(("protocol",), 2)]
    assert told.waiting == ()


def test_an_instrument_not_in_force_is_told_apart_with_what_it_needs() -> None:
    """The third consent, of 2026-11-24, completes the number: in force thirty days later."""
    (coming,) = steps_of().waiting
    assert (coming.gain.opened, coming.consented, coming.needed) == (4, 3, 3)
    assert coming.enters_on == "2026-12-24"
    fewer = [held for held in WORLD if not (isinstance(held, Participation) and held.id == "coming/C")]
    (coming,) = next_steps(Planner(Index(network(*fewer))), "A", DAY).waiting
    assert (coming.gain.opened, coming.consented, coming.needed, coming.enters_on) == (2, 2, 3, None)


def test_a_group_joins_together() -> None:
    """Only C could join the protocol alone; A needs both. Together A, B, C are all bound by all: A-B, A-C, B-C of
    content data both ways are 6 cells, and A with B and C 4 of preservation."""
    found = group_steps(Planner(Index(network(*WORLD))), ("all", "all"), ("A", "B", "C"), DAY)
    assert [(held.step.state, held.step.instrument, held.gain.opened) for held in found.steps] == [
        ("A", "protocol", 6), ("A", "treaty", 4), ("C", "protocol", 2),
    ]  # fmt: skip
    assert [(held.instrument, held.states, held.deposits, held.gain.opened) for held in found.joint] == [
        ("protocol", ("A", "C"), 3, 10), ("treaty", ("A",), 1, 4),
    ]  # fmt: skip


def test_a_reform_counts_cells_of_its_offence_alone() -> None:
    """Only what a review calls a gap is tried: a State of which nothing is on record has no reform."""
    book = network(*WORLD, offence("B", "csam-possession"), offence("C", "csam-possession"))
    assert next_steps(Planner(Index(book)), "A", DAY, with_reforms=True).reforms == ()


def _bound(records: Iterable[Any], held: Sequence[str], state: str) -> list[Any]:
    kept = [
        record
        for record in records
        if not (isinstance(record, Participation) and record.instrument in held and record.party == state)
    ]
    return [*kept, *(party(one, state, in_force_on="0001-01-01") for one in held)]


def _difference(before: Matrix, after: Matrix, place: int, among: Any) -> Gain:
    """What changed in the row and the column of one State."""
    found = np.zeros(4, np.int64)
    for old, new in ((before.status[:, place, :], after.status[:, place, :]),
                     (before.status[:, :, place], after.status[:, :, place])):  # fmt: skip
        old, new = old[:, among], new[:, among]
        found += [((old == NO) & (new > NO)).sum(), ((old < YES) & (new == YES)).sum(),
                  ((old > NO) & (new == NO)).sum(), ((old == YES) & (new < YES)).sum()]  # fmt: skip
    return Gain(*map(int, found))


@SLOW
@given(worlds(), questions(), st.sampled_from(STATES), st.sets(st.sampled_from(INSTRUMENTS), min_size=1))
def test_a_set_changes_what_the_world_with_all_of_it_has_more(
    records: list[Any], asked: tuple[str, Flags], state: str, chosen: set[str]
) -> None:
    """Replacement, parents, contested records and networks included: the whole matrix of the other world decides."""
    on, flags = asked
    chosen = sorted(chosen)  # type: ignore[assignment]
    planner = Planner(Index(compiled(records)))
    index = planner.index
    with_it = Index(compiled(_bound(records, tuple(chosen), state)))
    place = index.position[state]
    held = standings(with_it, date.fromisoformat(on).toordinal())
    assume(all(held[with_it.place[one], place] == YES for one in chosen))  # the instrument may not be in force
    bilateral = [index.place[one] for one in chosen if index.network.instruments[one].kind == "bilateral"]
    assume(not bilateral)  # joined by nobody else; not worked out for new pairs
    expected = _difference(cover(planner, on, flags), cover(Planner(with_it), on, flags), place, partners(index))
    outlook = Outlook(planner, on, flags)
    assert Cells(outlook, state, [[one] for one in chosen]).gain(range(len(chosen)))[0] == expected
    assert Cells(outlook, state, [chosen]).gain([0])[0] == expected


@SLOW
@given(worlds(), questions(), st.sampled_from(STATES), st.integers(1, 3))
def test_the_best_set_is_the_best_and_greedy_keeps_its_word(
    records: list[Any], asked: tuple[str, Flags], state: str, most: int
) -> None:
    on, flags = asked
    outlook = Outlook(Planner(Index(compiled(records))), on, flags)
    cells = Cells(outlook, state, [[held] for held in INSTRUMENTS])
    every = list(chain.from_iterable(combinations(range(len(INSTRUMENTS)), size) for size in range(most + 1)))
    gains = {taken: cells.gain(taken)[0] for taken in every}
    best = max((gain.opened, gain.secured) for gain in gains.values())
    exact, greedy = best_set(cells, most), best_set(cells, most, most_sets=0)
    assert exact.guarantee == "exact"
    assert (exact.gain.opened, exact.gain.secured) == best
    assert exact.gain == gains[exact.steps]
    assert len(greedy.steps) <= most
    assert greedy.gain == gains[tuple(sorted(greedy.steps))]
    assert all(gain.opened <= greedy.bound.opened and gain.secured <= greedy.bound.secured for gain in gains.values())
    if greedy.guarantee != "exact":
        assert (greedy.gain.opened, greedy.gain.secured) <= best
    if cells.coverage_function and greedy.guarantee != "exact":
        assert greedy.gain.opened >= (1 - 1 / np.e) * best[0]
        if best[0] == 0:
            assert greedy.gain.secured >= (1 - 1 / np.e) * best[1]


@SLOW
@given(worlds(), questions(), st.sampled_from(STATES))
def test_where_steps_only_add_paths_gains_are_monotone_and_submodular(
    records: list[Any], asked: tuple[str, Flags], state: str
) -> None:
    outlook = Outlook(Planner(Index(compiled(records))), *asked)
    cells = Cells(outlook, state, [[held] for held in INSTRUMENTS])
    assume(cells.coverage_function)
    every = list(chain.from_iterable(combinations(range(4), size) for size in range(5)))
    gains = {frozenset(taken): cells.gain(taken)[0] for taken in every}
    for small in gains:
        for large in gains:
            for step in range(4):
                if small <= large and step not in large:
                    for figure in ("opened", "secured"):
                        more = getattr(gains[small | {step}], figure) - getattr(gains[small], figure)
                        least = getattr(gains[large | {step}], figure) - getattr(gains[large], figure)
                        assert more >= least >= 0


def _altered(book: OfferBook, state: str, instruments: Sequence[str]) -> OfferBook:
    """The release with the State bound by the instruments since long ago."""
    held = {(one, state): [party(one, state, in_force_on="2001-01-01", sources=())] for one in instruments}
    return OfferBook(book.network.altered(Alterations(participations=held)), base=book)


@pytest.mark.parametrize(
    ("state", "held", "measures"),
    [("GHA", "un-opsc", ["extradition"]), ("IND", "cets-185", ["preservation"])],
)
def test_a_real_step_gains_what_the_path_search_finds_more(
    packaged_book: OfferBook, planner: Planner, state: str, held: str, measures: list[str]
) -> None:
    """Two loops of ``find_paths`` over every pair that holds the State, without and with the ratification."""
    after = _altered(packaged_book, state, [held])
    found = [0, 0, 0, 0]
    others = [record.id for record in packaged_book.network.records.states
              if record.kind == "state" and record.id != state]  # fmt: skip
    for measure in measures:
        for one, other in chain(((state, other) for other in others), ((other, state) for other in others)):
            question = Question(requesting=one, requested=other, measure=measure, on=DAY)
            old, new = (_status(book, question) for book in (packaged_book, after))
            for figure, changed in enumerate((old == 0 < new, old < 2 == new, old > 0 == new, old == 2 > new)):
                found[figure] += changed
    told = next_steps(planner, state, DAY, measures=measures)
    ranked = {line.step.instrument: line.gain for line in told.ranked}
    assert ranked[held] == Gain(*found)
    assert sum(found) > 0


def _status(book: OfferBook, question: Question) -> int:
    paths = find_paths(book, question).paths
    return 2 if any(path.status == "met" for path in paths) else int(bool(paths))


@pytest.mark.parametrize("state", ["GHA", "URY", "IND", "FRA", "IRL"])
def test_a_real_set_gains_what_the_coverage_with_all_of_it_has_more(
    packaged_book: OfferBook, planner: Planner, state: str
) -> None:
    told = next_steps(planner, state, DAY, steps=5, rank_all=True)
    assert told.best is not None
    altered = _altered(packaged_book, state, told.best.deposits)
    after = cover(Planner(planner.index.altered(altered, parties=[state]), planner), DAY)
    among = partners(planner.index)
    place = planner.index.position[state]
    assert told.best.gain == _difference(cover(planner, DAY), after, place, among)
    assert told.best.guarantee == "exact"


def test_a_real_single_step_is_what_the_outlook_says(planner: Planner) -> None:
    outlook = Outlook(planner, DAY)
    for state in ("GHA", "URY", "PLW"):
        for held in next_steps(planner, state, DAY, rank_all=True).ranked:
            *along, last = held.step.deposits
            gains = outlook.gains(last, along=along)
            place = planner.index.position[state]
            assert held.asking.opened == gains.opened[0, :, place].sum()
            assert held.asked.secured == gains.secured[1, :, place].sum()


def test_a_real_threshold_counts_as_what_if_does(packaged_book: OfferBook, planner: Planner) -> None:
    """cets-224 article 16(3): five consents; four are on record, so that Brazil's would complete the number."""
    held = {one.step.instrument: one for one in next_steps(planner, "BRA", DAY).waiting}["cets-224"]
    assert (held.consented, held.needed) == (5, 5)
    overlay = lay(packaged_book, [f"BRA:cets-224:{DAY}"])
    assert held.enters_on == overlay.last_day
    on = held.enters_on or ""
    after = cover(Planner(planner.index.altered(overlay.book, parties=["BRA"], instruments=["cets-224"]), planner), on)
    place = planner.index.position["BRA"]
    assert held.gain == _difference(cover(planner, on), after, place, partners(planner.index))


def test_what_is_assumed_is_given_and_the_next_step_counts_from_there(
    packaged_book: OfferBook, planner: Planner
) -> None:
    """Kenya bound by cets-185 (in force by its article 37(2)) is no step any more; another gains on top of it."""
    overlay = lay(packaged_book, [f"KEN:cets-185:{DAY}"])
    on = day_to_count(overlay, None, date.fromisoformat(DAY))
    assert on == overlay.last_day == "2027-03-01"
    keys = ("preservation", "extradition", "search-and-seizure")
    told = next_steps(supposed(planner, overlay), "KEN", on, measures=keys)
    assert told.assumptions == overlay.book.network.assumptions
    first, *_ = told.ranked
    assert "cets-185" not in {held.step.instrument for held in told.ranked}
    altered = _altered(overlay.book, "KEN", first.step.deposits)
    before = supposed(planner, overlay)
    after = Planner(before.index.altered(altered, parties=["KEN"]), before)
    place = planner.index.position["KEN"]
    gain = _difference(cover(before, on, None, keys), cover(after, on, None, keys), place, partners(planner.index))
    assert first.gain == gain


def test_the_day_asked_about_comes_before_that_of_an_assumption(packaged_book: OfferBook) -> None:
    overlay = lay(packaged_book, [f"KEN:cets-185:{DAY}"])
    assert day_to_count(overlay, "2030-01-01", date.fromisoformat(DAY)) == "2030-01-01"
    assert day_to_count(lay(packaged_book, []), None, date.fromisoformat(DAY)) == DAY
    assert day_to_count(lay(packaged_book, ["KEN:cets-185:2002-01-01"]), None, date.fromisoformat(DAY)) == DAY


def test_a_real_group_has_the_steps_of_its_members(planner: Planner) -> None:
    members = ("GHA", "IND", "URY")
    found = group_steps(planner, ("g", "g"), members, DAY, top=3)
    every = [held for state in members for held in next_steps(planner, state, DAY).ranked]
    first = sorted(every, key=lambda held: (-held.gain.opened, -held.gain.secured))[:3]
    assert {(held.step.state, held.step.instrument) for held in found.steps} == {
        (held.step.state, held.step.instrument) for held in first
    }


def test_reforms_are_the_gaps_of_a_review_and_count_the_overlay(packaged_book: OfferBook, planner: Planner) -> None:
    network: Network = packaged_book.network
    state = next(
        held.id
        for held in network.records.states
        if held.kind == "state"
        and next_steps(planner, held.id, DAY, measures=["extradition"], with_reforms=True).reforms
    )
    (reform, *_) = next_steps(planner, state, DAY, measures=["extradition"], with_reforms=True).reforms
    assert reform.offence.status in ("not-satisfied", "partial")
    overlay = lay(packaged_book, [reform.assumption])
    flags = Flags(reform.offence.key)
    before = cover(planner, DAY, flags, ["extradition"])
    after = cover(Planner(Index(overlay.book)), DAY, flags, ["extradition"])
    assert reform.gain == _difference(before, after, planner.index.position[state], partners(planner.index))
