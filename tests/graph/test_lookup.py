"""One thing by id, name or words of a name; never a guess where several fit."""

from __future__ import annotations

import pytest

from graph.lookup import find, resolve_instrument, resolve_near_miss
from graph.network import Network
from graph.questions import QuestionError
from tests.terminal.small_world import RECORDS

NETWORK = Network(RECORDS, "r-test")


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("cets-185", "cets-185"), ("CETS 185", "cets-185"), ("Convention on Cybercrime", "cets-185"),
        ("budapest", "cets-185"), ("fr", "FRA"), ("Frankreich", "FRA"), ("state:FRA", "FRA"), ("google", "google"),
        ("provider:google", "google"), ("Google LLC", "google-us"), ("INTERPOL", "interpol"),
        ("organisation:interpol", "interpol"), ("مكتب مركزي", "fra-oclctic"), ("preservation", "measure/preservation"),
        ("18 U.S.C. § 2252A", "usa-2252a"),
    ],
)  # fmt: skip
def test_a_thing_is_found(text: str, id_: str) -> None:
    assert find(NETWORK, text).id == id_


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Korea", "nearest: state:KOR (South Korea), state:PRK (North Korea)"),
        ("cets-186", "nearest: instrument:cets-185 (Budapest Convention)"), ("instrument:FRA", "nothing is called"),
        ("state:cets-185", "no State is called"), ("", "nothing is called"), (":", "nothing is called"),
        ("instrument:", "nothing is called"),
    ],
)  # fmt: skip
def test_what_is_not_found_is_one_line_with_the_nearest(text: str, said: str) -> None:
    with pytest.raises(QuestionError) as caught:
        find(NETWORK, text)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_near_miss_may_be_an_instrument_a_body_or_an_establishment() -> None:
    assert resolve_instrument(NETWORK, "second protocol") == "cets-224"
    assert resolve_near_miss(NETWORK, "interpol") == "interpol"
    assert resolve_near_miss(NETWORK, "google-us") == "google-us"
    assert resolve_near_miss(NETWORK, "cets-224") == "cets-224"
    with pytest.raises(QuestionError, match="nothing is called"):
        resolve_near_miss(NETWORK, "treaty of nowhere")
