"""How to ask a State, as a card: its offices, ways in, languages, demands and limits, as far as they are on record.

A card gathers for one State on one day what a path tells for two. It reads records and decides only which of them
hold on the day and are about the measure or instrument asked for. What has no entry is not on record, never a no.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from graph import offices
from graph.answers import Cite, Contact
from graph.dates import NOT_MET
from graph.model import Authority, Declaration, Provision
from graph.network import Network, Standing
from graph.offers import OfferBook
from graph.references import reference
from graph.request_rules import AppliedRule, quoted, rules_for
from graph.territory import TERRITORIAL
from graph.ways_in import WayIn, declarations_in_effect, holds, openings, touches, ways_in

TWO_SIDED = frozenset({"bilateral", "executive-agreement"})
"""Kinds of instruments that bind the State towards one other only; on the card when named."""

ALWAYS_TOLD = ("mutual-assistance", "contact-point-24-7", "extradition", "police")
"""Functions for which the card says so where no office is on record."""

LIMITING = frozenset({"excludes", "limits", "central-authority-only", "text-not-read"}) | TERRITORIAL
"""Effects of declarations that narrow cooperation; the one on dual criminality has a place of its own."""


class CardOffice(msgspec.Struct, frozen=True, kw_only=True):
    """An office in a function, with its contact and the languages that it says it takes."""

    id: str
    name: str
    kind: str
    local_name: str | None
    languages: tuple[str, ...]
    contact: Contact


class Function(msgspec.Struct, frozen=True, kw_only=True):
    """The offices that the State named for a function (key); none where none is on record."""

    function: str
    offices: tuple[CardOffice, ...]


class LanguageTaken(msgspec.Struct, frozen=True, kw_only=True):
    """A language and its condition; ``stated_by``: ``declaration``, ``authority`` or ``official-language``.

    ``by`` names the instrument of the declaration or the office; an official language has the condition ``unknown``.
    """

    language: str
    condition: str
    stated_by: str
    by: str | None
    text: str | None = None
    sources: tuple[Cite, ...] = ()


class Demand(msgspec.Struct, frozen=True, kw_only=True):
    """What an article says about dual criminality (key)."""

    instrument: str
    name: str
    article: str | None
    demand: str
    min_penalty_years: float | None
    sources: tuple[Cite, ...]


class Declared(msgspec.Struct, frozen=True, kw_only=True):
    """A reservation or declaration of the State, in our words. ``fact`` names the record."""

    instrument: str
    name: str
    kind: str
    articles: tuple[str, ...]
    summary: str
    effect: str
    note: str | None
    fact: str
    sources: tuple[Cite, ...]


class Law(msgspec.Struct, frozen=True, kw_only=True):
    """A statute of the State, with its address where one is on record."""

    id: str
    title: str
    citation: str | None
    url: str | None
    sources: tuple[Cite, ...]


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """How to ask ``state`` on ``on``.

    ``not_bound`` tells why the ``instrument`` asked for does not bind the State on the day, where it does not.
    ``two_sided`` counts the treaties with one other State, which are left out unless ``instrument`` names one.
    """

    state: str
    name: str
    on: str
    release: str
    measure: str | None
    instrument: str | None
    not_bound: str | None
    functions: tuple[Function, ...]
    ways_in: tuple[WayIn, ...]
    languages: tuple[LanguageTaken, ...]
    dual_criminality: tuple[Demand, ...]
    dual_criminality_declared: tuple[Declared, ...]
    limits: tuple[Declared, ...]
    rules: tuple[AppliedRule, ...]
    law: tuple[Law, ...]
    two_sided: int


def card(book: OfferBook, state: str, on: str, measure: str | None = None, instrument: str | None = None) -> Card:
    """The card of ``state`` (id) on the ISO day ``on``, for one ``measure`` or ``instrument`` if given (keys)."""
    network = book.network
    day = date.fromisoformat(on).toordinal()
    standings = [held for held in _working(book, state, day, measure) if instrument in (None, held.instrument.id)]
    shown = [held for held in standings if instrument or held.instrument.kind not in TWO_SIDED]
    declared = [
        told
        for held in shown
        for told in declarations_in_effect(network, held.instrument.id, state, day)
        if _bears(told, book, held, measure)
    ]
    functions = _functions(network, state, day, instrument)
    return Card(
        state=state,
        name=network.state_name(state),
        on=on,
        release=network.release,
        measure=measure,
        instrument=instrument,
        not_bound=_not_bound(network, state, day, instrument) if instrument else None,
        functions=functions,
        ways_in=tuple(ways_in(book, shown, state, day, measure, networks=instrument is None)),
        languages=_languages(network, state, declared, functions),
        dual_criminality=tuple(_demands(network, shown, measure)),
        dual_criminality_declared=_quoted(network, declared, frozenset({"dual-criminality"})),
        limits=_quoted(network, declared, LIMITING),
        rules=tuple(_rules(book, shown, state, day, measure)),
        law=tuple(_law(network, state)),
        two_sided=len(standings) - len(shown),
    )


def _working(book: OfferBook, state: str, day: int, measure: str | None) -> list[Standing]:
    """The State's instruments that may be in force for it on ``day`` and let others ask, for ``measure`` if given."""
    carrying = book.for_measure(measure) if measure else None
    return [
        standing
        for instrument, standing in sorted(book.network.standings(state).items())
        if standing.timeline.on(day).result != NOT_MET
        and (instrument in carrying if carrying is not None else book.network.cooperates(instrument))
    ]


