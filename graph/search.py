"""The search between two States: every offer of every instrument, tried on the facts of the day.

Pure: the same network and question give the same candidates. Ranking and wording live elsewhere.
"""

from __future__ import annotations

from datetime import date

from graph import hubs, why_not
from graph.answers import Condition, Path, Question, WhyNot
from graph.conditions import BLOCKED_BY, conditions
from graph.dates import MET, NOT_MET, UNKNOWN, all_of
from graph.legs import travel
from graph.model import Establishment
from graph.network import Network, Standing
from graph.offers import Offer, OfferBook
from graph.ranking import Candidate
from graph.situations import Replacement, Situation


def situation(book: OfferBook, question: Question, requested: str, provider: Establishment | None = None) -> Situation:
    """Make ``question`` towards the State ``requested``, or a ``provider`` established there, ready for evaluation."""
    network = book.network
    on = date.fromisoformat(question.on).toordinal()
    ours, theirs = network.standings(question.requesting), network.standings(requested)
    return Situation(
        network=network,
        requesting=question.requesting,
        requested=requested,
        ours=ours,
        theirs=theirs,
        measure=question.measure,
        offence=question.offence,
        on=on,
        urgent=question.urgent,
        evidence=question.evidence,
        other_treaties=_other_treaties(network, question, requested, on),
        provider=provider,
        replaced=_replacements(book, question.measure, ours, theirs, on),
    )


def _replacements(
    book: OfferBook, measure: str, ours: dict[str, Standing], theirs: dict[str, Standing], on: int
) -> dict[str, Replacement]:
    """Instruments that a newer one replaces between the two for ``measure``, by id (VCLT articles 30 and 59).

    Where several would replace the same, one that certainly binds both counts before one that may.
    """
    found: dict[str, Replacement] = {}
    carrying = book.for_measure(measure)
    for newer in book.network.replacing:
        if newer.id in ours and newer.id in theirs and newer.id in carrying:
            result = all_of(ours[newer.id].result_on(on), theirs[newer.id].result_on(on))
            for older in newer.replaces if result != NOT_MET else ():
                if older not in found or (result == MET and found[older].result != MET):
                    found[older] = Replacement(newer, result)
    return found


def _other_treaties(network: Network, question: Question, requested: str, on: int) -> tuple[Standing, ...]:
    """Treaties of the measure's own kind in force between the two, before which subsidiary articles give way."""
    theirs = network.standings(requested)
    return tuple(
        standing
        for standing in why_not.treaties_of_its_kind(
            network, question.requesting, why_not.subjects_of(question.measure)
        )
        if standing.instrument.id in theirs
        and network.joins(standing.instrument.id, question.requesting, requested)
        and standing.result_on(on) == MET
        and theirs[standing.instrument.id].result_on(on) == MET
    )


def state_paths(book: OfferBook, case: Situation) -> tuple[list[Candidate], list[WhyNot]]:
    """All paths of ``case`` by instruments and networks, unranked, with the reasons for those that fail.

    Where a provider is asked the last leg goes on to its establishment in the requested State.
    """
    found: list[Candidate] = []
    missing: list[WhyNot] = []
    by_instrument = book.for_measure(case.measure)
    ours, theirs = case.ours, case.theirs
    for instrument, standing in ours.items():
        if instrument in theirs and case.network.joins(instrument, case.requesting, case.requested):
            replacement = case.replaced.get(instrument)
            if replacement is not None and replacement.result == MET:
                over = _not_in_force(case, instrument) if instrument in by_instrument else []
                missing += over or why_not.replaced(case, standing, replacement)
            elif instrument in by_instrument:
                _try(by_instrument[instrument], case, found, missing)
            else:
                missing += why_not.not_covered(case, standing)
    for instrument in book.open_instruments(case.measure):
        if instrument in ours:
            if instrument not in theirs:
                missing += why_not.one_sided(case, ours[instrument], case.requested)
        elif instrument in theirs:
            missing += why_not.one_sided(case, theirs[instrument], case.requesting)
    missing += why_not.no_bilateral(case)
    network_found, network_missing = hubs.through_networks(case)
    return found + network_found, missing + network_missing


def _try(
    choices: tuple[Offer, ...],
    case: Situation,
    found: list[Candidate],
    missing: list[WhyNot],
) -> None:
    """Evaluate the offers of one instrument that has both States on record."""
    own = choices[0].needs[0]
    failing = _not_in_force(case, own)
    if failing:
        missing += failing
        return
    blocked: list[WhyNot] = []
    opened = False
    for offer in choices:
        lacking = why_not.lacking(case, offer)
        if lacking is not None:
            blocked.append(lacking)
            continue
        if case.evidence and offer.evidential_use == "intelligence":
            blocked.append(why_not.intelligence_only(case, offer))
            continue
        held = conditions(offer, case)
        fallen = next((condition for condition in held if condition.status == NOT_MET), None)
        if fallen is not None:
            blocked.append(why_not.blocked(case, offer, fallen, BLOCKED_BY.get(fallen.code, "not-met")))
            continue
        opened = True
        found.append(_candidate(offer, case, held))
    # A protocol that neither side needs is no news where the instrument itself already opens a path.
    missing += [line for line in blocked if not opened or line.instrument == own]


def by_consent(offer: Offer) -> bool:
    """Whether nobody is obliged: the article works only if the holder of the data agrees (cets-185 article 32(b))."""
    return "consent-of-data-holder" in offer.carrier.requirements


def _not_in_force(case: Situation, instrument: str) -> list[WhyNot]:
    """Why an instrument that has both States on record is not in force for one of them, or for both."""
    standings = (case.ours[instrument], case.theirs[instrument])
    return [held.why_not_on(case.on) for held in standings if held.result_on(case.on) == NOT_MET]


def _candidate(offer: Offer, case: Situation, held: list[Condition]) -> Candidate:
    legs = travel(offer, case, held)
    open_questions = [condition.status for leg in legs for condition in leg.conditions].count(UNKNOWN)
    path = Path(
        measure=case.measure,
        channel=offer.channel,
        evidential_use=offer.evidential_use,
        status=UNKNOWN if open_questions else MET,
        deadline_days=offer.carrier.deadline_days,
        specificity=offer.specificity,
        offices=offer.offices,
        open_questions=open_questions,
        by_consent=by_consent(offer),
        note="; ".join(filter(None, (offer.carrier.deadline_note, offer.carrier.note))) or None,
        legs=legs,
    )
    instrument = case.network.instruments[offer.needs[0]]
    opener = offer.opener.id if offer.opener else ""
    asked = case.provider.id if case.provider else ""
    identity = (*offer.needs, offer.carrier.id, offer.channel, opener, asked)
    return Candidate(path, offer.speed, instrument.signed_on, identity)
