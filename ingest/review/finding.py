"""The shape of the review: a rule, what it meets in the records, and the finding that a curator reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

import msgspec

from graph.model import Record
from ingest.review.material import Material

Severity = Literal["error", "doubt", "gap"]
"""``error``: cannot be. ``doubt``: unlikely, look at the sources. ``gap``: thin, something is missing."""

SEVERITIES: tuple[Severity, ...] = ("error", "doubt", "gap")


class Hit(NamedTuple):
    """Records that a rule does not fit, the one to look at first in front, and what they say.

    ``severity`` where it is another than that of the rule; ``field`` where one field of the first record is at stake,
    so that only the sources of that field are named.
    """

    about: tuple[Record, ...]
    says: str
    severity: Severity | None = None
    field: str | None = None


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule of consistency: its key, what it demands, the law or convention behind it, and the check."""

    key: str
    severity: Severity
    demands: str
    source: str
    check: Callable[[Material], Iterator[Hit]]


class Place(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A row: the file below the tables' directory and the line in it (1 = header)."""

    file: str
    row: int

    def __str__(self) -> str:
        return f"{self.file}:{self.row}"


class CitedSource(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, order=True):
    """A source behind a record, with the date for which it speaks (``None``: undated)."""

    url: str
    as_of: str | None = None


class Witness(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, order=True):
    """A record that a finding is about: the rows that went into it and the sources that state it.

    ``record`` is its class and id, such as ``participation/cets-185/FRA``. A record that follows by rule has no rows
    of its own; ``derived`` is that rule.
    """

    record: str
    rows: tuple[Place, ...] = ()
    sources: tuple[CitedSource, ...] = ()
    derived: str | None = None


class Finding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Records that do not fit a rule. ``known`` is the curator's reason why it stands as it is."""

    severity: Severity
    rule: str
    demands: str
    source: str
    says: str
    witnesses: tuple[Witness, ...]
    known: str | None = None

    @property
    def about(self) -> str:
        """The record to look at first, by class and id."""
        return self.witnesses[0].record
