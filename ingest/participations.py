"""Reconciling what several rows say of one party and one instrument.

Rules, in the order in which they are applied:

1. *Excluded is specific.* A derived row that applies an act to all member States gives way to a row ``excluded``.
2. *Stated beats derived.* What a rule derives gives way where a source states otherwise: the field, if the rule
   derives that field only, else the row.
3. *Agreeing rows merge.* Each date equal, empty on one side, or one the other cut short; standings compatible
   (:mod:`ingest.standings`). The most precise date stays; ``evidence`` names the sources of each field.
   Ratification, acceptance and approval are one act under different names (VCLT article 2(1)(b)): the special name
   stays. A row too vague to choose between contradicting readings supports each of them. A date of signature binds
   nobody (VCLT article 12 aside), so rows that differ in it alone share everything else.
4. *Contradicting readings stay*, one record each, all ``contested``, with a Conflict that lists them; except that a
   reading from unofficial sources that is undated or without dates gives way to a contradicting official one.
   At most four readings stay: official before unofficial, newer before older.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import cast

import msgspec

from graph.dates import agrees
from graph.model import Conflict, Participation
from ingest.ledger import Ledger, SourceBook
from ingest.standings import combined_standing
from ingest.tables import Row

DATES = ("signed_on", "bound_on", "in_force_on", "ended_on", "suspended_on")
MOST_READINGS = 4

_ACTION_NAMES = (
    "application", "succession", "accession", "acceptance", "approval", "ratification", "definitive-signature",
    "exclusion", "signature-only",
)  # fmt: skip
"""Actions from the most special name to the most general: of two, the first stays."""


def reconcile_participations(rows: Iterable[Row], book: SourceBook, ledger: Ledger) -> list[Participation]:
    """Participations with ids, one for each consistent reading; what was merged or dropped goes to ``ledger``."""
    groups: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        record = _participation(row)
        groups[record.instrument, record.party].append(row)
    found: list[Participation] = []
    for (instrument, party), group in sorted(groups.items()):
        found += _readings_of(f"{instrument}/{party}", group, book, ledger)
    return found


def _participation(row: Row) -> Participation:
    return cast(Participation, row.record)


def derived_fields(record: Participation) -> tuple[str, ...] | None:
    """Fields that the record's rule derives; ``None`` means the whole record, ``()`` none of it."""
    if record.basis != "derived":
        return ()
    rule = record.rule or ""
    if rule.startswith(("in_force_on:", "entry into force computed")):
        return ("in_force_on",)
    return None


def _readings_of(name: str, group: list[Row], book: SourceBook, ledger: Ledger) -> list[Participation]:
    ordered = sorted(group, key=lambda row: _weight(row, book))
    ordered = _without_overruled(ordered, book, ledger)
    readings = [_merged(rows, book) for rows in _clusters(ordered, book)]
    kept = _kept(name, readings, book, ledger) if len(readings) > 1 else readings
    _count_merges([rows for _, rows in kept], ledger)
    records: list[Participation] = []
    for position, (record, rows) in enumerate(kept, start=1):
        record = msgspec.structs.replace(
            record, id=name if position == 1 else f"{name}/{position}", contested=len(kept) > 1
        )
        ledger.came_from(record, rows)
        records.append(record)
    if len(kept) > 1:
        _add_conflict(name, records, book, ledger)
    return records


def _weight(row: Row, book: SourceBook) -> tuple[int, bool, int, bytes]:
    """Order of rows: most precisely dated, official, newest, then by content so that row order never matters."""
    record = _participation(row)
    precision = sum(len(date) for date in _dates(record))
    return (
        -precision, not book.official(record.sources), -book.age_key(record.sources), msgspec.json.encode(record),
    )  # fmt: skip


def _dates(record: Participation) -> list[str]:
    return [date for field in DATES if (date := getattr(record, field))]


def _without_overruled(rows: list[Row], book: SourceBook, ledger: Ledger) -> list[Row]:
    """Apply rules 1 and 2."""
    stated = [row for row in rows if derived_fields(_participation(row)) is not None]
    kept: list[Row] = []
    for row in rows:
        record = _participation(row)
        fields = derived_fields(record)
        if fields is None:
            if any(_participation(other).standing == "excluded" for other in stated) and record.action == "application":
                ledger.dropped(
                    row, "excluded is specific", f"{record.party} is excluded; the row applied to all members"
                )
                continue
            against = next((other for other in stated if not _compatible(record, _participation(other), book)), None)
            if against is not None:
                ledger.dropped(
                    row,
                    "stated beats derived",
                    f"contradicts {against.file}, row {against.line}: {describe(against.record)}",
                )
                continue
        elif fields:
            row = _without_overruled_fields(row, fields, stated, ledger)
        kept.append(row)
    return kept


