"""What is kept with a release of how it was built: tables that were read, and what does not fit which rule, and where.

``ingest.review`` finds them when a release is built; see :meth:`graph.releases.Release.report`.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Severity = Literal["error", "doubt", "gap"]
"""``error``: cannot be. ``doubt``: unlikely, look at the sources. ``gap``: thin, something is missing."""

SEVERITIES: tuple[Severity, ...] = ("error", "doubt", "gap")


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


class TableReport(msgspec.Struct, frozen=True, kw_only=True):
    """One table: ``read`` rows = ``accepted`` + ``merged`` into others + ``dropped`` by a rule + ``refused``."""

    file: str
    title: str
    read: int
    accepted: int
    merged: int
    dropped: int
    refused: int
