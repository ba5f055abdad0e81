"""The kit of a request: its rules, offices and open questions come from the records, and from nowhere else."""

from __future__ import annotations

from typing import Any

import pytest

from graph.answers import Question
from graph.articles import covers
from graph.model import Authority, Designation, RequestRule
from graph.offers import OfferBook
from graph.paths import find_paths
from graph.request_kit import RequestKit, request_kit
from graph.request_rules import rules_for
from tests.graph.world import instrument, network, party, provision, question, request_rule

DAY = "2026-11-24"


def kit_of(book: OfferBook, rank: int = 1, **fields: Any) -> RequestKit:
    return request_kit(book.network, find_paths(book, Question(**{"on": DAY, **fields})), rank)


def ranked(book: OfferBook, instrument_id: str, channel: str, **fields: Any) -> RequestKit:
    """The kit of the first path that rests on ``instrument_id`` and travels by ``channel``."""
    answer = find_paths(book, Question(**{"on": DAY, **fields}))
    rank = next(
        path.rank
        for path in answer.paths
        if path.channel == channel
        and path.legs
        and any(b.instrument == instrument_id for x in path.legs for b in x.basis)
    )
    return request_kit(book.network, answer, rank)


def recorded(book: OfferBook, instrument_id: str, *kinds: str) -> list[RequestRule]:
    return [
        rule for rule in book.network.records.request_rules if rule.instrument == instrument_id and rule.kind in kinds
    ]


def test_a_rule_is_about_the_articles_and_measures_that_it_names() -> None:
    book = network(
        instrument(),
        request_rule("treaty", "1", "of every request"),
        request_rule("treaty", "2", "under 18 only", request_articles=("18",)),
        request_rule("treaty", "3", "for extradition only", measures=("extradition",)),
    )

    def said(articles: dict[str, list[str]], measure: str) -> list[str]:
        return [rule.summary for rule in rules_for(book.network, articles, measure)]

    assert said({"treaty": ["5"]}, "preservation") == ["of every request"]
    assert said({"treaty": ["18(1)-(3)"]}, "preservation") == ["of every request", "under 18 only"]
    assert said({"treaty": ["180"]}, "preservation") == ["of every request"]
    assert said({"treaty": []}, "extradition") == ["of every request", "for extradition only"]
    assert said({"other": ["18"]}, "extradition") == []


def test_who_gives_information_unasked_owes_no_contents_but_minds_its_use() -> None:
    book = network(
        instrument(), request_rule("treaty", "1", "contents"), request_rule("treaty", "2", "limits", kind="use")
    )
    rules = rules_for(book.network, {"treaty": ["26"]}, "spontaneous-information")
    assert [rule.kind for rule in rules] == ["use"]


def test_a_kit_follows_the_records_and_names_what_is_not_on_record() -> None:
    treaty = (instrument(), party("treaty", "A"), party("treaty", "B"))
    article = provision("treaty", "4", "content-data", channels=("central-authority",))
    without = kit_of_world(*treaty, article)
    assert without.rules == ()
    assert without.unread == ("treaty",)
    conditional = request_rule("treaty", "5", "if known", conditional=True)
    assert kit_of_world(*treaty, article, conditional).unread == ("treaty",)
    with_rule = kit_of_world(*treaty, article, request_rule("treaty", "5", "the facts"))
    assert [(rule.article, rule.summary) for rule in with_rule.of_kind("content")] == [("5", "the facts")]
    assert with_rule.unread == ()
    assert [cite.url for cite in with_rule.rules[0].sources] == ["https://example.org/chart"]


def kit_of_world(*records: Any) -> RequestKit:
    book = network(*records)
    return request_kit(book.network, find_paths(book, question()), 1)


def test_both_offices_come_with_their_contacts_and_age() -> None:
    offices = [
        record
        for state in "AB"
        for record in (
            Authority(id=f"office-{state}", state=state, name=f"Office {state}", kind="central-authority",
                      email=f"office@{state}.example", sources=("s",)),
            Designation(id=f"named-{state}", authority=f"office-{state}", state=state, function="mutual-assistance",
                        instrument="treaty", sources=("s",)),
        )
    ]  # fmt: skip
    kit = kit_of_world(
        instrument(), party("treaty", "A"), party("treaty", "B"),
        provision("treaty", "4", "content-data", channels=("central-authority",)), *offices,
    )  # fmt: skip
    assert kit.sender.contact is not None
    assert kit.receiver.contact is not None
    assert (kit.sender.contact.email, kit.receiver.contact.email) == ("office@A.example", "office@B.example")
    assert kit.receiver.contact.stale, "its source is of 2020"


def test_no_path_of_that_rank_is_an_error() -> None:
    book = network(instrument())
    answer = find_paths(book, question())
    with pytest.raises(IndexError, match="rank 1"):
        request_kit(book.network, answer, 1)


