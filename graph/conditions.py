"""The conditions of one offer between two States on a day, each in three values with its sources.

Every function here applies one rule of law, names it, and returns conditions; a condition that is ``not met``
blocks the offer and carries the code under which ``why-not`` shows it (see :data:`BLOCKED_BY`). Facts of the
case (is the offence transnational? does the holder consent?) are never known here: they stay open questions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from graph.answers import HYPOTHETICAL, Condition
from graph.articles import covers
from graph.criminalisation import Finding, NationalLaw, dual_criminality
from graph.dates import MET, NOT_MET, UNKNOWN, Tri, reached
from graph.model import Declaration, Establishment, Instrument, Provision
from graph.network import Network, Standing
from graph.offers import GENERAL, IN_GENERAL, Offer
from graph.references import reference
from graph.territory import TERRITORIAL, territorial_scope

BLOCKED_BY = {"offence-scope": "offence-out-of-scope", "reservation": "reserved"}
"""The ``why-not`` code of a condition that is not met; the others are ``not-met``."""

QUESTIONS = {
    "transnational": "Is the offence transnational in the sense of the instrument?",
    "organised-group": "Is an organised criminal group involved?",
    "consent-of-data-holder": "Does the person with lawful authority over the data consent?",
    "consent-of-person": "Does the person concerned consent?",
    "nationality": "Does the nationality of the person allow it?",
    "agreement-case-by-case": "Will both sides agree to it in this case?",
    "order-under-other-law": "Which Union or national law empowers the authority to give the order?",
}
"""Requirements that only the requester can answer, as the question to put."""


class Replacement(NamedTuple):
    """An instrument that replaces another between the two States, and whether it is in force for both."""

    instrument: Instrument
    result: Tri


class Situation(NamedTuple):
    """A question made ready: both States' standings and law, the day as an ordinal."""

    network: Network
    requesting: str
    requested: str
    ours: dict[str, Standing]
    theirs: dict[str, Standing]
    measure: str
    offence: str | None
    on: int
    urgent: bool
    evidence: bool
    other_treaties: tuple[Standing, ...]
    replaced: dict[str, Replacement]
    provider: Establishment | None

    def laws(self) -> tuple[NationalLaw, NationalLaw]:
        """National law of the requesting and of the requested State."""
        return self.network.law(self.requesting), self.network.law(self.requested)


def conditions(offer: Offer, case: Situation) -> list[Condition]:
    """Everything that must hold for ``offer`` in ``case``; the caller checks for ``not met``.

    Both States must have a standing in every instrument that the offer needs.
    """
    instrument = case.network.instruments[offer.needs[0]]
    found = []
    for needed in offer.needs:
        for standing in (case.ours, case.theirs):
            held = standing[needed].condition_on(case.on)
            if needed == instrument.parent and held.code == "in-force":
                held = msgspec.structs.replace(held, code="parent-in-force")
            found.append(held)
    found += _perhaps_replaced(offer, case)
    found += _declared(offer, case)
    found += territorial_scope(case.network, case.requested, offer.needs, case.on)
    found += _offence_scope(offer.carrier, instrument, case)
    found += _dual_criminality(offer.carrier, case)
    found += _requirements(offer.carrier, case)
    found += _applicability(offer, case)
    return found


def _perhaps_replaced(offer: Offer, case: Situation) -> Iterator[Condition]:
    """An instrument that would replace this one between the two, were it certain that it binds both."""
    for needed in offer.needs:
        replacement = case.replaced.get(needed)
        if replacement is not None and replacement.result == UNKNOWN:
            newer = replacement.instrument
            text = f"Replaced by {newer.short_name} (article {newer.replaces_article}) if that binds both already"
            cites = case.network.cites(newer.sources)
            yield Condition(code="replaced", status=UNKNOWN, text=text, facts=(reference(newer),), sources=cites)
            return


