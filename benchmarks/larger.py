"""A release several times as large as the packaged one: treaties, participations, offices and laws many times over.

States, organisations, sources and vocabularies stay as they are, as they would in a collection that grew.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from graph.model import Record
from graph.records import RECORD_TYPES, Records
from ontologies.schema import ANY_RECORD, FieldSpec, schema

SHARED = ("Concept", "Publisher", "Source", "State", "Organisation")
"""Classes whose records are not copied."""


def larger(records: Records, times: int) -> Records:
    """``records`` with ``times`` of each that is not shared; the copies name each other as the first ones do."""
    lists: dict[str, tuple[Record, ...]] = {}
    for cls in RECORD_TYPES:
        spec = schema().record(cls.__name__)
        held: tuple[Record, ...] = getattr(records, spec.list_field)
        if spec.name not in SHARED:
            held = tuple(copy for number in range(times) for copy in _copies(held, spec.fields, number))
        lists[spec.list_field] = held
    return Records(**lists)  # type: ignore[arg-type]


def _copies(held: tuple[Record, ...], fields: dict[str, FieldSpec], number: int) -> Iterator[Record]:
    suffix = f"-copy-{number}" if number else ""
    links = [one for one in fields.values() if one.datatype == "Link" and one.links_to not in SHARED]
    for record in held:
        changed: dict[str, Any] = {"id": record.id + suffix}
        for one in links:
            value = getattr(record, one.field)
            if value:
                changed[one.field] = (
                    tuple(_renamed(each, one, suffix) for each in value) if one.many else _renamed(value, one, suffix)
                )
        yield msgspec.structs.replace(record, **changed)


def _renamed(named: str, field: FieldSpec, suffix: str) -> str:
    shared = field.links_to == ANY_RECORD and named.partition("/")[0] in {schema().record(one).slug for one in SHARED}
    return named if shared else named + suffix
