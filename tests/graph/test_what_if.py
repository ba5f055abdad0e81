"""Assumptions laid over the packaged release: real cases worked out by hand, and what they may never do."""

from __future__ import annotations

import random
from collections.abc import Iterator

import msgspec
import pytest

from graph.answers import Answer, Path, Question
from graph.assumptions import AssumptionError
from graph.comparison import compare
from graph.network import Alterations
from graph.offers import OfferBook
from graph.paths import find_paths
from graph.what_if import Overlay, assume

BRAZIL = "BRA:cets-224:2027-01-01"


def ask(book: OfferBook, requesting: str, requested: str, measure: str, on: str, offence: str | None = None) -> Answer:
    question = Question(requesting=requesting, requested=requested, measure=measure, on=on, offence=offence)
    return find_paths(book, question)


def by(answer: Answer, instrument: str) -> list[Path]:
    """The paths that rest on an article of ``instrument``."""
    return [
        path for path in answer.paths if any(held.instrument == instrument for leg in path.legs for held in leg.basis)
    ]


def sampled(book: OfferBook, count: int, seed: int = 7) -> Iterator[Question]:
    """Questions between States that have treaties, on days around the present."""
    chance = random.Random(seed)
    states = ["BRA", "CAN", "CHE", "DEU", "FRA", "GBR", "GHA", "IND", "JPN", "LUX", "MKD", "NGA", "SRB", "SVK", "USA"]
    measures = sorted(key.removeprefix("measure/") for key in book.network.concepts if key.startswith("measure/"))
    for _ in range(count):
        one, other = chance.sample(states, 2)
        yield Question(
            requesting=one,
            requested=other,
            measure=chance.choice(measures),
            offence=chance.choice([None, "csam-possession", "grooming"]),
            on=chance.choice(["2019-03-01", "2026-11-24", "2028-01-01"]),
            urgent=chance.random() < 0.3,
        )


def encoded(answer: Answer) -> bytes:
    return msgspec.json.encode(answer)


def plain(answer: Answer) -> list[tuple[object, ...]]:
    """The paths without the marks of what is assumed."""
    return [
        (path.channel, path.status, path.open_questions, [held.instrument for leg in path.legs for held in leg.basis])
        for path in answer.paths
    ]


# The fifth consent to cets-224: Costa Rica, Hungary, Japan and Serbia have ratified, article 16(3) needs five parties
# to the Convention, and Brazil is one. Three months from 2027-01-01 expire on 2027-04-01: in force on 2027-05-01.


@pytest.mark.parametrize(("on", "opened"), [("2027-04-30", False), ("2027-05-01", True)])
def test_a_deposit_that_completes_the_number_brings_the_protocol_into_force(
    packaged_book: OfferBook, on: str, opened: bool
) -> None:
    overlay = assume(packaged_book, [BRAZIL])
    for requesting, requested in (("BRA", "JPN"), ("JPN", "BRA"), ("CRI", "HUN")):
        answer = ask(overlay.book, requesting, requested, "subscriber-information", on)
        assert bool(by(answer, "cets-224")) is opened, (requesting, requested)
        assert all(path.hypothetical for path in by(answer, "cets-224"))
        assert answer.assumptions == (f"{BRAZIL}: {overlay.effects[0].text}",)
    assert not by(ask(overlay.book, "BRA", "FRA", "subscriber-information", on), "cets-224")
    assert not by(ask(packaged_book, "CRI", "HUN", "subscriber-information", on), "cets-224")


def test_every_assumed_fact_carries_its_label(packaged_book: OfferBook) -> None:
    answer = ask(assume(packaged_book, [BRAZIL]).book, "BRA", "JPN", "subscriber-information", "2027-06-01")
    (path, *_) = by(answer, "cets-224")
    (border,) = [leg for leg in path.legs if leg.kind == "border"]
    dates = {(held.instrument, party.party): party for held in border.basis for party in held.participations}
    assert dates["cets-224", "BRA"].basis == dates["cets-224", "JPN"].basis == "hypothetical"
    assert dates["cets-224", "JPN"].in_force_on == "2027-05-01"
    assert dates["cets-185", "BRA"].basis != "hypothetical"
    labels = {condition.text: condition.basis for condition in border.conditions if condition.code == "in-force"}
    assert set(labels.values()) == {"hypothetical"}
    assert all(text.endswith("(assumed)") for text in labels)
    others = [held for held in answer.paths if held not in by(answer, "cets-224")]
    assert others
    assert not any(held.hypothetical for held in others)


