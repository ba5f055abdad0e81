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
from graph.once import once

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
        return _not_on_record(network, state, function)
    first, *others = near
    return _stop_at(network, first, needs, on, tuple(_contact(network, other, needs, on) for other in others))


@once
def _not_on_record(network: Network, state: str, function: str) -> Stop:
    kind, generic = NAMES.get(function, ("ministry", "Competent office"))
    name = f"{generic} of {network.state_name(state)} (office not on record)"
    return Stop(Office(id=None, name=name, state=state, kind=kind), None, (), (), ())


def _stop_at(
    network: Network, designation: Designation, needs: tuple[str, ...], on: int, also: tuple[Contact, ...] = ()
) -> Stop:
    office, languages, sources, _ = _post(network, designation)
    return Stop(office, _contact(network, designation, needs, on), also, sources, languages)


class _Post(NamedTuple):
    """The office that a designation names: as an end of a leg, its languages, the sources of both, and the last day
    for which these speak (``None``: undated)."""

    office: Office
    languages: tuple[str, ...]
    sources: tuple[str, ...]
    spoken_for: int | None


@once
def _post(network: Network, designation: Designation) -> _Post:
    authority = network.authorities[designation.authority]
    office = Office(id=authority.id, name=authority.name, state=designation.state, kind=authority.kind)
    sources = tuple(dict.fromkeys(designation.sources + authority.sources))
    date = network.source_date(sources)
    return _Post(office, authority.languages, sources, span(date)[1] if date else None)


def contact_of(network: Network, office: Office, needs: tuple[str, ...], on: int) -> Contact | None:
    """How to reach ``office`` on day ``on``, by the designation nearest to the instruments ``needs``."""
    if office.id is None or office.id not in network.authorities:
        return None
    named = [held for held in network.designations.get(office.state or "", []) if held.authority == office.id]
    holding = sorted((held for held in named if _holds(held, on)), key=lambda held: held.instrument not in needs)
    return _contact(network, holding[0], needs, on) if holding else None


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
            contact = _contact(network, designation, (), on)
            found.setdefault(designation.function, {}).setdefault(authority.id, (authority, contact))
    return {function: tuple(held.values()) for function, held in sorted(found.items())}


def of_kind(network: Network, state: str, kind: str, on: int) -> Stop:
    """The office of ``state`` of an authority kind, such as ``interpol-ncb``, through whichever designation."""
    for designation in _naming(network, state, kind):
        if _holds(designation, on):
            return _stop_at(network, designation, (), on)
    return stop(network, state, kind, (), (), on)


@once
def _naming(network: Network, state: str, kind: str) -> tuple[Designation, ...]:
    """The designations by which ``state`` named an authority of ``kind``."""
    return tuple(
        held for held in network.designations.get(state, []) if network.authorities[held.authority].kind == kind
    )


def _nearest(
    network: Network, state: str, function: str, needs: tuple[str, ...], articles: tuple[str | None, ...], on: int
) -> list[Designation]:
    best: list[Designation] = []
    distance = 4
    for designation in _named(network, state, function):
        if not _holds(designation, on):
            continue
        if designation.instrument in needs:
            near = 0 if designation.article and _within(designation.article, articles) else 1
        else:
            # An office named in general, or under another treaty, for the same function: the usual one.
            near = 2 if designation.instrument is None else 3
        if near < distance:
            best, distance = [designation], near
        elif near == distance:
            best.append(designation)
    if len(best) > 1:
        best.sort(key=lambda designation: _freshness(network, designation), reverse=True)
        each: dict[str, Designation] = {}
        for designation in best:
            each.setdefault(designation.authority, designation)
        best = list(each.values())
    return best


@once
def _named(network: Network, state: str, function: str) -> tuple[Designation, ...]:
    return tuple(held for held in network.designations.get(state, []) if held.function == function)


def _within(article: str, articles: tuple[str | None, ...]) -> bool:
    """Whether ``article`` is one of ``articles``, whatever the paragraph."""
    own = root(article)
    return any(root(other) == own for other in articles if other)


def _freshness(network: Network, designation: Designation) -> int:
    date = network.source_date(designation.sources)
    return span(date)[1] if date else 0


def _holds(designation: Designation, on: int) -> bool:
    """Not known to have lapsed or to begin later; an open date counts for the office."""
    if designation.valid_until and reached(designation.valid_until, on) == MET:
        return False
    return not (designation.valid_from and reached(designation.valid_from, on) not in (MET, UNKNOWN))


def _contact(network: Network, designation: Designation, needs: tuple[str, ...], on: int) -> Contact:
    elsewhere = bool(needs) and designation.instrument not in needs
    spoken_for = _post(network, designation).spoken_for
    return _told(network, designation, elsewhere, spoken_for is None or on - spoken_for > STALE_AFTER_DAYS)


@once
def _told(network: Network, designation: Designation, elsewhere: bool, stale: bool) -> Contact:
    """The contact; ``elsewhere``: the office was named under another instrument than those asked about, or none."""
    authority, sources = network.authorities[designation.authority], _post(network, designation).sources
    return Contact(
        authority=authority.name,
        office=authority.id,
        address=authority.address,
        phone=authority.phone,
        email=authority.email,
        website=authority.website,
        available_24_7=authority.available_24_7,
        role=designation.role,
        named_under=(designation.instrument or "general") if elsewhere else None,
        as_of=network.source_date(sources),
        stale=stale,
        note=authority.note,
        sources=network.cites(sources),
    )


def languages(network: Network, state: str, needs: tuple[str, ...], receiving: Stop, on: int) -> tuple[Language, ...]:
    """Languages that ``state`` takes under the instruments ``needs``: declared, else its office's, else official."""
    found: dict[str, Language] = {}
    declared = network.declared_by(state)
    for instrument in needs if declared else ():
        for declaration in declared.get(instrument, ()):
            lapsed = declaration.withdrawn_on and reached(declaration.withdrawn_on, on) == MET
            if lapsed:
                continue
            for language in declaration.languages:
                condition = declaration.language_condition or "always"
                found.setdefault(language, Language(language=language, condition=condition, stated_by="declaration"))
    return tuple(found.values()) or _undeclared(network, state, receiving.languages)


@once
def _undeclared(network: Network, state: str, of_office: tuple[str, ...]) -> tuple[Language, ...]:
    """Languages where none is declared: those of the office, else the official ones, of which nothing is certain."""
    if of_office:
        said, condition, stated_by = of_office, "always", "authority"
    else:
        known = network.states.get(state)
        said, condition, stated_by = known.official_languages if known else (), "unknown", "official-language"
    return tuple(Language(language=one, condition=condition, stated_by=stated_by) for one in dict.fromkeys(said))
