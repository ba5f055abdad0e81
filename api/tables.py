"""Answers that are tables by nature, as CSV (RFC 4180): one line of names, then the rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from api.fields import named


def table(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], fields: str | None = None) -> bytes:
    """``rows`` under ``columns``, or under those of them that ``fields`` names.

    Raises:
        Problem: ``fields`` names a column that is not there.
    """
    chosen = named(fields, columns) or columns
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(chosen)
    writer.writerows([_cell(row.get(column)) for column in chosen] for row in rows)
    return text.getvalue().encode()


def _cell(value: Any) -> str:
    """A value as in the exports: several with ``;`` between them, nothing where nothing is on record."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ";".join(map(_cell, value))
    return str(value)
