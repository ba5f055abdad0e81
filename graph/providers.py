"""Asking a service provider: its establishments, the States that answer for them, and what it takes directly.

A provider's published policy is not law: what it does for a foreign authority of its own will is shown as open,
with the policy as its source. Where the establishment sits in the requesting State no border is crossed.
"""

from __future__ import annotations

from datetime import date

from graph.answers import Basis, Condition, Leg, Path, Question, WhyNot
from graph.dates import MET, UNKNOWN
from graph.legs import ASKING, generic_office, known_on, provider_office
from graph.model import Establishment
from graph.network import Network
from graph.offers import OfferBook
from graph.ranking import Candidate
from graph.references import reference
from graph.search import situation, state_paths

VOLUNTARY = frozenset({"preservation", "emergency-disclosure"})
"""Measures that a provider may take up from a foreign authority itself; the keys of its policy are the same."""

NO_MATTER_OF_PROVIDERS = frozenset(
    {
        "controlled-delivery", "covert-investigation", "extradition", "joint-investigation-team",
        "service-of-documents", "transfer-of-proceedings", "transfer-of-sentenced-persons", "video-conference",
        "victim-protection", "witness-testimony",
    }
)  # fmt: skip
"""Measures about persons and proceedings, in which a provider as holder of data has no part."""


def establishments_of(network: Network, provider: str) -> list[Establishment]:
    """The establishments of a provider, else the one establishment of that id; empty when unknown."""
    found = [held for held in network.establishments.values() if held.provider == provider]
    return found or [held for held in (network.establishments.get(provider),) if held is not None]


def provider_paths(book: OfferBook, question: Question) -> tuple[list[Candidate], list[WhyNot]]:
    """Paths to every establishment of ``question.provider``: direct ones, and through its State's authorities."""
    found: list[Candidate] = []
    missing: list[WhyNot] = []
    seen: set[str] = set()
    for establishment in establishments_of(book.network, question.provider or ""):
        direct = _directly(book.network, question, establishment)
        if isinstance(direct, Candidate):
            found.append(direct)
        elif direct is not None:
            missing.append(direct)
        jurisdiction = establishment.jurisdiction
        if jurisdiction is None:
            missing.append(_no_jurisdiction(book.network, establishment))
        elif jurisdiction == question.requesting:
            found.append(_at_home(book.network, question, establishment))
        else:
            case = situation(book, question, jurisdiction, establishment)
            paths, reasons = state_paths(book, case)
            if jurisdiction in seen:
                found += [held for held in paths if held.path.hub is None]  # networks lead to the State, not further
            else:
                found += paths
                missing += reasons
            seen.add(jurisdiction)
    return found, missing


def _directly(network: Network, question: Question, establishment: Establishment) -> Candidate | WhyNot | None:
    """What the establishment takes from a foreign authority without a treaty, by its own policy."""
    if establishment.jurisdiction == question.requesting:
        return None
    cites, facts = network.cites(establishment.sources), (reference(establishment),)
    name = establishment.entity or establishment.id
    if question.measure not in VOLUNTARY or question.measure not in establishment.accepts:
        held = establishment.legal_request_channel
        where = f"; its channel for authorities: {held}" if held else ""
        text = f"{name}: no policy on record says that it answers such requests of foreign authorities{where}"
        return WhyNot(
            instrument=establishment.id, name=name, code="no-record", party=None, text=text, facts=facts, sources=cites
        )
    if question.measure == "emergency-disclosure" and not question.urgent:
        text = f"{name}: only in an emergency; ask as urgent"
        return WhyNot(
            instrument=establishment.id, name=name, code="not-met", party=None, text=text, facts=facts, sources=cites
        )
    detail = establishment.preservation if question.measure == "preservation" else establishment.emergency
    text = f"{name} does so of its own will by its published policy{f': {detail}' if detail else ''}"
    condition = Condition(code="voluntary", status=UNKNOWN, text=text, facts=facts, sources=cites)
    channel = establishment.legal_request_channel
    note = f"Request channel: {channel}" if channel else None
    return _candidate(network, question, establishment, (condition,), note)


def _at_home(network: Network, question: Question, establishment: Establishment) -> Candidate:
    """The establishment is in the requesting State: its own law applies, no cooperation is needed."""
    name = network.state_name(question.requesting)
    text = f"The establishment is in {name}: national process applies and no border is crossed"
    on = date.fromisoformat(question.on).toordinal()
    status = known_on(network, establishment, on)
    cites = network.cites(establishment.sources)
    facts = (reference(establishment),)
    condition = Condition(code="national-law", status=status, text=text, facts=facts, sources=cites)
    return _candidate(network, question, establishment, (condition,), None)


def _candidate(
    network: Network,
    question: Question,
    establishment: Establishment,
    conditions: tuple[Condition, ...],
    note: str | None,
) -> Candidate:
    asking = generic_office(network, ASKING, question.requesting)
    cites = network.cites(establishment.sources)
    at_home = establishment.jurisdiction == question.requesting
    name = network.state_name(establishment.jurisdiction or "")
    leg = Leg(
        from_=asking,
        to=provider_office(establishment, establishment.jurisdiction, name),
        channel="provider-direct",
        kind="domestic" if at_home else "border",
        basis=(
            Basis(
                instrument=establishment.id,
                name=f"Published policy of {establishment.entity or establishment.id}",
                article=None,
                heading=None,
                participations=(),
                sources=cites,
            ),
        ),
        conditions=conditions,
        sources=cites,
    )
    open_questions = sum(condition.status == UNKNOWN for condition in conditions)
    concept = network.concept("channel", "provider-direct")
    path = Path(
        measure=question.measure,
        channel="provider-direct",
        evidential_use="evidence" if at_home else "unknown",
        status=UNKNOWN if open_questions else MET,
        deadline_days=None,
        specificity=1,
        offices=2,
        open_questions=open_questions,
        by_consent=not at_home,
        note=note,
        legs=(leg,),
    )
    return Candidate(path, concept.rank or 99 if concept else 99, None, (establishment.id,))


def _no_jurisdiction(network: Network, establishment: Establishment) -> WhyNot:
    name = establishment.entity or establishment.id
    return WhyNot(
        instrument=establishment.id,
        name=name,
        code="no-record",
        party=None,
        text=f"{name}: the State whose authorities answer for it is not on record",
        facts=(reference(establishment),),
        sources=network.cites(establishment.sources),
    )
