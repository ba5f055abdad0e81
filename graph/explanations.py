"""Why a path holds or fails, as a tree that ends in articles, dates and sources.

An explanation unfolds what an answer says already: each leg into its legal basis and its conditions, each of these into
the rule behind its code and the records that decided, each record into what it says and where that is from. Codes and
record names are for programs, sentences for people. Nothing here decides, ranks or formats.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import msgspec

from graph.answers import Answer, Basis, Cite, Condition, Leg, PartyDates, Path, WhyNot
from graph.dates import Tri
from graph.model import (
    Declaration,
    Establishment,
    Instrument,
    Membership,
    NetworkChannel,
    Participation,
    Provision,
    Record,
    RequestRule,
    ReviewFinding,
    StatutoryOffence,
)
from graph.network import Network
from graph.reasons import Reasons
from graph.references import reference
from graph.rules import CONDITIONS, REASONS, Rule


class Because(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A statement and what it rests on.

    ``kind``: ``path``, ``leg``, ``basis``, ``party``, ``condition``, ``requirement``, ``reason``, ``rule``, ``record``,
    ``assumption``, ``language`` or ``contact``. ``code`` is that of a condition or reason, or the record as
    ``<class segment>/<id>``.
    ``because`` holds the statements below, ``sources`` where this one is from.
    """

    kind: str
    text: str
    code: str | None = None
    status: Tri | None = None
    because: tuple[Because, ...] = ()
    sources: tuple[Cite, ...] = ()


class Explanations(msgspec.Struct, frozen=True, kw_only=True):
    """The trees of an answer: one for each path and one for each reason why not, in their order."""

    paths: tuple[Because, ...]
    why_not: tuple[Because, ...]


def explain(network: Network, paths: Iterable[Path], why_not: Iterable[WhyNot]) -> Explanations:
    """Explain ``paths`` and ``why_not`` of an answer that ``network`` gave."""
    explainer = _Explainer(network)
    return Explanations(
        paths=tuple(explainer.path(path) for path in paths),
        why_not=tuple(explainer.reason(line) for line in why_not),
    )


def explained(network: Network, told: Answer | Reasons) -> dict[str, Any]:
    """An answer or its reasons in plain dictionaries, with the trees of all that it tells under ``explanations``."""
    paths = told.paths if isinstance(told, Answer) else ()
    built: dict[str, Any] = msgspec.to_builtins(told)
    return built | {"explanations": msgspec.to_builtins(explain(network, paths, told.why_not))}


class _Explainer:
    def __init__(self, network: Network) -> None:
        self._network = network

    def path(self, path: Path) -> Because:
        """The tree of one path: its legs, each with basis, conditions, languages and contact."""
        channel = self._network.label("channel", path.channel)
        hub = self._network.organisations.get(path.hub or "")
        through = f", through {hub.name}" if hub else ""
        text = f"Path {path.rank}: {self._network.label('measure', path.measure)} by {channel}{through}"
        legs = tuple(self._leg(number, leg) for number, leg in enumerate(path.legs, start=1))
        return Because(kind="path", text=text, status=path.status, because=legs)

    def reason(self, line: WhyNot) -> Because:
        """The tree of something that almost works."""
        article = f", article {line.article}" if line.article else ""
        return Because(
            kind="reason",
            text=f"{line.name}{article}: {line.text}",
            code=line.code,
            because=self._grounds(CONDITIONS[line.condition] if line.condition else REASONS[line.code], line.facts),
            sources=() if line.facts else line.sources,
        )

    def _leg(self, number: int, leg: Leg) -> Because:
        inside = "inside the State, by its own rules, which are not on record"
        how = self._network.label("channel", leg.channel) if leg.kind == "border" else inside
        below = [self._basis(basis) for basis in leg.basis]
        below += [self._condition(condition) for condition in leg.conditions]
        below += [self._condition(held, "requirement") for held in leg.requirements]
        for language in leg.languages:
            taken = self._network.label("language-condition", language.condition)
            text = f"language {language.language}: {taken}, by {language.stated_by.replace('-', ' ')}"
            below.append(Because(kind="language", text=text, code=language.language))
        if leg.contact:
            dated = f"as of {leg.contact.as_of}" if leg.contact.as_of else "undated"
            text = f"contact {leg.contact.authority}, {dated}"
            below.append(Because(kind="contact", text=text, sources=leg.contact.sources))
        text = f"{number}. {leg.from_.name} → {leg.to.name} ({how})"
        return Because(kind="leg", text=text, because=tuple(below), sources=() if below else leg.sources)

    def _basis(self, basis: Basis) -> Because:
        article = f", article {basis.article}" if basis.article else ""
        heading = f" ({basis.heading})" if basis.heading else ""
        parties = tuple(self._party(party) for party in basis.participations)
        return Because(
            kind="basis",
            text=f"basis {basis.name}{article}{heading}",
            code=f"instrument/{basis.instrument}" if basis.instrument in self._network.instruments else None,
            because=parties,
            sources=basis.sources,
        )

    def _party(self, party: PartyDates) -> Because:
        text = f"{self._network.state_name(party.party)}: {told_dates(party)}"
        return Because(kind="party", text=text, code=party.party, sources=party.sources)

    def _condition(self, condition: Condition, kind: str = "condition") -> Because:
        return Because(
            kind=kind,
            text=condition.text,
            code=condition.code,
            status=condition.status,
            because=self._grounds(CONDITIONS[condition.code], condition.facts),
            sources=() if condition.facts else condition.sources,
        )

    def _grounds(self, rule: Rule, facts: Iterable[str]) -> tuple[Because, ...]:
        """The rule, then the records that it was applied to."""
        told = Because(kind="rule", text=f"{rule.says} ({rule.basis})")
        return (told, *(self._fact(fact) for fact in dict.fromkeys(facts)))

    def _fact(self, fact: str) -> Because:
        record = self._records.get(fact)
        if record is None:  # what an overlay assumes is in no release
            return Because(kind="assumption", text="assumed, not on record", code=fact)
        return Because(
            kind="record",
            text=said_by(self._network, record),
            code=reference(record),
            sources=self._network.cites(record.sources),
        )

    @cached_property
    def _records(self) -> dict[str, Record]:
        """Every record that a condition or reason may rest on, by its reference."""
        held = self._network.records
        return {
            reference(record): record
            for listed in (
                held.participations, held.instruments, held.provisions, held.declarations, held.memberships,
                held.network_channels, held.statutory_offences, held.review_findings, held.establishments,
                held.request_rules,
            )
            for record in listed
        }  # fmt: skip


