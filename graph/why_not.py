"""Reasons: for each instrument or channel that almost works, the one fact that stands in the way.

Codes are those of the answer format: ``signed-only``, ``not-party``, ``not-in-force``, ``ended``, ``reserved``,
``opted-out``, ``measure-not-covered``, ``offence-out-of-scope``, ``not-met``, ``no-record``.
"""

from __future__ import annotations

from graph.answers import Condition, WhyNot
from graph.dates import MET, NOT_MET
from graph.model import Instrument
from graph.network import Network, Standing
from graph.offers import GENERAL, Offer
from graph.once import once
from graph.references import reference
from graph.situations import Replacement, Situation

ORDER = {
    "signed-only": 0,
    "not-in-force": 1,
    "reserved": 2,
    "not-met": 3,
    "offence-out-of-scope": 4,
    "measure-not-covered": 5,
    "opted-out": 6,
    "ended": 7,
    "not-party": 8,
    "no-record": 9,
}
"""Codes by how near the path is: a ratification away first, nothing on record last."""

ASSISTANCE_SUBJECTS = frozenset(
    {"mutual-assistance", "cybercrime", "child-protection", "trafficking", "organised-crime", "direct-orders",
     "police-cooperation"}
)  # fmt: skip
"""Subjects of instruments that one would expect to help with a measure of assistance."""

ASSISTANCE = frozenset({"mutual-assistance"})

TREATIES_OF_THEIR_OWN = {
    "extradition": frozenset({"extradition", "surrender"}),
    "transfer-of-proceedings": frozenset({"transfer-of-proceedings"}),
    "transfer-of-sentenced-persons": frozenset({"transfer-of-sentenced-persons"}),
}
"""Measures with treaties of their own kind, by the subjects of these."""


def ordered(lines: list[WhyNot]) -> tuple[WhyNot, ...]:
    """Without repetition, nearest first: instruments with one thing missing before those with two."""
    unique = {(line.instrument, line.code, line.party, line.text): line for line in lines}
    count: dict[str, int] = {}
    for instrument, *_ in unique:
        count[instrument] = count.get(instrument, 0) + 1
    keyed = [
        ((min(count[instrument], 2), ORDER[code], instrument, party or "", text), place)
        for place, (instrument, code, party, text) in enumerate(unique)
    ]
    keyed.sort()
    found = list(unique.values())
    return tuple([found[place] for _, place in keyed])


def not_covered(case: Situation, standing: Standing) -> list[WhyNot]:
    """An instrument of the right kind binds both but no article of it on record carries the measure."""
    instrument = standing.instrument
    other = case.theirs[instrument.id]
    if instrument.subject not in _expected(case.measure) or not case.network.cooperates(instrument.id):
        return []
    if standing.result_on(case.on) != MET or other.result_on(case.on) != MET:
        return []
    label = case.network.label("measure", case.measure)
    return [
        WhyNot(
            instrument=instrument.id,
            name=instrument.short_name,
            code="measure-not-covered",
            party=None,
            text=f"In force for both, but no article on record carries {label}",
            facts=(reference(instrument), *standing.facts, *other.facts),
            sources=case.network.cites(instrument.sources),
        )
    ]


def _expected(measure: str) -> frozenset[str]:
    """The subjects of instruments that one would expect to carry ``measure``."""
    own = TREATIES_OF_THEIR_OWN.get(measure)
    return ASSISTANCE_SUBJECTS if own is None else own | ASSISTANCE


def replaced(case: Situation, standing: Standing, replacement: Replacement) -> list[WhyNot]:
    """An instrument that binds both and has been replaced between them by another."""
    instrument = standing.instrument
    if standing.result_on(case.on) != MET or case.theirs[instrument.id].result_on(case.on) != MET:
        return []
    return [_replaced(case, instrument, replacement)]


def _replaced(case: Situation, instrument: Instrument, replacement: Replacement) -> WhyNot:
    newer = replacement.instrument
    return WhyNot(
        instrument=instrument.id,
        name=instrument.short_name,
        code="not-met",
        party=None,
        text=f"Replaced between the two by {newer.short_name} (article {newer.replaces_article})",
        article=newer.replaces_article,
        condition="replaced",
        facts=(reference(newer),),
        sources=case.network.cites(newer.sources),
    )


def one_sided(case: Situation, present: Standing, absent: str) -> list[WhyNot]:
    """An instrument that would carry the measure and has one of the two States on record; ``absent`` is the other."""
    network = case.network
    instrument = present.instrument
    if instrument.kind == "eu-act" and not network.memberships.get(("eu", absent)):
        return []  # closed to States outside the Union: not a near miss
    step = present.timeline.on(case.on)
    if step.result == NOT_MET:
        if step.code == "opted-out":
            return [present.why_not_on(case.on)]
        return [missing_party(network, instrument.id, absent), present.why_not_on(case.on)]
    return [missing_party(network, instrument.id, absent)]


