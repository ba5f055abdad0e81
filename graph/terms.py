"""What an article asks by itself: its offences, dual criminality, thresholds, and how well the record knows it.

As long as a question names neither offence nor provider this is the same for everybody, and worked out once.
The conditions as a whole, with what the two States said and did, are put together in :mod:`graph.conditions`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.answers import Condition
from graph.articles import covers
from graph.criminalisation import Finding, dual_criminality
from graph.dates import MET, NOT_MET, UNKNOWN, Tri
from graph.model import Provision
from graph.network import Network
from graph.offers import GENERAL, IN_GENERAL, Offer
from graph.once import once
from graph.references import reference
from graph.situations import Situation
from graph.territory import TERRITORIAL

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


def terms(offer: Offer, case: Situation) -> Iterable[Condition]:
    """What the article asks by itself; of everybody the same as long as neither offence nor provider is named."""
    network, carrier = case.network, offer.carrier
    if case.offence is None and case.provider is None and carrier.dual_criminality != "by-declaration":
        return _terms_of_any(network, offer, case.measure, case.urgent)
    return (
        *_offence_scope(network, carrier, case.offence),
        *_dual_criminality(carrier, case),
        *_required(network, carrier, case.urgent, case),
        *_applicability(network, offer, case.measure, case.urgent),
    )


@once
def _terms_of_any(network: Network, offer: Offer, measure: str, urgent: bool) -> tuple[Condition, ...]:
    carrier = offer.carrier
    return (
        *_offence_scope(network, carrier, None),
        *_demanded(network, carrier, measure, UNNAMED),
        *_required(network, carrier, urgent, None),
        *_applicability(network, offer, measure, urgent),
    )


@once
def _offence_scope(network: Network, carrier: Provision, offence: str | None) -> tuple[Condition, ...]:
    """Whether the instrument reaches the offence asked about."""
    instrument = network.instruments[carrier.instrument]
    scope = carrier.offence_scope or instrument.offence_scope
    listed = carrier.offences or instrument.offences
    if scope in (None, "any", "electronic-evidence", "serious-crime") and not (scope is None and listed):
        return ()
    status: Tri
    if scope == "other-field":
        status, text = NOT_MET, f"{instrument.short_name} covers other offences only"
    elif offence is None:
        status, text = UNKNOWN, f"{instrument.short_name} covers only: {', '.join(listed)}; name the offence"
    elif offence in listed:
        status, text = MET, f"{offence} is an offence of {instrument.short_name}"
    else:
        status, text = NOT_MET, f"{offence} is not among the offences of {instrument.short_name}"
    facts = (reference(carrier if carrier.sources else instrument),)
    cites = network.cites(carrier.sources or instrument.sources)
    return (Condition(code="offence-scope", status=status, text=text, facts=facts, sources=cites),)


UNNAMED = Finding(UNKNOWN, "Name the offence to compare both laws", ())


def both_criminalise(case: Situation) -> Finding:
    if case.offence is None:
        return UNNAMED
    return dual_criminality(*case.laws(), case.offence, case.on)


def not_less(result: Tri) -> Tri:
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


def _dual_criminality(carrier: Provision, case: Situation) -> tuple[Condition, ...]:
    """Dual criminality as the article demands it, tested on the conduct (cets-185 article 25(5))."""
    if carrier.dual_criminality == "by-declaration":
        return _declarations_unknown(case.network, carrier, case.requested)
    if carrier.dual_criminality not in DEMAND:
        return ()  # no need to look at the laws
    return _demanded(case.network, carrier, case.measure, both_criminalise(case))


def _demanded(network: Network, carrier: Provision, measure: str, finding: Finding) -> tuple[Condition, ...]:
    """What the demand of the article comes to where both laws say ``finding``."""
    demand = carrier.dual_criminality
    if demand not in DEMAND:
        return ()
    status = finding.result
    if demand.endswith("coercive"):
        concept = network.concept("measure", measure)
        coercive = concept.coercive if concept else "depends"
        if coercive == "no":
            return ()
        if coercive != "yes":
            status = not_less(status)
    if demand.startswith("optional") or demand == "as-applicable-law":
        status = not_less(status)
    return (
        Condition(
            code="dual-criminality",
            status=status,
            text=f"{DEMAND[demand]}. {finding.text}",
            basis=finding.basis,
            facts=(reference(carrier), *finding.facts),
            sources=network.cites(tuple(dict.fromkeys(carrier.sources + finding.sources))),
        ),
    )


@once
def _declarations_unknown(network: Network, carrier: Provision, requested: str) -> tuple[Condition, ...]:
    """Where a party may demand more by declaration and none of its declarations is on record, that stays open
    (ets-030 article 5(1))."""
    for declaration in network.declarations(carrier.instrument, requested):
        decides = declaration.effect not in (None, "languages", "designation", "text-not-read", *TERRITORIAL)
        if decides and any(covers(scope, carrier.article) for scope in declaration.effect_articles):
            return ()
    name = network.state_name(requested)
    text = f"{name} may have declared that it demands dual criminality or more; its declarations are not on record"
    return (
        Condition(
            code="dual-criminality",
            status=UNKNOWN,
            text=text,
            party=requested,
            facts=(reference(carrier),),
            sources=network.cites(carrier.sources),
        ),
    )


def _required(network: Network, carrier: Provision, urgent: bool, case: Situation | None) -> Iterator[Condition]:
    """Thresholds and requirements that the article itself sets; ``case`` may name an offence or a provider."""
    cites, facts = network.cites(carrier.sources), (reference(carrier),)
    if carrier.min_penalty_years is not None:
        yield _minimum_penalty(network, carrier, carrier.min_penalty_years, case)
    for requirement in carrier.requirements:
        if requirement == "emergency":
            text = "Only in an emergency"
            status = MET if urgent else NOT_MET
            yield Condition(code=requirement, status=status, text=text, facts=facts, sources=cites)
        elif requirement == "designated-addressee":
            provider = case.provider if case else None
            if provider is not None:
                text = f"Is {provider.entity or provider.id} the addressee that the provider designated?"
                used = (*facts, reference(provider))
                yield Condition(code=requirement, status=UNKNOWN, text=text, facts=used, sources=cites)
        elif requirement in QUESTIONS:
            text = QUESTIONS[requirement]
            yield Condition(code=requirement, status=UNKNOWN, text=text, facts=facts, sources=cites)
        elif requirement == "serious-crime" and carrier.min_penalty_years is None:
            text = "Is it a serious crime in the sense of the instrument?"
            yield Condition(code=requirement, status=UNKNOWN, text=text, facts=facts, sources=cites)


def _minimum_penalty(network: Network, carrier: Provision, years: float, case: Situation | None) -> Condition:
    """The offence's maximum penalty: for extradition in both States (ets-024 article 2(1)); for assistance and for
    surrender on a warrant in the requesting State (UNTOC article 2(b); Framework Decision 2002/584 article 2(1))."""
    code = "serious-crime" if "serious-crime" in carrier.requirements else "minimum-penalty"
    demand = f"The offence must carry a maximum of at least {years:g} year{'' if years == 1 else 's'}"
    if case is None or case.offence is None:
        article, cites = (reference(carrier),), network.cites(carrier.sources)
        return Condition(code=code, status=UNKNOWN, text=f"{demand}: name the offence", facts=article, sources=cites)
    ours, theirs = case.laws()
    findings = [ours.punishable_by(case.offence, years, case.on)]
    instrument = network.instruments[carrier.instrument]
    if case.measure == "extradition" and instrument.subject != "surrender":
        findings.append(theirs.punishable_by(case.offence, years, case.on))
    results = {finding.result for finding in findings}
    status = NOT_MET if NOT_MET in results else UNKNOWN if UNKNOWN in results else MET
    cited = tuple(dict.fromkeys(source for finding in findings for source in finding.sources))
    text = f"{demand}. {'; '.join(finding.text for finding in findings)}"
    basis = next((finding.basis for finding in findings if finding.basis), None)
    facts = (reference(carrier), *(fact for finding in findings for fact in finding.facts))
    cites = network.cites(carrier.sources + cited)
    return Condition(code=code, status=status, text=text, basis=basis, facts=facts, sources=cites)


@once
def _applicability(network: Network, offer: Offer, measure: str, urgent: bool) -> tuple[Condition, ...]:
    """Whether article and channel apply to such a request at all, and how well the record knows them."""
    carrier = offer.carrier
    cites, facts = network.cites(carrier.sources), (reference(carrier),)
    found: list[Condition] = []

    def add(code: str, text: str, status: Tri = UNKNOWN) -> None:
        found.append(Condition(code=code, status=status, text=text, facts=facts, sources=cites))

    if offer.urgent_only:
        text = f"For urgent requests only: {network.label('channel', offer.channel)}"
        add("urgent-only", text, MET if urgent else NOT_MET)
    if offer.specificity == IN_GENERAL and measure != GENERAL:
        label = network.label("measure", measure)
        text = f"The article covers assistance in general and does not name {label}: national law decides"
        add("general-clause", text)
    if carrier.text_status in ("title", "heading"):
        known = "title of the treaty" if carrier.text_status == "title" else "heading of the article"
        add("text-not-read", f"Only the {known} is on record: check the text")
    if not offer.stated:
        add("channel-not-stated", "The record does not say how requests travel: the customary channel is shown")
    return tuple(found)


def subsidiary(offer: Offer, case: Situation) -> Condition:
    """Articles that give way to another assistance treaty between the two, unless both agree to use them
    (cets-185 article 27(1), UNTOC article 18(7), UNCAC article 46(7))."""
    others = [standing for standing in case.other_treaties if standing.instrument.id not in offer.needs]
    if not others:
        return _subsidiary_to_none(case.network, offer.carrier)
    named = ", ".join(standing.instrument.short_name for standing in others[:3])
    return Condition(
        code="subsidiary",
        status=UNKNOWN,
        text=f"Applies only where both agree to use it in place of: {named}",
        basis=next((held for standing in others if (held := standing.basis_on(case.on))), None),
        facts=(reference(offer.carrier), *(fact for standing in others[:3] for fact in standing.facts)),
        sources=case.network.cites(offer.carrier.sources),
    )


@once
def _subsidiary_to_none(network: Network, carrier: Provision) -> Condition:
    text = "Applies where no other assistance treaty binds the two; none is on record, which proves nothing"
    facts, cites = (reference(carrier),), network.cites(carrier.sources)
    return Condition(code="subsidiary", status=UNKNOWN, text=text, facts=facts, sources=cites)


@once
def evidential_use(network: Network, carrier: Provision) -> Condition:
    text = "Whether the answer can serve as evidence depends on the requesting State's law"
    facts, cites = (reference(carrier),), network.cites(carrier.sources)
    return Condition(code="evidential-use", status=UNKNOWN, text=text, facts=facts, sources=cites)
