"""What follows by rule, on cases worked out by hand."""

from __future__ import annotations

import msgspec
import pytest

from graph.model import Instrument, Membership, Participation, Records
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


def test_a_stated_date_stays() -> None:
    # The difference is a finding of the review: tests/ingest/test_review.py.
    stated = party(bound_on="2006-01-10", in_force_on="2006-06-01")
    records, problems = derive(Records(instruments=(BUDAPEST,), participations=(stated,)), Ledger())
    assert records.participations == (stated,)
    assert not problems


@pytest.mark.parametrize(
    "record",
    [party(bound_on="2006-01"), party(standing="signatory"), party(bound_on="2006-01-10", action="succession")],
)
def test_nothing_is_derived_from_too_little(record: Participation) -> None:
    records, _ = derive(Records(instruments=(BUDAPEST,), participations=(record,)), Ledger())
    assert records.participations == (record,)


def test_a_rule_that_cannot_be_read_is_an_error() -> None:
    broken = msgspec.structs.replace(BUDAPEST, entry_delay="soon")
    _, problems = derive(Records(instruments=(broken,), participations=(party(bound_on="2006-01-10"),)), Ledger())
    assert [(problem.severity, problem.column) for problem in problems] == [("error", "entry_delay")]


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
