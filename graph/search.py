"""The search between two States: every offer of every instrument, tried on the facts of the day.

Pure: the same network and question give the same candidates. Ranking and wording live elsewhere.
"""

from __future__ import annotations

from datetime import date

from graph import hubs, why_not
from graph.answers import Condition, Path, Question, WhyNot
from graph.conditions import BLOCKED_BY, Situation, conditions
from graph.dates import MET, NOT_MET, UNKNOWN
from graph.legs import travel
from graph.model import Establishment
from graph.network import Standing
from graph.offers import Offer, OfferBook
from graph.ranking import Candidate


def situation(book: OfferBook, question: Question, requested: str) -> Situation:
    """Make ``question`` towards the State ``requested`` ready for evaluation."""
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
        other_treaties=_assistance_treaties(book, ours, theirs, on),
    )


def _assistance_treaties(
    book: OfferBook, ours: dict[str, Standing], theirs: dict[str, Standing], on: int
) -> tuple[Standing, ...]:
    """Treaties on mutual assistance in force between the two, before which subsidiary articles give way."""
    return tuple(
        standing
        for instrument, standing in ours.items()
        if instrument in theirs
        and standing.instrument.subject == "mutual-assistance"
        and standing.instrument.kind != "scheme"
        and standing.timeline.on(on).result == MET
        and theirs[instrument].timeline.on(on).result == MET
    )


def state_paths(
    book: OfferBook, case: Situation, provider: Establishment | None = None
) -> tuple[list[Candidate], list[WhyNot]]:
    """All paths of ``case`` by instruments and networks, unranked, with the reasons for those that fail.

    With ``provider`` the last leg goes on to its establishment in the requested State.
    """
    found: list[Candidate] = []
    missing: list[WhyNot] = []
    by_instrument = book.for_measure(case.measure)
    for instrument, standing in case.ours.items():
        if instrument in case.theirs and case.network.joins(instrument, case.requesting, case.requested):
            if instrument in by_instrument:
                _try(by_instrument[instrument], case, provider, found, missing)
            else:
                missing += why_not.not_covered(case, standing)
    for instrument in book.open_instruments(case.measure):
        if instrument not in case.ours or instrument not in case.theirs:
            missing += why_not.one_sided(case, instrument)
    network_found, network_missing = hubs.through_networks(case)
    return found + network_found, missing + network_missing


def _try(
    choices: tuple[Offer, ...],
    case: Situation,
    provider: Establishment | None,
    found: list[Candidate],
    missing: list[WhyNot],
) -> None:
    """Evaluate the offers of one instrument that has both States on record."""
    own = choices[0].needs[0]
    standings = (case.ours[own], case.theirs[own])
    failing = [standing for standing in standings if standing.timeline.on(case.on).result == NOT_MET]
    if failing:
        missing += [standing.why_not_on(case.on) for standing in failing]
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
        fallen = [condition for condition in held if condition.status == NOT_MET]
        if fallen:
            blocked.append(why_not.blocked(case, offer, fallen[0], BLOCKED_BY.get(fallen[0].code, "not-met")))
            continue
        opened = True
        found.append(_candidate(offer, case, held, provider))
    # A protocol that neither side needs is no news where the instrument itself already opens a path.
    missing += [line for line in blocked if not opened or line.instrument == own]


def _candidate(offer: Offer, case: Situation, held: list[Condition], provider: Establishment | None) -> Candidate:
    open_questions = sum(condition.status == UNKNOWN for condition in held)
    path = Path(
        measure=case.measure,
        channel=offer.channel,
        evidential_use=offer.evidential_use,
        status=UNKNOWN if open_questions else MET,
        deadline_days=offer.carrier.deadline_days,
        specificity=offer.specificity,
        offices=offer.offices,
        open_questions=open_questions,
        note=offer.carrier.deadline_note,
        legs=travel(offer, case, held, provider),
    )
    instrument = case.network.instruments[offer.needs[0]]
    return Candidate(path, offer.speed, instrument.signed_on, f"{offer.needs}{offer.carrier.id}{offer.channel}")
