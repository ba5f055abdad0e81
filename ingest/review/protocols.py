"""Protocols and the instruments that they build on: who is party to the one must be party to the other.

A protocol on record names its parent where its own final clauses demand it, for example article 37(2) of the United
Nations Convention against Transnational Organized Crime and article 30(1) of the second protocol ETS 182.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.dates import before
from graph.model import Instrument, Participation
from ingest.review.finding import Hit, Rule
from ingest.review.material import Material

_NOT_BOUND = frozenset({"signatory", "excluded", "not-in-force"})


def parent_not_on_record(held: Material) -> Iterator[Hit]:
    """A party to the protocol of which no consent is on record under the parent (UNTOC article 37(2), and its like)."""
    for record, protocol, parent in _protocol_parties(held):
        readings = held.readings(parent, record.party)
        if all(reading.standing == "signed" for reading in readings):
            held_of_it = "a signature alone" if readings else "nothing"
            says = f"{record.party} is party to {protocol.id}; under the parent {parent} {held_of_it} is on record"
            yield Hit((record, *readings), says)


def parent_not_bound(held: Material) -> Iterator[Hit]:
    """A party to the protocol that a source calls a mere signatory, or excluded, under the parent (as above)."""
    for record, protocol, parent in _protocol_parties(held):
        readings = held.readings(parent, record.party)
        if readings and all(reading.standing in _NOT_BOUND for reading in readings):
            says = f"{record.party} is party to {protocol.id}, but {readings[0].standing} under the parent {parent}"
            yield Hit((record, *readings), says)


def protocol_before_parent(held: Material) -> Iterator[Hit]:
    """The protocol cannot be in force for a party before the parent is (as above, and VCLT article 40(4))."""
    for record, protocol, parent in _protocol_parties(held):
        readings = held.readings(parent, record.party)
        if readings and all(before(record.in_force_on, reading.in_force_on) for reading in readings):
            says = f"{record.party}: {protocol.id} in force {record.in_force_on}, "
            yield Hit((record, *readings), says + f"its parent {parent} {readings[0].in_force_on}")


def protocol_outlives_parent(held: Material) -> Iterator[Hit]:
    """What ended for a party under the parent has ended under the protocol (as above)."""
    for record, protocol, parent in _protocol_parties(held):
        readings = held.readings(parent, record.party)
        if readings and not record.ended_on and all(reading.ended_on for reading in readings):
            says = (
                f"{record.party}: the parent {parent} ended {readings[0].ended_on}, {protocol.id} has no end on record"
            )
            yield Hit((record, *readings), says)


def protocol_older_than_parent(held: Material) -> Iterator[Hit]:
    """A protocol is not adopted before the instrument that it builds on."""
    for protocol in held.records.instruments:
        parent = held.instruments.get(protocol.parent or "")
        if parent and before(protocol.signed_on, parent.signed_on):
            says = f"{protocol.id} is of {protocol.signed_on}, its parent {parent.id} of {parent.signed_on}"
            yield Hit((protocol, parent), says)


def _protocol_parties(held: Material) -> Iterator[tuple[Participation, Instrument, str]]:
    """Parties to protocols whose parent has parties on record at all."""
    for record, protocol in held.dated:
        if protocol.parent and record.standing == "party" and held.participations.get(protocol.parent):
            yield record, protocol, protocol.parent


_CLAUSE = "the protocol's final clauses, such as UNTOC article 37(2)"

RULES = (
    Rule(
        key="parent-not-on-record", severity="doubt", check=parent_not_on_record,
        demands="a party to a protocol is on record as bound by the parent", source=_CLAUSE,
    ),
    Rule(
        key="parent-not-bound", severity="error", check=parent_not_bound,
        demands="a party to a protocol is party to the parent", source=_CLAUSE,
    ),
    Rule(
        key="protocol-before-parent", severity="error", check=protocol_before_parent,
        demands="a protocol is in force for a party from the day of the parent or later", source=_CLAUSE,
    ),
    Rule(
        key="protocol-outlives-parent", severity="doubt", check=protocol_outlives_parent,
        demands="a protocol ends for a party when the parent does", source=_CLAUSE,
    ),
    Rule(
        key="protocol-older-than-parent", severity="error", check=protocol_older_than_parent,
        demands="a protocol is younger than its parent", source="VCLT article 40: an amendment presupposes the treaty",
    ),
)  # fmt: skip
