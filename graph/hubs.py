"""Paths through networks that States belong to: INTERPOL, Europol, Eurojust, the G7 24/7 network.

Membership opens them, not a treaty between the two States. They carry police information, preservation or
coordination, never evidence obtained by one State "through" another; each path is labelled with its body.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from graph import offices
from graph.answers import Basis, Condition, Leg, Office, Path, WhyNot
from graph.dates import MET, NOT_MET, UNKNOWN, Tri, all_of, negation, reached, span
from graph.legs import ASKING, EXECUTING, domestic, generic_office
from graph.model import Membership, NetworkChannel, Record
from graph.network import Network
from graph.ranking import Candidate
from graph.references import reference
from graph.situations import Situation

GONE = {"former-member": "ended", "suspended": "ended"}
"""Statuses that say a relation is over or suspended."""

REFUSED = frozenset({"not-member", "application-rejected"})
"""Statuses that state that there is no relation."""


class Relation(NamedTuple):
    """How a State relates to an organisation on a day: three-valued, with the status and the record that decided."""

    result: Tri
    status: str | None
    text: str
    sources: tuple[str, ...]
    facts: tuple[str, ...] = ()


def through_networks(case: Situation) -> tuple[list[Candidate], list[WhyNot]]:
    """Every network path for the measure of ``case``, and why the other networks do not serve."""
    found: list[Candidate] = []
    missing: list[WhyNot] = []
    for channel in case.network.network_channels:
        if case.measure in channel.measures:
            outcome = _through(channel, case)
            if isinstance(outcome, Candidate):
                found.append(outcome)
            else:
                missing += outcome
    return found, missing


def _through(channel: NetworkChannel, case: Situation) -> Candidate | list[WhyNot]:
    network = case.network
    closed = barrier(channel, network, case.evidence, case.on)
    if closed is not None:
        return [closed]
    relations = [
        relation(network, channel, state, open_to(channel), case.on) for state in (case.requesting, case.requested)
    ]
    failing = [
        _why_not(channel, _code(found, channel), state, found.text, found, network)
        for found, state in zip(relations, (case.requesting, case.requested), strict=True)
        if found.result == NOT_MET
    ]
    if failing:
        known = any(found.status is not None for found in relations)  # with nobody on record it is no near miss
        return failing if known else []
    if joined(channel, *relations) == NOT_MET:
        return []
    return _candidate(channel, relations, case)


def barrier(channel: NetworkChannel, network: Network, evidence: bool, on: int) -> WhyNot | None:
    """What closes the channel to everybody on day ``on`` (ordinal), if anything."""
    if evidence and channel.evidential_use == "intelligence":
        text = f"What comes through {_name(channel, network)} serves as intelligence only; evidence was asked for"
        return _why_not(channel, "not-met", None, text, channel, network)
    basis = network.instruments.get(channel.instrument) if channel.instrument else None
    since = basis and (basis.in_force_on or basis.signed_on)
    if basis and since and reached(since, on) == NOT_MET:
        text = f"{basis.short_name}, on which the channel rests, is of {since}; an earlier basis is not on record"
        return _why_not(channel, "no-record", None, text, basis, network)
    return None


def open_to(channel: NetworkChannel) -> tuple[str, ...]:
    """The membership statuses that open the channel on one side at least."""
    return channel.statuses + channel.partner_statuses


def joined(channel: NetworkChannel, one: Relation, other: Relation) -> Tri:
    """Whether the channel joins two States: both are related to the body, and one of them at least in full."""
    if not any(found.status in channel.statuses for found in (one, other)):
        return NOT_MET
    return all_of(one.result, other.result)


def relation(network: Network, channel: NetworkChannel, state: str, statuses: tuple[str, ...], on: int) -> Relation:
    """Whether ``state`` holds one of ``statuses`` in the channel's organisation on day ``on`` (ordinal)."""
    name = network.state_name(state)
    body = network.organisations[channel.organisation].name
    best: Relation | None = None
    others: list[Membership] = []
    for membership in network.memberships.get((channel.organisation, state), ()):
        result = holds(network, membership, on)
        left = membership.left_on is not None and reached(membership.left_on, on) == MET
        status = membership.status
        if status == "former-member" and membership.left_on is not None and not left:
            status = "member"  # it was one until it left; without a date of leaving no day is known on which it was
        if status not in statuses and not left:
            if result != NOT_MET:
                others.append(membership)
            continue
        label = network.label("membership-status", status)
        text = f"{name}, {body}: {label}{_since(network, membership)}"
        found = Relation(NOT_MET if left else result, status, text, membership.sources, (reference(membership),))
        if best is None or _better(found.result, best.result):
            best = found
    if best is not None:
        return best
    if others:
        status = others[0].status
        label = network.label("membership-status", status)
        text = f"{name}, {body}: {label}, which does not open this channel"
        return Relation(NOT_MET, status, text, others[0].sources, (reference(others[0]),))
    text = f"{name}, {body}: no record of a membership or agreement"
    return Relation(NOT_MET, None, text, channel.sources, (reference(channel),))


