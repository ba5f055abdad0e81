"""The conditions of one offer between two States on a day, each in three values with its sources.

Every function here applies one rule of law, names it, and returns conditions; a condition that is ``not met``
blocks the offer and carries the code under which ``why-not`` shows it (see :data:`BLOCKED_BY`). Facts of the
case (is the offence transnational? does the holder consent?) are never known here: they stay open questions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from graph.answers import HYPOTHETICAL, Condition
from graph.articles import covers
from graph.dates import MET, NOT_MET, UNKNOWN, Tri, reached
from graph.model import Declaration
from graph.network import Network
from graph.offers import Offer
from graph.once import once
from graph.references import reference
from graph.situations import Situation
from graph.terms import both_criminalise, evidential_use, not_less, subsidiary, terms
from graph.territory import TERRITORIAL, territorial_scope

BLOCKED_BY = {"offence-scope": "offence-out-of-scope", "reservation": "reserved"}
"""The ``why-not`` code of a condition that is not met; the others are ``not-met``."""


def conditions(offer: Offer, case: Situation) -> list[Condition]:
    """Everything that must hold for ``offer`` in ``case``; the caller checks for ``not met``.

    Both States must have a standing in every instrument that the offer needs.
    """
    network, carrier = case.network, offer.carrier
    parent = network.instruments[offer.needs[0]].parent
    found: list[Condition] = []
    for needed in offer.needs:
        ours, theirs = case.ours[needed], case.theirs[needed]
        if needed == parent:
            found += (ours.as_parent_on(case.on), theirs.as_parent_on(case.on))
        else:
            found += (ours.condition_on(case.on), theirs.condition_on(case.on))
    if case.replaced:
        found += _perhaps_replaced(offer, case)
    ours_declared, theirs_declared = network.declared_by(case.requesting), network.declared_by(case.requested)
    if ours_declared or theirs_declared:
        found += _declared(offer, case, ours_declared, theirs_declared)
    if theirs_declared:
        found += territorial_scope(network, case.requested, offer.needs, case.on)
    found += terms(offer, case)
    if offer.subsidiary:
        found.append(subsidiary(offer, case))
    if case.evidence and offer.evidential_use == "unknown":
        found.append(evidential_use(network, carrier))
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


def _declared(offer: Offer, case: Situation, ours: Collection[str], theirs: Collection[str]) -> Iterator[Condition]:
    """Reservations and declarations of both sides.

    A reservation changes the article between the two whichever of them made it (VCLT article 21(1)): an excluded
    article falls away, and what the requesting State has reserved for itself the requested State may claim too. A
    declaration that is no reservation counts for the State that made it. ``ours`` and ``theirs`` are the instruments
    under which the requesting and the requested State declared anything.
    """
    for needed in offer.needs:
        for party, declared in ((case.requested, theirs), (case.requesting, ours)):
            if needed in declared:
                for declaration in _touching(case.network, needed, party, _articles(offer)):
                    condition = _effect(declaration, offer, case, party == case.requested)
                    if condition is not None:
                        yield condition


def _articles(offer: Offer) -> tuple[tuple[str, str | None], ...]:
    """The articles on which the offer rests, each with its instrument: that of the measure, and that of the channel."""
    carrying = (offer.carrier.instrument, offer.carrier.article)
    if not offer.opener_article:
        return (carrying,)
    return carrying, (offer.opener.instrument if offer.opener else offer.needs[0], offer.opener_article)


@once
def _touching(
    network: Network, instrument: str, party: str, articles: tuple[tuple[str, str | None], ...]
) -> tuple[Declaration, ...]:
    """What ``party`` declared under ``instrument`` with an effect on ``articles``, or with one not on record."""
    held = [article for one, article in articles if one == instrument]
    return tuple(
        declaration
        for declaration in network.declarations(instrument, party)
        if declaration.effect is not None
        and declaration.effect not in TERRITORIAL
        and (
            declaration.effect == "text-not-read"
            or any(covers(scope, article) for article in held for scope in declaration.effect_articles)
        )
    )


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
        finding = both_criminalise(case)
        text, basis = f"{said}. {finding.text}", assumed or finding.basis
        return reserved(not_less(finding.result), text, "dual-criminality", basis, finding.facts)
    if declaration.effect == "limits":
        return reserved(UNKNOWN, said)
    if declaration.effect == "text-not-read":
        return reserved(UNKNOWN, f"{name} made a reservation or declaration whose text is not on record")
    return None
