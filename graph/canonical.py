"""The canonical form of records: what is left of them when a release carries them as RDF.

RDF has sets, not lists. In canonical form two collections of records are equal exactly when they say the same:

* each list of :class:`graph.records.Records` is sorted by ``id``, and no ``id`` occurs twice in it;
* every tuple field is sorted and free of repetitions (its order carries no meaning), with one exception:
  ``Provision.channels`` and ``Provision.channel_articles`` of equal length are *pairs* (the n-th article opens the
  n-th channel) and are sorted as pairs;
* ``sources`` is a set too; ``evidence`` keeps an entry only for a field that says something and whose sources
  differ from those of the record.

Nothing here knows RDF; nothing here judges what a record says.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from typing import Any, get_args, get_type_hints

import msgspec

from graph.model import Record
from graph.records import RECORD_TYPES, Records

PAIRED: dict[str, tuple[str, str]] = {"Provision": ("channels", "channel_articles")}
"""Class name → (tuple of keys, tuple of texts) whose n-th members belong together when the lengths are equal."""

NOT_STATEMENTS = ("id", "sources", "evidence")
"""Fields that identify a record or say who states it; every other field is a statement."""


@cache
def list_fields() -> dict[str, str]:
    """Record class name → field of :class:`Records` that lists its records."""
    named = {get_args(hint)[0]: field for field, hint in get_type_hints(Records).items()}
    return {cls.__name__: named[cls] for cls in RECORD_TYPES}


def says(value: object, default: object) -> bool:
    """Whether ``value`` is a statement: not ``None``, not empty, not a flag left at its default ``False``.

    A flag that is ``False`` by default means "no record of it", which is not the statement "no".
    """
    return value is not None and value != () and not (value is False and default is False)


@cache
def defaults(cls: type[Record]) -> dict[str, Any]:
    """Default of each field that is a statement (``NODEFAULT`` for required ones), in order of declaration."""
    return {field.name: field.default for field in msgspec.structs.fields(cls) if field.name not in NOT_STATEMENTS}


def canonical(records: Records) -> Records:
    """Return ``records`` in canonical form.

    Raises:
        ValueError: two records of one class have the same id.
    """
    lists: dict[str, tuple[Record, ...]] = {}
    for name, field in list_fields().items():
        rows = sorted((_canonical(row) for row in getattr(records, field)), key=lambda row: row.id)
        for one, other in pairwise(rows):
            if one.id == other.id:
                raise ValueError(f"two {name} records have the id {one.id!r}")
        lists[field] = tuple(rows)
    return msgspec.structs.replace(Records(), **lists)


def distinct(values: Iterable[str]) -> tuple[str, ...]:
    """Sorted, without repetitions."""
    return tuple(sorted(set(values)))


def pairs(record: Record) -> tuple[tuple[str, str], ...] | None:
    """The paired fields of ``record`` as sorted pairs; ``None`` where it has none or their lengths differ."""
    names = PAIRED.get(type(record).__name__)
    if names is None:
        return None
    keys, texts = getattr(record, names[0]), getattr(record, names[1])
    if not texts or len(keys) != len(texts):
        return None
    return tuple(sorted(set(zip(keys, texts, strict=True))))


def _canonical(record: Record) -> Record:
    cls = type(record)
    changed: dict[str, object] = {}
    together = pairs(record)
    if together is not None:
        keys, texts = PAIRED[cls.__name__]
        changed[keys], changed[texts] = (tuple(column) for column in zip(*together, strict=True))
    sources = distinct(record.sources)
    evidence: dict[str, tuple[str, ...]] = {}
    for name, default in defaults(cls).items():
        value = getattr(record, name)
        if isinstance(value, tuple) and len(value) > 1 and name not in changed:
            changed[name] = distinct(value)
        if record.evidence and says(value, default):
            stated_by = distinct(record.sources_of(name))
            if stated_by != sources:
                evidence[name] = stated_by
    changed["sources"], changed["evidence"] = sources, tuple(sorted(evidence.items()))
    if all(getattr(record, name) == value for name, value in changed.items()):
        return record
    return msgspec.structs.replace(record, **changed)