def told_dates(held: PartyDates | Participation) -> str:
    """The dates of a participation as on record, with how a deduced one was deduced."""
    dates = [
        f"{words} {day}"
        for words, day in (
            ("signed", held.signed_on),
            (held.action or "bound", held.bound_on),
            ("in force from", held.in_force_on),
            ("ended", held.ended_on),
        )
        if day
    ]
    if held.rule:
        dates.append(f"deduced: {held.rule}")
    if held.contested:
        dates.append("sources contradict each other")
    return ", ".join(dates) or "no dates on record"


def said_by(network: Network, record: Record) -> str:
    """What a record says, in one sentence with its article or dates."""
    match record:
        case Participation():
            named = network.instruments[record.instrument].short_name
            return f"{network.state_name(record.party)}, {named}: {record.standing}; {told_dates(record)}"
        case Provision():
            named = network.instruments[record.instrument].short_name
            article = f", article {record.article}" if record.article else ""
            heading = f" ({record.heading})" if record.heading else ""
            return f"{named}{article}{heading}; {network.label('text-status', record.text_status)}"
        case Declaration():
            named = network.instruments[record.instrument].short_name
            articles = f", article {', '.join(record.articles)}" if record.articles else ""
            withdrawn = f"; withdrawn {record.withdrawn_on}" if record.withdrawn_on else ""
            name = network.state_name(record.party)
            return f"{name}, {record.kind} to {named}{articles}: {record.summary}{withdrawn}"
        case Instrument():
            complete = record.parties_complete_on
            listed = f"; all its parties are listed as of {complete}" if complete else ""
            since = f", in force since {record.in_force_on}" if record.in_force_on else ""
            return f"{record.title}{since}{listed}"
        case Membership():
            body = network.organisations[record.organisation].name
            status = network.label("membership-status", record.status)
            since = f", since {record.joined_on}" if record.joined_on else ""
            until = f", until {record.left_on}" if record.left_on else ""
            return f"{network.state_name(record.state)}, {body}: {status}{since}{until}"
        case NetworkChannel():
            body = network.organisations[record.organisation].name
            article = f", article {record.article}" if record.article else ""
            return f"{body}{article}: open to {', '.join(record.statuses + record.partner_statuses)}"
        case StatutoryOffence():
            return _offence(network, record)
        case ReviewFinding():
            criterion = network.label("review-criterion", record.criterion)
            edition = f" {record.edition}" if record.edition else ""
            return f"{network.state_name(record.state)}, review {record.review}{edition}: {criterion}: {record.value}"
        case RequestRule():
            return f"{network.instruments[record.instrument].short_name}, article {record.article}: {record.summary}"
        case Establishment():
            jurisdiction = (
                network.state_name(record.jurisdiction) if record.jurisdiction else "no jurisdiction on record"
            )
            return f"{record.entity or record.id}, {jurisdiction}"
    raise TypeError(f"no answer rests on a {type(record).__name__}")


def _offence(network: Network, record: StatutoryOffence) -> str:
    """``France: possession of CSAM, Penal Code art. 227-23; child under 18; up to 5 years``."""
    said = f"{network.state_name(record.state)}: {network.label('offence', record.offence)}"
    statute = network.statute(record.statute) if record.statute else None
    if statute:
        since = f", in force since {statute.in_force_on}" if statute.in_force_on else ""
        said += f", {statute.title}{since}"
    if record.provision:
        said += f", {record.provision}"
    if record.child_age_below is not None:
        said += f"; child under {record.child_age_below}"
    if record.max_penalty_years is not None:
        life = record.max_penalty_years == float("inf")
        said += "; up to imprisonment for life" if life else f"; up to {record.max_penalty_years:g} years"
    return said
