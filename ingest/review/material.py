"""What the rules of the review look at: the records of a release by what they are about, and the day of the review."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from functools import cached_property
from typing import Literal, TypeVar

from graph.articles import root
from graph.dates import span
from graph.model import Instrument, Membership, Participation, Provision, Record
from graph.records import Records

R = TypeVar("R", bound=Record)
K = TypeVar("K", bound=Hashable)


class Material:
    """Indexes over ``records``, made on first use; ``today`` is the day of the review (YYYY-MM-DD)."""

    def __init__(self, records: Records, today: str) -> None:
        self.records = records
        self.today = today
        self.instruments: dict[str, Instrument] = {record.id: record for record in records.instruments}
        self.sources = {record.id: record for record in records.sources}

    @cached_property
    def participations(self) -> dict[str, dict[str, list[Participation]]]:
        """Readings by instrument and party."""
        found: defaultdict[str, defaultdict[str, list[Participation]]] = defaultdict(lambda: defaultdict(list))
        for record in self.records.participations:
            found[record.instrument][record.party].append(record)
        return {instrument: dict(parties) for instrument, parties in found.items()}

    @cached_property
    def dated(self) -> list[tuple[Participation, Instrument]]:
        """Every participation beside its instrument."""
        return [(record, self.instruments[record.instrument]) for record in self.records.participations]

    @cached_property
    def memberships(self) -> dict[tuple[str, str], list[Membership]]:
        """Memberships by organisation and State."""
        return _grouped(self.records.memberships, lambda record: (record.organisation, record.state))

    @cached_property
    def provisions(self) -> dict[str, list[Provision]]:
        """Articles on record by instrument."""
        return _grouped(self.records.provisions, lambda record: record.instrument)

    def readings(self, instrument: str | None, party: str) -> list[Participation]:
        """What is on record of ``party`` under ``instrument``."""
        return self.participations.get(instrument or "", {}).get(party, [])

    def articles(self, instrument: str) -> frozenset[str]:
        """Numbers, without paragraphs, of the articles of ``instrument`` on record."""
        return frozenset(root(one.article) for one in self.provisions.get(instrument, ()) if one.article)

    @staticmethod
    def if_contested(record: Participation) -> Literal["doubt"] | None:
        """The severity of what one of several contradicting readings says: it need not be right."""
        return "doubt" if record.contested else None

    def newest(self, sources: Iterable[str]) -> str | None:
        """The latest date for which one of ``sources`` speaks; ``None`` where one of them is undated or none is named.

        An undated source may be newer than all others, so that nothing can be said of what they cannot know.
        """
        dates = [self.sources[one].as_of for one in sources if one in self.sources]
        known = [date for date in dates if date is not None]
        return max(known, key=lambda date: span(date)[1]) if known and len(known) == len(dates) else None


def _grouped(records: Iterable[R], key: Callable[[R], K]) -> dict[K, list[R]]:
    found: defaultdict[K, list[R]] = defaultdict(list)
    for record in records:
        found[key(record)].append(record)
    return dict(found)