def _declared(offer: Offer, case: Situation) -> Iterator[Condition]:
    """Reservations and declarations of both sides.

    A reservation changes the article between the two whichever of them made it (VCLT article 21(1)): an excluded
    article falls away, and what the requesting State has reserved for itself the requested State may claim too. A
    declaration that is no reservation counts for the State that made it.
    """
    articles = [(offer.carrier.instrument, offer.carrier.article)]
    if offer.opener_article:
        articles.append((offer.opener.instrument if offer.opener else offer.needs[0], offer.opener_article))
    for needed in offer.needs:
        for party in (case.requested, case.requesting):
            for declaration in case.network.declarations(needed, party):
                if declaration.effect is None or declaration.effect in TERRITORIAL:
                    continue
                touched = declaration.effect == "text-not-read" or (
                    any(
                        covers(scope, article)
                        for instrument, article in articles
                        if instrument == needed
                        for scope in declaration.effect_articles
                    )
                )
                if touched:
                    condition = _effect(declaration, offer, case, party == case.requested)
                    if condition is not None:
                        yield condition


def _effect(declaration: Declaration, offer: Offer, case: Situation, theirs: bool) -> Condition | None:
    withdrawn = reached(declaration.withdrawn_on, case.on) if declaration.withdrawn_on else NOT_MET
    name = case.network.state_name(declaration.party)
    cites = case.network.cites(declaration.sources)
    articles = ", ".join(declaration.articles) or "(article not on record)"
    assumed = HYPOTHETICAL if declaration.basis == HYPOTHETICAL else None

    def reserved(
        status: Tri,
        text: str,
        code: str = "reservation",
        basis: str | None = assumed,
        facts: tuple[str, ...] = (),
    ) -> Condition:
        if withdrawn == UNKNOWN and status == NOT_MET:
            status = UNKNOWN
        used = (reference(declaration), *facts)
        party = declaration.party
        return Condition(code=code, status=status, text=text, party=party, basis=basis, facts=used, sources=cites)

    if withdrawn == MET:
        gone = f"{name}, {declaration.kind} to article {articles}, withdrawn {declaration.withdrawn_on} (assumed)"
        return reserved(MET, gone) if assumed else None

    said = f"{name}, {declaration.kind} to article {articles}: {declaration.summary}"
    if not theirs and declaration.effect != "excludes":
        said += ". The requested State may claim the same (VCLT article 21(1)(b))"
    if declaration.effect == "excludes":
        return reserved(NOT_MET, said)
    if not theirs and declaration.effect != "text-not-read" and declaration.kind != "reservation":
        return None
    if declaration.effect == "central-authority-only":
        if not theirs:
            return None
        direct = offer.channel in ("judicial-direct", "police", "contact-point-24-7")
        return reserved(NOT_MET, said) if direct else None
    if declaration.effect == "dual-criminality":
        if case.offence in declaration.except_offences:
            spared = f"{name} reserved dual criminality under article {articles}, but not for {case.offence}"
            return reserved(MET, spared, "dual-criminality")
        finding = _both_criminalise(case)
        text, basis = f"{said}. {finding.text}", assumed or finding.basis
        return reserved(_not_less(finding.result), text, "dual-criminality", basis, finding.facts)
    if declaration.effect == "limits":
        return reserved(UNKNOWN, said)
    if declaration.effect == "text-not-read":
        return reserved(UNKNOWN, f"{name} made a reservation or declaration whose text is not on record")
    return None


def _offence_scope(carrier: Provision, instrument: Instrument, case: Situation) -> Iterator[Condition]:
    """Whether the instrument reaches the offence asked about."""
    scope = carrier.offence_scope or instrument.offence_scope
    listed = carrier.offences or instrument.offences
    if scope in (None, "any", "electronic-evidence", "serious-crime") and not (scope is None and listed):
        return
    cites = case.network.cites(carrier.sources or instrument.sources)

    facts = (reference(carrier if carrier.sources else instrument),)

    def result(status: Tri, text: str) -> Condition:
        return Condition(code="offence-scope", status=status, text=text, facts=facts, sources=cites)

    if scope == "other-field":
        yield result(NOT_MET, f"{instrument.short_name} covers other offences only")
    elif case.offence is None:
        yield result(UNKNOWN, f"{instrument.short_name} covers only: {', '.join(listed)}; name the offence")
    elif case.offence in listed:
        yield result(MET, f"{case.offence} is an offence of {instrument.short_name}")
    else:
        yield result(NOT_MET, f"{case.offence} is not among the offences of {instrument.short_name}")


