"""Which offices send and receive a leg, how to reach them, and in which language.

An office counts only in a role that its State gave it: named under the very article, under the same
instrument, or in general for the same function; the nearest wins. Where none is on record the answer says so.
"""

from __future__ import annotations

from typing import NamedTuple

from graph.answers import Contact, Language, Office
from graph.articles import root
from graph.dates import MET, UNKNOWN, reached, span
from graph.model import Authority, Designation
from graph.network import Network

FUNCTION_OF_CHANNEL = {
    "central-authority": "mutual-assistance",
    "judicial-direct": "prosecution",
    "contact-point-24-7": "contact-point-24-7",
    "police": "police",
    "eu-single-point": "police",
}
"""The designation function that sends and receives on a channel."""

FUNCTION_OF_MEASURE = {
    "extradition": "extradition",
    "transfer-of-sentenced-persons": "transfer-of-sentenced-persons",
}
"""Measures with an authority of their own."""

NAMES = {
    "mutual-assistance": ("central-authority", "Central authority"),
    "extradition": ("extradition-authority", "Extradition authority"),
    "transfer-of-sentenced-persons": ("central-authority", "Authority for the transfer of sentenced persons"),
    "contact-point-24-7": ("contact-point-24-7", "24/7 contact point"),
    "prosecution": ("prosecution", "Competent judicial authority"),
    "police": ("police-unit", "Police"),
    "interpol-ncb": ("interpol-ncb", "INTERPOL National Central Bureau"),
    "europol-national-unit": ("europol-national-unit", "Europol National Unit"),
    "eurojust-member": ("eurojust-member", "Eurojust national desk"),
}
"""Kind and generic name of the office where none is on record."""

STALE_AFTER_DAYS = 365


class Stop(NamedTuple):
    """An end of a leg: the office, its contact if on record, further offices of the same role, and the source ids."""

    office: Office
    contact: Contact | None
    also: tuple[Contact, ...]
    sources: tuple[str, ...]
    languages: tuple[str, ...]


def receiving_function(channel: str, measure: str) -> str:
    """The designation function that handles ``measure`` on ``channel``."""
    if channel in ("central-authority", "diplomatic", "judicial-direct") and measure in FUNCTION_OF_MEASURE:
        return FUNCTION_OF_MEASURE[measure]
    return FUNCTION_OF_CHANNEL.get(channel, "mutual-assistance")


def stop(
    network: Network, state: str, function: str, needs: tuple[str, ...], articles: tuple[str | None, ...], on: int
) -> Stop:
    """The office of ``state`` for ``function`` under the instruments ``needs`` on day ``on`` (ordinal).

    ``articles`` are those that carry the request or open the channel; a designation under one of them is nearest.
    """
    near = _nearest(network, state, function, needs, articles, on)
    if not near:
        kind, generic = NAMES.get(function, ("ministry", "Competent office"))
        name = f"{generic} of {network.state_name(state)} (office not on record)"
        return Stop(Office(id=None, name=name, state=state, kind=kind), None, (), (), ())
    first, *others = near
    authority = network.authorities[first.authority]
    office = Office(id=authority.id, name=authority.name, state=state, kind=authority.kind)
    sources = tuple(dict.fromkeys(first.sources + authority.sources))
    return Stop(
        office,
        _contact(network, authority, first, needs, on),
        tuple(_contact(network, network.authorities[other.authority], other, needs, on) for other in others),
        sources,
        authority.languages,
    )


def contact_of(network: Network, office: Office, needs: tuple[str, ...], on: int) -> Contact | None:
    """How to reach ``office`` on day ``on``, by the designation nearest to the instruments ``needs``."""
    if office.id is None or office.id not in network.authorities:
        return None
    named = [held for held in network.designations.get(office.state or "", []) if held.authority == office.id]
    holding = sorted((held for held in named if _holds(held, on)), key=lambda held: held.instrument not in needs)
    return _contact(network, network.authorities[office.id], holding[0], needs, on) if holding else None


