"""What is counted from the coverage: gains, what an instrument alone opens, series, shares, and altered networks.

Each is held against the slow way: the same matrix of a network that really differs.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from graph.coverage.demands import NO, YES, Flags
from graph.coverage.gains import Outlook, in_force_if_bound, partners
from graph.coverage.index import Index
from graph.coverage.instruments import shares
from graph.coverage.matrix import Matrix, count, cover, recount
from graph.coverage.plan import Planner
from graph.coverage.report import account, known_until, monthly
from graph.coverage.series import months, series
from graph.coverage.shares import Account
from graph.coverage.world import standings, world
from graph.model import Participation
from graph.network import Network
from graph.offers import OfferBook
from graph.regions import regions
from tests.graph.coverage_worlds import INSTRUMENTS, MEASURES, STATES, compiled, differences, questions, worlds
from tests.graph.world import instrument, party, provision

SLOW = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@pytest.fixture(scope="module")
def planner(packaged_book: OfferBook) -> Planner:
    """The packaged release, compiled for coverage."""
    return Planner(Index(packaged_book))


def _bound(records: Iterable[Any], held: str, state: str) -> list[Any]:
    """The records with ``state`` bound by ``held`` since ever, whatever they said of it."""
    kept = [
        record
        for record in records
        if not (isinstance(record, Participation) and (record.instrument, record.party) == (held, state))
    ]
    return [*kept, party(held, state, in_force_on="0001-01-01")]


def _same(one: Matrix, other: Matrix) -> bool:
    return all(np.array_equal(mine, theirs) for mine, theirs in zip(one.tally, other.tally, strict=True))


@SLOW
@given(worlds(), questions(), st.sampled_from(INSTRUMENTS), st.sampled_from(STATES))
def test_an_altered_index_is_the_index_of_the_altered_network(
    records: list[Any], asked: tuple[str, Flags], held: str, state: str
) -> None:
    on, flags = asked
    planner = Planner(Index(compiled(records)))
    cover(planner, on, flags)
    book = compiled(_bound(records, held, state))
    altered = Planner(planner.index.altered(book, parties=[state]), planner)
    assert _same(cover(altered, on, flags), cover(Planner(Index(book)), on, flags))


@SLOW
@given(worlds(), questions(), st.sampled_from(INSTRUMENTS), st.sampled_from(STATES))
def test_what_depends_on_a_ratification_is_counted_anew_and_the_rest_kept(
    records: list[Any], asked: tuple[str, Flags], held: str, state: str
) -> None:
    on, flags = asked
    day = date.fromisoformat(on).toordinal()
    planner = Planner(Index(compiled(records)))
    plan = planner.plan(flags, day)
    before = world(plan, day)
    altered = Planner(planner.index.altered(compiled(_bound(records, held, state)), parties=[state]), planner)
    supposed = altered.plan(flags, day)
    after = world(supposed, day)
    counted = recount(plan, count(plan, before), before, supposed, after)
    assert all(np.array_equal(mine, theirs) for mine, theirs in zip(counted, count(supposed, after), strict=True))


@SLOW
@given(worlds(), questions(), st.sampled_from(INSTRUMENTS), st.sampled_from(STATES))
def test_an_instrument_may_lose_a_party(records: list[Any], asked: tuple[str, Flags], held: str, state: str) -> None:
    """The instrument is named, and not the party that its record leaves out."""
    on, flags = asked
    planner = Planner(Index(compiled(records)))
    without = compiled([
        record for record in records
        if not (isinstance(record, Participation) and (record.instrument, record.party) == (held, state))
    ])  # fmt: skip
    altered = Planner(planner.index.altered(without, instruments=[held]), planner)
    assert _same(cover(altered, on, flags), cover(Planner(Index(without)), on, flags))


@SLOW
@given(worlds(), worlds(), questions(), st.sampled_from(STATES))
def test_a_party_may_differ_in_everything(
    records: list[Any], others: list[Any], asked: tuple[str, Flags], state: str
) -> None:
    """Participations, declarations, offences and memberships of one State are taken from another world."""
    on, flags = asked
    planner = Planner(Index(compiled(records)))
    cover(planner, on, flags)

    def about(record: Any) -> bool:
        return state in (getattr(record, "party", None), getattr(record, "state", None))

    mixed = [record for record in records if not about(record)] + [record for record in others if about(record)]
    book = compiled(mixed)
    altered = Planner(planner.index.altered(book, parties=[state]), planner)
    assert _same(cover(altered, on, flags), cover(Planner(Index(book)), on, flags))


@SLOW
@given(worlds(), questions(), st.sampled_from(("protocol", "newer")))
def test_gains_are_what_a_network_with_the_participation_has_more(
    records: list[Any], asked: tuple[str, Flags], held: str
) -> None:
    on, flags = asked
    records = [record for record in records if not _not_in_force(record, held)]
    planner = Planner(Index(compiled(records)))
    before = cover(planner, on, flags)
    gains = Outlook(planner, on, flags).gains(held)
    for place, state in enumerate(planner.index.states):
        with_it = Index(compiled(_bound(records, held, state)))
        day = date.fromisoformat(on).toordinal()
        assume(standings(with_it, day)[with_it.place[held], place] == YES)  # the instrument itself may not be in force
        after = cover(Planner(with_it), on, flags)
        for side, take in enumerate((lambda matrix: matrix[:, place, :], lambda matrix: matrix[:, :, place])):  # noqa: B023
            old, new = take(before.status), take(after.status)
            assert gains.opened[side, :, place].tolist() == ((old == NO) & (new > NO)).sum(axis=1).tolist()
            assert gains.secured[side, :, place].tolist() == ((old < YES) & (new == YES)).sum(axis=1).tolist()
            assert gains.closed[side, :, place].tolist() == ((old > NO) & (new == NO)).sum(axis=1).tolist()


def _not_in_force(record: Any, held: str) -> bool:
    """Contradicting readings of one participation, which a supposed one does not replace."""
    return isinstance(record, Participation) and record.instrument == held and record.contested


@SLOW
@given(worlds(), questions())
def test_what_an_instrument_alone_opens_is_lost_without_it(records: list[Any], asked: tuple[str, Flags]) -> None:
    on, flags = asked
    planner = Planner(Index(compiled(records)))
    before = cover(planner, on, flags)
    told = {share.id: share for share in shares(Outlook(planner, on, flags))}
    for held in INSTRUMENTS:
        kept = [r for r in records if not (isinstance(r, Participation) and r.instrument == held)]
        after = cover(Planner(Index(compiled(kept))), on, flags)
        alone = int(((before.status > NO) & (after.status == NO)).sum())
        surely = int(((before.status == YES) & (after.status < YES)).sum())
        assert (alone, surely) == ((told[held].alone, told[held].surely_alone) if held in told else (0, 0))


@SLOW
@given(worlds(), st.builds(Flags, offence=st.sampled_from([None, "csam-possession"]), urgent=st.booleans()))
def test_a_series_is_each_month_by_itself(records: list[Any], flags: Flags) -> None:
    planner = Planner(Index(compiled(records)))
    days = [*months("2000-12", "2001-04"), *months("2003-05", "2003-08"), "2005-06-01", "2005-08-15", "2006-01-01"]
    for state, asked in ((None, False), ("A", False), ("A", True)):
        held = series(planner, days, flags, MEASURES, state, asked=asked)
        for place, day in enumerate(days):
            status = cover(planner, day, flags, MEASURES).status
            if state is not None:
                status = status[:, :, :1] if asked else status[:, :1, :]
            assert held.met[place].tolist() == (status == YES).sum(axis=(1, 2)).tolist()
            assert held.unknown[place].tolist() == ((status > NO) & (status < YES)).sum(axis=(1, 2)).tolist()


def test_a_series_of_the_packaged_release_is_each_month_by_itself(planner: Planner) -> None:
    days = months("2016-06", "2021-08")
    held = series(planner, days)
    among = partners(planner.index)
    block = np.ix_(range(len(held.measures)), np.flatnonzero(among), np.flatnonzero(among))
    for place in (0, 26, 37, len(days) - 1):
        status = cover(planner, days[place]).status[block]
        assert held.met[place].tolist() == (status == YES).sum(axis=(1, 2)).tolist()
    assert held.pairs == int(among.sum()) * (int(among.sum()) - 1)


def test_a_ratification_that_is_not_yet_in_force_gains_nothing(planner: Planner) -> None:
    """cets-185 article 36(4): the first day of the month after three months."""
    index = planner.index
    first = date(2026, 11, 1).toordinal()
    assert in_force_if_bound(index, "cets-185", "2026-07-10", first - 1) == NO
    assert in_force_if_bound(index, "cets-185", "2026-07-10", first) == YES
    early = Outlook(planner, "2026-10-31", measures=["preservation"]).gains("cets-185", "2026-07-10")
    due = Outlook(planner, "2026-11-01", measures=["preservation"]).gains("cets-185", "2026-07-10")
    place = index.position["IND"]
    assert early.secured.sum() == 0
    assert due.secured[:, :, place].sum() > 0


def test_the_gain_of_a_real_accession_is_what_the_path_search_finds(packaged_book: OfferBook, planner: Planner) -> None:
    """India as a party to cets-185: every changed cell of one measure, by find_paths on a network that has it."""
    records = packaged_book.network.records
    added = msgspec.structs.replace(party("cets-185", "IND", in_force_on="2004-07-01"), sources=())
    kept = [held for held in records.participations if (held.instrument, held.party) != ("cets-185", "IND")]
    altered = msgspec.structs.replace(records, participations=(*kept, added))
    book = OfferBook(Network(altered, "r-supposed"))
    on, measure = "2026-11-24", "preservation"
    before = cover(planner, on, measures=[measure])
    again = Planner(planner.index.altered(book, parties=["IND"]), planner)
    after = cover(again, on, measures=[measure])
    place, among = planner.index.position["IND"], partners(planner.index)
    gains = Outlook(planner, on, measures=[measure]).gains("cets-185")
    secured = (before.status[0, place] < YES) & (after.status[0, place] == YES) & among
    assert gains.secured[0, 0, place] == secured.sum() > 0
    cells = [(measure, "IND", planner.index.states[other]) for other in np.flatnonzero(secured)]
    assert differences(book, after, cells) == []


def test_figures_add_up(planner: Planner) -> None:
    held = Account(cover(planner, "2026-11-24", measures=["preservation", "extradition"]), partners(planner.index))
    by_state, by_measure = held.by_state(), held.by_measure()
    for key in ("cells", "met", "unknown"):
        total = sum(getattr(row.asking, key) for row in by_measure.values())
        assert sum(getattr(row.asking, key) for row in by_state.values()) == total
        assert sum(getattr(row.asked, key) for row in by_state.values()) == total
    continents = held.by_group(regions(planner.index.network, "continent"))
    assert sum(row.states for row in continents.values()) == int(partners(planner.index).sum())
    assert sum(row.asking.met for row in continents.values()) == sum(row.asking.met for row in by_state.values())
    france = held.by_state("FRA")
    assert sum(row.asked.met for row in france.values()) == by_state["FRA"].asking.met


def test_every_state_is_in_one_region_of_each_level(planner: Planner) -> None:
    network = planner.index.network
    for level in ("subregion", "continent"):
        placed = [state for states in regions(network, level).values() for state in states]
        assert sorted(placed) == sorted(state for state in network.states if state != "EUE")
    assert "FRA" in regions(network, "subregion")["Western Europe"]


def test_accounts_and_months_refuse_what_they_do_not_know(planner: Planner) -> None:
    with pytest.raises(ValueError, match="choose from measure, state"):
        account(planner, "colour", "2026-11-24")
    with pytest.raises(ValueError, match="whole world"):
        account(planner, "instrument", "2026-11-24", state="FRA")
    with pytest.raises(ValueError, match="is before"):
        monthly(planner, "2001-02", "2001-01")
    assert months("2000-11", "2001-02") == ("2000-11-01", "2000-12-01", "2001-01-01", "2001-02-01")
    assert known_until(planner, "2020-01-01") >= "2026-08"


def test_nothing_on_record_is_no_path_and_no_failure() -> None:
    book = compiled([instrument(), provision("treaty", "3", "preservation")])
    planner = Planner(Index(book))
    assert cover(planner, "2026-11-24").status.max() == NO
    assert account(planner, "instrument", "2026-11-24") == []
    assert [row["met"] + row["unknown"] for row in monthly(planner, "2020-01", "2020-03")] == [0, 0, 0]
