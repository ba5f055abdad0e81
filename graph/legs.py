"""The chain of offices that a request travels for one offer, leg by leg.

Domestic legs say which offices handle the request before and after the border; they follow national rules that are
not on record, so that they carry no conditions. Everything that treaty law demands stands on the border leg.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from graph import offices
from graph.answers import Basis, Cite, Condition, Leg, Office
from graph.dates import MET, UNKNOWN, Tri, span
from graph.formalities import Articles, formalities
from graph.model import Establishment, Provision
from graph.network import Network
from graph.offers import Offer
from graph.once import once
from graph.references import reference
from graph.request_rules import articles_of
from graph.situations import Situation

ASKING = ("investigation", "Investigating or judicial authority")
EXECUTING = ("investigation", "Executing authority")
FOREIGN_MINISTRY = ("ministry", "Ministry of Foreign Affairs")


class _Ground(NamedTuple):
    """What an offer rests on, whoever asks whom; fields as in :class:`graph.answers.Basis`."""

    instrument: str
    name: str
    article: str | None
    heading: str | None
    sources: tuple[Cite, ...]


def _basis(grounds: Iterable[_Ground], case: Situation) -> tuple[Basis, ...]:
    """The articles that carry an offer and open its channel, each with both sides' participation."""
    return tuple(
        [
            Basis(
                instrument=instrument,
                name=name,
                article=article,
                heading=heading,
                participations=(case.ours[instrument].dates, case.theirs[instrument].dates),
                sources=cites,
            )
            for instrument, name, article, heading, cites in grounds
        ]
    )


@once
def _grounds(network: Network, offer: Offer) -> tuple[tuple[_Ground, ...], Articles]:
    """What ``offer`` rests on, and the articles among it; an instrument that is only needed has none."""
    own, opener = offer.needs[0], offer.opener
    found = [_ground(network, own, offer.carrier, offer.carrier.article)]
    opening = opener.instrument if opener else own
    if offer.opener_article and (opening, offer.opener_article) != (own, offer.carrier.article):
        found.append(_ground(network, opening, opener, offer.opener_article))
    shown = {ground.instrument for ground in found}
    found += [_ground(network, needed, None, None) for needed in offer.needs if needed not in shown]
    articles = tuple((instrument, tuple(held)) for instrument, held in articles_of(found).items())
    return tuple(found), articles


def _ground(network: Network, instrument_id: str, provision: Provision | None, article: str | None) -> _Ground:
    instrument = network.instruments[instrument_id]
    heading = provision.heading if provision else None
    cites = network.cites(provision.sources if provision else instrument.sources)
    return _Ground(instrument_id, instrument.short_name, article, heading, cites)


def travel(offer: Offer, case: Situation, conditions: Iterable[Condition]) -> tuple[Leg, ...]:
    """The legs of ``offer`` from the asking authority to the one that executes, or on to the provider asked."""
    network, provider = case.network, case.provider
    function = offices.receiving_function(offer.channel, case.measure)
    articles = (offer.opener_article, offer.carrier.article)
    legs: list[Leg] = []
    asking = generic_office(network, ASKING, case.requesting)
    if offer.channel == "provider-direct":
        target = provider_office(provider, case.requested, network.state_name(case.requested))
        legs.append(_border(asking, offices.Stop(target, None, (), (), ()), offer, conditions, case))
        return tuple(legs)
    if offer.channel == "diplomatic":
        sender = offices.Stop(generic_office(network, FOREIGN_MINISTRY, case.requesting), None, (), (), ())
        receiver = offices.Stop(generic_office(network, FOREIGN_MINISTRY, case.requested), None, (), (), ())
    else:
        sender = offices.stop(network, case.requesting, function, offer.needs, articles, case.on)
        receiver = offices.stop(network, case.requested, function, offer.needs, articles, case.on)
    if offer.channel == "judicial-direct":
        sender = sender._replace(office=asking)
    else:
        legs.append(domestic(asking, sender.office, offer.channel))
    legs.append(_border(sender.office, receiver, offer, conditions, case))
    last = receiver.office
    if offer.channel in ("central-authority", "diplomatic", "police", "eu-single-point"):
        executing = generic_office(network, EXECUTING, case.requested)
        legs.append(domestic(last, executing, offer.channel))
        last = executing
    if provider is not None:
        target = provider_office(provider, case.requested, network.state_name(case.requested))
        legs.append(to_provider(last, target, provider, case))
    return tuple(legs)


def _border(
    sender: Office,
    receiver: offices.Stop,
    offer: Offer,
    conditions: Iterable[Condition],
    case: Situation,
) -> Leg:
    network = case.network
    grounds, articles = _grounds(network, offer)
    basis = _basis(grounds, case)
    cites: dict[int, Cite] = {}
    for entry in basis:
        for cite in entry.sources:
            cites[id(cite)] = cite
        for party in entry.participations:
            for cite in party.sources:
                cites[id(cite)] = cite
    for cite in network.cites(receiver.sources):
        cites[id(cite)] = cite
    direct = offer.channel == "provider-direct"
    languages = () if direct else offices.languages(network, case.requested, offer.needs, receiver, case.on)
    parties = case.requesting, case.requested
    return Leg(
        from_=sender,
        to=receiver.office,
        channel=offer.channel,
        kind="border",
        basis=basis,
        conditions=tuple(conditions),
        requirements=formalities(network, parties, articles, case.measure, languages, case.on),
        languages=languages,
        contact=receiver.contact,
        also=receiver.also,
        sources=tuple(cites.values()),
    )


def domestic(sender: Office, receiver: Office, channel: str) -> Leg:
    """A leg inside one State, under its own rules."""
    return Leg(from_=sender, to=receiver, channel=channel, kind="domestic")


def to_provider(sender: Office, target: Office, provider: Establishment, case: Situation) -> Leg:
    """The last leg: the executing authority serves national process on the provider's establishment."""
    cites = case.network.cites(provider.sources)
    accepts = ", ".join(case.network.label("provider-accepts", key) for key in provider.accepts)
    said = f"The provider's published policy accepts: {accepts or 'no record'}"
    status = known_on(case.network, provider, case.on) if accepts else UNKNOWN
    facts = (reference(provider),)
    condition = Condition(code="provider-policy", status=status, text=said, facts=facts, sources=cites)
    return Leg(
        from_=sender, to=target, channel="provider-direct", kind="domestic", conditions=(condition,), sources=cites
    )


def known_on(network: Network, provider: Establishment, on: int) -> Tri:
    """Whether the record of ``provider`` speaks for day ``on``: certain from its source's date, like a membership."""
    as_of = network.source_date(provider.sources)
    return MET if as_of and on >= span(as_of)[1] else UNKNOWN


def provider_office(provider: Establishment | None, state: str | None, name: str) -> Office:
    """The provider's end of a leg; any provider established in the State where none is named."""
    if provider is None:
        return Office(
            id=None, name=f"Service provider established or represented in {name}", state=state, kind="provider"
        )
    return Office(id=provider.id, name=provider.entity or provider.id, state=provider.jurisdiction, kind="provider")


@once
def generic_office(network: Network, kind_and_name: tuple[str, str], state: str) -> Office:
    """An office of ``state`` that is named by what it is, such as :data:`ASKING`."""
    kind, name = kind_and_name
    return Office(id=None, name=f"{name} of {network.state_name(state)}", state=state, kind=kind)
