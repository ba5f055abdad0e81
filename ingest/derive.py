"""Facts that follow by rule from facts that are stated; every one of them says by which rule.

Nothing stated is ever overwritten. A participation of which only the date of entry into force is derived carries
``basis`` ``derived`` and a ``rule`` that begins with ``in_force_on:``; its other fields are stated by its sources.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from graph.dates import agrees
from graph.deposits import entry_on_record
from graph.entry import in_force_from
from graph.model import Instrument, Participation
from graph.network import Network
from graph.records import Records
from ingest.ledger import Ledger
from ingest.problems import Problem

INSTRUMENT_RULE = "entry into force of an instrument by its own rule"
ENTRY_RULE = "entry into force by the instrument's own rule"
EXTENSION_RULE = "the European Union's participation binds its member States"
EU_PARTY, EU_ORGANISATION = "EUE", "eu"
BEGINNING = "0001-01-01"
"""Before every treaty: an entry into force that no instrument's own can delay."""


def derive(records: Records, ledger: Ledger) -> tuple[Records, list[Problem]]:
    """``records`` with what follows from them, and an error for every rule of entry into force that cannot be read."""
    problems = _unreadable_rules(records.instruments, ledger)
    unreadable = {problem.message.split(":")[0] for problem in problems}
    instruments = _entered(records, unreadable, ledger)
    records = msgspec.structs.replace(records, instruments=tuple(instruments.values()))
    participations: list[Participation] = []
    for participation in records.participations:
        instrument = instruments[participation.instrument]
        if instrument.id in unreadable:
            participations.append(participation)
            continue
        participations.append(_with_entry(participation, instrument, ledger))
    participations += _extended(participations, instruments, records, ledger)
    participations.sort(key=lambda record: record.id)
    return msgspec.structs.replace(records, participations=tuple(participations)), problems


def _place(record: Instrument, ledger: Ledger) -> tuple[str, int | None]:
    return next(iter(ledger.origins.get((type(record), record.id), [])), ("", None))


def _entered(records: Records, unreadable: set[str], ledger: Ledger) -> dict[str, Instrument]:
    """Rule (c): all instruments by id, with the day on which those not yet in force will be, by their own rule.

    Only where the deposits on record reach the threshold for certain. A date that a source states is never touched.
    """
    found = {record.id: record for record in records.instruments}
    waiting = [
        record
        for record in records.instruments
        if record.status == "not-in-force" and record.in_force_on is None and record.id not in unreadable
    ]
    if not waiting:
        return found
    network = Network(records, "")
    for instrument in waiting:
        entry = entry_on_record(network, instrument)
        if entry is None or entry.day is None:
            continue
        ledger.derived_by_rule[INSTRUMENT_RULE] += 1
        delay = instrument.entry_first_delay or instrument.entry_delay
        article = f", article {instrument.entry_article}" if instrument.entry_article else ""
        rule = f"in_force_on: {instrument.entry_rule} {delay} from the deposit that reached {entry.needed}{article}"
        found[instrument.id] = msgspec.structs.replace(
            instrument, in_force_on=entry.day.isoformat(), basis="derived", rule=rule
        )
    return found


def _unreadable_rules(instruments: Iterable[Instrument], ledger: Ledger) -> list[Problem]:
    """Instruments whose rule of entry into force cannot be computed with: an error each."""
    found: list[Problem] = []
    for instrument in instruments:
        for rule, column in (
            (instrument.entry_rule, "entry_delay"),
            (instrument.entry_rule, "entry_first_delay"),
            (instrument.withdrawal_rule, "withdrawal_delay"),
        ):
            delay = getattr(instrument, column)
            if rule is None or delay is None:
                continue
            try:
                in_force_from("2000-01-01", rule, delay, None)
            except ValueError as error:
                file, row = _place(instrument, ledger)
                found.append(
                    Problem(
                        file=file,
                        row=row,
                        column=column,
                        message=f"{instrument.id}: {error}".split(": write")[0],
                        cure=f"Write a delay such as P3M or P30D that fits the {column.split('_')[0]}_rule",
                    )
                )
    return found


def _with_entry(record: Participation, instrument: Instrument, ledger: Ledger) -> Participation:
    """Rule (a): bound on a day, the instrument's rule known: in force for the party from the computed day.

    A month or a year will do where each of its days leads to the same (:func:`graph.entry.in_force_from`).
    """
    rule, delay = instrument.entry_rule, instrument.entry_delay
    if not rule or not delay or not record.bound_on or record.standing != "party" or record.action == "succession":
        # A successor State is bound from the date of succession (VCLT-SSP 1978 article 22), not by the deposit's delay.
        return record
    try:
        computed = in_force_from(record.bound_on, rule, delay, instrument.in_force_on)
    except (OverflowError, ValueError):
        return record  # past the end of the calendar: no day can be told
    if computed is None or record.in_force_on is not None:
        return record
    ledger.derived_by_rule[ENTRY_RULE] += 1
    article = f", article {instrument.entry_article}" if instrument.entry_article else ""
    text = f"in_force_on: {rule} {delay}, counted from bound_on {record.bound_on}{article}"
    if len(record.bound_on) < len(computed):
        text += f"; the same for every day of {record.bound_on}"
    if computed == instrument.in_force_on and computed != in_force_from(record.bound_on, rule, delay, BEGINNING):
        text += f"; not before the instrument's own entry into force on {computed}"
    rules = f"{text}; {record.rule}" if record.rule else text
    return msgspec.structs.replace(record, in_force_on=computed, basis="derived", rule=rules)


def _extended(
    participations: Iterable[Participation],
    instruments: dict[str, Instrument],
    records: Records,
    ledger: Ledger,
) -> list[Participation]:
    """Rule (b): where the Union is a party and its participation binds its members (TFEU article 216(2)).

    One participation for every present member State of which nothing is stated, from the later of the Union's entry
    and the State's accession to the Union. Former members are left out: what bound them has ended or become their own.
    """
    held: defaultdict[str, set[str]] = defaultdict(set)
    for participation in participations:
        held[participation.instrument].add(participation.party)
    members = [
        membership
        for membership in records.memberships
        if membership.organisation == EU_ORGANISATION and membership.status == "member" and not membership.left_on
    ]
    found: list[Participation] = []
    for union in participations:
        instrument = instruments[union.instrument]
        if union.party != EU_PARTY or not instrument.extends_to_members:
            continue
        if union.standing != "party" or union.contested or not union.in_force_on:
            continue
        for membership in members:
            if membership.state in held[instrument.id]:
                continue
            held[instrument.id].add(membership.state)
            ledger.derived_by_rule[EXTENSION_RULE] += 1
            sources = sorted({*union.sources, *membership.sources})
            found.append(
                Participation(
                    id=f"{instrument.id}/{membership.state}",
                    instrument=instrument.id,
                    party=membership.state,
                    standing="party",
                    action="application",
                    in_force_on=_later(union.in_force_on, membership.joined_on),
                    ended_on=union.ended_on,
                    suspended_on=union.suspended_on,
                    sources=tuple(sources),
                    basis="derived",
                    rule=f"{EXTENSION_RULE}: the later of its entry into force and the State's accession to the Union",
                )
            )
    return found


def _later(one: str, other: str | None) -> str:
    """The later of two partial dates; where one is the other cut short, the vaguer one, so as not to claim a day."""
    if other is None:
        return one
    return min(one, other, key=len) if agrees(one, other) else max(one, other)