def named_for(
    network: Network, state: str, on: int, instrument: str | None = None
) -> dict[str, tuple[tuple[Authority, Contact], ...]]:
    """The offices that ``state`` named, by function, each once under the newest designation that holds on day ``on``.

    With ``instrument`` only those named under it or in general.
    """
    found: dict[str, dict[str, tuple[Authority, Contact]]] = {}
    newest_first = sorted(
        network.designations.get(state, []), key=lambda held: (-_freshness(network, held), held.authority)
    )
    for designation in newest_first:
        if _holds(designation, on) and (instrument is None or designation.instrument in (None, instrument)):
            authority = network.authorities[designation.authority]
            contact = _contact(network, authority, designation, (), on)
            found.setdefault(designation.function, {}).setdefault(authority.id, (authority, contact))
    return {function: tuple(held.values()) for function, held in sorted(found.items())}


def of_kind(network: Network, state: str, kind: str, on: int) -> Stop:
    """The office of ``state`` of an authority kind, such as ``interpol-ncb``, through whichever designation."""
    for designation in network.designations.get(state, []):
        authority = network.authorities[designation.authority]
        if authority.kind == kind and _holds(designation, on):
            office = Office(id=authority.id, name=authority.name, state=state, kind=kind)
            sources = tuple(dict.fromkeys(designation.sources + authority.sources))
            contact = _contact(network, authority, designation, (), on)
            return Stop(office, contact, (), sources, authority.languages)
    return stop(network, state, kind, (), (), on)


def _nearest(
    network: Network, state: str, function: str, needs: tuple[str, ...], articles: tuple[str | None, ...], on: int
) -> list[Designation]:
    roots = {root(article) for article in articles if article}
    best: list[Designation] = []
    distance = 4
    for designation in network.designations.get(state, []):
        if designation.function != function or not _holds(designation, on):
            continue
        if designation.instrument in needs:
            near = 0 if designation.article and root(designation.article) in roots else 1
        else:
            # An office named in general, or under another treaty, for the same function: the usual one.
            near = 2 if designation.instrument is None else 3
        if near < distance:
            best, distance = [designation], near
        elif near == distance:
            best.append(designation)
    best.sort(key=lambda designation: _freshness(network, designation), reverse=True)
    once: dict[str, Designation] = {}
    for designation in best:
        once.setdefault(designation.authority, designation)
    return list(once.values())


def _freshness(network: Network, designation: Designation) -> int:
    date = network.source_date(designation.sources)
    return span(date)[1] if date else 0


def _holds(designation: Designation, on: int) -> bool:
    """Not known to have lapsed or to begin later; an open date counts for the office."""
    if designation.valid_until and reached(designation.valid_until, on) == MET:
        return False
    return not (designation.valid_from and reached(designation.valid_from, on) not in (MET, UNKNOWN))


def _contact(
    network: Network, authority: Authority, designation: Designation, needs: tuple[str, ...], on: int
) -> Contact:
    sources = tuple(dict.fromkeys(designation.sources + authority.sources))
    as_of = network.source_date(sources)
    return Contact(
        authority=authority.name,
        office=authority.id,
        address=authority.address,
        phone=authority.phone,
        email=authority.email,
        website=authority.website,
        available_24_7=authority.available_24_7,
        role=designation.role,
        named_under=(designation.instrument or "general") if needs and designation.instrument not in needs else None,
        as_of=as_of,
        stale=as_of is None or on - span(as_of)[1] > STALE_AFTER_DAYS,
        note=authority.note,
        sources=network.cites(sources),
    )


def languages(network: Network, state: str, needs: tuple[str, ...], receiving: Stop, on: int) -> tuple[Language, ...]:
    """Languages that ``state`` takes under the instruments ``needs``: declared, else its office's, else official."""
    found: dict[str, Language] = {}
    for instrument in needs:
        for declaration in network.declarations(instrument, state):
            lapsed = declaration.withdrawn_on and reached(declaration.withdrawn_on, on) == MET
            if lapsed:
                continue
            for language in declaration.languages:
                condition = declaration.language_condition or "always"
                found.setdefault(language, Language(language=language, condition=condition, stated_by="declaration"))
    if not found:
        for language in receiving.languages:
            found[language] = Language(language=language, condition="always", stated_by="authority")
    if not found:
        known = network.states.get(state)
        for language in known.official_languages if known else ():
            found[language] = Language(language=language, condition="unknown", stated_by="official-language")
    return tuple(found.values())
