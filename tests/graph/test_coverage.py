"""Coverage says of every cell what the path search says of it, and its figures follow from its cells."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import date
from itertools import permutations
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.coverage.demands import Flags
from graph.coverage.index import Index
from graph.coverage.matrix import cover
from graph.coverage.plan import Planner
from graph.coverage.series import series
from graph.offers import OfferBook
from tests.graph.coverage_worlds import MEASURES, STATES, compiled, differences, questions, worlds
from tests.graph.world import declaration, instrument, offence, party, provision


@pytest.fixture(scope="module")
def planner(packaged_book: OfferBook) -> Planner:
    """The packaged release, compiled for coverage."""
    return Planner(Index(packaged_book))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(worlds(), st.lists(questions(), min_size=1, max_size=2))
def test_every_cell_of_a_small_world_is_what_the_path_search_says(records: list[Any], asked: list[Any]) -> None:
    book = compiled(records)
    planner = Planner(Index(book))
    cells = [(measure, *pair) for measure in MEASURES for pair in permutations(STATES, 2)]
    for on, flags in asked:
        assert differences(book, cover(planner, on, flags), cells) == []


def test_reservations_that_agree_in_one_case_only_are_told_apart() -> None:
    """Where both laws punish the offence, a reservation that spares it and one that does not come to the same."""
    reservation = {"effect": "dual-criminality", "kind": "reservation"}
    records = [
        instrument(), provision("treaty", "29", "preservation", channels=("police",)),
        *(party("treaty", state) for state in STATES),
        declaration("treaty", "A", "29", except_offences=("csam-possession",), **reservation),
        declaration("treaty", "B", "29", **reservation),
    ]  # fmt: skip
    book = compiled(records)
    cells = [("preservation", *pair) for pair in permutations(STATES, 2)]
    matrix = cover(Planner(Index(book)), "2026-11-24", Flags("csam-possession"))
    assert differences(book, matrix, cells) == []
    assert matrix.status[matrix.measures.index("preservation")].tolist() == [[0, 1, 2], [1, 0, 1], [2, 1, 0]]


def test_ages_of_the_child_that_differ_leave_dual_criminality_open_in_every_cell() -> None:
    """In a treaty of many and in one of two; A's law of 2024 reaches further, and what C protects is not on record."""
    records = [
        instrument(), instrument("pact", kind="bilateral", subject="extradition"),
        provision("treaty", "5", "search-and-seizure", channels=("police",), dual_criminality="required"),
        provision("pact", "2", "extradition", channels=("diplomatic",), dual_criminality="required"),
        *(party("treaty", state) for state in STATES), party("pact", "A"), party("pact", "B"),
        offence("A", "grooming", child_age_below=16), offence("B", "grooming", child_age_below=16),
        offence("C", "grooming"),
        msgspec.structs.replace(offence("A", "grooming", child_age_below=18), id="reform", sources=("s-later",)),
    ]  # fmt: skip
    book = compiled(records)
    planner, flags, measures = Planner(Index(book)), Flags("grooming"), ("search-and-seizure", "extradition")
    cells = [(measure, *pair) for measure in measures for pair in permutations(STATES, 2)]
    by_day = {on: cover(planner, on, flags, measures) for on in ("2023-12-01", "2024-02-01")}
    for matrix in by_day.values():
        assert differences(book, matrix, cells) == []
    assert by_day["2023-12-01"].status.tolist() == [
        [[0, 2, 2], [2, 0, 2], [2, 2, 0]], [[0, 2, 0], [2, 0, 0], [0, 0, 0]]
    ]  # fmt: skip
    assert by_day["2024-02-01"].status.tolist() == [
        [[0, 1, 2], [1, 0, 2], [2, 2, 0]], [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    ]  # fmt: skip
    met = series(planner, ["2023-12-01", "2024-02-01"], flags, measures).met
    assert met.tolist() == [[6, 2], [4, 0]]


@pytest.mark.parametrize("on", ["2026-11-24", "2004-06-15"])
@pytest.mark.parametrize("measure", ["preservation", "content-data", "police-information"])
def test_every_cell_of_a_block_is_what_the_path_search_says(
    packaged_book: OfferBook, planner: Planner, measure: str, on: str
) -> None:
    states = random.Random(f"{measure}{on}").sample(planner.index.states, 25)
    cells = [(measure, *pair) for pair in permutations(states, 2)]
    assert differences(packaged_book, cover(planner, on, measures=[measure]), cells) == []


@pytest.mark.parametrize("seed", range(40))
def test_cells_anywhere_are_what_the_path_search_says(packaged_book: OfferBook, planner: Planner, seed: int) -> None:
    """Any measures, days, offences and flags; mostly States with many treaties, between which most can go wrong."""
    chance = random.Random(seed)
    network = packaged_book.network
    offences = [held.key for held in network.concepts.values() if held.scheme == "offence"]
    flags = Flags(chance.choice([None, *offences]), chance.random() < 0.5, chance.random() < 0.3)
    first, last = date(1990, 1, 1).toordinal(), date(2030, 12, 31).toordinal()
    on = date.fromordinal(chance.randrange(first, last)).isoformat()
    measures = chance.sample(planner.index.measures, 3)
    busy = sorted(planner.index.states, key=lambda state: -len(network.standings(state)))[:60]
    pairs = [chance.sample(busy, 2) for _ in range(25)] + [chance.sample(planner.index.states, 2) for _ in range(10)]
    cells = [(measure, one, other) for measure in measures for one, other in pairs]
    assert differences(packaged_book, cover(planner, on, flags, measures), cells) == []


def test_a_cell_tells_how_the_path_runs(planner: Planner) -> None:
    matrix = cover(planner, "2026-11-24")
    at = {
        (measure, one, other): (place, matrix.states.index(one), matrix.states.index(other))
        for place, measure in enumerate(matrix.measures)
        for one, other in (("FRA", "USA"), ("FRA", "DEU"))
    }
    assert matrix.status[at["preservation", "FRA", "USA"]] == 2
    assert matrix.direct[at["preservation", "FRA", "USA"]] == 2
    assert not matrix.only_by_network[at["preservation", "FRA", "USA"]]
    assert (matrix.status.diagonal(axis1=1, axis2=2) == 0).all()


def test_a_path_question_loads_no_numpy() -> None:
    program = (
        "import sys, comity; from graph.paths import find_paths; from tests.graph.world import network, question;"
        "find_paths(network(), question()); print('numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
