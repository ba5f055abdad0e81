"""The account of what became of every row, and the weight of the sources that rows rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from graph.dates import span
from graph.model import Conflict, Publisher, Record, Source
from ingest.tables import Row


class Drop(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A row, or a field of it, that a rule left out of the release."""

    file: str
    row: int
    rule: str
    message: str


class Ledger:
    """What reconciling and deriving did: merges by rule and file, drops and conflicts one by one."""

    def __init__(self) -> None:
        self.merged_in_file: Counter[str] = Counter()
        self.merged_by_rule: Counter[str] = Counter()
        self.dropped_in_file: Counter[str] = Counter()
        self.derived_by_rule: Counter[str] = Counter()
        self.drops: list[Drop] = []
        self.conflicts: list[Conflict] = []
        self.origins: dict[tuple[type[Record], str], list[tuple[str, int]]] = {}

    def merged(self, row: Row, rule: str) -> None:
        """``row`` was united with another row that says the same."""
        self.merged_in_file[row.file] += 1
        self.merged_by_rule[rule] += 1

    def dropped(self, row: Row, rule: str, message: str) -> None:
        """``row`` as a whole gave way to others."""
        self.dropped_in_file[row.file] += 1
        self.drops.append(Drop(file=row.file, row=row.line, rule=rule, message=message))

    def field_dropped(self, row: Row, rule: str, message: str) -> None:
        """A field of ``row`` gave way; the rest of the row stays."""
        self.drops.append(Drop(file=row.file, row=row.line, rule=rule, message=message))

    def came_from(self, record: Record, rows: Iterable[Row]) -> None:
        """Remember the rows behind ``record``, to name them when a later check complains about it."""
        self.origins[type(record), record.id] = sorted({(row.file, row.line) for row in rows})


class SourceBook:
    """How much a set of sources weighs: whether an official publisher stands behind it, and how new it is."""

    def __init__(self, sources: Iterable[Source], publishers: Iterable[Publisher]) -> None:
        official = {publisher.id for publisher in publishers if publisher.official}
        known = list(sources)
        self._as_of = {source.id: source.as_of for source in known}
        self._official = {source.id for source in known if source.publisher in official}

    def official(self, sources: Iterable[str]) -> bool:
        """Whether an official publisher is among the publishers of ``sources``."""
        return any(source in self._official for source in sources)

    def newest(self, sources: Iterable[str]) -> str | None:
        """The latest date for which one of ``sources`` speaks; ``None`` if all are undated."""
        dates = [date for source in sources if (date := self._as_of.get(source))]
        return max(dates, key=lambda date: (span(date)[1], date)) if dates else None

    def age_key(self, sources: Iterable[str]) -> int:
        """Last day (ordinal) of the newest date; 0 if all sources are undated: sorts oldest first."""
        newest = self.newest(sources)
        return span(newest)[1] if newest else 0
