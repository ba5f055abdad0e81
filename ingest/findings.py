"""Facts that look odd beside each other: listed as warnings for curators, never a reason to refuse a release.

The law allows most of what is listed here in some case (a retroactive entry into force, a protocol open to others),
so each is a question to the sources, not a verdict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from graph.dates import span
from graph.model import Instrument, Participation, Record, Records
from ingest.identity import source_id
from ingest.ledger import Ledger
from ingest.problems import Problem


def findings(records: Records, ledger: Ledger) -> list[Problem]:
    """All findings, sorted."""
    instruments = {record.id: record for record in records.instruments}
    standings: defaultdict[str, set[str]] = defaultdict(set)
    for record in records.participations:
        if record.standing in ("party", "named", "signed"):
            standings[record.instrument].add(record.party)
    found: list[Problem] = []
    for participation in records.participations:
        instrument = instruments[participation.instrument]
        for column, message in _odd_dates(participation, instrument):
            found.append(_finding(participation, column, message, "Check the dates against the source", ledger))
        parent = instrument.parent
        bound = participation.standing == "party"
        if (
            bound
            and parent in instruments
            and standings[parent or ""]
            and participation.party not in standings[parent or ""]
        ):
            message = f"{participation.party} is party to {instrument.id}, but not on record for its parent {parent}"
            found.append(_finding(participation, "party", message, f"Look for its participation in {parent}", ledger))
    for designation in records.designations:
        treaty = designation.instrument
        if treaty and standings[treaty] and designation.state not in standings[treaty]:
            message = (
                f"{designation.state} names {designation.authority} under {treaty}, to which it is no party on record"
            )
            found.append(
                _finding(designation, "instrument", message, f"Look for its participation in {treaty}", ledger)
            )
    return sorted(found)


def _odd_dates(record: Participation, instrument: Instrument) -> Iterator[tuple[str, str]]:
    name = record.id
    if _before(record.signed_on, instrument.signed_on):
        yield "signed_on", f"{name} signed {record.signed_on}, before the instrument of {instrument.signed_on}"
    if _before(record.bound_on, record.signed_on) and record.action not in ("accession", "succession", "application"):
        yield "bound_on", f"{name} bound {record.bound_on} before it signed {record.signed_on}"
    if _before(record.in_force_on, record.bound_on) and record.action != "succession":
        yield "in_force_on", f"{name} in force {record.in_force_on} before it was bound {record.bound_on}"
    if _before(record.in_force_on, instrument.in_force_on) and record.action != "succession":
        yield "in_force_on", f"{name} in force {record.in_force_on}, before the instrument ({instrument.in_force_on})"
    if _before(record.ended_on, record.in_force_on):
        yield "ended_on", f"{name} ended {record.ended_on} before it was in force {record.in_force_on}"


def _before(one: str | None, other: str | None) -> bool:
    """Whether ``one`` is certainly earlier than ``other``."""
    return bool(one and other and span(one)[1] < span(other)[0])


def _finding(record: Record, column: str, message: str, cure: str, ledger: Ledger) -> Problem:
    file, row = next(iter(ledger.origins.get((type(record), record.id), [])), ("(derived)", None))
    return Problem(file=file, row=row, column=column, message=message, cure=cure, severity="warning")


def misnamed_sources(ids: Iterable[tuple[str, str, str | None, str, int]]) -> list[Problem]:
    """Sources whose id does not follow from address and date: a later date or a corrected address went unnoticed.

    ``ids``: id, url, as_of, file and row of each source.
    """
    found: list[Problem] = []
    for name, url, as_of, file, row in ids:
        expected = source_id(url, as_of)
        if name != expected:
            found.append(
                Problem(
                    file=file, row=row, column="id", severity="warning",
                    message=f"'{name}' does not follow from address and date", cure=f"The id is {expected}",
                )
            )  # fmt: skip
    return found