def test_a_later_deposit_follows_the_rule_of_later_parties(packaged_book: OfferBook) -> None:
    # Brazil completes the number for 2027-05-01. France deposits on 2027-06-15: three months expire on 2027-09-15,
    # hence 2027-10-01 (article 16(4)). The order of the assumptions does not matter.
    for texts in ([BRAZIL, "FRA:cets-224:2027-06-15"], ["FRA:cets-224:2027-06-15", BRAZIL]):
        overlay = assume(packaged_book, texts)
        assert {effect.assumption.states[0]: effect.day for effect in overlay.effects} == {
            "BRA": "2027-05-01",
            "FRA": "2027-10-01",
        }
        assert overlay.last_day == "2027-10-01"


def test_one_more_of_forty_changes_nothing(packaged_book: OfferBook) -> None:
    # un-cybercrime-2024 article 65(1): forty deposits; three are on record, France would be the fourth.
    overlay = assume(packaged_book, ["FRA:un-cybercrime-2024:2027-01-01"])
    (effect,) = overlay.effects
    assert effect.day is None
    assert "4 of the 40 consents" in effect.text
    question = Question(requesting="FRA", requested="QAT", measure="preservation", on="2030-01-01")
    answer = find_paths(overlay.book, question)
    assert plain(answer) == plain(find_paths(packaged_book, question))
    (line,) = [line for line in answer.why_not if line.instrument == "un-cybercrime-2024" and line.party == "FRA"]
    assert (line.code, line.basis) == ("not-in-force", "hypothetical")


def test_forty_deposits_bring_the_united_nations_convention_into_force(packaged_book: OfferBook) -> None:
    # 37 signatories besides the three named as having ratified; the last on 2027-01-01, the ninetieth day after it is
    # 2027-04-01 (article 65(1)); an organisation is not counted besides its members.
    network = packaged_book.network
    signed = [
        party
        for party, readings in network.parties("un-cybercrime-2024").items()
        if all(reading.standing == "signatory" for reading in readings) and network.states[party].kind == "state"
    ]
    texts = [f"{party}:un-cybercrime-2024:2027-01-01" for party in signed[:37]]
    assert {effect.day for effect in assume(packaged_book, texts).effects} == {"2027-04-01"}
    one_short = [*texts[:36], "EUE:un-cybercrime-2024:2027-01-01"]
    assert {effect.day for effect in assume(packaged_book, one_short).effects} == {None}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("FRA:cets-185:2027-01-01", "already bound by Budapest Convention on Cybercrime (ratification 2006-01-10)"),
        ("JPN:cets-224:2027-01-01", "already bound"),
        ("CHN:cets-224:2027-01-01", "not bound by Budapest Convention on Cybercrime, which cets-224 needs"),
        ("BRA:cets-999:2027-01-01", "nearest: "),
        ("Brasilien und:cets-224:2027-01-01", "no State is called"),
        ("BRA:cets-224:2027-02-30", "is not a day"),
        ("BRA:cets-224", "write STATE:INSTRUMENT:DAY"),
        ("BRA:cets-224:leave:2027-01-01", "is nothing that can be assumed"),
        ("BRA:cets-224:2020-01-01", "nobody was bound by it before"),
        ("USA:eu-eio-2014-41:2027-01-01", "binds member States of the European Union only"),
        ("DEU:eu-eio-2014-41:withdraw:2027-01-01", "does not denounce"),
        ("FRA:harare-scheme:2027-01-01", "not binding"),
        ("FRA:cets-224:withdraw:2027-01-01", "not in force for France"),
        ("CHN:cets-185:withdraw:2027-01-01", "no participation"),
        ("FRA:cets-185:unreserve:35:2027-01-01", "no such reservation"),
        ("BRA:offence:groming:2027-01-01", "nearest: grooming"),
        ("BRA:offence:grooming:age=young:2027-01-01", "is no limit"),
        ("BRA:criterion:isp-reporting:2027-01-01", "decides no condition"),
        ("FRA+BRA:like:cets-185:2027-01-01", "no treaty between two States"),
        ("FRA+FRA:like:bi-fra-usa-mla-1998:2027-01-01", "stands on both sides"),
        ("FRA:like:bi-fra-usa-mla-1998:2027-01-01", "write STATE+STATE"),
        ("EUE:eu-no-is-mla:2027-01-01", "binds its members"),
    ],
)
def test_what_cannot_be_is_refused_with_one_line(packaged_book: OfferBook, text: str, said: str) -> None:
    with pytest.raises(AssumptionError) as refused:
        assume(packaged_book, [text])
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_protocol_comes_with_its_parent(packaged_book: OfferBook) -> None:
    both = ["CHN:cets-224:2027-01-01", "CHN:cets-185:2027-01-01"]
    overlay = assume(packaged_book, both)
    assert by(ask(overlay.book, "CHN", "JPN", "subscriber-information", "2027-05-01"), "cets-224")


