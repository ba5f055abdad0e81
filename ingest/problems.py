"""What is wrong with a fact and how to cure it: the one shape in which every check of ``ingest`` complains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec
from rapidfuzz import fuzz, process

Severity = Literal["error", "warning"]

LIKENESS = 60
"""Similarity (0 to 100) below which no nearest value is suggested: a far-fetched guess misleads."""


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, order=True):
    """One defect. ``file`` is relative to the tables' directory; ``row`` is the line in it (1 = header).

    An ``error`` refuses the release, a ``warning`` is reported.
    """

    file: str
    row: int | None = None
    column: str | None = None
    message: str
    cure: str
    severity: Severity = "error"

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f", row {self.row}"
        if self.column is not None:
            place += f", column {self.column}"
        return f"{place}: {self.message}. {self.cure}"


def nearest(value: str, choices: Iterable[str]) -> str | None:
    """The choice most like ``value``, or ``None`` when none is like it."""
    found = process.extractOne(
        value, sorted(choices), scorer=fuzz.WRatio, processor=str.casefold, score_cutoff=LIKENESS
    )
    return str(found[0]) if found else None


def nearest_name(value: str, names: Mapping[str, str]) -> str | None:
    """The id most like ``value`` or, better, the id whose name is most like it (``France`` gives ``FRA``)."""
    by_name = {name: key for key, name in names.items()}
    found = nearest(value, [*names, *by_name])
    return by_name.get(found, found) if found else None
