"""A small invented world of laws and treaties: the State A and others near to it or far from it. Never a source of law.

A and B share the African Union, a group of the IPU and a language; C shares the African Union with them, E a language
with A; D stands alone. T is a territory, EUE the Union, of which U is a member; U alone is on the map (as Germany).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.model import (
    Concept,
    Instrument,
    Membership,
    Organisation,
    Participation,
    Provision,
    Publisher,
    Record,
    ReviewFinding,
    Source,
    State,
    Statute,
    StatutoryOffence,
)
from graph.network import Network
from graph.records import Records

TODAY = "2026-11-24"

CRITERIA = (
    "csam-specific-law", "csam-defined", "simple-possession", "grooming-law", "grooming-without-intent-to-meet",
    "technology-facilitated-offences", "isp-reporting", "legal-gap-child-prostitution", "age-of-consent",
)  # fmt: skip
OFFENCES = (
    "child-prostitution", "csam-access", "csam-distribution", "csam-possession", "csam-production", "csam-unspecified",
    "grooming", "isp-reporting-duty",
)  # fmt: skip


def day(text: str = TODAY) -> int:
    """An ISO day as an ordinal."""
    return date.fromisoformat(text).toordinal()


def _concept(scheme: str, key: str) -> Concept:
    return Concept(id=f"{scheme}/{key}", scheme=scheme, key=key, label=key, definition=key)


def _state(id_: str, *languages: str, **fields: Any) -> State:
    given: dict[str, Any] = {"kind": "state", "un_member": "yes", "sources": ("s2020",)}
    return State(id=id_, name=id_, official_languages=languages, **{**given, **fields})


STATES = (
    _state("A", "en", "fr", ipu_group="african;arab"),
    _state("B", "fr", ipu_group="african"),
    _state("C", "sw"),
    _state("D", "xx"),
    _state("E", "en"),
    _state("EUE", kind="union"),
    _state("T", "en", kind="territory", un_member="no"),
    _state("U", "de", alpha2="DE"),
)

ORGANISATIONS = tuple(
    Organisation(id=id_, name=name, kind="intergovernmental", sources=("s2020",))
    for id_, name in (("au", "African Union"), ("council-of-europe", "Council of Europe"), ("eu", "European Union"))
)

MEMBERS = {"au": "ABC", "eu": "U", "council-of-europe": "U"}

SOURCES = (
    Source(id="s2010", url="https://example.org/2010", publisher="p", as_of="2010-01-01"),
    Source(id="s2020", url="https://example.org/2020", publisher="p", as_of="2020-01-01"),
    Source(id="undated", url="https://example.org/undated", publisher="p"),
)


def finding(state: str, criterion: str, value: str, source: str = "s2020", **fields: Any) -> ReviewFinding:
    id_ = f"{state}/{criterion}/{value}/{source}"
    return ReviewFinding(
        id=id_, state=state, review="A review", criterion=criterion, value=value, sources=(source,), **fields
    )


def offence(state: str, key: str, source: str = "s2020", **fields: Any) -> StatutoryOffence:
    id_ = f"{state}/{key}/{source}/{fields.get('statute')}/{fields.get('provision')}"
    return StatutoryOffence(id=id_, state=state, offence=key, sources=(source,), **fields)


def statute(state: str, **fields: Any) -> Statute:
    return Statute(id=f"law-{state}", state=state, title=f"Law of {state}", sources=("s2020",), **fields)


def treaty(id_: str, subject: str = "cybercrime", **fields: Any) -> Instrument:
    given: dict[str, Any] = {
        "short_name": id_, "title": id_, "kind": "multilateral", "in_force_on": "2000-01-01", "offence_scope": "any",
        "depositary": "Secretary-General of the United Nations", "sources": ("s2020",),
    }  # fmt: skip
    return Instrument(id=id_, subject=subject, **{**given, **fields})


def party(instrument: str, state: str, **fields: Any) -> Participation:
    given: dict[str, Any] = {"standing": "party", "in_force_on": "2001-01-01", "sources": ("s2020",)}
    return Participation(id=f"{instrument}/{state}", instrument=instrument, party=state, **{**given, **fields})


def asks(instrument: str) -> Provision:
    """An article by which parties may ask each other for assistance."""
    return Provision(
        id=f"{instrument}/1", instrument=instrument, article="1", role="cooperation",
        measures=("general-mutual-assistance",), sources=("s2020",),
    )  # fmt: skip


def world(*records: Record) -> Network:
    """The States, organisations and vocabularies above, with the records given."""
    lists = {
        Instrument: "instruments", Participation: "participations", Provision: "provisions", Statute: "statutes",
        StatutoryOffence: "statutory_offences", ReviewFinding: "review_findings",
    }  # fmt: skip
    kinds: dict[str, list[Record]] = {}
    for record in records:
        kinds.setdefault(lists[type(record)], []).append(record)
    concepts = [_concept("review-criterion", key) for key in CRITERIA] + [_concept("offence", key) for key in OFFENCES]
    memberships = [
        Membership(id=f"{body}/{state}", organisation=body, state=state, status="member", sources=("s2020",))
        for body, states in MEMBERS.items()
        for state in states
    ]
    held: dict[str, Any] = {name: tuple(found) for name, found in kinds.items()}
    return Network(
        Records(
            concepts=tuple(concepts),
            publishers=(Publisher(id="p", name="Publisher"),),
            sources=SOURCES,
            states=STATES,
            organisations=ORGANISATIONS,
            memberships=tuple(memberships),
            **held,
        ),
        "r-test",
    )
