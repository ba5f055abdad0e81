"""The channels by which others can reach a State on a day, and what of its own declarations closes them.

A path tells this for two States; here it is told for one, whoever asks. Nothing here words or ranks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from graph import hubs
from graph.answers import Cite
from graph.articles import covers
from graph.dates import MET, NOT_MET, UNKNOWN, Tri, all_of, reached
from graph.model import Declaration
from graph.network import Network, Standing
from graph.offers import OfferBook

DIRECT = frozenset({"judicial-direct", "police", "contact-point-24-7"})
"""Channels that a declaration for the central authority only closes."""


class WayIn(msgspec.Struct, frozen=True, kw_only=True):
    """A channel that an instrument or network opens towards the State.

    ``status``: whether it holds on the day. ``stated``: the record names the channel (else it is the customary one).
    """

    channel: str
    body: str
    name: str
    articles: tuple[str, ...]
    status: Tri
    stated: bool = True
    sources: tuple[Cite, ...]


class Opening(NamedTuple):
    """A channel, the articles that open it, and the instruments that must be in force."""

    channel: str
    articles: tuple[str, ...]
    needs: tuple[str, ...]
    stated: bool


def openings(book: OfferBook, standing: Standing, measure: str | None) -> Iterator[Opening]:
    """What the standing's instrument opens, for ``measure`` or for any."""
    instrument = standing.instrument.id
    if measure is not None:
        for offer in book.for_measure(measure)[instrument]:
            articles = tuple(article for article in (offer.carrier.article, offer.opener_article) if article)
            yield Opening(offer.channel, articles, offer.needs, offer.stated)
        return
    for provision in book.network.provisions.get(instrument, ()):
        for channel in provision.channels:
            yield Opening(channel, (provision.article,) if provision.article else (), (instrument,), True)


def holds(network: Network, opening: Opening, state: str, day: int) -> Tri:
    """Whether all that the opening needs is in force for the State, and no declaration of it closes the channel.

    A reservation takes the article away (VCLT article 21(1)); a declaration such as that of cets-185 article 27(9)(e)
    sends direct requests to the central authority.
    """
    held = network.standings(state)
    results = [held[needed].timeline.on(day).result if needed in held else NOT_MET for needed in opening.needs]
    for needed in opening.needs:
        for declared in declarations_in_effect(network, needed, state, day):
            closing = declared.effect == "excludes" or (
                declared.effect == "central-authority-only" and opening.channel in DIRECT
            )
            if closing and touches(declared, opening.articles):
                lapsed = reached(declared.withdrawn_on, day) if declared.withdrawn_on else NOT_MET
                results.append(UNKNOWN if lapsed == UNKNOWN else NOT_MET)
    return all_of(*results)


def touches(declared: Declaration, articles: Iterable[str]) -> bool:
    """Whether the effect of ``declared`` reaches one of ``articles``."""
    return any(covers(scope, article) for scope in declared.effect_articles for article in articles)


def ways_in(
    book: OfferBook, shown: Iterable[Standing], state: str, day: int, measure: str | None, networks: bool
) -> Iterator[WayIn]:
    """The ways in under the instruments ``shown`` on ``day`` (ordinal), and through networks if wanted."""
    network = book.network
    for standing in shown:
        opened: dict[tuple[str, bool], tuple[tuple[str, ...], Tri]] = {}
        for opening in openings(book, standing, measure):
            status = holds(network, opening, state, day)
            if status != NOT_MET:
                articles, before = opened.get((opening.channel, opening.stated), ((), status))
                articles = tuple(dict.fromkeys(articles + opening.articles))
                opened[opening.channel, opening.stated] = articles, MET if MET in (before, status) else status
        for (channel, stated), (through, status) in opened.items():
            yield WayIn(
                channel=channel, body=standing.instrument.id, name=standing.instrument.short_name,
                articles=through, status=status, stated=stated,
                sources=network.cites(standing.instrument.sources),
            )  # fmt: skip
    for held in network.network_channels if networks else ():
        if measure is not None and measure not in held.measures:
            continue
        found = hubs.relation(network, held, state, held.statuses + held.partner_statuses, day)
        if found.result != NOT_MET:
            name = network.organisations[held.organisation].name
            articles = (held.article,) if held.article else ()
            yield WayIn(
                channel=held.channel, body=held.organisation, name=name, articles=articles, status=found.result,
                sources=network.cites(found.sources + held.sources),
            )  # fmt: skip


def declarations_in_effect(network: Network, instrument: str, state: str, day: int) -> list[Declaration]:
    """Declarations with an effect on cooperation that are not known to have been withdrawn by ``day``."""
    return [
        held
        for held in network.declarations(instrument, state)
        if held.effect and not (held.withdrawn_on and reached(held.withdrawn_on, day) == MET)
    ]
