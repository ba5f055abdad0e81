"""CSV (RFC 4180, UTF-8): one table for each record class, columns named as the fields, in a folder or a ZIP archive.

Several values stand in one cell, with ``;`` between them. ``evidence`` holds ``field=source,source`` entries. An empty
cell means that nothing is on record; a life sentence is ``inf``. Values are as they are: a spreadsheet program may take
a cell that begins with ``=`` for a formula, so import the columns as text.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from graph.canonical import list_fields
from graph.exports import Content
from graph.model import RECORD_TYPES, Record

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive, so that the same records give the same archive."""


def write(content: Content, target: Path) -> None:
    """Write ``content`` to the archive ``target`` (``.zip``), else to files in the new folder ``target``."""
    tables = [
        (
            f"{list_fields()[cls.__name__]}.csv",
            table(getattr(content.records, list_fields()[cls.__name__]), columns_of(cls)),
        )
        for cls in RECORD_TYPES
    ]
    if target.suffix.lower() == ".zip":
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in tables:
                entry = zipfile.ZipInfo(name, _EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, text)
        return
    target.mkdir()
    for name, text in tables:
        (target / name).write_bytes(text.encode("utf-8"))


def is_ours(name: str) -> bool:
    """Whether an export makes a file of that name."""
    return name in {f"{field}.csv" for field in list_fields().values()}


def columns_of(cls: type[Record]) -> list[str]:
    """The columns of the table of a record class, ``id`` first."""
    return ["id", *(name for name in cls.__struct_fields__ if name != "id")]


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
    return str(value)
