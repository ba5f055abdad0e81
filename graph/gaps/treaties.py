"""The treaties that matter for cooperation against online child sexual exploitation, and a State's place in each.

The list follows from the records: multilateral instruments and acts of the European Union on the subjects below that
have not ended, whose scope is not another field, and of which at least one party is on record. A treaty that is closed
to the State (:mod:`graph.gaps.openings`) is no gap of that State; where it is not on record who may join, whether it is
a gap is unknown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import msgspec

from graph.answers import PartyDates
from graph.dates import MET, NOT_MET, UNKNOWN, Tri, reached
from graph.gaps.openings import Opening, opening
from graph.model import Instrument
from graph.network import Network, Standing
from graph.why_not import missing_party

SUBJECTS = (
    "child-protection", "cybercrime", "trafficking", "organised-crime", "mutual-assistance", "direct-orders",
    "police-cooperation", "extradition", "surrender",
)  # fmt: skip
"""Subjects that serve the field, in the order shown: what is punished, then how evidence and persons travel."""

KINDS = frozenset({"multilateral", "eu-act"})
"""Kinds that a State joins by an act of its own among many; a bilateral treaty is negotiated, a scheme binds nobody."""

Place = Literal[
    "in-force", "bound-not-in-force", "signed-only", "opted-out", "ended", "not-party", "not-yet", "undecided",
    "no-record",
]  # fmt: skip

GAPS: frozenset[Place] = frozenset({"signed-only", "opted-out", "ended", "not-party", "not-yet"})
"""Places that are on record as not binding; ``bound-not-in-force`` closes by itself, ``undecided`` needs a date, and
``no-record`` is no fact at all."""


class Worth(msgspec.Struct, frozen=True, kw_only=True):
    """What joining changes, in pairs of partner and measure, whether the State asks or is asked.

    ``opened``: there was no path, and there is one. ``secured``: none was sure, and one is. ``closed``: there was a
    path, and there is none, as the instrument replaces what opened it.
    """

    opened: int
    secured: int
    closed: int


class TreatyPlace(msgspec.Struct, frozen=True, kw_only=True):
    """A State's place in one instrument.

    ``gap``: met where the record says that it does not bind, and it is open or open by invitation; unknown where no
    participation or nothing on who may join is on record. ``parties``: for how many it is in force on the day.
    ``opens``: how many partners joining adds (:func:`new_partners`). ``needs``: the parent instrument that must bind
    first. ``worth``: what joining changes in paths, where that was asked for.
    """

    instrument: str
    name: str
    subject: str
    place: Place
    gap: Tri
    reason: str
    opening: str
    opening_reason: str
    parties: int
    opens: int | None
    needs: str | None
    dates: PartyDates
    worth: Worth | None = None


def relevant(network: Network) -> tuple[Instrument, ...]:
    """The instruments that matter, by subject and short name."""
    with_parties = {held.instrument for held in network.records.participations}
    return tuple(
        sorted(
            (
                held
                for held in network.records.instruments
                if held.kind in KINDS
                and held.subject in SUBJECTS
                and held.status != "ended"
                and held.offence_scope != "other-field"
                and held.id in with_parties
            ),
            key=lambda held: (SUBJECTS.index(held.subject or ""), held.short_name),
        )
    )


def treaty_places(
    network: Network, state: str, on: int, worth: Callable[[str, str], Worth] | None = None
) -> tuple[TreatyPlace, ...]:
    """The places of ``state`` on day ``on`` (an ordinal), without the instruments that are closed to it.

    ``worth`` says what an instrument is worth to a State (ids); with it those that open most come first.
    """
    found = []
    for instrument in relevant(network):
        standing = network.standings(state).get(instrument.id)
        way = opening(network, instrument, state, on)
        if standing is None and way.word == "closed":
            continue
        found.append(_place(network, state, instrument, standing, way, on))
    if worth is None:
        return tuple(found)
    valued = [
        held if held.gap == NOT_MET else msgspec.structs.replace(held, worth=worth(held.instrument, state))
        for held in found
    ]
    return tuple(sorted(valued, key=_most_first))


def _most_first(place: TreatyPlace) -> tuple[int, int]:
    return (-place.worth.opened, -place.worth.secured) if place.worth else (0, 0)


def _place(
    network: Network, state: str, instrument: Instrument, standing: Standing | None, way: Opening, on: int
) -> TreatyPlace:
    place, reason = treaty_place(network, instrument, state, on)
    gap: Tri = NOT_MET
    if place in GAPS | {"no-record"} and way.word != "closed":
        gap = UNKNOWN if way.word == "unknown" or place == "no-record" else MET
    dates = standing.dates if standing else PartyDates(party=state, sources=network.cites(instrument.sources))
    return TreatyPlace(
        instrument=instrument.id,
        name=instrument.short_name,
        subject=instrument.subject or "",
        place=place,
        gap=gap,
        reason=reason,
        opening=way.word,
        opening_reason=way.reason,
        parties=len(parties(network, instrument.id, on)),
        opens=new_partners(network, state, instrument.id, on) if gap != NOT_MET else None,
        needs=_missing_parent(network, instrument, state, on),
        dates=dates,
    )


def treaty_place(network: Network, instrument: Instrument, state: str, on: int) -> tuple[Place, str]:
    """The word for how ``state`` stands to ``instrument`` on day ``on``, and the sentence of the record."""
    standing = network.standings(state).get(instrument.id)
    if standing is None:
        missing = missing_party(network, instrument.id, state)
        return ("not-party" if missing.code == "not-party" else "no-record"), missing.text
    step = standing.timeline.on(on)
    if step.result == MET:
        return "in-force", step.text
    if step.result != NOT_MET:
        return "undecided", step.text
    if step.code in ("opted-out", "ended"):
        return ("opted-out" if step.code == "opted-out" else "ended"), step.text
    dates = standing.dates
    if dates.bound_on and reached(dates.bound_on, on) == MET:
        return "bound-not-in-force", step.text
    if (dates.signed_on and reached(dates.signed_on, on) == MET) or (
        step.code == "signed-only" and not dates.signed_on
    ):
        return "signed-only", step.text
    return "not-yet", step.text


def parties(network: Network, instrument: str, on: int) -> frozenset[str]:
    """The States for which ``instrument`` is in force on day ``on``."""
    return frozenset(
        state
        for state in network.states
        if (held := network.standings(state).get(instrument)) and held.timeline.on(on).result == MET
    )


def new_partners(network: Network, state: str, instrument: str, on: int) -> int | None:
    """How many parties ``state`` would meet in ``instrument`` and in no other of the same subject that is in force.

    Only instruments with an article on cooperation on record count, on either side; ``None`` where this one has none.
    The count says nothing about measures, reservations or protocols' parents.
    """
    if not network.cooperates(instrument):
        return None
    subject = network.instruments[instrument].subject
    reached_already: set[str] = set()
    for held, standing in network.standings(state).items():
        kindred = held != instrument and standing.instrument.subject == subject and network.cooperates(held)
        if kindred and standing.timeline.on(on).result == MET:
            reached_already |= {other for other in parties(network, held, on) if network.joins(held, state, other)}
    new = parties(network, instrument, on) - reached_already - {state}
    return sum(network.joins(instrument, state, other) for other in new)


def _missing_parent(network: Network, instrument: Instrument, state: str, on: int) -> str | None:
    """The parent instrument that a protocol needs and that is not in force for ``state``."""
    if instrument.parent is None:
        return None
    parent = network.standings(state).get(instrument.parent)
    return None if parent and parent.timeline.on(on).result == MET else instrument.parent