def _without_overruled_fields(row: Row, fields: Sequence[str], stated: Sequence[Row], ledger: Ledger) -> Row:
    record = _participation(row)
    for field in fields:
        mine = getattr(record, field)
        for other in stated:
            theirs = getattr(other.record, field)
            by_rule = field in (derived_fields(_participation(other)) or ())
            if mine and theirs and not by_rule and not agrees(mine, theirs):
                message = f"{field} {mine} derived; {other.file}, row {other.line} states {theirs}"
                ledger.field_dropped(row, "stated beats derived", message)
                return row._replace(record=msgspec.structs.replace(record, basis="stated", rule=None, **{field: None}))
    return row


def _compatible(one: Participation, other: Participation, book: SourceBook) -> bool:
    for field in DATES:
        mine, theirs = getattr(one, field), getattr(other, field)
        if mine and theirs and not agrees(mine, theirs):
            return False
    as_of_one, as_of_other = (book.newest(record.sources_of("standing")) for record in (one, other))
    return combined_standing(one, as_of_one, other, as_of_other) is not None


def _clusters(rows: Sequence[Row], book: SourceBook) -> list[list[Row]]:
    """Rows that agree with each other; a row may stand in several clusters (rule 3)."""
    clusters: list[list[Row]] = []
    merged: list[Participation] = []
    for row in rows:
        unsigned = _without_signature(row)
        joined = False
        near: list[Row] = []
        for index, reading in enumerate(merged):
            if _compatible(reading, _participation(row), book):
                clusters[index].append(row)
                joined = True
            elif _compatible(reading, _participation(unsigned), book):
                near += [_without_signature(other) for other in clusters[index]]
                clusters[index].append(unsigned)
            else:
                continue
            merged[index] = _merged(clusters[index], book)[0]
        if not joined:
            clusters.append(_with_agreeing(row, near, book))
            merged.append(_merged(clusters[-1], book)[0])
    return clusters


def _without_signature(row: Row) -> Row:
    """The row but for its date of signature: what it can say to a reading that has another one."""
    return row._replace(record=msgspec.structs.replace(_participation(row), signed_on=None))


def _with_agreeing(row: Row, others: Iterable[Row], book: SourceBook) -> list[Row]:
    cluster = [row]
    for other in others:
        if other not in cluster and _compatible(_merged(cluster, book)[0], _participation(other), book):
            cluster.append(other)
    return cluster


def _merged(rows: list[Row], book: SourceBook) -> tuple[Participation, list[Row]]:
    """One record of rows that agree, and those rows."""
    records = [_participation(row) for row in rows]
    if len(records) == 1:
        return records[0], rows
    first = records[0]
    standing = _standing_of(records, book)
    chosen: dict[str, str | None] = {
        field: max((getattr(record, field) or "" for record in records), key=len) or None for field in DATES
    }
    actions = {record.action for record in records if record.action}
    chosen["action"] = min(actions, key=_action_rank) if actions else None
    chosen["standing"] = standing
    sources = _united(record.sources for record in records)
    basis, rule = _basis(records, chosen)
    merged = Participation(
        id="",
        instrument=first.instrument,
        party=first.party,
        standing=standing,
        signed_on=chosen["signed_on"],
        bound_on=chosen["bound_on"],
        action=chosen["action"],
        in_force_on=chosen["in_force_on"],
        ended_on=chosen["ended_on"],
        suspended_on=chosen["suspended_on"],
        territorial_note=_texts(record.territorial_note for record in records),
        note=_texts(record.note for record in records),
        sources=sources,
        evidence=_evidence(records, chosen, sources),
        basis=basis,
        rule=rule,
    )
    return merged, rows


def _standing_of(records: Sequence[Participation], book: SourceBook) -> str:
    held = records[0]
    for record in records[1:]:
        standing = combined_standing(held, book.newest(held.sources), record, book.newest(record.sources))
        if standing == record.standing:
            held = record
    return held.standing


