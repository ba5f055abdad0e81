"""A small invented world for unit tests: two States, a few treaties, one office. Real law is in the worked cases."""

from __future__ import annotations

from typing import Any

from graph.answers import Question
from graph.model import (
    Authority,
    Concept,
    Declaration,
    Designation,
    Establishment,
    Instrument,
    Membership,
    NetworkChannel,
    Organisation,
    Participation,
    Provision,
    Publisher,
    RequestRule,
    Source,
    State,
    StatutoryOffence,
)
from graph.network import Network
from graph.offers import OfferBook
from graph.records import Records

SOURCE = Source(id="s", url="https://example.org/chart", publisher="p", as_of="2020-01-01")
LATER = Source(id="s-later", url="https://example.org/later", publisher="p", as_of="2024-01-01")


def concept(scheme: str, key: str, **fields: Any) -> Concept:
    return Concept(id=f"{scheme}/{key}", scheme=scheme, key=key, label=key, definition=key, **fields)


CONCEPTS = (
    concept("measure", "preservation", under_general_clause=True, coercive="no"),
    concept(
        "measure", "content-data", served_by=("search-and-seizure",), under_general_clause=True, coercive="depends"
    ),
    concept("measure", "search-and-seizure", under_general_clause=True, coercive="yes"),
    concept("measure", "general-mutual-assistance", coercive="no"),
    concept("measure", "police-information", coercive="no"),
    concept("measure", "extradition", coercive="yes"),
    concept("channel", "contact-point-24-7", offices=3, evidential_use="evidence", rank=1),
    concept("channel", "police", offices=4, evidential_use="intelligence", rank=2),
    concept("channel", "provider-direct", offices=2, evidential_use="unknown", rank=4),
    concept("channel", "judicial-direct", offices=2, evidential_use="evidence", rank=5),
    concept("channel", "central-authority", offices=4, evidential_use="evidence", rank=6),
    concept("channel", "diplomatic", offices=6, evidential_use="evidence", rank=7),
)


def instrument(id: str = "treaty", **fields: Any) -> Instrument:
    given: dict[str, Any] = {
        "short_name": id, "title": id, "kind": "multilateral", "subject": "mutual-assistance",
        "in_force_on": "2000-01-01", "offence_scope": "any", "sources": ("s",),
    }  # fmt: skip
    return Instrument(id=id, **{**given, **fields})


def party(instrument: str, state: str, **fields: Any) -> Participation:
    given: dict[str, Any] = {"standing": "party", "in_force_on": "2001-01-01", "sources": ("s",)}
    return Participation(id=f"{instrument}/{state}", instrument=instrument, party=state, **{**given, **fields})


def provision(instrument: str, article: str | None, *measures: str, **fields: Any) -> Provision:
    given: dict[str, Any] = {"role": "cooperation", "sources": ("s",)}
    return Provision(
        id=f"{instrument}/{article}", instrument=instrument, article=article, measures=measures, **{**given, **fields}
    )


def request_rule(instrument: str, article: str, summary: str, **fields: Any) -> RequestRule:
    given: dict[str, Any] = {"kind": "content", "sources": ("s",)}
    return RequestRule(
        id=f"{instrument}/{article}/{summary}",
        instrument=instrument,
        article=article,
        summary=summary,
        **{**given, **fields},
    )


def declaration(instrument: str, state: str, *articles: str, **fields: Any) -> Declaration:
    given: dict[str, Any] = {
        "kind": "reservation", "summary": "said", "articles": articles, "effect_articles": articles, "sources": ("s",),
    }  # fmt: skip
    return Declaration(id=f"{instrument}/{state}/{articles}", instrument=instrument, party=state, **{**given, **fields})


def offence(state: str, key: str, **fields: Any) -> StatutoryOffence:
    return StatutoryOffence(id=f"{state}/{key}", state=state, offence=key, sources=("s",), **fields)


def membership(organisation: str, state: str, status: str = "member", **fields: Any) -> Membership:
    return Membership(
        id=f"{organisation}/{state}/{status}",
        organisation=organisation,
        state=state,
        status=status,
        sources=("s",),
        **fields,
    )


def network(*records: Any) -> OfferBook:
    """Compile the given records together with the States A, B and C, the concepts, one source and one body."""
    kinds: dict[str, list[Any]] = {}
    lists = {
        Instrument: "instruments", Participation: "participations", Provision: "provisions",
        Declaration: "declarations", StatutoryOffence: "statutory_offences", Membership: "memberships",
        NetworkChannel: "network_channels", Authority: "authorities", Designation: "designations",
        Establishment: "establishments",
        RequestRule: "request_rules",
    }  # fmt: skip
    for record in records:
        kinds.setdefault(lists[type(record)], []).append(record)
    states = tuple(State(id=key, name=key, kind="state", official_languages=("en",), sources=("s",)) for key in "ABC")
    world = Records(
        concepts=CONCEPTS,
        publishers=(Publisher(id="p", name="Depositary"),),
        sources=(SOURCE, LATER),
        states=states,
        organisations=(Organisation(id="interpol", name="INTERPOL", founded_on="1923", sources=("s",)),),
        **{name: tuple(found) for name, found in kinds.items()},
    )
    return OfferBook(Network(world, "r-test"))


def question(measure: str = "content-data", **fields: Any) -> Question:
    given: dict[str, Any] = {"requesting": "A", "requested": "B", "on": "2026-11-24"}
    return Question(measure=measure, **{**given, **fields})
