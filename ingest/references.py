"""Every reference resolves: what a row names exists, or the release is refused with the nearest valid id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.model import Establishment, NetworkChannel, Record, Source
from ingest.fields import TABLES, WITHOUT_SOURCE, references
from ingest.problems import Problem, nearest_name
from ingest.tables import Row

Names = Mapping[type[Record], Mapping[str, str]]
"""For each class that is referred to: the names of its records by id."""


def names_by_id(rows: Mapping[type[Record], Sequence[Row]]) -> dict[type[Record], dict[str, str]]:
    """The records that may be referred to."""
    targets: set[type[Record]] = {Source, *(target for owner in TABLES.values() for _, target in references(owner))}
    return {
        target: {row.record.id: _name(row.record) for row in sorted(rows.get(target, ()), key=_by_id)}
        for target in targets
    }


def _by_id(row: Row) -> str:
    return row.record.id


def _name(record: Record) -> str:
    for field in ("name", "title", "url"):
        text = getattr(record, field, None)
        if text:
            return str(text)
    return record.id


def unresolved(
    rows: Mapping[type[Record], Sequence[Row]],
    names: Names,
    *,
    refused: frozenset[str] = frozenset(),
    unread: frozenset[type[Record]] = frozenset(),
) -> list[Problem]:
    """One error for each reference that leads nowhere, the source of the row among them.

    References to ``refused`` ids and to classes whose table is ``unread`` are let pass: their error is reported.
    """
    problems: list[Problem] = []
    for record_type, found in rows.items():
        wanted = [(field, target) for field, target in references(record_type) if target not in unread]
        sourced = record_type not in WITHOUT_SOURCE and Source not in unread
        for row in found:
            for field, target in wanted:
                value = getattr(row.record, field)
                for one in value if isinstance(value, tuple) else (value,):
                    if one is not None and one not in names[target] and one not in refused:
                        problems.append(_leads_nowhere(row, field, one, target, names[target]))
            if sourced:
                for one in row.record.sources:
                    if one not in names[Source] and one not in refused:
                        problems.append(_leads_nowhere(row, "source", one, Source, names[Source]))
    return problems


def clashing_ids(rows: Mapping[type[Record], Sequence[Row]]) -> list[Problem]:
    """Rows of different tables with one id, where one id must mean one row: sources and channels of providers."""
    problems: list[Problem] = []
    for record_type in (Source, NetworkChannel, Establishment):
        held: dict[str, Row] = {}
        for row in rows.get(record_type, ()):
            first = held.setdefault(row.record.id, row)
            if first.record != row.record:
                message = f"'{row.record.id}' is already the id of {first.file}, row {first.line}, which says otherwise"
                cure = "Give one of the two another id, or make them equal"
                problems.append(Problem(file=row.file, row=row.line, column="id", message=message, cure=cure))
    return problems


def _leads_nowhere(row: Row, column: str, value: str, target: type[Record], known: Mapping[str, str]) -> Problem:
    near = nearest_name(value, known)
    what = target.__name__.lower()
    return Problem(
        file=row.file,
        row=row.line,
        column=column,
        message=f"no {what} has the id '{value}'",
        cure=f"Did you mean {near} ({known[near]})?" if near else f"Add the {what} to its table, or correct the id",
    )
