"""What a request must meet in language and form is told beside the conditions, and never weighs on a path."""

from __future__ import annotations

from typing import Any

import pycountry
import pytest

from graph.answers import Condition, Path
from graph.languages import shortest
from graph.offers import OfferBook
from graph.paths import find_paths
from tests.graph import world

SEARCH = world.provision(
    "treaty", "5", "search-and-seizure", "spontaneous-information", channels=("central-authority",)
)
RECORDS = (world.instrument(), world.party("treaty", "A"), world.party("treaty", "B"), SEARCH)


def path(*more: Any, **fields: Any) -> Path:
    (found,) = find_paths(
        world.network(*RECORDS, *more), world.question(**{"measure": "search-and-seizure", **fields})
    ).paths
    return found


def needs(found: Path) -> list[tuple[str, str, str]]:
    return [(held.code, held.status, held.text) for leg in found.legs for held in leg.requirements]


def speaks(*languages: str, **fields: Any) -> Any:
    given = {
        "kind": "language",
        "effect": "languages",
        "languages": languages,
        "effect_articles": (),
        "summary": "said",
    }
    return world.declaration("treaty", "B", "16", **{**given, **fields})


@pytest.mark.parametrize(
    ("languages", "condition", "status", "told"),
    [
        (("eng", "fra"), "always", "met", "B takes en, an official language of A. It declared: said"),
        (("en",), None, "met", "B takes en, an official language of A. It declared: said"),
        (("fra",), "always", "unknown", "Is it in, or translated into, one of: fra? B declared: said"),
        (("eng",), "reciprocity", "unknown", "Is it in, or translated into, one of: eng? B declared: said"),
        (("eng",), "exception", "unknown", "Is it in, or translated into, one of: eng? B declared: said"),
    ],
)
def test_a_declared_language_is_met_where_it_is_the_requester_s_own(
    languages: tuple[str, ...], condition: str | None, status: str, told: str
) -> None:
    found = path(speaks(*languages, language_condition=condition))
    assert needs(found) == [("language", status, told)]
    assert (found.status, found.open_questions) == ("met", 0)


def test_a_translation_changes_neither_the_status_nor_the_place_of_a_path() -> None:
    other = (
        world.instrument("other"), world.party("other", "A"), world.party("other", "B"),
        world.provision("other", "5", "search-and-seizure", channels=("central-authority",)),
    )  # fmt: skip

    def order(*more: Any) -> list[str]:
        book = world.network(*RECORDS, *other, *more)
        answer = find_paths(book, world.question(measure="search-and-seizure"))
        return [path.legs[1].basis[0].instrument for path in answer.paths]

    assert order() == order(speaks("fra")) == order(speaks("eng"))


def test_what_the_instrument_itself_asks_for_counts_where_nothing_is_declared() -> None:
    rule = world.request_rule("treaty", "16", "In a language that it takes", kind="language", note="see the list")
    told = "treaty, article 16: In a language that it takes (see the list)"
    assert needs(path(rule)) == [("language", "unknown", told)]
    assert [line[0] for line in needs(path(rule, speaks("eng")))] == ["language"]
    assert needs(path(rule, speaks("eng")))[0][1] == "met"


def test_a_form_that_every_request_must_have_is_a_question_and_what_is_only_allowed_is_none() -> None:
    form = world.request_rule("treaty", "4", "In writing", kind="form")
    allowed = world.request_rule("treaty", "25(3)", "By e-mail", kind="form", conditional=True)
    elsewhere = world.request_rule("treaty", "9", "On its own form", kind="form", request_articles=("9",))
    other = world.request_rule("treaty", "8", "With a seal", kind="form", measures=("extradition",))
    content = world.request_rule("treaty", "7", "Who asks", kind="content")
    found = path(form, allowed, elsewhere, other, content)
    assert needs(found) == [("form", "unknown", "treaty, article 4: In writing")]
    assert found.status == "met"


def test_who_informs_of_his_own_accord_asks_for_nothing() -> None:
    form = world.request_rule("treaty", "4", "In writing", kind="form")
    assert needs(path(form, speaks("fra"), measure="spontaneous-information")) == []


def test_a_language_that_was_withdrawn_counts_until_then() -> None:
    gone = speaks("fra", withdrawn_on="2010-01-01")
    assert needs(path(gone)) == []
    assert [line[1] for line in needs(path(gone, on="2009-12-31"))] == ["unknown"]


def test_codes_of_two_and_three_letters_name_the_same_languages_as_iso_639_says() -> None:
    pairs = {held.alpha_3: held.alpha_2 for held in pycountry.languages if hasattr(held, "alpha_2")}
    assert {code: shortest(code) for code in pairs} == pairs
    assert [shortest(code) for code in ("de", "pap", "zh-Hant")] == ["de", "pap", "zh-Hant"]


def test_packaged_requirements_are_never_not_met_and_name_their_records(packaged_book: OfferBook) -> None:
    told: list[Condition] = []
    for requested in ("CHE", "LIE", "NOR", "DEU", "USA"):
        question = world.question(measure="witness-testimony", requesting="FRA", requested=requested)
        for found in find_paths(packaged_book, question).paths:
            told += [held for leg in found.legs for held in leg.requirements]
    assert {held.status for held in told} == {"met", "unknown"}
    assert {held.code for held in told} == {"language", "form"}
    assert all(held.facts and held.sources for held in told)
