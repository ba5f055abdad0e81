"""What follows by rule, on cases worked out by hand."""

from __future__ import annotations

import msgspec
import pytest

from graph.model import Instrument, Membership, Participation
from graph.records import Records
from ingest.derive import derive
from ingest.ledger import Ledger

BUDAPEST = Instrument(
    id="cets-185", short_name="Budapest", title="Convention on Cybercrime", kind="multilateral",
    in_force_on="2004-07-01", entry_rule="first-of-month-after", entry_delay="P3M", entry_article="36(4)",
    sources=("s",),
)  # fmt: skip
EU_JAPAN = Instrument(
    id="eu-jpn-mla-2009", short_name="EU-Japan", title="Agreement", kind="multilateral", extends_to_members=True,
    sources=("s",),
)  # fmt: skip


def party(instrument: str = "cets-185", name: str = "FRA", **fields: str) -> Participation:
    given = {"standing": "party", **fields}
    return Participation(id=f"{instrument}/{name}", instrument=instrument, party=name, sources=("s",), **given)  # type: ignore[arg-type]


def member(state: str, joined_on: str | None, status: str = "member") -> Membership:
    return Membership(
        id=f"eu/{state}/{status}", organisation="eu", state=state, status=status, joined_on=joined_on, sources=("m",)
    )


def test_entry_into_force_follows_from_the_deposit() -> None:
    # France deposited on 2006-01-10. Three months expire on 2006-04-10; the month that follows begins on 2006-05-01,
    # which is the date of the Treaty Office.
    records, problems = derive(
        Records(instruments=(BUDAPEST,), participations=(party(bound_on="2006-01-10"),)), Ledger()
    )
    (found,) = records.participations
    assert (found.in_force_on, found.basis) == ("2006-05-01", "derived")
    assert found.rule == "in_force_on: first-of-month-after P3M, counted from bound_on 2006-01-10, article 36(4)"
    assert not problems


def test_the_rule_says_when_the_instrument_itself_came_later() -> None:
    # Albania ratified on 2002-06-20; the Convention needed five ratifications and entered into force on 2004-07-01.
    (found,) = derive(Records(instruments=(BUDAPEST,), participations=(party(bound_on="2002-06-20"),)), Ledger())[
        0
    ].participations
    assert found.in_force_on == "2004-07-01"
    assert "not before the instrument's own entry into force" in (found.rule or "")


def test_a_month_of_deposit_is_enough_where_each_of_its_days_gives_the_same() -> None:
    # France deposited on 2006-01-10; from any other day of that January the Convention would count from May too.
    (found,) = derive(Records(instruments=(BUDAPEST,), participations=(party(bound_on="2006-01"),)), Ledger())[
        0
    ].participations
    assert (found.bound_on, found.in_force_on, found.basis) == ("2006-01", "2006-05-01", "derived")
    assert found.rule == (
        "in_force_on: first-of-month-after P3M, counted from bound_on 2006-01, article 36(4);"
        " the same for every day of 2006-01"
    )


def test_a_stated_date_stays() -> None:
    # The difference is a finding of the review: tests/ingest/test_review.py.
    stated = party(bound_on="2006-01-10", in_force_on="2006-06-01")
    records, problems = derive(Records(instruments=(BUDAPEST,), participations=(stated,)), Ledger())
    assert records.participations == (stated,)
    assert not problems


@pytest.mark.parametrize(
    "record",
    [party(bound_on="2006"), party(standing="signatory"), party(bound_on="2006-01-10", action="succession")],
)
def test_nothing_is_derived_from_too_little(record: Participation) -> None:
    records, _ = derive(Records(instruments=(BUDAPEST,), participations=(record,)), Ledger())
    assert records.participations == (record,)


def test_a_rule_that_cannot_be_read_is_an_error() -> None:
    broken = msgspec.structs.replace(BUDAPEST, entry_delay="soon")
    _, problems = derive(Records(instruments=(broken,), participations=(party(bound_on="2006-01-10"),)), Ledger())
    assert [(problem.severity, problem.column) for problem in problems] == [("error", "entry_delay")]