def _not_bound(network: Network, state: str, day: int, instrument: str) -> str | None:
    """Why ``instrument`` is not in force for ``state`` on ``day``; ``None`` where it is or may be."""
    standing = network.standings(state).get(instrument)
    if standing is None:
        named = network.instruments[instrument].short_name
        return f"{network.state_name(state)}, {named}: no participation on record"
    return standing.why_not_on(day).text if standing.timeline.on(day).result == NOT_MET else None


def _functions(network: Network, state: str, day: int, instrument: str | None) -> tuple[Function, ...]:
    """Offices by function, those always told first; with ``instrument`` those named under it or in general."""
    named = offices.named_for(network, state, day, instrument)
    order = [*ALWAYS_TOLD, *(function for function in named if function not in ALWAYS_TOLD)]
    return tuple(
        Function(function=function, offices=tuple(_office(*one) for one in named.get(function, ())))
        for function in order
    )


def _office(authority: Authority, contact: Contact) -> CardOffice:
    return CardOffice(
        id=authority.id,
        name=authority.name,
        kind=authority.kind,
        local_name=authority.local_name,
        languages=authority.languages,
        contact=contact,
    )


def _languages(
    network: Network, state: str, declared: list[Declaration], functions: tuple[Function, ...]
) -> tuple[LanguageTaken, ...]:
    """Declared languages, then those of offices; where neither is known the official ones, condition unknown."""
    found = [
        LanguageTaken(
            language=language,
            condition=held.language_condition or "always",
            stated_by="declaration",
            by=network.instruments[held.instrument].short_name,
            text=held.summary,
            sources=network.cites(held.sources),
        )
        for held in declared
        for language in held.languages
    ]
    taken = {
        (office.name, language): LanguageTaken(
            language=language, condition="always", stated_by="authority", by=office.name, sources=office.contact.sources
        )
        for function in functions
        for office in function.offices
        for language in office.languages
    }
    found += taken.values()
    known = network.states.get(state)
    if not found and known:
        cites = network.cites(known.sources_of("official_languages"))
        found = [
            LanguageTaken(language=one, condition="unknown", stated_by="official-language", by=None, sources=cites)
            for one in known.official_languages
        ]
    return tuple(found)


def _demands(network: Network, shown: list[Standing], measure: str | None) -> Iterator[Demand]:
    for standing in shown:
        for held in network.provisions.get(standing.instrument.id, ()):
            if held.dual_criminality and _is_about(held, measure):
                yield Demand(
                    instrument=standing.instrument.id,
                    name=standing.instrument.short_name,
                    article=held.article,
                    demand=held.dual_criminality,
                    min_penalty_years=held.min_penalty_years,
                    sources=network.cites(held.sources),
                )


def _is_about(provision: Provision, measure: str | None) -> bool:
    if measure is None or measure in provision.measures:
        return True
    return not provision.measures and provision.role != "cooperation"


def _bears(declared: Declaration, book: OfferBook, standing: Standing, measure: str | None) -> bool:
    """Whether a declaration is about the articles that carry ``measure``; one that limits no article is about all."""
    if measure is None or not declared.effect_articles:
        return True
    return any(touches(declared, opening.articles) for opening in openings(book, standing, measure))


def _quoted(network: Network, declared: list[Declaration], effects: frozenset[str]) -> tuple[Declared, ...]:
    return tuple(
        Declared(
            instrument=held.instrument,
            name=network.instruments[held.instrument].short_name,
            kind=held.kind,
            articles=held.articles,
            summary=held.summary,
            effect=held.effect,
            note=held.note,
            fact=reference(held),
            sources=network.cites(held.sources),
        )
        for held in declared
        if held.effect in effects
    )


def _rules(book: OfferBook, shown: list[Standing], state: str, day: int, measure: str | None) -> Iterator[AppliedRule]:
    """Rules on requests: for ``measure`` those under the open articles that carry it, else all of the instruments."""
    network = book.network
    for standing in shown:
        instrument = standing.instrument.id
        if measure is None:
            yield from (quoted(network, rule) for rule in network.request_rules.get(instrument, ()))
            continue
        articles = [
            article
            for opening in openings(book, standing, measure)
            if holds(network, opening, state, day) != NOT_MET
            for article in opening.articles
        ]
        yield from rules_for(network, {instrument: articles}, measure)


def _law(network: Network, state: str) -> Iterator[Law]:
    for held in network.records.statutes:
        if held.state == state:
            yield Law(
                id=held.id,
                title=held.title,
                citation=held.citation,
                url=held.url,
                sources=network.cites(held.sources),
            )
