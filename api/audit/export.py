"""The audit trail for other programs: JSON that keeps every field, or CSV for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

import msgspec

from api.audit.chain import Entry

FORMATS = ("json", "csv")

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would carry out; questions are written by others."""


def write(entries: Iterable[Entry], stream: TextIO, format_: str) -> int:
    """Write ``entries`` in one of :data:`FORMATS`; returns how many.

    In CSV a cell that a spreadsheet would take for a formula begins with an apostrophe; JSON changes nothing.
    """
    return _write_csv(entries, stream) if format_ == "csv" else _write_json(entries, stream)


def _write_json(entries: Iterable[Entry], stream: TextIO) -> int:
    count = 0
    stream.write("[")
    for entry in entries:
        stream.write(",\n" if count else "\n")
        stream.write(msgspec.json.encode(entry).decode())
        count += 1
    stream.write("\n]\n")
    return count


def _write_csv(entries: Iterable[Entry], stream: TextIO) -> int:
    names = [field.name for field in msgspec.structs.fields(Entry)]
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(names)
    count = 0
    for entry in entries:
        said = msgspec.structs.asdict(entry) | {"restricted": " ".join(entry.restricted)}
        table.writerow([_cell(said[name]) for name in names])
        count += 1
    return count


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