PROTOCOL = Instrument(
    id="cets-224", short_name="Protocol", title="Second Additional Protocol", kind="multilateral", parent="cets-185",
    status="not-in-force", entry_threshold=5, entry_rule="first-of-month-after", entry_delay="P3M",
    entry_article="16(3)-(4)", entry_counts="parent-parties", sources=("s",),
)  # fmt: skip


def test_an_instrument_enters_into_force_when_its_number_is_reached() -> None:
    # Serbia 2023-02-09, Japan 2023-08-10, Hungary 2026-02-05, Costa Rica 2026-04-15; a fifth party on 2026-12-10:
    # three months expire on 2027-03-10, hence from 2027-04-01 for all five (article 16(3)).
    four = [("SRB", "2023-02-09"), ("JPN", "2023-08-10"), ("HUN", "2026-02-05"), ("CRI", "2026-04-15")]
    held = [party("cets-224", name, bound_on=on, action="ratification") for name, on in four]
    waiting = Records(instruments=(BUDAPEST, PROTOCOL), participations=tuple(held))
    records, _ = derive(waiting, Ledger())
    assert records.instruments[1] == PROTOCOL
    assert {record.in_force_on for record in records.participations} == {None}

    fifth = party("cets-224", "BRA", bound_on="2026-12-10", action="ratification")
    later = party("cets-224", "FRA", bound_on="2027-02-01", action="ratification")
    complete = msgspec.structs.replace(waiting, participations=(*held, fifth, later))
    records, problems = derive(complete, Ledger())
    protocol = records.instruments[1]
    assert (protocol.in_force_on, protocol.basis) == ("2027-04-01", "derived")
    assert protocol.rule == ("in_force_on: first-of-month-after P3M from the deposit that reached 5, article 16(3)-(4)")
    assert {record.party: record.in_force_on for record in records.participations} == {
        "SRB": "2027-04-01", "JPN": "2027-04-01", "HUN": "2027-04-01", "CRI": "2027-04-01", "BRA": "2027-04-01",
        "FRA": "2027-06-01",
    }  # fmt: skip
    assert not problems

    # Where one of the five has no date it may have come at any time: no day is claimed.
    undated = msgspec.structs.replace(waiting, participations=(*held, party("cets-224", "BRA")))
    assert derive(undated, Ledger())[0].instruments[1] == PROTOCOL


@pytest.mark.parametrize(("field", "value"), [("entry_first_delay", "P3M"), ("withdrawal_delay", "later")])
def test_further_delays_are_checked_too(field: str, value: str) -> None:
    fields = {"entry_rule": "days-after", "entry_delay": "P30D", "withdrawal_rule": "months-after", field: value}
    broken = msgspec.structs.replace(BUDAPEST, **fields)
    _, problems = derive(Records(instruments=(broken,)), Ledger())
    assert [(problem.severity, problem.column) for problem in problems] == [("error", field)]


def test_the_union_binds_its_members() -> None:
    # In force for the Union on 2011-01-02. Croatia joined on 2013-07-01 and is bound from then; the United Kingdom
    # left; Denmark has a row of its own, which wins.
    union = party("eu-jpn-mla-2009", "EUE", in_force_on="2011-01-02")
    denmark = party("eu-jpn-mla-2009", "DNK", standing="excluded")
    members = (
        member("FRA", "1958-01-01"), member("HRV", "2013-07-01"), member("DNK", "1973-01-01"),
        member("GBR", "1973-01-01", "former-member"), member("AUT", "1995"),
    )  # fmt: skip
    records, _ = derive(
        Records(instruments=(EU_JAPAN,), participations=(union, denmark), memberships=members), Ledger()
    )
    found = {one.party: one for one in records.participations}
    assert {name: one.in_force_on for name, one in found.items()} == {
        "EUE": "2011-01-02", "FRA": "2011-01-02", "HRV": "2013-07-01", "AUT": "2011-01-02", "DNK": None,
    }  # fmt: skip
    assert found["DNK"] == denmark
    assert (found["HRV"].basis, found["HRV"].sources) == ("derived", ("m", "s"))


def test_a_union_that_only_signed_binds_nobody() -> None:
    union = party("eu-jpn-mla-2009", "EUE", standing="signatory")
    held = Records(instruments=(EU_JAPAN,), participations=(union,), memberships=(member("FRA", None),))
    assert derive(held, Ledger())[0].participations == (union,)
