"""CSV (RFC 4180, UTF-8): one table for each record class, columns named as the fields, in a folder.

Several values stand in one cell, with ``;`` between them. ``evidence`` holds ``field=source,source`` entries. An empty
cell means that nothing is on record; a life sentence is ``INF``. Values are as they are: a spreadsheet program may take
a cell that begins with ``=`` for a formula, so import the columns as text.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from graph.canonical import list_fields
from graph.exports import Content
from graph.model import Record
from graph.records import RECORD_TYPES


def write(content: Content, target: Path) -> None:
    """Write ``content`` to files in the new folder ``target``."""
    target.mkdir()
    for cls in RECORD_TYPES:
        rows = getattr(content.records, list_fields()[cls.__name__])
        (target / file_of(cls)).write_bytes(table(rows, columns_of(cls)).encode("utf-8"))


def file_of(cls: type[Record]) -> str:
    """The name of the file with the records of ``cls``."""
    return f"{list_fields()[cls.__name__]}.csv"


def is_ours(name: str) -> bool:
    """Whether an export makes a file of that name."""
    return name in {file_of(cls) for cls in RECORD_TYPES}


def columns_of(cls: type[Record]) -> list[str]:
    """The columns of the table of a record class, ``id`` first."""
    return ["id", *(name for name in cls.__struct_fields__ if name != "id")]


@cache
def types_of(cls: type[Record]) -> dict[str, type]:
    """The type of the values of each column; ``tuple`` where there may be several."""
    found = {}
    for name, hint in get_type_hints(cls).items():
        (kind,) = [one for one in get_args(hint) if one is not type(None)] if isinstance(hint, UnionType) else [hint]
        found[name] = get_origin(kind) or kind
    return found


def table(records: Iterable[Record], columns: Sequence[str]) -> str:
    """The ``records`` as a table of these of their fields."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(columns)
    for record in records:
        rows.writerow([_cell(name, getattr(record, name)) for name in columns])
    return text.getvalue()


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name == "evidence":
        return ";".join(f"{field}={','.join(sources)}" for field, sources in value)
    if isinstance(value, tuple):
        return ";".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "INF" if value == math.inf else str(value)
