"""What people write becomes ids and keys; what means nothing becomes one line with the nearest valid values."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.answers import Question
from graph.network import Network
from graph.offers import OfferBook
from graph.paths import find_paths
from graph.questions import QuestionError, ask, resolve_concept, resolve_day, resolve_provider, resolve_state
from tests.terminal.small_world import RECORDS

NETWORK = Network(RECORDS, "r-test")
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("FRA", "FRA"), ("fra", "FRA"), ("fr", "FRA"), ("France", "FRA"), ("fRANCE ", "FRA"), ("250", "FRA"),
        ("French Republic", "FRA"), ("republic of cote d’ivoire", "CIV"), ("Côte d'Ivoire", "CIV"),
        ("Vereinigte Staaten", "USA"), ("États-Unis", "USA"), ("Estados Unidos", "USA"), ("الولايات المتحدة", "USA"),
        ("Соединенные Штаты", "USA"), ("美国", "USA"), ("Frankreich", "FRA"), ("Corée du Sud", "KOR"),
        ("Korea, Republic of", "KOR"), ("South  Korea", "KOR"),
    ],
)  # fmt: skip
def test_a_state_goes_by_code_and_by_name_in_many_languages(text: str, state: str) -> None:
    assert resolve_state(NETWORK, text) == state


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Frannce", "France (FRA)"),
        ("Korea", "Korea"),
        ("Untied States", "United States (USA)"),
        ("fraa", "France (FRA)"),
    ],
)
def test_an_unknown_state_is_answered_with_the_nearest(text: str, near: str) -> None:
    with pytest.raises(QuestionError, match="no State is called") as caught:
        resolve_state(NETWORK, text)
    assert near in str(caught.value)


@pytest.mark.parametrize("text", ["", "   ", "\n", "???", "12345678901234567890", "Germany", "x" * 10_000, "🇫🇷"])
def test_nonsense_is_one_short_line(text: str) -> None:
    with pytest.raises(QuestionError) as caught:
        resolve_state(NETWORK, text)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


@given(st.text(max_size=40))
def test_any_text_is_a_state_or_an_error(text: str) -> None:
    for resolve in (resolve_state, resolve_provider):
        try:
            told = resolve(NETWORK, text)
        except QuestionError as error:
            told = str(error)
        assert told
        assert "\n" not in told


@pytest.mark.parametrize(
    ("scheme", "text", "key"),
    [
        ("measure", "preservation", "preservation"), ("measure", "Expedited Preservation", "preservation"),
        ("measure", "content data", "content-data"), ("measure", "CONTENT_DATA", "content-data"),
        ("channel", "24/7 contact point", "contact-point-24-7"),
        ("offence", "offence/csam-possession", "csam-possession"),
    ],
)  # fmt: skip
def test_a_concept_goes_by_key_and_label(scheme: str, text: str, key: str) -> None:
    assert resolve_concept(NETWORK, scheme, text) == key


def test_an_unknown_concept_names_the_nearest_else_all() -> None:
    with pytest.raises(QuestionError, match="no measure is called 'preservatoin'; nearest: preservation"):
        resolve_concept(NETWORK, "measure", "preservatoin")
    with pytest.raises(QuestionError, match="valid: central-authority, contact-point-24-7"):
        resolve_concept(NETWORK, "channel", "§§")


@pytest.mark.parametrize("text", ["provider:google", "google", "PROVIDER: Google", "Google"])
def test_a_provider_goes_by_id_and_name(text: str) -> None:
    assert resolve_provider(NETWORK, text) == "google"


def test_an_establishment_goes_by_id_and_entity() -> None:
    assert resolve_provider(NETWORK, "provider:google-us") == "google-us"
    assert resolve_provider(NETWORK, "Google LLC") == "google-us"


def test_an_unknown_provider_names_the_nearest() -> None:
    with pytest.raises(QuestionError, match="no provider is called 'provider:gogle'; nearest: provider:google"):
        resolve_provider(NETWORK, "provider:gogle")


def test_the_day_is_today_unless_given() -> None:
    assert resolve_day(None, TODAY) == "2026-11-24"
    assert resolve_day("2006-12-31", TODAY) == "2006-12-31"
    with pytest.raises(QuestionError, match="no day given"):
        resolve_day(None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2006", "not a whole day; name one, such as 2006-01-01"), ("2006-12", "such as 2006-12-01"),
        ("2006-02-30", "day is out of range"), ("2006-13-01", "month must be in 1..12"), ("tomorrow", "YYYY-MM-DD"),
        ("31.12.2006", "YYYY-MM-DD"), ("", "YYYY-MM-DD"), ("20061231", "YYYY-MM-DD"), ("٢٠٠٦-١٢-٣١", "YYYY-MM-DD"),
        ("0000-01-01", "year 0 is out of range"),
    ],
)  # fmt: skip
def test_what_is_not_a_day_says_how_to_write_one(text: str, said: str) -> None:
    with pytest.raises(QuestionError, match=said.replace(".", r"\.")):
        resolve_day(text, TODAY)


def test_a_question_is_made_of_ids_and_keys() -> None:
    made = ask(NETWORK, "france", "us", "Expedited preservation", offence="csam-possession", via="police", today=TODAY)
    assert made == Question(
        requesting="FRA",
        requested="USA",
        measure="preservation",
        offence="csam-possession",
        via="police",
        on="2026-11-24",
    )
    to_provider = ask(NETWORK, "FRA", "provider:google", "content-data", on="2026-11-24", urgent=True, evidence=True)
    assert (to_provider.requested, to_provider.provider) == (None, "google")
    assert to_provider.urgent
    assert to_provider.evidence


@pytest.mark.parametrize("swap", [lambda one, other: (one, other), lambda one, other: (other, one)])
def test_a_state_cannot_ask_itself(swap: Callable[[str, str], tuple[str, str]]) -> None:
    with pytest.raises(QuestionError, match="both sides"):
        ask(NETWORK, *swap("France", "FRA"), "preservation", today=TODAY)


def test_a_question_in_codes_loads_no_name_data() -> None:
    """What is only needed for names in other languages and for errors must not slow a plain question down."""
    program = (
        "import sys; from graph.network import Network; from graph.questions import ask;"
        "from tests.terminal.small_world import RECORDS;"
        "ask(Network(RECORDS, 'r'), 'fr', 'United States', 'preservation', on='2026-01-01');"
        "print([name for name in ('babel', 'pycountry', 'rapidfuzz', 'rdflib') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_provider_is_asked_for_data_not_for_persons(packaged_book: OfferBook) -> None:
    with pytest.raises(QuestionError, match="name the State instead"):
        ask(packaged_book.network, "FRA", "provider:google", "extradition", on="2026-11-24")


@pytest.mark.parametrize(("service", "provider"), [("facebook", "meta"), ("WhatsApp", "meta"), ("Gmail", "google")])
def test_a_provider_goes_by_the_name_of_its_service(packaged_book: OfferBook, service: str, provider: str) -> None:
    assert resolve_provider(packaged_book.network, f"provider:{service}") == provider


def test_a_provider_is_asked_in_all_its_establishments(packaged_book: OfferBook) -> None:
    question = ask(packaged_book.network, "FRA", "provider:telegram", "content-data", on="2026-11-24")
    states = {leg.to.state for path in find_paths(packaged_book, question).paths for leg in path.legs}
    assert {"BEL", "ARE"} <= states


def test_a_name_that_two_states_share_has_to_be_made_clear(packaged_book: OfferBook) -> None:
    with pytest.raises(QuestionError, match="names several States") as caught:
        resolve_state(packaged_book.network, "Congo")
    assert "COD" in str(caught.value)
    assert "COG" in str(caught.value)
    assert resolve_state(packaged_book.network, "U.S.A.") == "USA"
    assert resolve_state(packaged_book.network, "DRC") == "COD"
