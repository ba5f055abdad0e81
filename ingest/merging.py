"""Uniting several records of one thing field by field.

Rules: a value beats no value; of two partial dates that agree the more precise stays; where values differ the one
from an official publisher stays, else the one from the newest source, else the first in alphabetical order. Lists
and yes/no follow the same rule, where an empty list and ``no`` count as no value. For contact details newest comes
before official: an office that moved has moved. Differing facts are listed as conflicts; differing wordings are not
contradictions and are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from graph.dates import agrees
from graph.model import Record
from ingest.fields import columns
from ingest.ledger import SourceBook
from ingest.tables import Row

R = TypeVar("R", bound=Record)


class Disagreement(NamedTuple):
    """Sources differ about ``field``: what the release says, what each of them says, and who they are."""

    field: str
    held: str
    readings: tuple[str, ...]
    sources: tuple[str, ...]


class Found(NamedTuple, Generic[R]):
    """A record, the rows behind it, and what they disagree about."""

    record: R
    rows: list[Row]
    disagreements: list[Disagreement]


CONTACT_FIELDS = frozenset({"address", "phone", "email", "website", "languages"})
WORDINGS = frozenset(
    {
        "name", "title", "short_name", "local_name", "local_title", "official_name", "heading", "summary", "role",
        "place", "depositary", "registration", "citation", "provision", "parent", "url", "official_url", "conduct",
        "deadline_note", "seat", "licence", "legal_request_channel", "articles", "ipu_group", "channel_articles",
    }
)  # fmt: skip
"""Fields in which sources differ without contradicting each other."""

_PROVENANCE = frozenset({"id", "sources", "evidence", "basis", "rule", "note"})


def united(records: Sequence[R], book: SourceBook) -> tuple[R, list[Disagreement]]:
    """One record of all ``records``, which share their id or their identity, and what they disagree about."""
    if len(records) == 1:
        return records[0], []
    disagreements: list[Disagreement] = []
    by_weight = sorted(records, key=lambda record: _weight(record, book, newest_first=False))
    by_age = sorted(records, key=lambda record: _weight(record, book, newest_first=True))
    sources = tuple(sorted({source for record in records for source in record.sources}))
    values: dict[str, Any] = {}
    evidence: list[tuple[str, tuple[str, ...]]] = []
    for field in msgspec.structs.fields(type(records[0])):
        if field.name in _PROVENANCE:
            continue
        ordered = by_age if field.name in CONTACT_FIELDS else by_weight
        value = _value(field.name, field.default, ordered, book, disagreements)
        values[field.name] = value
        if not _is_empty(value, field.default):
            stating = {s for record in records if getattr(record, field.name) == value for s in record.sources}
            if stating != set(sources):
                evidence.append((field.name, tuple(sorted(stating))))
    notes = sorted({record.note for record in records if record.note})
    derived = all(record.basis == "derived" for record in records)
    rules = sorted({record.rule for record in records if record.rule})
    merged = msgspec.structs.replace(
        by_weight[0],
        sources=sources,
        evidence=tuple(sorted(evidence)),
        basis="derived" if derived else "stated",
        rule="; ".join(rules) or None if derived else None,
        note="; ".join(notes) or None,
        **values,
    )
    return merged, disagreements


def _weight(record: Record, book: SourceBook, *, newest_first: bool) -> tuple[bool, int, int, bytes]:
    """Order of records: stated before derived, then by weight of their sources, then by content."""
    unofficial, age = int(not book.official(record.sources)), -book.age_key(record.sources)
    first, second = (age, unofficial) if newest_first else (unofficial, age)
    return record.basis == "derived", first, second, msgspec.json.encode(record)


def _is_empty(value: object, default: object) -> bool:
    return value is None or value == () or (value is False and default is False)


def _value(
    field: str, default: object, ordered: Sequence[Record], book: SourceBook, disagreements: list[Disagreement]
) -> Any:
    stated = [record for record in ordered if not _is_empty(getattr(record, field), default)]
    if not stated:
        return getattr(ordered[0], field)
    values = [getattr(record, field) for record in stated]
    held = values[0]
    known = columns(type(ordered[0]))
    if field in known and known[field].kind == "date":
        held = max((value for value in values if agrees(value, held)), key=len)
        differs = any(not agrees(value, held) for value in values)
    else:
        differs = any(value != held for value in values)
    if differs and field not in WORDINGS and field not in CONTACT_FIELDS:
        disagreements.append(_disagreement(field, held, stated, book))
    return held


def _disagreement(field: str, held: object, stated: Sequence[Record], book: SourceBook) -> Disagreement:
    readings = {
        f"{_shown(getattr(record, field))} ({', '.join(record.sources)}; "
        f"as of {book.newest(record.sources) or 'unknown'})"
        for record in stated
    }
    sources = {source for record in stated for source in record.sources}
    return Disagreement(field, _shown(held), tuple(sorted(readings)), tuple(sorted(sources)))


def _shown(value: object) -> str:
    return "; ".join(value) if isinstance(value, tuple) else str(value)
