"""Entry into force and end: for the instrument, and for each party.

VCLT is the Vienna Convention on the Law of Treaties (1969).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from graph.dates import agrees, before
from graph.entry import in_force_from
from graph.model import Instrument, Participation
from ingest.review.finding import Hit, Rule
from ingest.review.material import Material
from ingest.review.order import before_beginning, before_instrument


def instrument_out_of_order(held: Material) -> Iterator[Hit]:
    """An instrument is adopted, then enters into force, then ends (VCLT articles 9, 24 and 54).

    Not so where two States agree that an older treaty goes on between one of them and a successor of the other.
    """
    for record in held.records.instruments:
        stages = [("of", record.signed_on), ("in force", record.in_force_on), ("ended", record.ended_on)]
        dated = [(word, date) for word, date in stages if date]
        for (word, date), (later_word, later) in pairwise(dated):
            if before(later, date) and not (later_word == "in force" and _continued(record, held)):
                yield Hit((record,), f"{record.id}: {later_word} {later}, but {word} {date}")
                break


def in_force_before_adoption(held: Material) -> Iterator[Hit]:
    """A treaty enters into force on or after the adoption of its text (VCLT articles 9 and 24(1)), with the exception
    of :func:`instrument_out_of_order`."""
    continued = frozenset(one.id for one in held.records.instruments if _continued(one, held))
    return before_instrument(held, "in_force_on", "signed_on", except_for=continued)


def in_force_before_instrument(held: Material) -> Iterator[Hit]:
    """Nobody is bound in force by a treaty that is not (VCLT article 24), but for provisional application (25)."""
    return before_instrument(held, "in_force_on", "in_force_on")


def in_force_without_instrument(held: Material) -> Iterator[Hit]:
    """A party cannot have in force what is not in force for anybody (VCLT article 24)."""
    for record, instrument in held.dated:
        if instrument.status == "not-in-force" and record.in_force_on and not before(held.today, record.in_force_on):
            says = f"{record.id} in force {record.in_force_on}; the instrument is not in force on record"
            yield Hit((record, instrument), says, field="in_force_on")


def in_force_before_bound(held: Material) -> Iterator[Hit]:
    """A treaty in force enters into force for a party on or after its consent (VCLT article 24(3)).

    A successor State is bound from the date of succession, which its notification follows (VCLT-SSP 1978 articles 22
    and 23); an act of the European Union applies without the consent of a member.
    """
    for record, _ in held.dated:
        if record.action not in ("succession", "application") and before(record.in_force_on, record.bound_on):
            says = f"{record.id} in force {record.in_force_on}, bound {record.bound_on}"
            yield Hit((record,), says, held.if_contested(record), field="in_force_on")


def ended_before_in_force(held: Material) -> Iterator[Hit]:
    """What ends for a party has been in force for it (VCLT articles 54 to 56)."""
    return before_beginning(held, "ended_on")


def suspended_before_in_force(held: Material) -> Iterator[Hit]:
    """What is suspended for a party has been in force for it (VCLT articles 57 and 58)."""
    return before_beginning(held, "suspended_on")


def outlives_instrument(held: Material) -> Iterator[Hit]:
    """Nobody joins a treaty that has ended (VCLT article 54)."""
    for record, instrument in held.dated:
        if before(instrument.ended_on, record.bound_on or record.in_force_on):
            began = record.bound_on or record.in_force_on
            yield Hit((record, instrument), f"{record.id} began {began}; the instrument ended {instrument.ended_on}")


def entry_date_differs(held: Material) -> Iterator[Hit]:
    """The day that the treaty's own rule computes from the deposit (VCLT article 24(3); see graph.entry)."""
    for record, instrument in held.dated:
        computed = _computed(record, instrument)
        if computed and record.in_force_on and not agrees(record.in_force_on, computed):
            rule = f"{instrument.entry_rule} {instrument.entry_delay} (article {instrument.entry_article})"
            says = f"{record.id} in force {record.in_force_on}; {rule} from {record.bound_on} gives {computed}"
            yield Hit((record, instrument), says, field="in_force_on")


def _computed(record: Participation, instrument: Instrument) -> str | None:
    rule, delay = instrument.entry_rule, instrument.entry_delay
    if not rule or not delay or not record.bound_on or record.standing != "party" or record.action == "succession":
        return None
    try:
        return in_force_from(record.bound_on, rule, delay, instrument.in_force_on)
    except (OverflowError, ValueError):
        return None  # past the end of the calendar, or a rule that the build has refused