def _both_criminalise(case: Situation) -> Finding:
    if case.offence is None:
        return Finding(UNKNOWN, "Name the offence to compare both laws", ())
    return dual_criminality(*case.laws(), case.offence, case.on)


def _not_less(result: Tri) -> Tri:
    """A law that is not on record or does not reach the conduct leaves a refusal *possible*, hence open."""
    return MET if result == MET else UNKNOWN


DEMAND = {
    "required": "The conduct must be an offence in both States",
    "as-applicable-law": "The requested State's law or treaties may demand that the conduct is an offence in both",
    "optional-refusal": "The requested State may refuse where the conduct is no offence in both",
    "required-coercive": "For coercive measures the conduct must be an offence in both States",
    "optional-coercive": "Coercive measures may be refused where the conduct is no offence in both States",
}
"""What the keys of the dual-criminality vocabulary demand; those absent demand nothing by themselves
(``by-declaration`` and ``reservable`` work through declarations, see :func:`_declared`)."""


def _dual_criminality(carrier: Provision, case: Situation) -> Iterator[Condition]:
    """Dual criminality as the article demands it, tested on the conduct (cets-185 article 25(5))."""
    demand = carrier.dual_criminality
    if demand == "by-declaration":
        yield from _declarations_unknown(carrier, case)
    if demand not in DEMAND:
        return
    finding = _both_criminalise(case)
    status = finding.result
    text = f"{DEMAND[demand]}. {finding.text}"
    if demand.endswith("coercive"):
        concept = case.network.concept("measure", case.measure)
        coercive = concept.coercive if concept else "depends"
        if coercive == "no":
            return
        if coercive != "yes":
            status = _not_less(status)
    if demand.startswith("optional") or demand == "as-applicable-law":
        status = _not_less(status)
    cites = case.network.cites(tuple(dict.fromkeys(carrier.sources + finding.sources)))
    facts = (reference(carrier), *finding.facts)
    yield Condition(code="dual-criminality", status=status, text=text, basis=finding.basis, facts=facts, sources=cites)


def _declarations_unknown(carrier: Provision, case: Situation) -> Iterator[Condition]:
    """Where a party may demand more by declaration and none of its declarations is on record, that stays open
    (ets-030 article 5(1))."""
    for declaration in case.network.declarations(carrier.instrument, case.requested):
        decides = declaration.effect not in (None, "languages", "designation", "text-not-read", *TERRITORIAL)
        if decides and any(covers(scope, carrier.article) for scope in declaration.effect_articles):
            return
    name = case.network.state_name(case.requested)
    text = f"{name} may have declared that it demands dual criminality or more; its declarations are not on record"
    cites = case.network.cites(carrier.sources)
    yield Condition(
        code="dual-criminality",
        status=UNKNOWN,
        text=text,
        party=case.requested,
        facts=(reference(carrier),),
        sources=cites,
    )


def _requirements(carrier: Provision, case: Situation) -> Iterator[Condition]:
    """Thresholds and requirements that the article itself sets."""
    cites, facts = case.network.cites(carrier.sources), (reference(carrier),)
    if carrier.min_penalty_years is not None:
        yield _minimum_penalty(carrier, carrier.min_penalty_years, case)
    for requirement in carrier.requirements:
        if requirement == "emergency":
            text = "Only in an emergency"
            status = MET if case.urgent else NOT_MET
            yield Condition(code=requirement, status=status, text=text, facts=facts, sources=cites)
        elif requirement == "designated-addressee":
            if case.provider is not None:
                text = f"Is {case.provider.entity or case.provider.id} the addressee that the provider designated?"
                used = (*facts, reference(case.provider))
                yield Condition(code=requirement, status=UNKNOWN, text=text, facts=used, sources=cites)
        elif requirement in QUESTIONS:
            text = QUESTIONS[requirement]
            yield Condition(code=requirement, status=UNKNOWN, text=text, facts=facts, sources=cites)
        elif requirement == "serious-crime" and carrier.min_penalty_years is None:
            text = "Is it a serious crime in the sense of the instrument?"
            yield Condition(code=requirement, status=UNKNOWN, text=text, facts=facts, sources=cites)


