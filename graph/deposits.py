"""Who has consented to be bound by an instrument, when, and whether that counts for its entry into force.

Turns participations into :class:`graph.entry.Deposit`, in three values: a deposit without a date lies somewhere
before the source that names the party, one by a State whose membership is not certain may or may not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.dates import MET, NEVER, NOT_MET, UNKNOWN, Tri, any_of, span
from graph.entry import Deposit, Entry, entry_of_instrument, entry_rule
from graph.hubs import holds
from graph.model import Instrument, Participation
from graph.network import EUROPEAN_UNION, Network
from graph.standing import BEGINNING

NO_CONSENT = frozenset({"signatory", "signed", "excluded"})
"""Standings without consent to be bound: signature alone does not bind (VCLT article 18)."""


def entry_on_record(network: Network, instrument: Instrument) -> Entry | None:
    """When ``instrument`` enters into force by its own rule and the deposits of ``network``.

    ``None`` where the rule is not on record. A deposit that no source names would bring the day forward.
    """
    rule = entry_rule(instrument)
    if rule is None:
        return None
    parent = network.instruments.get(instrument.parent) if instrument.parent else None
    return entry_of_instrument(deposits(network, instrument), rule, parent.in_force_on if parent else None)


def deposits(network: Network, instrument: Instrument) -> list[Deposit]:
    """The consents to be bound by ``instrument`` that ``network`` knows, one for each party."""
    return [
        found
        for party, readings in network.parties(instrument.id).items()
        if (found := _deposit(network, instrument, party, readings)) is not None
    ]


def _deposit(network: Network, instrument: Instrument, party: str, readings: Sequence[Participation]) -> Deposit | None:
    """The consent of one party over all readings of its sources; ``None`` where there is none."""
    given = [reading for reading in readings if reading.bound_on or reading.standing not in NO_CONSENT]
    if not given:
        return None
    spans = [_given_between(network, instrument, reading) for reading in given]
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    counts: Tri = _counts(network, instrument, party, last if last != NEVER else first)
    if counts == MET and (len(given) < len(readings) or any(reading.standing == "named" for reading in given)):
        counts = UNKNOWN
    return Deposit(party, first, last, counts, _member(network, instrument, party, last if last != NEVER else first))


def _given_between(network: Network, instrument: Instrument, reading: Participation) -> tuple[int, int]:
    """The days between which the consent was given; undated, it lies before the source that names the party."""
    if reading.bound_on:
        return span(reading.bound_on)
    known = [span(text)[0] for text in (instrument.signed_on, reading.signed_on) if text]
    ends = [span(text)[1] for text in (reading.in_force_on, network.named_on(reading)) if text]
    first = max(known, default=BEGINNING)
    return first, max(min(ends, default=NEVER), first)


def _counts(network: Network, instrument: Instrument, party: str, day: int) -> Tri:
    """Whether the consent of ``party`` counts towards the threshold, by ``entry_counts``.

    Where the clause is silent an organisation is not counted besides its members (UNTOC article 38(1)). A protocol is
    open to nobody but the parties of its parent (cets-224 article 16(1)), so that each of its parties counts.
    """
    if instrument.entry_counts == "signatories":
        return MET
    if party == EUROPEAN_UNION:
        return NOT_MET
    if instrument.entry_counts == "members":
        return _member(network, instrument, party, day)
    return MET


def _member(network: Network, instrument: Instrument, party: str, day: int) -> Tri:
    """Whether ``party`` was a member State of the organisation that the clause names on ``day`` (an ordinal)."""
    if instrument.entry_organisation is None:
        return NOT_MET
    held: Iterable[Tri] = (
        holds(network, membership, day)
        for membership in network.memberships.get((instrument.entry_organisation, party), ())
        if membership.status in ("member", "former-member")
    )
    return any_of(*held)