def test_a_denunciation_takes_effect_by_the_treatys_rule(packaged_book: OfferBook) -> None:
    # cets-185 article 47(2): three months from 2027-01-15 expire on 2027-04-15; from 2027-05-01.
    overlay = assume(packaged_book, ["USA:cets-185:withdraw:2027-01-15"])
    assert overlay.effects[0].day == "2027-05-01"
    until = ask(overlay.book, "FRA", "USA", "preservation", "2027-04-30")
    assert by(until, "cets-185")
    assert not any(path.hypothetical for path in by(until, "cets-185"))
    after = ask(overlay.book, "FRA", "USA", "preservation", "2027-05-01")
    assert not by(after, "cets-185")
    (line,) = [line for line in after.why_not if line.instrument == "cets-185" and line.code == "ended"]
    assert (line.party, line.basis) == ("USA", "hypothetical")
    # UNTOC article 40(1): one year after the receipt. No rule on record for oas-a55: on the day itself, which is said.
    assert assume(packaged_book, ["USA:un-untoc:withdraw:2027-01-15"]).effects[0].day == "2028-01-15"
    (unknown,) = assume(packaged_book, ["USA:oas-a55:withdraw:2027-01-15"]).effects
    assert unknown.day == "2027-01-15"
    assert "no rule of denunciation on record" in unknown.text


def test_a_bilateral_treaty_ends_for_both(packaged_book: OfferBook) -> None:
    overlay = assume(packaged_book, ["FRA:bi-fra-usa-mla-1998:withdraw:2027-01-15"])
    parties = overlay.book.network.parties("bi-fra-usa-mla-1998")
    assert {party: readings[0].ended_on for party, readings in parties.items()} == {
        "FRA": "2027-01-15",
        "USA": "2027-01-15",
    }


def test_a_reservation_withdrawn_opens_the_article(packaged_book: OfferBook) -> None:
    # North Macedonia excluded article 16 of cets-182 (service by post), to which Switzerland is bound too.
    def paths(book: OfferBook, on: str) -> list[Path]:
        found = ask(book, "CHE", "MKD", "service-of-documents", on).paths
        return [path for path in found if ("cets-182", "16") in _identity(path)[1]]  # type: ignore[operator]

    before = ask(packaged_book, "CHE", "MKD", "service-of-documents", "2026-11-24")
    assert any(line.instrument == "cets-182" and line.code == "reserved" for line in before.why_not)
    assert not paths(packaged_book, "2026-11-24")
    book = assume(packaged_book, ["MKD:cets-182:unreserve:16:2026-01-01"]).book
    (path,) = paths(book, "2026-11-24")
    assert path.hypothetical
    (condition,) = [held for leg in path.legs for held in leg.conditions if held.code == "reservation"]
    assert (condition.status, condition.basis) == ("met", "hypothetical")
    assert condition.text.endswith("withdrawn 2026-01-01 (assumed)")
    assert not paths(book, "2025-12-31")