def _minimum_penalty(carrier: Provision, years: float, case: Situation) -> Condition:
    """The offence's maximum penalty: for extradition in both States (ets-024 article 2(1)); for assistance and for
    surrender on a warrant in the requesting State (UNTOC article 2(b); Framework Decision 2002/584 article 2(1))."""
    code = "serious-crime" if "serious-crime" in carrier.requirements else "minimum-penalty"
    demand = f"The offence must carry a maximum of at least {years:g} year{'' if years == 1 else 's'}"
    if case.offence is None:
        article, cites = (reference(carrier),), case.network.cites(carrier.sources)
        return Condition(code=code, status=UNKNOWN, text=f"{demand}: name the offence", facts=article, sources=cites)
    ours, theirs = case.laws()
    findings = [ours.punishable_by(case.offence, years, case.on)]
    instrument = case.network.instruments[carrier.instrument]
    if case.measure == "extradition" and instrument.subject != "surrender":
        findings.append(theirs.punishable_by(case.offence, years, case.on))
    results = {finding.result for finding in findings}
    status = NOT_MET if NOT_MET in results else UNKNOWN if UNKNOWN in results else MET
    cited = tuple(dict.fromkeys(source for finding in findings for source in finding.sources))
    text = f"{demand}. {'; '.join(finding.text for finding in findings)}"
    basis = next((finding.basis for finding in findings if finding.basis), None)
    facts = (reference(carrier), *(fact for finding in findings for fact in finding.facts))
    cites = case.network.cites(carrier.sources + cited)
    return Condition(code=code, status=status, text=text, basis=basis, facts=facts, sources=cites)


def _applicability(offer: Offer, case: Situation) -> Iterator[Condition]:
    """Whether article and channel apply to such a request at all, and how well the record knows them."""
    carrier = offer.carrier
    cites, facts = case.network.cites(carrier.sources), (reference(carrier),)
    if offer.urgent_only:
        status = MET if case.urgent else NOT_MET
        channel = case.network.label("channel", offer.channel)
        text = f"For urgent requests only: {channel}"
        yield Condition(code="urgent-only", status=status, text=text, facts=facts, sources=cites)
    if offer.specificity == IN_GENERAL and case.measure != GENERAL:
        label = case.network.label("measure", case.measure)
        text = f"The article covers assistance in general and does not name {label}: national law decides"
        yield Condition(code="general-clause", status=UNKNOWN, text=text, facts=facts, sources=cites)
    if carrier.text_status in ("title", "heading"):
        known = "title of the treaty" if carrier.text_status == "title" else "heading of the article"
        text = f"Only the {known} is on record: check the text"
        yield Condition(code="text-not-read", status=UNKNOWN, text=text, facts=facts, sources=cites)
    if not offer.stated:
        text = "The record does not say how requests travel: the customary channel is shown"
        yield Condition(code="channel-not-stated", status=UNKNOWN, text=text, facts=facts, sources=cites)
    if offer.subsidiary:
        yield _subsidiary(offer, case, carrier)
    if case.evidence and offer.evidential_use == "unknown":
        text = "Whether the answer can serve as evidence depends on the requesting State's law"
        yield Condition(code="evidential-use", status=UNKNOWN, text=text, facts=facts, sources=cites)


def _subsidiary(offer: Offer, case: Situation, carrier: Provision) -> Condition:
    """Articles that give way to another assistance treaty between the two, unless both agree to use them
    (cets-185 article 27(1), UNTOC article 18(7), UNCAC article 46(7))."""
    others = [standing for standing in case.other_treaties if standing.instrument.id not in offer.needs]
    basis = None
    if others:
        named = ", ".join(standing.instrument.short_name for standing in others[:3])
        text = f"Applies only where both agree to use it in place of: {named}"
        basis = next((held for standing in others if (held := standing.basis_on(case.on))), None)
    else:
        text = "Applies where no other assistance treaty binds the two; none is on record, which proves nothing"
    cites = case.network.cites(carrier.sources)
    facts = (reference(carrier), *(fact for standing in others[:3] for fact in standing.facts))
    return Condition(code="subsidiary", status=UNKNOWN, text=text, basis=basis, facts=facts, sources=cites)
