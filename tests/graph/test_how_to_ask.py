"""The card of a State: what holds on the day, what its declarations close, and what is not on record."""

from __future__ import annotations

from typing import Any

from graph.how_to_ask import Card, card
from graph.model import Authority, Designation
from graph.offers import OfferBook
from tests.graph.world import declaration, instrument, network, party, provision, request_rule

DAY = "2026-11-24"


def told(*records: Any, **limits: Any) -> Card:
    return card(network(*records), "B", DAY, **limits)


def ways(found: Card) -> dict[str, str]:
    return {way.channel: way.status for way in found.ways_in}


TREATY = (
    instrument(),
    party("treaty", "B"),
    provision("treaty", "4", "preservation", channels=("contact-point-24-7", "central-authority")),
)


def test_a_state_without_records_has_nothing_on_record_and_no_no() -> None:
    found = told()
    assert [function.function for function in found.functions if not function.offices] == [
        "mutual-assistance", "contact-point-24-7", "extradition", "police",
    ]  # fmt: skip
    assert found.ways_in == found.rules == found.limits == found.law == ()
    assert [(one.condition, one.stated_by) for one in found.languages] == [("unknown", "official-language")]


def test_ways_in_are_those_of_instruments_in_force_on_the_day() -> None:
    assert ways(told(*TREATY)) == {"contact-point-24-7": "met", "central-authority": "met"}
    assert ways(told(instrument(), party("treaty", "B", in_force_on="2027-01-01"), TREATY[2])) == {}
    assert ways(told(instrument(), party("treaty", "B", in_force_on="2026"), TREATY[2])) == {
        "contact-point-24-7": "unknown", "central-authority": "unknown",
    }  # fmt: skip
    assert ways(told(*TREATY, measure="extradition")) == {}
    assert ways(told(*TREATY, measure="preservation")) == {"contact-point-24-7": "met", "central-authority": "met"}


def test_a_declaration_closes_a_way_in_until_it_is_withdrawn() -> None:
    only = declaration("treaty", "B", "4", kind="declaration", effect="central-authority-only")
    assert ways(told(*TREATY, only)) == {"central-authority": "met"}
    excluded = declaration("treaty", "B", "4", effect="excludes")
    assert ways(told(*TREATY, excluded)) == {}
    gone = declaration("treaty", "B", "4", effect="excludes", withdrawn_on="2020-01-01")
    assert ways(told(*TREATY, gone)) == {"contact-point-24-7": "met", "central-authority": "met"}
    unclear = declaration("treaty", "B", "4", effect="excludes", withdrawn_on="2026")
    assert set(ways(told(*TREATY, unclear)).values()) == {"unknown"}
    later = declaration("treaty", "B", "4", effect="excludes", withdrawn_on="2027-01-01")
    assert ways(told(*TREATY, later)) == {}


def test_languages_come_with_their_condition_and_who_says_so() -> None:
    said = declaration(
        "treaty", "B", kind="language", effect="languages", languages=("fra", "eng"), language_condition="reciprocity"
    )
    found = told(*TREATY, said)
    assert [(one.language, one.condition, one.stated_by, one.by) for one in found.languages] == [
        ("fra", "reciprocity", "declaration", "treaty"), ("eng", "reciprocity", "declaration", "treaty"),
    ]  # fmt: skip


def test_limits_are_those_of_the_measure() -> None:
    touching = declaration("treaty", "B", "4", effect="limits")
    foreign = declaration("treaty", "B", "9", effect="limits")
    dual = declaration("treaty", "B", "4(4)", "4", effect="dual-criminality")
    found = told(*TREATY, touching, foreign, dual, measure="preservation")
    assert [held.articles for held in found.limits] == [("4",)]
    assert [held.articles for held in found.dual_criminality_declared] == [("4(4)", "4")]
    assert len(told(*TREATY, touching, foreign).limits) == 2


def test_treaties_with_one_other_state_are_counted_and_shown_when_named() -> None:
    pair = (instrument("pair", kind="bilateral"), party("pair", "B"), provision("pair", "1", "preservation"))
    assert told(*TREATY, *pair).two_sided == 1
    found = told(*TREATY, *pair, request_rule("pair", "2", "the facts"), instrument="pair", measure="preservation")
    assert found.two_sided == 0
    assert [rule.summary for rule in found.rules] == ["the facts"]
    assert [(way.body, way.stated) for way in found.ways_in] == [("pair", False)]


def test_an_instrument_that_does_not_bind_the_state_is_told_apart_from_no_record() -> None:
    assert told(*TREATY, instrument="treaty").not_bound is None
    assert told(instrument(), TREATY[2], instrument="treaty").not_bound == "B, treaty: no participation on record"
    later = told(instrument(), party("treaty", "B", in_force_on="2027-01-01"), TREATY[2], instrument="treaty")
    assert later.not_bound is not None
    assert "2027-01-01" in later.not_bound
    assert later.ways_in == ()


def test_an_office_is_shown_under_each_function_with_its_age() -> None:
    office = Authority(id="o", state="B", name="Office", kind="central-authority", languages=("eng",), sources=("s",))
    named = [
        Designation(id=f"o/{function}", authority="o", state="B", function=function, instrument=under, sources=("s",))
        for function, under in (("mutual-assistance", "treaty"), ("extradition", None))
    ]
    found = told(*TREATY, office, *named)
    offices = {function.function: [one.name for one in function.offices] for function in found.functions}
    assert offices["mutual-assistance"] == offices["extradition"] == ["Office"]
    assert found.functions[0].offices[0].contact.stale
    assert [(one.language, one.stated_by) for one in found.languages] == [("eng", "authority")]
    other = told(*TREATY, instrument("other"), office, *named, instrument="other")
    assert [len(function.offices) for function in other.functions] == [0, 0, 1, 0]


def test_the_united_states_take_no_direct_requests_under_the_budapest_convention(packaged_book: OfferBook) -> None:
    found = card(packaged_book, "USA", DAY, measure="preservation")
    budapest = {way.channel for way in found.ways_in if way.body == "cets-185"}
    assert budapest == {"central-authority", "contact-point-24-7"}
    assert "27(9)(e)" in {article for held in found.limits for article in held.articles}
    assert any(law.url for law in card(packaged_book, "FRA", DAY).law)
    switzerland = card(packaged_book, "CHE", DAY)
    assert {one.language for one in switzerland.languages} >= {"deu", "fra", "ita"}