def test_a_reform_cures_dual_criminality_from_its_day(packaged_book: OfferBook) -> None:
    overlay = assume(packaged_book, ["IRN:offence:grooming:age=18:penalty=5:2027-01-01"])
    law, was = overlay.book.network.law("IRN"), packaged_book.network.law("IRN")
    day = 740000  # 2027-01-19
    assert was.criminalises("grooming", day).result != "met"
    found = law.criminalises("grooming", day)
    assert (found.result, found.basis) == ("met", "hypothetical")
    assert law.criminalises("grooming", day - 60) == was.criminalises("grooming", day - 60)
    assert (law.punishable_by("grooming", 5, day).result, law.punishable_by("grooming", 6, day).result) == (
        "met",
        "not met",
    )


def test_a_reform_cures_a_failure_between_two_states(packaged_book: OfferBook) -> None:
    # A review found that Jordan does not punish possession, so that extradition under UNTOC (article 16(1), dual
    # criminality) fails towards France; a law of Jordan from 2027-01-01 cures that and leaves other conditions open.
    asked = ("FRA", "JOR", "extradition")
    before = ask(packaged_book, *asked, "2027-01-01", "csam-possession")
    assert any(line.instrument == "un-untoc" and "an offence in both" in line.text for line in before.why_not)
    overlay = assume(packaged_book, ["JOR:offence:csam-possession:age=18:penalty=5:2027-01-01"])
    (path,) = by(ask(overlay.book, *asked, "2027-01-01", "csam-possession"), "un-untoc")
    (condition,) = [held for leg in path.legs for held in leg.conditions if held.code == "dual-criminality"]
    assert (condition.status, condition.basis) == ("met", "hypothetical")
    assert path.hypothetical
    assert not by(ask(overlay.book, *asked, "2026-12-31", "csam-possession"), "un-untoc")
    found = compare(
        packaged_book, overlay.book, [("FRA", "JOR")], ["extradition"], "2027-01-01", offence="csam-possession"
    )
    (change,) = found.changes
    assert "cured" in change.kinds
    assert "un-untoc" in change.after.dual_criminality_met


def test_a_criterion_met_decides_on_its_conducts(packaged_book: OfferBook) -> None:
    overlay = assume(packaged_book, ["IRN:criterion:simple-possession:2027-01-01"])
    assert overlay.book.network.law("IRN").criminalises("csam-possession", 740000).result == "met"


def test_a_treaty_modelled_on_another_opens_its_articles(packaged_book: OfferBook) -> None:
    assert not [held for held in packaged_book.network.standings("FRA") if held.startswith("bi-") and "gha" in held]
    book = assume(packaged_book, ["FRA+GHA:like:bi-fra-usa-mla-1998:2027-01-01"]).book
    answer = ask(book, "FRA", "GHA", "general-mutual-assistance", "2027-01-01")
    (path, *_) = by(answer, "assumed-fra-gha-like-bi-fra-usa-mla-1998")
    assert path.hypothetical
    assert not by(
        ask(book, "FRA", "GHA", "general-mutual-assistance", "2026-12-31"), "assumed-fra-gha-like-bi-fra-usa-mla-1998"
    )
    assert not by(
        ask(book, "FRA", "NGA", "general-mutual-assistance", "2027-01-01"), "assumed-fra-gha-like-bi-fra-usa-mla-1998"
    )


MANY = [
    BRAZIL,
    "USA:cets-185:withdraw:2026-01-01",
    "LUX:cets-182:unreserve:all:2026-01-01",
    "IRN:offence:grooming:2026-01-01",
    "FRA+GHA:like:bi-fra-usa-mla-1998:2026-01-01",
]


