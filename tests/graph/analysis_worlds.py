"""Invented worlds of more than three States whose figures can be worked out by hand."""

from __future__ import annotations

from typing import Any

import msgspec

from graph.analysis.cooperation import Cooperation, cooperation
from graph.analysis.openings import Asked
from graph.model import Organisation, State
from graph.network import Network
from graph.offers import OfferBook
from tests.graph import world

DAY = "2026-06-01"
ASKED = Asked(("preservation",), DAY)


def book(states: str, *records: Any, more: tuple[State, ...] = (), bodies: tuple[str, ...] = ()) -> OfferBook:
    """The given records in a world of the States whose ids are the letters of ``states``, and ``more``."""
    held = world.network(*records).network.records
    letters = tuple(State(id=key, name=f"State {key}", kind="state", sources=("s",)) for key in states)
    organisations = tuple(Organisation(id=body, name=body, founded_on="1950", sources=("s",)) for body in bodies)
    whole = msgspec.structs.replace(held, states=letters + more, organisations=held.organisations + organisations)
    return OfferBook(Network(whole, "r-test"))


def treaty(id: str, states: str, **dates: Any) -> list[Any]:
    """A treaty with an article on preservation in force for each of ``states``; ``dates`` are of all parties."""
    kind = "bilateral" if len(states) == 2 else "multilateral"
    return [
        world.instrument(id, kind=kind),
        world.provision(id, "1", "preservation", channels=("central-authority",)),
        *(world.party(id, state, **dates) for state in states),
    ]


def star() -> Cooperation:
    """H has a treaty with each of P, Q and R, who have none among themselves."""
    return cooperation(book("HPQR", *treaty("hp", "HP"), *treaty("hq", "HQ"), *treaty("hr", "HR")), ASKED)


def two_worlds() -> Cooperation:
    """A, B, C are joined by one convention, D, E, F by another, and a treaty joins C and D."""
    records = (*treaty("north", "ABC"), *treaty("south", "DEF"), *treaty("cd", "CD"))
    return cooperation(book("ABCDEF", *records), ASKED)


def triangle(day: str) -> Cooperation:
    """A and B, B and C have treaties; that of A and C comes into force some day of 2026."""
    records = (*treaty("ab", "AB"), *treaty("bc", "BC"), *treaty("ac", "AC", in_force_on="2026"))
    return cooperation(book("ABC", *records), Asked(("preservation",), day))


def union_agreement() -> Cooperation:
    """The Union, whose members are B and C, has an agreement with A: it works between A and each member only."""
    records = (
        *treaty("agreement", "ABC"),
        world.party("agreement", "EUE"),
        world.membership("eu", "B"),
        world.membership("eu", "C"),
    )
    union = State(id="EUE", name="European Union", kind="union", sources=("s",))
    changed = [
        msgspec.structs.replace(held, kind="bilateral") if getattr(held, "id", "") == "agreement" else held
        for held in records
    ]
    return cooperation(book("ABC", *changed, more=(union,), bodies=("eu",)), ASKED)
