"""Everything on record about one thing on a day, in one dictionary: what ``comity show`` prints.

A profile is the record field by field, its sources spelt out, and what other records say about it. For an instrument:
its provisions, its parties with their standing on the day, and how many of them signed, are bound and have it in force.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from math import inf
from typing import Any

import msgspec

from graph.dates import MET, NOT_MET, UNKNOWN, Tri, all_of, negation, reached, span
from graph.deposits import entry_on_record
from graph.lookup import kind
from graph.model import (
    Authority,
    Concept,
    Establishment,
    Instrument,
    Organisation,
    Participation,
    Provider,
    Record,
    State,
    Statute,
)
from graph.network import Network, Standing

SIGNATURE_ONLY = frozenset({"signatory", "signed", "not-in-force"})
"""Standings that rest on a signature where no act of consent is on record."""


def profile(network: Network, record: Record, on: str) -> dict[str, Any]:
    """The profile of ``record`` on the ISO day ``on``: its fields, ``class``, ``release``, ``on`` and its relations."""
    day = date.fromisoformat(on).toordinal()
    shown = {"class": kind(type(record)), **plain(network, record), "release": network.release, "on": on}
    conflicts = [
        plain(network, conflict)
        for conflict in network.records.conflicts
        if any(record.id == about or record.id in about.split("/") for about in conflict.about)
    ]
    if isinstance(record, Instrument):
        shown |= _instrument(network, record, day)
    elif isinstance(record, State):
        shown |= _state(network, record, day)
    elif isinstance(record, Authority):
        shown["designations"] = _rows(network, network.records.designations, authority=record.id)
        shown["parts"] = _rows(network, network.records.authorities, parent=record.id)
    elif isinstance(record, Statute):
        shown["offences"] = _rows(network, network.records.statutory_offences, statute=record.id)
    elif isinstance(record, Provider):
        shown["establishments"] = _rows(network, network.records.establishments, provider=record.id)
    elif isinstance(record, Establishment):
        shown["provider_name"] = (
            network.providers[record.provider].name if record.provider in network.providers else None
        )
    elif isinstance(record, Organisation):
        shown["members"] = _rows(network, network.records.memberships, organisation=record.id)
        shown["channels"] = _rows(network, network.records.network_channels, organisation=record.id)
    elif isinstance(record, Concept):
        shown["narrower"] = [held.key for held in network.records.concepts if held.broader in (record.id, record.key)]
    shown["conflicts"] = conflicts
    return shown


def plain(network: Network, record: Record) -> dict[str, Any]:
    """The fields of a record, with its sources as quoted in answers.

    A penalty without end (imprisonment for life) is written ``life``, since JSON has no infinity.
    """
    fields: dict[str, Any] = {name: msgspec.to_builtins(getattr(record, name)) for name in record.__struct_fields__}
    fields["sources"] = msgspec.to_builtins(network.cites(record.sources))
    if fields.get("max_penalty_years") == inf:
        fields["max_penalty_years"] = "life"
    fields["evidence"] = {field: msgspec.to_builtins(network.cites(ids)) for field, ids in record.evidence}
    return fields


def _instrument(network: Network, instrument: Instrument, day: int) -> dict[str, Any]:
    readings: dict[str, list[Participation]] = {}
    for participation in network.records.participations:
        if participation.instrument == instrument.id:
            readings.setdefault(participation.party, []).append(participation)
    standings = [network.standings(party)[instrument.id] for party in sorted(readings)]
    parties = [_party(network, standing, day) for standing in standings]
    return {
        "counts": _counts(parties),
        "entry": _entry(network, instrument),
        "provisions": [plain(network, held) for held in network.provisions.get(instrument.id, [])],
        "request_rules": _rows(network, network.records.request_rules, instrument=instrument.id),
        "parties": parties,
        "declarations": _rows(network, network.records.declarations, instrument=instrument.id),
        "protocols": [held.id for held in network.protocols.get(instrument.id, [])],
    }


def _entry(network: Network, instrument: Instrument) -> dict[str, Any] | None:
    """How far an instrument that is not in force is from it: consents counted, consents needed, the day if certain."""
    found = entry_on_record(network, instrument) if instrument.status == "not-in-force" else None
    if found is None:
        return None
    return {"counted": found.counted, "needed": found.needed, "day": found.day.isoformat() if found.day else None}


def _party(network: Network, standing: Standing, day: int) -> dict[str, Any]:
    """A party with its dates and what follows on the day: ``status`` (in force), ``bound``, ``signed``, each a tri."""
    step = standing.timeline.on(day)
    first = standing.readings[0]
    place = place_of(network, standing, day)
    return {
        "party": standing.party,
        "name": standing.name,
        "standing": first.standing,
        "signed_on": first.signed_on,
        "bound_on": first.bound_on,
        "action": first.action,
        "in_force_on": first.in_force_on,
        "ended_on": first.ended_on,
        "suspended_on": first.suspended_on,
        "status": step.result,
        "code": step.code,
        "reason": step.text,
        "bound": place.bound,
        "signed": place.signed,
        "territorial_note": first.territorial_note,
        "note": first.note,
        "basis": first.basis,
        "rule": first.rule,
        "contested": first.contested,
        "readings": [plain(network, reading) for reading in standing.readings] if len(standing.readings) > 1 else [],
        "sources": msgspec.to_builtins(standing.cites),
    }


class Place(msgspec.Struct, frozen=True):
    """How a party stands on a day: whether it signed, is bound, and has the instrument in force. Each is another thing.

    Signature alone does not bind (Vienna Convention on the Law of Treaties, article 18), and consent to be bound is not
    yet entry into force (article 24).
    """

    signed: Tri
    bound: Tri
    in_force: Tri


def place_of(network: Network, standing: Standing, day: int) -> Place:
    """How the party of ``standing`` stands on ``day`` (an ordinal), by what its readings agree on."""
    in_force = standing.timeline.on(day).result
    return Place(
        signed=_agreed(_signed(network, reading, day) for reading in standing.readings),
        bound=_agreed(_bound(network, reading, in_force, day) for reading in standing.readings),
        in_force=in_force,
    )


def _bound(network: Network, reading: Participation, in_force: Tri, day: int) -> Tri:
    """Whether the party has consented to be bound by the day, and has not left (VCLT articles 11 to 16 and 54)."""
    left = negation(reached(reading.ended_on, day)) if reading.ended_on else MET
    if reading.bound_on:
        return all_of(reached(reading.bound_on, day), left)
    if reading.standing == "party":
        # Named as a party without the date of its consent: what holds on the day is what the timeline can tell.
        return all_of(in_force if in_force != NOT_MET else _sourced(network, reading, day), left)
    return NOT_MET if reading.standing in ("signatory", "signed", "excluded", "not-in-force") else UNKNOWN


def _signed(network: Network, reading: Participation, day: int) -> Tri:
    if reading.signed_on:
        return reached(reading.signed_on, day)
    if reading.standing in SIGNATURE_ONLY:
        return _sourced(network, reading, day)
    return UNKNOWN if reading.standing == "named" else NOT_MET


def _sourced(network: Network, reading: Participation, day: int) -> Tri:
    """Met from the date of the newest source on, unknown before: an undated relation is proven only then."""
    if reading.in_force_on or reading.ended_on:
        return NOT_MET
    newest = network.source_date(reading.sources)
    return MET if newest and day >= span(newest)[1] else UNKNOWN


def _agreed(values: Iterable[Tri]) -> Tri:
    """What all readings agree on, else unknown."""
    said = set(values)
    return said.pop() if len(said) == 1 else UNKNOWN


def _counts(parties: list[dict[str, Any]]) -> dict[str, int]:
    """How many have signed only, are bound, have it in force, and for how many entry into force is unknown."""
    return {
        "signed_only": sum(
            party["signed"] == MET and party["bound"] == NOT_MET and not _left(party) for party in parties
        ),
        "bound": sum(party["bound"] == MET for party in parties),
        "in_force": sum(party["status"] == MET for party in parties),
        "unknown": sum(party["status"] == UNKNOWN for party in parties),
    }


def _left(party: dict[str, Any]) -> bool:
    return bool(party["code"] == "ended")


def _state(network: Network, state: State, day: int) -> dict[str, Any]:
    instruments = []
    for id_, standing in sorted(network.standings(state.id).items()):
        party = _party(network, standing, day)
        instruments.append({"instrument": id_, "short_name": standing.instrument.short_name, **party})
    records = network.records
    authorities = _rows(network, records.authorities, state=state.id)
    designations = _rows(network, records.designations, state=state.id)
    for authority in authorities:
        authority["designations"] = [held for held in designations if held["authority"] == authority["id"]]
    return {
        "memberships": _rows(network, records.memberships, state=state.id),
        "instruments": instruments,
        "authorities": authorities,
        "declarations": _rows(network, records.declarations, party=state.id),
        "statutes": _rows(network, records.statutes, state=state.id),
        "offences": _rows(network, records.statutory_offences, state=state.id),
        "review_findings": _rows(network, records.review_findings, state=state.id),
        "establishments": _rows(network, records.establishments, jurisdiction=state.id),
    }


def _rows(network: Network, records: Iterable[Record], **wanted: str) -> list[dict[str, Any]]:
    """The records whose field has the value ``wanted``, as dictionaries."""
    ((field, value),) = wanted.items()
    return [plain(network, record) for record in records if getattr(record, field) == value]