def test_the_base_stays_as_it_was(packaged_book: OfferBook) -> None:
    questions = list(sampled(packaged_book, 40))
    before = [encoded(find_paths(packaged_book, question)) for question in questions]
    records = packaged_book.network.records
    overlay = assume(packaged_book, MANY)
    for question in questions:
        find_paths(overlay.book, question)
    assert [encoded(find_paths(packaged_book, question)) for question in questions] == before
    assert packaged_book.network.records is records is overlay.book.network.records
    assert not any(held.basis == "hypothetical" for held in (*records.instruments, *records.participations))


def test_an_overlay_of_nothing_answers_as_its_base(packaged_book: OfferBook) -> None:
    assert assume(packaged_book, []) == Overlay(packaged_book, ())
    nothing = OfferBook(packaged_book.network.altered(Alterations()), base=packaged_book)
    for question in sampled(packaged_book, 60, seed=11):
        assert encoded(find_paths(nothing, question)) == encoded(find_paths(packaged_book, question))


def test_withdrawing_what_was_assumed_gives_the_base_back(packaged_book: OfferBook) -> None:
    # Japan is no party to cets-201 on record; by article 49(2) the denunciation of 2027-06-01 counts from 2027-10-01.
    joined = assume(packaged_book, ["JPN:cets-201:2027-01-01"]).book
    left = assume(joined, ["JPN:cets-201:withdraw:2027-06-01"]).book
    gained = 0
    for measure in ("general-mutual-assistance", "extradition", "preservation", "search-and-seizure"):
        for other in ("FRA", "DEU", "TUN"):
            for pair in (("JPN", other), (other, "JPN")):
                base = plain(ask(packaged_book, *pair, measure, "2027-10-01"))
                assert plain(ask(left, *pair, measure, "2027-10-01")) == base
                gained += len(ask(joined, *pair, measure, "2027-10-01").paths) > len(base)
    assert gained


def test_a_participation_more_loses_no_pair(packaged_book: OfferBook) -> None:
    # None of these replaces another instrument; one that does may close the older one's path and open its own.
    book = assume(packaged_book, [BRAZIL, "IND:cets-185:2025-01-01"]).book
    for question in sampled(packaged_book, 60, seed=3):
        before, after = find_paths(packaged_book, question), find_paths(book, question)
        assert len(after.paths) >= len(before.paths), question
        assert not before.paths or after.paths[0].status == "met" or before.paths[0].status == "unknown", question


def test_a_reservation_less_never_worsens_a_path(packaged_book: OfferBook) -> None:
    declared = [
        record
        for record in packaged_book.network.records.declarations
        if record.effect in ("excludes", "dual-criminality", "central-authority-only", "limits")
        and not record.withdrawn_on
    ]
    chance = random.Random(5)
    improved = 0
    for record in chance.sample(declared, 12):
        book = assume(packaged_book, [f"{record.party}:{record.instrument}:unreserve:all:2020-01-01"]).book
        others = sorted(party for party in packaged_book.network.parties(record.instrument) if party != record.party)
        measures = sorted({m for p in packaged_book.network.provisions[record.instrument] for m in p.measures})
        for other in chance.sample(others, min(3, len(others))):
            for measure in chance.sample(measures, min(4, len(measures))):
                old = ask(packaged_book, other, record.party, measure, "2026-11-24", "csam-possession")
                new = ask(book, other, record.party, measure, "2026-11-24", "csam-possession")
                best: dict[tuple[object, ...], int] = {}
                for path in new.paths:
                    best.setdefault(_identity(path), path.open_questions)
                for path in old.paths:
                    assert best[_identity(path)] <= path.open_questions
                improved += len(new.paths) > len(old.paths) or sum(best.values()) < sum(
                    p.open_questions for p in old.paths
                )
    assert improved


def _identity(path: Path) -> tuple[object, ...]:
    return path.channel, tuple((held.instrument, held.article) for leg in path.legs for held in leg.basis)