def too_few_for_entry(held: Material) -> Iterator[Hit]:
    """A treaty needs its number of parties before it enters into force (VCLT article 24(1), the treaty's own rule)."""
    for record in held.records.instruments:
        if record.in_force_on is None or record.entry_threshold is None:
            continue
        bound = {
            one.party
            for readings in held.participations.get(record.id, {}).values()
            for one in readings
            if one.standing == "party" and not before(record.in_force_on, one.bound_on or one.in_force_on)
        }
        if len(bound) < record.entry_threshold:
            says = f"{record.id} in force {record.in_force_on} with {len(bound)} parties on record until then"
            yield Hit((record,), f"{says}; it needs {record.entry_threshold}")


def two_sides_differ(held: Material) -> Iterator[Hit]:
    """A treaty between two enters into force for both on one day (VCLT article 24(1) and (2))."""
    for name, parties in held.participations.items():
        records = [record for readings in parties.values() for record in readings if record.in_force_on]
        if held.instruments[name].kind != "bilateral" or len(parties) != 2 or len(records) < 2:
            continue
        if any(not agrees(records[0].in_force_on or "", record.in_force_on or "") for record in records):
            says = ", ".join(f"{record.party} {record.in_force_on}" for record in records)
            yield Hit(tuple(records), f"{name} in force: {says}")


def one_side_in_force(held: Material) -> Iterator[Hit]:
    """A treaty between two binds neither until both have consented, and then both (VCLT article 24(2))."""
    for name, parties in held.participations.items():
        if held.instruments[name].kind != "bilateral" or len(parties) != 2:
            continue
        one, other = parties.values()
        for party, behind in ((one, other), (other, one)):
            if all(record.standing == "party" for record in party) and not any(
                record.standing == "party" for record in behind
            ):
                says = f"{name}: {party[0].party} is party, {behind[0].party} stands as {behind[0].standing}"
                yield Hit((*behind, *party), says)


def _continued(instrument: Instrument, held: Material) -> bool:
    """Whether the instrument continues an older treaty with a successor State, which the two may date back to the
    succession (VCLT-SSP 1978 article 24: a bilateral treaty goes on if both agree or so conduct themselves)."""
    readings = held.participations.get(instrument.id, {}).values()
    return instrument.kind == "bilateral" and any(one.action == "succession" for some in readings for one in some)


RULES = (
    Rule(
        key="instrument-out-of-order", severity="error", check=instrument_out_of_order,
        demands="an instrument is adopted, enters into force and ends in this order", source="VCLT articles 9, 24, 54",
    ),
    Rule(
        key="in-force-before-adoption", severity="error", check=in_force_before_adoption,
        demands="nothing is in force for a party before it is adopted", source="VCLT articles 9 and 24(1)",
    ),
    Rule(
        key="in-force-before-instrument", severity="error", check=in_force_before_instrument,
        demands="nothing is in force for a party before the instrument itself", source="VCLT article 24",
    ),
    Rule(
        key="in-force-without-instrument", severity="error", check=in_force_without_instrument,
        demands="what is in force for a party is in force itself", source="VCLT article 24",
    ),
    Rule(
        key="in-force-before-bound", severity="error", check=in_force_before_bound,
        demands="a party is bound before the instrument is in force for it", source="VCLT article 24(3)",
    ),
    Rule(
        key="ended-before-in-force", severity="error", check=ended_before_in_force,
        demands="only what was in force ends", source="VCLT articles 54 to 56",
    ),
    Rule(
        key="suspended-before-in-force", severity="error", check=suspended_before_in_force,
        demands="only what was in force is suspended", source="VCLT articles 57 and 58",
    ),
    Rule(
        key="outlives-instrument", severity="error", check=outlives_instrument,
        demands="nobody joins an instrument that has ended", source="VCLT article 54",
    ),
    Rule(
        key="entry-date-differs", severity="doubt", check=entry_date_differs,
        demands="the date of entry into force is the one that the treaty's own rule computes",
        source="VCLT article 24(3) and the entry article of the treaty",
    ),
    Rule(
        key="too-few-for-entry", severity="gap", check=too_few_for_entry,
        demands="an instrument in force has the parties that it needed for it",
        source="VCLT article 24(1) and the entry article of the treaty",
    ),
    Rule(
        key="two-sides-differ", severity="doubt", check=two_sides_differ,
        demands="a bilateral treaty is in force for both sides from one day", source="VCLT article 24(1) and (2)",
    ),
    Rule(
        key="one-side-in-force", severity="doubt", check=one_side_in_force,
        demands="a bilateral treaty binds both sides or none", source="VCLT article 24(2)",
    ),
)  # fmt: skip