def _action_rank(action: str) -> tuple[int, str]:
    return (_ACTION_NAMES.index(action) if action in _ACTION_NAMES else len(_ACTION_NAMES), action)


def _evidence(
    records: Sequence[Participation], chosen: dict[str, str | None], sources: tuple[str, ...]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """For each field that not every source states: the sources that state the value chosen."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for field, value in sorted(chosen.items()):
        if value is None:
            continue
        stating = _united(record.sources for record in records if getattr(record, field) == value)
        if stating != sources:
            found.append((field, stating))
    return tuple(found)


def _basis(records: Sequence[Participation], chosen: dict[str, str | None]) -> tuple[str, str | None]:
    """``derived`` when a field that stays comes from a rule alone; the rule then names that field."""
    if all(derived_fields(record) is None for record in records):
        return "derived", _texts(record.rule for record in records)
    rules: list[str] = []
    for field, value in sorted(chosen.items()):
        stating = [record for record in records if value is not None and getattr(record, field) == value]
        if stating and all(_derives(record, field) for record in stating):
            rule = _texts(record.rule for record in stating) or "by rule"
            rules.append(rule if rule.startswith((f"{field}:", "entry into force computed")) else f"{field}: {rule}")
    return ("derived", "; ".join(dict.fromkeys(rules))) if rules else ("stated", None)


def _derives(record: Participation, field: str) -> bool:
    fields = derived_fields(record)
    return fields is None or field in fields


def _united(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({item for group in groups for item in group}))


def _texts(texts: Iterable[str | None]) -> str | None:
    return "; ".join(sorted({text for text in texts if text})) or None


def _count_merges(clusters: Sequence[Sequence[Row]], ledger: Ledger) -> None:
    """Count every row that stands behind a record which another row already made."""
    counted: set[tuple[str, int]] = set()
    for rows in clusters:
        counted.add((rows[0].file, rows[0].line))
    for rows in clusters:
        for row in rows[1:]:
            if (row.file, row.line) not in counted:
                counted.add((row.file, row.line))
                ledger.merged(row, "agreeing participations merge")


def _kept(
    name: str, readings: list[tuple[Participation, list[Row]]], book: SourceBook, ledger: Ledger
) -> list[tuple[Participation, list[Row]]]:
    """Apply rule 4: the readings that stay side by side, weightiest first."""
    official = any(book.official(record.sources) for record, _ in readings)
    ordered = sorted(readings, key=lambda reading: _reading_weight(reading[0], book))
    vague = [reading for reading in ordered if official and _is_vague(reading[0], book)]
    firm = [reading for reading in ordered if reading not in vague]
    kept, surplus = firm[:MOST_READINGS], firm[MOST_READINGS:]
    settled = {(row.file, row.line) for _, rows in kept for row in rows}
    for rule, readings_out in (("official beats undated", vague), ("four readings at most", surplus)):
        for record, rows in readings_out:
            for row in rows:
                if (row.file, row.line) not in settled:
                    settled.add((row.file, row.line))
                    ledger.dropped(row, rule, f"{name}: {describe(record)}")
    return kept


def _is_vague(record: Participation, book: SourceBook) -> bool:
    """Unofficial, and undated or without a single date of its own."""
    return not book.official(record.sources) and (book.newest(record.sources) is None or not _dates(record))


def _reading_weight(record: Participation, book: SourceBook) -> tuple[bool, int, bytes]:
    return not book.official(record.sources), -book.age_key(record.sources), msgspec.json.encode(record)


def _add_conflict(name: str, records: Sequence[Participation], book: SourceBook, ledger: Ledger) -> None:
    differing = [
        field
        for field in ("standing", *DATES)
        if len({getattr(record, field) for record in records if getattr(record, field)}) > 1
    ]
    ledger.conflicts.append(
        Conflict(
            id=f"participation/{name}",
            about=tuple(f"participation/{record.id}" for record in records),
            field=", ".join(differing) or "standing",
            readings=tuple(
                f"{describe(record)} ({', '.join(record.sources)}; as of {book.newest(record.sources) or 'unknown'})"
                for record in records
            ),
            sources=_united(record.sources for record in records),
        )
    )


def describe(record: object) -> str:
    """A participation in a line: standing, then what is dated."""
    parts = [str(getattr(record, "standing", ""))]
    parts += [f"{field} {value}" for field in DATES if (value := getattr(record, field, None))]
    return " ".join(part for part in parts if part)