def nothing_known(network: Network, measure: str) -> WhyNot:
    """The reason of last resort: nothing on record joins the two for such a measure."""
    text = f"No instrument or network on record joins the two for: {network.label('measure', measure)}"
    return WhyNot(instrument="none", name="The record", code="no-record", party=None, text=text, sources=())


def no_bilateral(case: Situation) -> list[WhyNot]:
    """That no bilateral treaty for such a measure is on record between the two, which proves nothing."""
    network = case.network
    if case.measure not in TREATIES_OF_THEIR_OWN and not _general(case):
        return []
    treaties = treaties_of_its_kind(network, case.requesting, subjects_of(case.measure))
    if any(held.instrument.kind == "bilateral" and held.instrument.id in case.theirs for held in treaties):
        return []
    ours, theirs = network.state_name(case.requesting), network.state_name(case.requested)
    kind = " or ".join(sorted(network.label("instrument-subject", subject) for subject in subjects_of(case.measure)))
    text = f"No bilateral treaty ({kind}) between {ours} and {theirs} is on record; the record is incomplete"
    return [
        WhyNot(instrument="bilateral", name="Bilateral treaty", code="no-record", party=None, text=text, sources=())
    ]


def subjects_of(measure: str) -> frozenset[str]:
    """The subjects of the treaties that are made for such a measure."""
    return TREATIES_OF_THEIR_OWN.get(measure, ASSISTANCE)


@once
def treaties_of_its_kind(network: Network, state: str, subjects: frozenset[str]) -> tuple[Standing, ...]:
    """The standings of ``state`` in treaties on ``subjects``, by id; schemes bind nobody."""
    held = [
        standing
        for standing in network.standings(state).values()
        if standing.instrument.subject in subjects and standing.instrument.kind != "scheme"
    ]
    return tuple(sorted(held, key=lambda standing: f"{standing.instrument.id}/"))  # as participations are sorted


def _general(case: Situation) -> bool:
    concept = case.network.concept("measure", case.measure)
    return concept is not None and (concept.under_general_clause or case.measure == GENERAL)


@once
def missing_party(network: Network, instrument_id: str, party: str) -> WhyNot:
    """A State without any participation on record: not a party where the list is complete, else no record."""
    instrument = network.instruments[instrument_id]
    name = network.state_name(party)
    state = network.states.get(party)
    if state is not None and state.kind == "territory":
        code = "no-record"
        text = f"{name} is a territory: whether the participation of its State extends to it is not on record"
    elif instrument.parties_complete_on:
        code = "not-party"
        text = f"{name}: neither signatory nor party on the complete list of {instrument.parties_complete_on}"
    else:
        code, text = "no-record", f"{name}: no participation on record"
    return WhyNot(
        instrument=instrument_id,
        name=instrument.short_name,
        code=code,
        party=party,
        text=text,
        facts=(reference(instrument),),
        sources=network.cites(instrument.sources),
    )


def lacking(case: Situation, offer: Offer) -> WhyNot | None:
    """A parent or protocol that the offer needs besides its own instrument and that fails for one side."""
    for needed in offer.needs[1:]:
        replacement = case.replaced.get(needed)
        if replacement is not None and replacement.result == MET:
            return _replaced(case, case.network.instruments[offer.needs[0]], replacement)
        for state, standings in ((case.requesting, case.ours), (case.requested, case.theirs)):
            standing = standings.get(needed)
            if standing is None:
                return missing_party(case.network, needed, state)
            if standing.result_on(case.on) == NOT_MET:
                return standing.why_not_on(case.on)
    return None


def intelligence_only(case: Situation, offer: Offer) -> WhyNot:
    """The channel yields intelligence although evidence was asked for."""
    instrument = case.network.instruments[offer.needs[0]]
    text = f"The {case.network.label('channel', offer.channel)} channel serves intelligence; evidence was asked for"
    return WhyNot(
        instrument=instrument.id,
        name=instrument.short_name,
        code="not-met",
        party=None,
        text=text,
        article=offer.opener_article or offer.carrier.article,
        facts=(reference(offer.carrier),),
        sources=case.network.cites(offer.carrier.sources),
    )


def blocked(case: Situation, offer: Offer, condition: Condition, code: str) -> WhyNot:
    """An offer that fails on ``condition``."""
    instrument = case.network.instruments[offer.needs[0]]
    return WhyNot(
        instrument=instrument.id,
        name=instrument.short_name,
        code=code,
        party=condition.party,
        text=condition.text,
        article=offer.opener_article or offer.carrier.article,
        condition=condition.code,
        facts=condition.facts,
        basis=condition.basis,
        sources=condition.sources,
    )
