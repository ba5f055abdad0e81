"""Consent to be bound: what signature, ratification and accession can be, and in which order.

VCLT is the Vienna Convention on the Law of Treaties (1969).
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.dates import before
from graph.model import Instrument
from ingest.review.finding import Hit, Rule
from ingest.review.material import Material
from ingest.review.order import before_instrument

_WITHOUT_SIGNATURE = frozenset({"accession", "succession", "application"})
"""Acts that bind without a signature of the party (VCLT articles 15 and 16; VCLT-SSP 1978 article 17)."""

SIGNED_SHARE = 0.5
"""Share of an instrument's ratifying parties with a signature on record from which a missing one stands out."""


def signed_before_adoption(held: Material) -> Iterator[Hit]:
    """A signature authenticates a text that has been adopted (VCLT articles 9, 10 and 12)."""
    return before_instrument(held, "signed_on", "signed_on")


def bound_before_adoption(held: Material) -> Iterator[Hit]:
    """Consent to be bound is consent to an adopted text that is open for it (VCLT articles 9 and 11 to 16)."""
    return before_instrument(held, "bound_on", "signed_on")


def signed_after_bound(held: Material) -> Iterator[Hit]:
    """Ratification, acceptance and approval confirm a signature, so they follow it (VCLT article 14)."""
    for record, _ in held.dated:
        if record.action not in _WITHOUT_SIGNATURE and before(record.bound_on, record.signed_on):
            says = f"{record.id}: {record.action or 'bound'} {record.bound_on}, signed {record.signed_on}"
            sure = record.action and not record.contested
            yield Hit((record,), says, None if sure else "doubt", field="bound_on")


def accession_after_signature(held: Material) -> Iterator[Hit]:
    """Accession is for those who have not signed (VCLT article 15); few treaties let signatories accede."""
    for record, _ in held.dated:
        if record.action == "accession" and record.signed_on:
            says = f"{record.id}: accession {record.bound_on or '(undated)'}, though signed {record.signed_on}"
            yield Hit((record,), says, field="action")


def ratified_without_signature(held: Material) -> Iterator[Hit]:
    """Ratification confirms a signature (VCLT article 14(1)); ILO Conventions have none (ILO Constitution 19(5)(d))."""
    for instrument, parties in held.participations.items():
        ratified = [record for readings in parties.values() for record in readings if record.action == "ratification"]
        signed = sum(record.signed_on is not None for record in ratified)
        if not _opened_for_signature(held.instruments[instrument]) or signed < SIGNED_SHARE * len(ratified):
            continue
        for record in ratified:
            if record.signed_on is None:
                yield Hit((record,), f"{record.id}: ratification {record.bound_on or '(undated)'}, no signature", None)


def _opened_for_signature(instrument: Instrument) -> bool:
    return instrument.kind == "multilateral" and "Labour" not in (instrument.depositary or "")


def standing_against_dates(held: Material) -> Iterator[Hit]:
    """Who is not bound has neither consented nor is the instrument in force for it (VCLT article 2(1)(g))."""
    for record, _ in held.dated:
        if record.standing in ("signatory", "excluded") and (record.bound_on or record.in_force_on):
            dates = f"bound {record.bound_on}, in force {record.in_force_on}"
            yield Hit((record,), f"{record.id} stands as {record.standing}, but {dates}", field="standing")


def bound_before_succession(held: Material) -> Iterator[Hit]:
    """A State that succeeded another on a day cannot have acted before it (VCLT-SSP 1978 articles 2(1)(e) and 17).

    The day is that on which a succession took effect, as the record has it for any instrument.
    """
    began: dict[str, str] = {}
    for record, _ in held.dated:
        if record.action == "succession" and record.in_force_on and len(record.in_force_on) == 10:
            began[record.party] = max(began.get(record.party, ""), record.in_force_on)
    for record, _ in held.dated:
        if record.action != "succession" and before(record.bound_on, began.get(record.party)):
            says = f"{record.id}: {record.action or 'bound'} {record.bound_on}, succession {began[record.party]}"
            yield Hit((record,), says, field="bound_on")


def dated_after_source(held: Material) -> Iterator[Hit]:
    """A source cannot report a signature or a deposit after the date for which it speaks."""
    for record, _ in held.dated:
        for field in ("signed_on", "bound_on"):
            date, known = getattr(record, field), held.newest(record.sources_of(field))
            if before(known, date):
                yield Hit((record,), f"{record.id}: {field} {date}, newest source {known}", field=field)
                break


RULES = (
    Rule(
        key="signed-before-adoption", severity="error", check=signed_before_adoption,
        demands="no party signs before the text is adopted or opened", source="VCLT articles 9, 10 and 12",
    ),
    Rule(
        key="bound-before-adoption", severity="error", check=bound_before_adoption,
        demands="no party is bound before the text is adopted or opened", source="VCLT articles 9 and 11 to 16",
    ),
    Rule(
        key="signed-after-bound", severity="error", check=signed_after_bound,
        demands="ratification, acceptance and approval follow the signature", source="VCLT article 14",
    ),
    Rule(
        key="accession-after-signature", severity="doubt", check=accession_after_signature,
        demands="who has signed ratifies; accession is for others", source="VCLT article 15",
    ),
    Rule(
        key="ratified-without-signature", severity="gap", check=ratified_without_signature,
        demands="a ratification confirms a signature", source="VCLT article 14(1)",
    ),
    Rule(
        key="standing-against-dates", severity="error", check=standing_against_dates,
        demands="who is signatory or excluded has no date of being bound", source="VCLT article 2(1)(g)",
    ),
    Rule(
        key="bound-before-succession", severity="doubt", check=bound_before_succession,
        demands="a State that succeeded another acts from the day of the succession",
        source="VCLT-SSP 1978 articles 2(1)(e) and 17",
    ),
    Rule(
        key="dated-after-source", severity="doubt", check=dated_after_source,
        demands="no source reports a signature or deposit after its own date", source="the meaning of as_of",
    ),
)  # fmt: skip