def holds(network: Network, membership: Membership, on: int) -> Tri:
    """Whether a membership holds on day ``on``; without a date it is certain from its earliest source's date only.

    Nobody was a member before the organisation was founded.
    """
    founded = network.organisations[membership.organisation].founded_on
    if founded and reached(founded, on) == NOT_MET:
        return NOT_MET
    if membership.joined_on:
        joined = reached(membership.joined_on, on)
    else:
        as_of = network.first_date(membership.sources)
        joined = MET if as_of and on >= span(as_of)[1] else UNKNOWN
    left = negation(reached(membership.left_on, on)) if membership.left_on else MET
    return all_of(joined, left)


def _since(network: Network, membership: Membership) -> str:
    """From when the membership is certain, in words."""
    if membership.joined_on:
        return f" since {membership.joined_on}"
    as_of = network.first_date(membership.sources)
    return f", named by a source of {as_of}" if as_of else ", named by an undated source, which proves no day"


def _better(one: Tri, other: Tri) -> bool:
    order = (MET, UNKNOWN, NOT_MET)
    return order.index(one) < order.index(other)


def _code(found: Relation, channel: NetworkChannel) -> str:
    if found.status is None:
        return "no-record"
    if found.status in GONE:
        return GONE[found.status]
    if found.status in channel.excluding_statuses:
        return "not-met"
    if found.status in REFUSED:
        return "not-party"
    return "not-in-force" if found.status in channel.statuses + channel.partner_statuses else "not-met"


def _why_not(
    channel: NetworkChannel, code: str, party: str | None, text: str, because: Record | Relation, network: Network
) -> WhyNot:
    return WhyNot(
        instrument=channel.organisation,
        name=_name(channel, network),
        code=code,
        party=party,
        text=text,
        article=channel.article,
        facts=because.facts if isinstance(because, Relation) else (reference(because),),
        sources=network.cites(because.sources),
    )


def _name(channel: NetworkChannel, network: Network) -> str:
    return network.organisations[channel.organisation].name


def _candidate(channel: NetworkChannel, relations: list[Relation], case: Situation) -> Candidate:
    network = case.network
    states = (case.requesting, case.requested)
    conditions = tuple(
        Condition(
            code="membership",
            status=found.result,
            text=found.text,
            party=state,
            facts=(*found.facts, reference(channel)),
            sources=network.cites(found.sources),
        )
        for found, state in zip(relations, states, strict=True)
    )
    legs = _legs(channel, conditions, case)
    open_questions = sum(condition.status == UNKNOWN for condition in conditions)
    concept = network.concept("channel", channel.channel)
    path = Path(
        measure=case.measure,
        channel=channel.channel,
        evidential_use=channel.evidential_use,
        status=UNKNOWN if open_questions else MET,
        deadline_days=None,
        specificity=1,
        offices=(concept.offices if concept and concept.offices else 4) + (1 if channel.hub else 0),
        open_questions=open_questions,
        hub=channel.organisation,
        note=channel.note,
        legs=legs,
    )
    return Candidate(path, concept.rank or 99 if concept else 99, None, (channel.id, case.requested))


def _legs(channel: NetworkChannel, conditions: tuple[Condition, ...], case: Situation) -> tuple[Leg, ...]:
    network = case.network
    kind = channel.office_kind or "police-unit"
    sender = offices.of_kind(network, case.requesting, kind, case.on)
    receiver = offices.of_kind(network, case.requested, kind, case.on)
    instrument = network.instruments.get(channel.instrument) if channel.instrument else None
    cites = network.cites(channel.sources)
    basis = (
        Basis(
            instrument=instrument.id if instrument else channel.organisation,
            name=instrument.short_name if instrument else _name(channel, network),
            article=channel.article,
            heading=None,
            participations=(),
            sources=cites,
        ),
    )
    ends = [sender.office, receiver.office]
    if channel.hub:
        hub = Office(id=channel.organisation, name=_name(channel, network), state=None, kind="organisation")
        ends.insert(1, hub)
    asking, executing = (
        generic_office(network, ASKING, case.requesting),
        generic_office(network, EXECUTING, case.requested),
    )
    border = tuple(
        Leg(
            from_=one,
            to=other,
            channel=channel.channel,
            kind="border",
            basis=basis,
            conditions=conditions if one is sender.office else (),  # told once
            languages=offices.languages(network, case.requested, (), receiver, case.on),
            contact=receiver.contact if other is receiver.office else None,
            sources=tuple(dict.fromkeys(cites + network.cites(receiver.sources))),
        )
        for one, other in pairwise(ends)
    )
    inward = domestic(asking, sender.office, channel.channel)
    if channel.channel == "contact-point-24-7":
        return (inward, *border)  # the point itself acts
    return (inward, *border, domestic(receiver.office, executing, channel.channel))
