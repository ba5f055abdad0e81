"""From rows to records: what says the same becomes one record, what contradicts stays visible.

Rules for each class (participations and declarations have modules of their own):

* Publishers, sources, States, organisations, instruments, authorities, statutes, providers: rows with one id are one
  thing and merge field by field (:mod:`ingest.merging`). Sources must not differ under one id.
* Network channels and establishments: one row each.
* Memberships with equal organisation, State and status merge when their dates agree; periods that do not overlap are
  two memberships; what contradicts gives way to the weightier source and is listed as a conflict.
* Designations with equal office, instrument, article and function merge field by field.
* Provisions, request rules, statutory offences and review findings merge when equal in everything but source and note.

The result does not depend on the order of rows or files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

import msgspec

from graph.dates import agrees, span
from graph.model import (
    Authority,
    Concept,
    Conflict,
    Declaration,
    Designation,
    Establishment,
    Instrument,
    Membership,
    NetworkChannel,
    Organisation,
    Participation,
    Provider,
    Provision,
    Publisher,
    Record,
    RequestRule,
    ReviewFinding,
    Source,
    State,
    Statute,
    StatutoryOffence,
)
from graph.records import Records
from ingest.declarations import reconcile_declarations
from ingest.identity import numbered, segment
from ingest.ledger import Ledger, SourceBook
from ingest.merging import Disagreement, Found, united
from ingest.participations import reconcile_participations
from ingest.tables import Row

R = TypeVar("R", bound=Record)
Rows = Mapping[type[Record], Sequence[Row]]


def reconcile(rows: Rows, concepts: Iterable[Concept], ledger: Ledger) -> Records:
    """All records of a release, before derivation; merges, drops and conflicts go to ``ledger``."""
    book = _source_book(rows)

    def same_id(record_type: type[R]) -> tuple[R, ...]:
        return _registered(_merged_by(record_type, rows, _id, "rows with one id merge", book, ledger), ledger)

    def made_id(found: list[Found[R]]) -> tuple[R, ...]:
        return _with_ids(found, ledger)

    def equal_content(record_type: type[R]) -> tuple[R, ...]:
        return made_id(_merged_by(record_type, rows, _content, "equal rows merge", book, ledger))

    return Records(
        concepts=tuple(sorted(concepts, key=lambda concept: concept.id)),
        publishers=same_id(Publisher),
        sources=same_id(Source),
        states=same_id(State),
        organisations=same_id(Organisation),
        memberships=made_id(_memberships(rows.get(Membership, ()), book, ledger)),
        network_channels=same_id(NetworkChannel),
        instruments=same_id(Instrument),
        participations=tuple(
            sorted(reconcile_participations(rows.get(Participation, ()), book, ledger), key=lambda record: record.id)
        ),
        provisions=equal_content(Provision),
        declarations=made_id(reconcile_declarations(rows.get(Declaration, ()), book, ledger)),
        authorities=same_id(Authority),
        request_rules=equal_content(RequestRule),
        designations=made_id(_merged_by(Designation, rows, _role, "designations for one role merge", book, ledger)),
        statutes=same_id(Statute),
        statutory_offences=equal_content(StatutoryOffence),
        review_findings=equal_content(ReviewFinding),
        providers=same_id(Provider),
        establishments=same_id(Establishment),
    )


def _source_book(rows: Rows) -> SourceBook:
    sources = (cast(Source, row.record) for row in rows.get(Source, ()))
    publishers = (cast(Publisher, row.record) for row in rows.get(Publisher, ()))
    return SourceBook(sources, publishers)


def _id(record: Record) -> Hashable:
    return record.id


def _content(record: Record) -> Hashable:
    return msgspec.structs.replace(record, sources=(), note=None)


def _role(record: Record) -> Hashable:
    designation = cast(Designation, record)
    return designation.authority, designation.instrument, designation.article, designation.function, designation.state


def _merged_by(
    record_type: type[R],
    rows: Rows,
    key: Callable[[Record], Hashable],
    rule: str,
    book: SourceBook,
    ledger: Ledger,
) -> list[Found[R]]:
    groups: defaultdict[Hashable, list[Row]] = defaultdict(list)
    for row in rows.get(record_type, ()):
        groups[key(row.record)].append(row)
    found: list[Found[R]] = []
    for group in groups.values():
        group.sort(key=lambda row: (msgspec.json.encode(row.record), row.file, row.line))
        for row in group[1:]:
            ledger.merged(row, rule)
        merged, disagreements = united([cast(R, row.record) for row in group], book)
        found.append(Found(merged, group, disagreements))
    return found


def _registered(found: list[Found[R]], ledger: Ledger) -> tuple[R, ...]:
    for record, group, disagreements in found:
        ledger.came_from(record, group)
        ledger.conflicts += _conflicts(record, disagreements)
    return tuple(sorted((record for record, _, _ in found), key=lambda record: record.id))


def _with_ids(found: list[Found[R]], ledger: Ledger) -> tuple[R, ...]:
    behind: dict[R, Found[R]] = {}
    for one in found:
        held = behind.setdefault(one.record, Found(one.record, [], []))
        held.rows.extend(one.rows)
        held.disagreements.extend(one.disagreements)
    named = {record: behind[msgspec.structs.replace(record, id="")] for record in numbered(list(behind))}
    return _registered([Found(record, one.rows, one.disagreements) for record, one in named.items()], ledger)


def _conflicts(record: Record, disagreements: Iterable[Disagreement]) -> list[Conflict]:
    kind = segment(type(record))
    return [
        Conflict(
            id=f"{kind}/{record.id}/{one.field}",
            about=(f"{kind}/{record.id}",),
            field=one.field,
            readings=one.readings,
            sources=one.sources,
            note=f"the release says {one.held}",
        )
        for one in disagreements
    ]


def _memberships(rows: Iterable[Row], book: SourceBook, ledger: Ledger) -> list[Found[Membership]]:
    groups: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        record = cast(Membership, row.record)
        groups[record.organisation, record.state, record.status].append(row)
    found: list[Found[Membership]] = []
    for group in groups.values():
        for period in _periods(sorted(group, key=lambda row: _membership_weight(row, book))):
            for row in period[1:]:
                ledger.merged(row, "memberships of one period merge")
            records = [cast(Membership, row.record) for row in period]
            merged, disagreements = united(records, book)
            found.append(Found(merged, period, disagreements))
    return found


def _membership_weight(row: Row, book: SourceBook) -> tuple[Any, ...]:
    record = row.record
    derived, unofficial = record.basis == "derived", not book.official(record.sources)
    return derived, unofficial, -book.age_key(record.sources), msgspec.json.encode(record)


def _periods(rows: list[Row]) -> list[list[Row]]:
    """Rows that are about one period of membership."""
    periods: list[list[Row]] = []
    for row in rows:
        record = cast(Membership, row.record)
        own = next((p for p in periods if not any(_apart(record, cast(Membership, r.record)) for r in p)), None)
        if own is None:
            periods.append([row])
        else:
            own.append(row)
    return periods


def _apart(one: Membership, other: Membership) -> bool:
    """Whether one period ended before the other began."""
    return _ends_before(one, other) or _ends_before(other, one)


def _ends_before(one: Membership, other: Membership) -> bool:
    if not one.left_on or not other.joined_on or agrees(one.left_on, other.joined_on):
        return bool(one.left_on and other.joined_on and one.joined_on and one.joined_on < other.joined_on)
    return span(one.left_on)[1] <= span(other.joined_on)[0]
