"""Paths through networks: who is a member on which day, and when a network is used at all."""

from __future__ import annotations

import msgspec

from graph.model import Establishment, NetworkChannel
from tests.graph import world
from tests.graph.asking import ask, codes, treaty

INTERPOL = NetworkChannel(
    id="interpol", organisation="interpol", measures=("police-information",), channel="police",
    statuses=("member",), excluding_statuses=("observer",), evidential_use="intelligence", sources=("s",),
)  # fmt: skip


def test_membership_on_both_sides_opens_a_police_path() -> None:
    both = [world.membership("interpol", "A"), world.membership("interpol", "B", joined_on="2025")]
    answer = ask(INTERPOL, *both, measure="police-information")
    assert (answer.paths[0].hub, answer.paths[0].evidential_use) == ("interpol", "intelligence")
    assert ask(INTERPOL, *both, measure="police-information", on="2025-06-01").paths[0].status == "unknown"
    missing = ask(INTERPOL, both[0], measure="police-information")
    assert codes(missing) == [("interpol", "no-record", "B")]
    alike = ask(INTERPOL, both[0], world.membership("interpol", "B", "observer"), measure="police-information")
    assert codes(alike) == [("interpol", "not-met", "B")]


def test_nobody_was_a_member_before_the_organisation_was_founded() -> None:
    both = [world.membership("interpol", "A"), world.membership("interpol", "B")]
    answer = ask(INTERPOL, *both, measure="police-information", on="1920-01-01")
    assert not answer.paths
    assert {code for _, code, _ in codes(answer)} == {"not-in-force"}


def test_a_network_leads_once_to_the_state_of_two_establishments() -> None:
    both = [world.membership("interpol", "A"), world.membership("interpol", "B")]
    entities = [Establishment(id=key, provider="x", jurisdiction="B", sources=("s",)) for key in ("x-1", "x-2")]
    police = world.provision("treaty", "5", "police-information", channels=("police",))
    answer = ask(
        INTERPOL, *both, *treaty(police), *entities, measure="police-information", requested=None, provider="x"
    )
    assert [path.hub for path in answer.paths].count("interpol") == 1
    assert [path.legs[-1].to.id for path in answer.paths if path.hub is None] == ["x-1", "x-2"]


def test_a_membership_is_certain_from_the_first_source_that_names_it() -> None:
    twice = msgspec.structs.replace(world.membership("interpol", "B"), sources=("s", "s-later"))
    records = (INTERPOL, world.membership("interpol", "A"), twice)
    assert ask(*records, measure="police-information", on="2022-01-01").paths[0].status == "met"
    assert ask(*records, measure="police-information", on="2019-12-31").paths[0].status == "unknown"


def test_a_former_member_that_left_on_an_unknown_day_is_none() -> None:
    records = (INTERPOL, world.membership("interpol", "A"), world.membership("interpol", "B", "former-member"))
    assert codes(ask(*records, measure="police-information")) == [("interpol", "ended", "B")]


def test_a_former_member_was_one_before_it_left() -> None:
    left = world.membership("interpol", "B", "former-member", joined_on="1990-01-01", left_on="2020-01-31")
    records = (INTERPOL, world.membership("interpol", "A"), left)
    assert ask(*records, measure="police-information", on="2020-01-30").paths[0].status == "met"
    assert codes(ask(*records, measure="police-information", on="2020-01-31")) == [("interpol", "ended", "B")]


def test_a_network_is_not_used_before_its_legal_basis() -> None:
    act = world.instrument("act", signed_on="2016-05-11", in_force_on=None)
    channel = msgspec.structs.replace(INTERPOL, instrument="act", article="7")
    both = [world.membership("interpol", state, joined_on="1990") for state in "AB"]
    assert ask(act, channel, *both, measure="police-information", on="2016-05-11").paths
    assert not ask(act, channel, *both, measure="police-information", on="2016-05-10").paths