def test_preservation_by_the_contact_points_asks_what_article_29_asks(packaged_book: OfferBook) -> None:
    kit = ranked(
        packaged_book, "cets-185", "contact-point-24-7", requesting="FRA", requested="USA", measure="preservation",
        urgent=True,
    )  # fmt: skip
    asked = [rule for rule in recorded(packaged_book, "cets-185", "content") if rule.article.startswith("29(2)")]
    assert len(asked) == 6
    assert {rule.fact for rule in kit.of_kind("content")} == {f"request-rule/{rule.id}" for rule in asked}
    assert [(held.instrument, held.article) for held in kit.basis] == [("cets-185", "29"), ("cets-185", "35")]
    assert {party.party: party.in_force_on for party in kit.basis[0].participations} == {
        "FRA": "2006-05-01", "USA": "2007-01-01",
    }  # fmt: skip
    assert kit.form == "request"
    assert kit.unread == ()
    assert kit.receiver.contact is None
    assert any("on request from the Council of Europe" in rule.summary for rule in kit.of_kind("contact"))
    assert "28(2)" in {rule.article for rule in kit.of_kind("use")}
    assert kit.languages


def test_content_data_by_the_bilateral_treaty_says_that_its_form_is_not_on_record(packaged_book: OfferBook) -> None:
    kit = ranked(
        packaged_book, "bi-fra-usa-mla-2004", "central-authority", requesting="FRA", requested="USA",
        measure="content-data",
    )  # fmt: skip
    assert kit.unread == ("bi-fra-usa-mla-2004",)
    assert kit.of_kind("content") == ()
    assert kit.to_settle
    assert kit.receiver.contact is not None
    assert kit.receiver.contact.stale


def test_an_investigation_order_has_the_contents_and_form_of_article_5(packaged_book: OfferBook) -> None:
    kit = ranked(
        packaged_book, "eu-eio-2014-41", "judicial-direct", requesting="DEU", requested="FRA", measure="content-data"
    )
    assert [rule.article for rule in kit.of_kind("content")] == [f"5(1)({letter})" for letter in "abcde"]
    assert "Annex A" in kit.of_kind("form")[0].summary
    assert kit.of_kind("language")[0].article == "5(3)"
    assert kit.path.deadline_days


def test_interception_by_investigation_order_asks_for_more(packaged_book: OfferBook) -> None:
    kit = ranked(
        packaged_book, "eu-eio-2014-41", "judicial-direct", requesting="DEU", requested="FRA", measure="interception"
    )
    articles = {rule.article for rule in kit.of_kind("content")}
    assert {"5(1)(a)", "30(3)(a)", "30(3)(b)", "30(3)(c)"} <= articles


def test_extradition_under_the_convention_has_documents_and_speciality(packaged_book: OfferBook) -> None:
    kit = ranked(
        packaged_book, "ets-024", "central-authority", requesting="FRA", requested="GBR", measure="extradition"
    )
    recorded_documents = {rule.article for rule in recorded(packaged_book, "ets-024", "document")}
    assert {rule.article for rule in kit.of_kind("document")} == recorded_documents == {"12(2)(a)", "12(2)(c)"}
    assert [rule.article for rule in kit.of_kind("use")] == ["14(1)"]


def test_a_provider_that_helps_of_its_own_will_gets_a_letter_with_its_policy(packaged_book: OfferBook) -> None:
    answer = find_paths(packaged_book, Question(requesting="FRA", provider="meta", measure="preservation", on=DAY))
    rank = next(path.rank for path in answer.paths if path.channel == "provider-direct" and path.by_consent)
    kit = request_kit(packaged_book.network, answer, rank)
    assert kit.form == "voluntary-disclosure"
    assert kit.policy is not None
    held = packaged_book.network.establishments[kit.policy.establishment]
    assert kit.policy.accepts == held.accepts
    assert kit.policy.request_channel == held.legal_request_channel
    assert kit.unread == ()


def test_an_order_to_a_provider_and_police_information_are_other_forms(packaged_book: OfferBook) -> None:
    order = ranked(
        packaged_book, "eu-eevidence-2023-1543", "provider-direct", requesting="FRA", provider="google",
        measure="content-data",
    )  # fmt: skip
    assert order.form == "provider-order"
    assert order.of_kind("content")[0].article == "5(2)"
    police = ranked(
        packaged_book, "interpol-constitution", "police", requesting="FRA", requested="USA",
        measure="police-information",
    )  # fmt: skip
    assert police.form == "police-request"
    assert police.receiver.office.state == "USA"
    assert police.sender.office.state == "FRA"


def test_every_rule_on_record_has_a_source_and_names_articles_that_carry_something(packaged_book: OfferBook) -> None:
    held = packaged_book.network
    for rule in held.records.request_rules:
        assert rule.sources
        articles = {row.article for row in held.provisions.get(rule.instrument, ()) if row.article}
        for scope in rule.request_articles:
            assert any(covers(scope, article) for article in articles), (rule.id, scope)
