"""The kit of a request: everything on record that goes into it, for the path that was chosen.

A kit gathers what the answer and the records say already (offices, articles, dates, conditions, rules on requests) in
the order in which a drafter needs it, and names the blanks that only the drafter can fill. It holds no fact of a case
and has no place for one. Words and layout are made elsewhere; nothing here reads files or clocks.
"""

from __future__ import annotations

from datetime import date

import msgspec

from graph import offices
from graph.answers import Answer, Basis, Cite, Condition, Contact, Language, Leg, Office, Path, Question
from graph.dates import MET
from graph.model import Establishment
from graph.network import Network
from graph.request_rules import NO_REQUEST, AppliedRule, articles_of, rules_for, without_contents

FORM_OF_CHANNEL = {"police": "police-request", "eu-single-point": "police-request"}
"""The form of a request by its channel, where it is not a request between judicial authorities."""


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """An office at one end, with its contact where one is on record and further offices of the same role."""

    office: Office
    contact: Contact | None = None
    also: tuple[Contact, ...] = ()


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """What a provider publishes about requests of authorities, as on record."""

    establishment: str
    entity: str
    jurisdiction: str | None
    request_channel: str | None
    accepts: tuple[str, ...]
    preservation: str | None
    emergency: str | None
    user_notice: str | None
    sources: tuple[Cite, ...]


class RequestKit(msgspec.Struct, frozen=True, kw_only=True):
    """Everything for one request.

    ``form``: ``request`` (between authorities), ``police-request``, ``provider-order`` (law obliges the provider),
    ``voluntary-disclosure`` (it may decline) or ``information`` (nothing is asked for). ``border`` counts the leg that
    crosses the border, from 0. ``unread``: instruments whose demands on the contents are not on record.
    ``requested``: the State on the other side, of a provider the one that answers for its establishment.
    """

    query: Question
    release: str
    as_of: str
    rank: int
    form: str
    requested: str | None
    path: Path
    border: int
    sender: Desk
    receiver: Desk
    basis: tuple[Basis, ...]
    settled: tuple[Condition, ...]
    to_settle: tuple[Condition, ...]
    rules: tuple[AppliedRule, ...]
    unread: tuple[str, ...]
    languages: tuple[Language, ...]
    policy: Policy | None
    sources: tuple[Cite, ...]

    def of_kind(self, *kinds: str) -> tuple[AppliedRule, ...]:
        """The rules of these kinds, in the order of the kinds."""
        return tuple(rule for kind in kinds for rule in self.rules if rule.kind == kind)


def request_kit(network: Network, answer: Answer, rank: int) -> RequestKit:
    """The kit for the path of ``rank`` (from 1) in ``answer``, which ``network`` gave.

    Raises:
        IndexError: the answer has no such path.
    """
    if not 1 <= rank <= len(answer.paths):
        raise IndexError(f"no path has rank {rank}")
    path = answer.paths[rank - 1]
    on = date.fromisoformat(answer.as_of).toordinal()
    border, leg = _crossing(path)
    basis = tuple(entry for held in path.legs for entry in held.basis)
    articles = articles_of(basis)
    rules = rules_for(network, articles, path.measure)
    conditions = [condition for held in path.legs for condition in held.conditions]
    sender = path.legs[border].from_
    policy = _policy(network, path)
    asks = path.measure not in NO_REQUEST and policy is None
    return RequestKit(
        query=answer.query,
        release=answer.release,
        as_of=answer.as_of,
        rank=rank,
        form=_form(path, leg),
        requested=answer.query.requested or leg.to.state,
        path=path,
        border=border,
        sender=Desk(office=sender, contact=offices.contact_of(network, sender, tuple(articles), on)),
        receiver=Desk(office=leg.to, contact=leg.contact, also=leg.also),
        basis=_once(basis),
        settled=tuple(condition for condition in conditions if condition.status == MET),
        to_settle=tuple(condition for condition in conditions if condition.status != MET),
        rules=rules,
        unread=without_contents(network, _asking(basis), rules) if asks else (),
        languages=leg.languages,
        policy=policy,
        sources=_sources(path, rules, policy),
    )


def _crossing(path: Path) -> tuple[int, Leg]:
    """Where the path first leaves the State, and the last leg over a border, at whose end the receiving office is.

    A path that crosses none (a provider in the requesting State) has its only leg as both.
    """
    borders = [number for number, leg in enumerate(path.legs) if leg.kind == "border"] or [len(path.legs) - 1]
    return borders[0], path.legs[borders[-1]]


def _form(path: Path, leg: Leg) -> str:
    if path.measure in NO_REQUEST:
        return "information"
    if path.channel == "provider-direct":
        return "voluntary-disclosure" if path.by_consent else "provider-order"
    return FORM_OF_CHANNEL.get(leg.channel, "request")


def _once(basis: tuple[Basis, ...]) -> tuple[Basis, ...]:
    return tuple({(entry.instrument, entry.article): entry for entry in basis}.values())


def _asking(basis: tuple[Basis, ...]) -> tuple[str, ...]:
    """The instruments that carry the request; one that is only needed for another to work has no article."""
    return tuple(dict.fromkeys(entry.instrument for entry in basis[:1]))


def _policy(network: Network, path: Path) -> Policy | None:
    """The published policy of the establishment to which the path goes directly, if it goes to one on record."""
    if path.channel != "provider-direct":
        return None
    held: Establishment | None = network.establishments.get(path.legs[-1].to.id or "")
    if held is None:
        return None
    return Policy(
        establishment=held.id,
        entity=held.entity or held.id,
        jurisdiction=held.jurisdiction,
        request_channel=held.legal_request_channel,
        accepts=held.accepts,
        preservation=held.preservation,
        emergency=held.emergency,
        user_notice=held.user_notice,
        sources=network.cites(held.sources),
    )


def _sources(path: Path, rules: tuple[AppliedRule, ...], policy: Policy | None) -> tuple[Cite, ...]:
    """Every source of the kit once, in the order of the path, then of the rules."""
    cited: list[Cite] = []
    for leg in path.legs:
        for entry in leg.basis:
            cited += entry.sources
            for party in entry.participations:
                cited += party.sources
        for condition in leg.conditions:
            cited += condition.sources
        for contact in (leg.contact, *leg.also):
            cited += contact.sources if contact else ()
        cited += leg.sources
    for rule in rules:
        cited += rule.sources
    cited += policy.sources if policy else ()
    return tuple(dict.fromkeys(cited))
