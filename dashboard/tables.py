"""Rows as a file that spreadsheets read."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any


def csv_of(rows: Sequence[dict[str, Any]]) -> bytes:
    """``rows`` as CSV (RFC 4180) in UTF-8, under the names of the first; lists have ``;`` between their parts."""
    text = io.StringIO(newline="")
    if rows:
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return text.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return ";".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
