"""Places in treaties, who may join, and what joining opens."""

from __future__ import annotations

from typing import Any

import pytest

from graph.dates import MET, NOT_MET, UNKNOWN
from graph.gaps.openings import opening
from graph.gaps.treaties import TreatyPlace, Worth, relevant, treaty_places
from graph.network import Network
from tests.graph.gaps.world import asks, day, party, treaty, world

COUNCIL = {"depositary": "Secretary General of the Council of Europe"}


def place(network: Network, state: str = "A", on: str = "2026-11-24", instrument: str = "t") -> TreatyPlace:
    (found,) = [held for held in treaty_places(network, state, day(on)) if held.instrument == instrument]
    return found


@pytest.mark.parametrize(
    ("fields", "word", "gap"),
    [
        ({}, "in-force", NOT_MET),
        ({"in_force_on": "2030-01-01", "bound_on": "2026-01-01"}, "bound-not-in-force", NOT_MET),
        ({"standing": "signed", "signed_on": "2020-05-05", "in_force_on": None}, "signed-only", MET),
        ({"standing": "signed", "signed_on": "2030-05-05", "in_force_on": None}, "not-yet", MET),
        ({"standing": "signatory", "in_force_on": None}, "signed-only", MET),
        ({"standing": "excluded", "in_force_on": None}, "opted-out", MET),
        ({"ended_on": "2010-01-01"}, "ended", MET),
        ({"in_force_on": None, "sources": ("undated",)}, "undecided", NOT_MET),
    ],
)
def test_words(fields: dict[str, Any], word: str, gap: str) -> None:
    held = place(world(treaty("t"), party("t", "A", **fields)))
    assert (held.place, held.gap) == (word, gap)


def test_no_record_is_no_gap_that_is_known_and_a_complete_list_is() -> None:
    silent = place(world(treaty("t"), party("t", "B")))
    listed = place(world(treaty("t", parties_complete_on="2020-01-01"), party("t", "B")))
    assert (silent.place, silent.gap) == ("no-record", UNKNOWN)
    assert (listed.place, listed.gap) == ("not-party", MET)


def test_the_day_decides() -> None:
    network = world(treaty("t"), party("t", "A", signed_on="2000-02-02", bound_on="2000-12-12"))
    assert place(network, on="2000-01-01").place == "not-yet"
    assert place(network, on="2000-03-01").place == "signed-only"
    assert place(network, on="2000-12-31").place == "bound-not-in-force"
    assert place(network, on="2001-01-01").place == "in-force"


@pytest.mark.parametrize(
    ("fields", "state", "word"),
    [
        ({}, "A", "open"),
        ({}, "T", "unknown"),
        ({"kind": "eu-act", "depositary": None}, "U", "open"),
        ({"kind": "eu-act", "depositary": None}, "A", "closed"),
        ({"depositary": "Secretary-General of the Council of the European Union"}, "A", "closed"),
        ({"extends_to_members": True, "depositary": None}, "A", "closed"),
        (COUNCIL, "U", "open"),
        (COUNCIL, "A", "by-invitation"),
        (COUNCIL, "T", "unknown"),
        ({"title": "African Union Convention", "depositary": None}, "A", "open"),
        ({"title": "African Union Convention", "depositary": None}, "D", "unknown"),
        ({"title": "Convention of some States", "depositary": None}, "A", "unknown"),
    ],
)
def test_who_may_join(fields: dict[str, Any], state: str, word: str) -> None:
    instrument = treaty("t", **fields)
    assert opening(world(instrument), instrument, state, day()).word == word


def test_a_protocol_without_a_depositary_is_open_as_its_parent_and_needs_it() -> None:
    network = world(
        treaty("parent", **COUNCIL),
        treaty("t", parent="parent", depositary=None),
        party("t", "B"),
        party("parent", "B"),
    )
    held = place(network)
    assert (held.opening, held.needs) == ("by-invitation", "parent")
    assert place(network, "B").needs is None


def test_what_is_closed_is_left_out() -> None:
    network = world(treaty("t", kind="eu-act"), party("t", "U"))
    assert treaty_places(network, "A", day()) == ()
    assert place(network, "U").place == "in-force"


def test_what_does_not_matter_is_left_out() -> None:
    kept = treaty("t")
    network = world(
        kept, party("t", "B"),
        treaty("corruption", "corruption"), party("corruption", "B"),
        treaty("over", status="ended"), party("over", "B"),
        treaty("elsewhere", offence_scope="other-field"), party("elsewhere", "B"),
        treaty("pair", kind="bilateral"), party("pair", "B"),
        treaty("empty"),
    )  # fmt: skip
    assert [held.id for held in relevant(network)] == ["t"]


class TestWhatJoiningOpens:
    def test_new_partners_are_those_not_reached_by_another_treaty_on_the_subject(self) -> None:
        network = world(
            treaty("t"), asks("t"), party("t", "B"), party("t", "C"), party("t", "D"),
            treaty("pair", kind="bilateral"), asks("pair"), party("pair", "A"), party("pair", "B"),
            treaty("other", "extradition"), asks("other"), party("other", "A"), party("other", "C"),
        )  # fmt: skip
        held = place(network)
        assert (held.parties, held.opens) == (3, 2)  # C by another subject only, and D

    def test_only_articles_on_cooperation_reach_a_partner(self) -> None:
        silent = [treaty("silent"), party("silent", "A"), party("silent", "B")]
        network = world(treaty("t"), asks("t"), party("t", "B"), *silent)
        assert place(network).opens == 1
        assert place(world(treaty("t"), party("t", "B"))).opens is None

    def test_a_party_in_force_later_is_no_partner_yet(self) -> None:
        network = world(treaty("t"), asks("t"), party("t", "B"), party("t", "C", in_force_on="2028-01-01"))
        assert (place(network).opens, place(network, on="2028-01-01").opens) == (1, 2)

    def test_what_opens_most_comes_first_where_asked(self) -> None:
        absent = [treaty(key, parties_complete_on="2020-01-01") for key in "vwx"]
        network = world(*absent, *(party(held.id, "B") for held in absent), treaty("z"), party("z", "A"))
        worth = {key: Worth(opened=opened, secured=secured, closed=0)
                 for key, opened, secured in (("v", 0, 1), ("w", 2, 0), ("x", 0, 3))}  # fmt: skip
        found = treaty_places(network, "A", day(), lambda instrument, _state: worth[instrument])
        assert [held.instrument for held in found if held.gap == MET] == ["w", "x", "v"]
        assert [held.worth for held in found if held.instrument == "z"] == [None]
