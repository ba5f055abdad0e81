"""When treaties themselves entered into force: their own rules on the deposits on record, against the known day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.dates import MET, NEVER, NOT_MET, UNKNOWN, Tri
from graph.deposits import deposits, entry_on_record
from graph.entry import Deposit, EntryRule, entry_of_instrument, entry_rule
from graph.offers import OfferBook
from graph.profiles import profile
from tests.graph import world

BUDAPEST = EntryRule(5, "first-of-month-after", "P3M", members=3)


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def deposit(party: str, on: str | None, counts: Tri = MET, member: Tri = MET) -> Deposit:
    return Deposit(party, day(on) if on else 1, day(on) if on else NEVER, counts, member)


FIVE = [
    deposit("ALB", "2002-06-20"),
    deposit("HRV", "2002-10-17"),
    deposit("EST", "2003-05-12"),
    deposit("HUN", "2003-12-04"),
    deposit("LTU", "2004-03-18"),
]
"""The first five of cets-185. Three months from 2004-03-18 expire on 2004-06-18; the month after is July 2004."""


@pytest.mark.parametrize(
    ("instrument", "known"),
    [
        # FIVE above, all members of the Council of Europe: article 36(3).
        ("cets-185", "2004-07-01"),
        # The twentieth deposit is of 1990-08-03 (Benin, Bangladesh, Sudan); the thirtieth day after: article 49(1).
        ("un-crc", "1990-09-02"),
        # The tenth deposit is that of Costa Rica on 2014-01-14; three months: article 19(1).
        ("un-crc-opic", "2014-04-14"),
    ],
)
def test_where_the_deposits_suffice_the_day_is_the_known_one(
    packaged_book: OfferBook, instrument: str, known: str
) -> None:
    held = packaged_book.network.instruments[instrument]
    entry = entry_on_record(packaged_book.network, held)
    assert entry
    assert entry.day == date.fromisoformat(known)
    assert held.in_force_on == known


@pytest.mark.parametrize(
    ("instrument", "known"),
    [
        # The fortieth dated deposit is that of Armenia on 2003-07-01; the ninetieth day after it is 2003-09-29:
        # article 38(1). Five parties without a date (Bhutan and others) may have come earlier.
        ("un-untoc", "2003-09-29"),
        # The fortieth dated deposit is of 2003-09-26; the ninetieth day is 2003-12-25: article 17(1).
        ("un-tip", "2003-12-25"),
        # The thirtieth dated deposit is that of Ecuador on 2005-09-15; the ninetieth day is 2005-12-14: article 68(1).
        ("un-uncac", "2005-12-14"),
        # The tenth dated deposit is that of Romania on 2001-10-18; three months: article 14(1).
        ("un-opsc", "2002-01-18"),
        # The third dated deposit is that of Poland on 2003-10-09; three months expire on 2004-01-09: article 30(2).
        ("cets-182", "2004-02-01"),
    ],
)
def test_undated_deposits_leave_the_beginning_open_and_the_end_is_the_known_day(
    packaged_book: OfferBook, instrument: str, known: str
) -> None:
    entry = entry_on_record(packaged_book.network, packaged_book.network.instruments[instrument])
    assert entry
    assert entry.day is None
    assert entry.first < entry.last == day(known)


@pytest.mark.parametrize(
    ("instrument", "known"),
    [
        # Greece 2009-03-10 and Denmark 2009-11-18 are dated; San Marino (2010-03-22, the fifth) is on record by the
        # date of entry into force only.
        ("cets-201", "2010-07-01"),
        # Peru 1995-04-26 is dated; the second deposit, that of Venezuela, has no date on record.
        ("oas-a55", "1996-04-14"),
        # Seychelles and Malawi, the first two, have no dates on record.
        ("ilo-182", "2000-11-19"),
        # France 1985-02-11 is dated; Sweden and Spain have no dates on record.
        ("ets-112", "1985-07-01"),
    ],
)
def test_where_deciding_deposits_have_no_date_the_known_day_lies_between(
    packaged_book: OfferBook, instrument: str, known: str
) -> None:
    entry = entry_on_record(packaged_book.network, packaged_book.network.instruments[instrument])
    assert entry
    assert entry.day is None
    assert entry.first <= day(known) <= entry.last


def test_where_a_deciding_deposit_is_not_on_record_the_day_is_too_late(packaged_book: OfferBook) -> None:
    # cets-189 entered into force on 2006-03-01 by the deposits of Albania, Slovenia (2004-12-08), Denmark, Cyprus and
    # North Macedonia (2005-11-14). Slovenia's is not on record, so that the fifth is that of France on 2006-01-10.
    network = packaged_book.network
    entry = entry_on_record(network, network.instruments["cets-189"])
    assert "SVN" not in {found.party for found in deposits(network, network.instruments["cets-189"])}
    assert entry
    assert entry.day == date(2006, 5, 1)


@pytest.mark.parametrize(
    # cets-224 article 16(3) needs five parties to the Convention; Costa Rica, Hungary, Japan and Serbia have ratified.
    # un-cybercrime-2024 article 65(1) needs forty; Azerbaijan, Qatar and Viet Nam are named as having ratified.
    ("instrument", "counted", "needed"),
    [("cets-224", 4, 5), ("un-cybercrime-2024", 3, 40)],
)
def test_what_is_not_in_force_lacks_consents(
    packaged_book: OfferBook, instrument: str, counted: int, needed: int
) -> None:
    entry = entry_on_record(packaged_book.network, packaged_book.network.instruments[instrument])
    assert entry
    assert (entry.counted, entry.needed, entry.first) == (counted, needed, NEVER)
    network = packaged_book.network
    shown = profile(network, network.instruments[instrument], "2026-11-24")
    assert shown["entry"] == {"counted": counted, "needed": needed, "day": None}
    assert profile(network, network.instruments["cets-185"], "2026-11-24")["entry"] is None


def test_a_number_of_members_is_needed_besides_the_number_of_states() -> None:
    outside = [deposit(f"X{number}", f"2001-0{number}-01", member=NOT_MET) for number in range(1, 6)]
    two, third = [deposit("ALB", "2002-01-15"), deposit("HRV", "2002-02-15")], deposit("EST", "2002-09-10")
    assert entry_of_instrument([*outside, *two], BUDAPEST).first == NEVER
    # Eight States; the third member came on 2002-09-10: three months expire on 2002-12-10.
    assert entry_of_instrument([*outside, *two, third], BUDAPEST).day == date(2003, 1, 1)


@pytest.mark.parametrize(
    ("changed", "first", "last"),
    [
        (deposit("LTU", "2004-03-18", counts=NOT_MET), NEVER, NEVER),
        (deposit("LTU", "2004-03-18", counts=UNKNOWN), day("2004-07-01"), NEVER),
        # Undated: it may have been the first, so that the fifth is that of Hungary on 2003-12-04.
        (deposit("LTU", None), day("2004-04-01"), NEVER),
        # "2004-03": three months from the first or the last of March lead to the same month.
        (Deposit("LTU", day("2004-03-01"), day("2004-03-30"), MET, MET), day("2004-07-01"), day("2004-07-01")),
        (Deposit("LTU", day("2004-01-01"), day("2004-12-31"), MET, MET), day("2004-05-01"), day("2005-04-01")),
    ],
)
def test_what_is_not_certain_stays_open(changed: Deposit, first: int, last: int) -> None:
    entry = entry_of_instrument([*FIVE[:4], changed], BUDAPEST)
    assert (entry.first, entry.last) == (first, last)


def test_a_member_that_may_not_have_been_one_leaves_it_open() -> None:
    unsure = [found._replace(member=UNKNOWN) for found in FIVE]
    entry = entry_of_instrument(unsure, BUDAPEST)
    assert (entry.first, entry.last) == (day("2004-07-01"), NEVER)


def test_a_protocol_waits_for_its_convention() -> None:
    # un-tip article 17(1): not before the Convention, which entered into force on 2003-09-29.
    rule = EntryRule(1, "days-after", "P90D")
    assert entry_of_instrument([deposit("A", "2002-01-01")], rule, "2003-09-29").day == date(2003, 9, 29)
    assert entry_of_instrument([deposit("A", "2003-08-01")], rule, "2003-09-29").day == date(2003, 10, 30)


def test_an_organisation_is_not_counted_besides_its_members() -> None:
    # UNTOC article 38(1); of cets-201 article 45(3) every signatory counts.
    def counted(**fields: object) -> int:
        treaty = world.instrument(
            entry_threshold=2, entry_rule="days-after", entry_delay="P90D", in_force_on=None, **fields
        )
        book = world.network(
            treaty,
            world.party("treaty", "A", bound_on="2001-01-01"),
            world.party("treaty", "EUE", bound_on="2001-02-01"),
        )
        entry = entry_on_record(book.network, treaty)
        assert entry
        return sum(found.counts == MET for found in deposits(book.network, treaty))

    assert counted(entry_counts="states") == 1
    assert counted() == 1
    assert counted(entry_counts="signatories") == 2


def test_a_rule_that_lacks_a_part_is_no_rule() -> None:
    assert entry_rule(world.instrument(entry_threshold=5)) is None
    members = world.instrument(
        entry_threshold=3, entry_counts="members", entry_rule="first-of-month-after", entry_delay="P3M"
    )
    assert entry_rule(members) == EntryRule(3, "first-of-month-after", "P3M", 3)


DEPOSITS = st.lists(
    st.builds(
        lambda number, start, length, counts, member: Deposit(f"P{number}", start, start + length, counts, member),
        st.integers(0, 10**6),
        st.integers(day("1990-01-01"), day("2030-01-01")),
        st.integers(0, 400),
        st.sampled_from((MET, UNKNOWN, NOT_MET)),
        st.sampled_from((MET, UNKNOWN, NOT_MET)),
    ),
    max_size=12,
)


@given(DEPOSITS, st.integers(1, 6), st.integers(0, 3), st.data())
def test_learning_more_never_contradicts(
    held: list[Deposit], threshold: int, members: int, data: st.DataObject
) -> None:
    rule = EntryRule(threshold, "days-after", "P30D", min(members, threshold))
    before = entry_of_instrument(held, rule)
    assert before.first <= before.last
    settled = []
    for one in held:
        on = data.draw(st.integers(one.first, one.last))
        counts = data.draw(st.sampled_from((MET, NOT_MET))) if one.counts == UNKNOWN else one.counts
        member = data.draw(st.sampled_from((MET, NOT_MET))) if one.member == UNKNOWN else one.member
        settled.append(Deposit(one.party, on, on, counts, member))
    known = entry_of_instrument(settled, rule)
    assert known.first == known.last
    assert before.first <= known.first <= before.last
