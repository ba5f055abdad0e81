"""The part of a release that concerns one topic: a record and what is said about it, or the instruments of a subject.

A topic is the id of a record (``FRA``, ``cets-185``), its class and id where that is doubtful (``organisation/eu``), or
a key of the instrument-subject vocabulary (``child-protection``). Its part holds the records of that name, every record
that links to one of them, and whatever those link to, so that no link in it points nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from graph.canonical import list_fields
from graph.model import Instrument, Record
from graph.records import Records
from ontologies.schema import ClassSpec, FieldSpec, Schema

Key = tuple[str, str]
"""Class segment and id."""


def part(records: Records, topic: str, schema: Schema) -> Records:
    """The records of ``records`` that concern ``topic``.

    Raises:
        ExportError: nothing has that id or subject.
    """
    from graph.exports import ExportError

    specs = {spec.slug: spec for spec in map(schema.record, list_fields())}
    rows: dict[Key, Record] = {
        (spec.slug, record.id): record for spec in specs.values() for record in getattr(records, spec.list_field)
    }
    seeds = {key for key, record in rows.items() if _is_named(key, record, topic)}
    if not seeds:
        raise ExportError(f"nothing is called {topic!r}: give an id such as cets-185 or FRA, or an instrument subject")
    links = {key: set(_links(specs[key[0]], record, schema)) for key, record in rows.items()}
    wanted = seeds | {key for key, ends in links.items() if ends & seeds}
    open_ends = list(wanted)
    while open_ends:
        for end in links.get(open_ends.pop(), ()):
            if end in rows and end not in wanted:
                wanted.add(end)
                open_ends.append(end)
    kept: dict[str, Any] = {
        spec.list_field: tuple(
            record for record in getattr(records, spec.list_field) if (spec.slug, record.id) in wanted
        )
        for spec in specs.values()
    }
    return msgspec.structs.replace(records, **kept)


def _is_named(key: Key, record: Record, topic: str) -> bool:
    return topic in (record.id, "/".join(key)) or (isinstance(record, Instrument) and record.subject == topic)


def _links(spec: ClassSpec, record: Record, schema: Schema) -> Iterator[Key]:
    """What a record links to: records, concepts and sources."""
    for field in spec.fields.values():
        value = getattr(record, field.field)
        if value is not None and (field.scheme or field.links_to):
            for one in value if isinstance(value, tuple) else (value,):
                yield _end(field, one, schema)
    for cited in (record.sources, *(sources for _, sources in record.evidence)):
        for source in cited:
            yield "source", source


def _end(field: FieldSpec, value: str, schema: Schema) -> Key:
    if field.scheme:
        return "concept", f"{field.scheme}/{value}"
    if field.links_to in schema.classes:
        return schema.record(str(field.links_to)).slug, value
    slug, _, record_id = value.partition("/")
    return slug, record_id
