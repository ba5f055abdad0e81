"""Dates of a party that come before what they must follow: the shape that several rules share."""

from __future__ import annotations

from collections.abc import Iterator

from graph.dates import before
from graph.model import Instrument
from ingest.review.finding import Hit
from ingest.review.material import Material

WORDS = {
    "signed_on": "signed", "bound_on": "bound", "in_force_on": "in force", "ended_on": "ended",
    "suspended_on": "suspended",
}  # fmt: skip
"""What a date of a participation says."""


def before_instrument(
    held: Material, field: str, milestone: str, except_for: frozenset[str] = frozenset()
) -> Iterator[Hit]:
    """Participations whose ``field`` is earlier than the date ``milestone`` of their instrument.

    ``except_for``: ids of instruments that are left out.
    """
    for record, instrument in held.dated:
        date, other = getattr(record, field), getattr(instrument, milestone)
        if before(date, other) and instrument.id not in except_for:
            says = f"{record.id} {WORDS[field]} {date}; the instrument {_told(instrument, milestone)}"
            yield Hit((record, instrument), says, held.if_contested(record), field=field)


def _told(instrument: Instrument, milestone: str) -> str:
    date = getattr(instrument, milestone)
    return f"itself {date}" if milestone == "in_force_on" else f"is of {date}"


def before_beginning(held: Material, field: str) -> Iterator[Hit]:
    """Participations whose ``field`` is earlier than their entry into force, or else consent, or else signature."""
    for record, _ in held.dated:
        date, began = getattr(record, field), record.in_force_on or record.bound_on or record.signed_on
        if before(date, began):
            says = f"{record.id} {WORDS[field]} {date}, began {began}"
            yield Hit((record,), says, held.if_contested(record), field=field)
