"""What the instruments offer for a measure: every article that carries it, with every channel that it opens.

An offer says nothing about States or days; it is worked out once per measure from the provisions. Which article
carries a measure follows the vocabulary: the article names it (specificity 1), it names a kindred measure
(2), or it covers assistance in general (3).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from graph.articles import in_order
from graph.model import Instrument, Provision
from graph.network import Network

GENERAL = "general-mutual-assistance"

NAMED, KINDRED, IN_GENERAL = 1, 2, 3


class Offer(NamedTuple):
    """One article of one instrument opening one channel for the measure.

    ``needs`` are the instruments that must be in force for both sides, the offering one first, then the parent
    of a protocol or the protocol whose article opens the channel. ``carrier`` is the article that carries the
    measure, ``opener`` the one that opens the channel when it is another. ``stated``: the record names the
    channel (else it is the customary one). ``urgent_only`` and ``subsidiary`` come from either article.
    """

    needs: tuple[str, ...]
    carrier: Provision
    opener: Provision | None
    opener_article: str | None
    channel: str
    stated: bool
    specificity: int
    urgent_only: bool
    subsidiary: bool
    evidential_use: str
    offices: int
    speed: int


def offers(network: Network, measure: str) -> dict[str, tuple[Offer, ...]]:
    """All offers for ``measure`` (key), by the id of the offering instrument; best article first."""
    found = {instrument: _offers_of(network, instrument, measure) for instrument in network.provisions}
    return {instrument: held for instrument, held in found.items() if held}


def _offers_of(network: Network, instrument_id: str, measure: str) -> tuple[Offer, ...]:
    """The offers of one instrument for ``measure``, best article first."""
    instrument = network.instruments[instrument_id]
    best: dict[tuple[tuple[str, ...], str, bool], Offer] = {}
    for provision in network.provisions.get(instrument_id, ()):
        specificity = _specificity(network, provision, measure)
        if specificity is None:
            continue
        for offer in _by_channel(network, instrument, provision, measure, specificity):
            key = (offer.needs, offer.channel, offer.urgent_only)
            held = best.get(key)
            if held is None or _preference(offer) < _preference(held):
                best[key] = offer
    return tuple(sorted(best.values(), key=_preference))


class OfferBook:
    """The offers of a network by measure, worked out once each.

    ``base`` is the book of which this one is an overlay, if it is one; ``added`` are instruments whose articles only
    this one has. All other offers are those of the base, since offers say nothing about parties and days.
    """

    def __init__(self, network: Network, base: OfferBook | None = None, added: tuple[str, ...] = ()) -> None:
        self.network = network
        self.base = base
        self._added = added
        self._by_measure: dict[str, dict[str, tuple[Offer, ...]]] = {}
        self._multilateral: dict[str, tuple[str, ...]] = {}

    def for_measure(self, measure: str) -> dict[str, tuple[Offer, ...]]:
        """Offers for ``measure`` by offering instrument."""
        book = self._by_measure.get(measure)
        if book is None:
            book = self._by_measure[measure] = self._worked_out(measure)
        return book

    def _worked_out(self, measure: str) -> dict[str, tuple[Offer, ...]]:
        if self.base is None:
            return offers(self.network, measure)
        new = {instrument: _offers_of(self.network, instrument, measure) for instrument in self._added}
        return {**self.base.for_measure(measure), **{instrument: held for instrument, held in new.items() if held}}

    def open_instruments(self, measure: str) -> tuple[str, ...]:
        """Instruments with offers for ``measure`` that are open to more than two parties."""
        found = self._multilateral.get(measure)
        if found is None:
            found = self._multilateral[measure] = tuple(
                sorted(
                    instrument
                    for instrument in self.for_measure(measure)
                    if self.network.instruments[instrument].kind not in ("bilateral", "executive-agreement")
                )
            )
        return found


def _preference(offer: Offer) -> tuple[int, bool, bool, tuple[tuple[int, str], ...]]:
    """Lower is better: the more specific article, one with a number, one with a deadline, then its number."""
    carrier = offer.carrier
    return offer.specificity, carrier.article is None, carrier.deadline_days is None, in_order(carrier.article or "")


def _specificity(network: Network, provision: Provision, measure: str) -> int | None:
    if provision.role != "cooperation":
        return None
    if measure in provision.measures:
        return NAMED
    concept = network.concept("measure", measure)
    if concept is None:
        return None
    if any(kindred in provision.measures for kindred in concept.served_by):
        return KINDRED
    if concept.under_general_clause and GENERAL in provision.measures:
        return IN_GENERAL
    return None


def _by_channel(
    network: Network, instrument: Instrument, provision: Provision, measure: str, specificity: int
) -> Iterator[Offer]:
    base = (instrument.id,) if instrument.parent is None else (instrument.id, instrument.parent)

    def offer(
        channel: str, opener: Provision | None, article: str | None, needs: tuple[str, ...], stated: bool = True
    ) -> Offer:
        concept = network.concept("channel", channel)
        return Offer(
            needs=needs,
            carrier=provision,
            opener=opener,
            opener_article=article,
            channel=channel,
            stated=stated,
            specificity=specificity,
            urgent_only="only" in (provision.urgency, opener.urgency if opener else None),
            subsidiary=provision.subsidiary or _gives_way(channel, opener),
            evidential_use=(opener and opener.evidential_use)
            or provision.evidential_use
            or (concept.evidential_use if concept else None)
            or "unknown",
            offices=(concept.offices if concept else None) or 0,
            speed=(concept.rank if concept else None) or 99,
        )

    if provision.channels:
        for position, channel in enumerate(provision.channels):
            paired = len(provision.channel_articles) == len(provision.channels)
            article = provision.channel_articles[position] if paired else None
            yield offer(channel, _article(network, instrument.id, article), article, base)
    openers = list(_openers(network, instrument, measure, bool(provision.channels)))
    for opener in openers:
        needs = tuple(dict.fromkeys((*base, opener.instrument)))
        for channel in opener.channels:
            yield offer(channel, opener, opener.article, needs)
    if not provision.channels and not openers:
        yield offer(_customary(instrument), None, None, base, stated=False)


def _openers(network: Network, instrument: Instrument, measure: str, urgent_only: bool) -> Iterator[Provision]:
    """Channel articles that serve ``instrument``: its own, those of its protocols, else those of its parent.

    A provision that names its channels itself is widened only by urgent variants (``urgent_only``).
    """
    families: dict[int, list[Provision]] = defaultdict(list)
    sources = [(0, instrument.id), *((0, protocol.id) for protocol in network.protocols.get(instrument.id, []))]
    if instrument.parent:
        sources.append((1, instrument.parent))
    for distance, holder in sources:
        for provision in network.provisions.get(holder, []):
            if provision.role != "channel" or not provision.channels:
                continue
            if provision.measures and measure not in provision.measures:
                continue
            if urgent_only and provision.urgency != "only":
                continue
            families[distance].append(provision)
    yield from families.get(0) or families.get(1, [])


def _article(network: Network, instrument: str, article: str | None) -> Provision | None:
    if article is None:
        return None
    return next((row for row in network.provisions[instrument] if row.article == article), None)


def _gives_way(channel: str, opener: Provision | None) -> bool:
    """Whether the channel falls away where another assistance treaty binds the two.

    Central authorities take the request either way: where another treaty binds, through those that it names
    (cets-185 article 27(1), UNTOC article 18(7)).
    """
    return opener is not None and opener.subsidiary and channel != "central-authority"


def _customary(instrument: Instrument) -> str:
    """The channel assumed where no article on record names one (marked as not stated).

    Mutual assistance treaties work through the authorities that they or the parties name; other treaties fall
    back on the diplomatic channel, the general channel between States (Vienna Convention on Diplomatic
    Relations, article 3(1)(c)).
    """
    return "central-authority" if instrument.subject == "mutual-assistance" else "diplomatic"
