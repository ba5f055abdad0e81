"""What differs between two releases: records added, removed and changed field by field, and how parties now stand.

Both releases are compared as they are on disk, in canonical form, so that a difference is one in what is said and never
one of order. A change of a record is not yet a change of law: most come from sources read anew. What follows for the
standing of parties (signed, bound, in force) on a day is told apart, under ``standings``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from math import inf
from typing import Any, Literal

import msgspec

from graph.answers import Cite
from graph.canonical import defaults, list_fields, says
from graph.dates import MET, NOT_MET, UNKNOWN, Tri
from graph.lookup import NAME_FIELDS, kind, names_of
from graph.model import Record
from graph.network import Network
from graph.profiles import Place, place_of
from graph.records import RECORD_TYPES

Kind = Literal["added", "removed", "changed"]


class FieldChange(msgspec.Struct, frozen=True, kw_only=True):
    """A field before and after, each with its sources; ``None`` where it said nothing.

    Imprisonment for life is ``life``. The field ``sources`` stands for the sources of the record and holds their ids.
    """

    field: str
    before: Any = None
    after: Any = None
    sources_before: tuple[Cite, ...] = ()
    sources_after: tuple[Cite, ...] = ()


class RecordChange(msgspec.Struct, frozen=True, kw_only=True, rename={"record_class": "class"}):
    """A record that is new, gone or no longer what it was; ``label`` is its name, or its id where it has none."""

    kind: Kind
    record_class: str
    id: str
    label: str
    fields: tuple[FieldChange, ...]


class StandingChange(msgspec.Struct, frozen=True, kw_only=True):
    """How a party stands to an instrument on the day by the one release and by the other.

    ``None``: that release has no relation of the two on record.
    """

    instrument: str
    instrument_name: str
    party: str
    party_name: str
    before: Place | None
    after: Place | None


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What differs between the releases ``since`` and ``until``; ``counts``: class → kind → how many.

    ``on`` is the day on which parties stand as ``standings`` says.
    """

    since: str
    until: str
    on: str
    counts: dict[str, dict[str, int]]
    standings: tuple[StandingChange, ...]
    records: tuple[RecordChange, ...]


def changes(old: Network, new: Network, on: str) -> Changes:
    """What differs between two releases, compiled; ``on`` is the ISO day for which standings are compared."""
    records = tuple(_records(old, new))
    counts: dict[str, Counter[str]] = {}
    for change in records:
        counts.setdefault(change.record_class, Counter())[change.kind] += 1
    return Changes(
        since=old.release,
        until=new.release,
        on=on,
        counts={name: dict(sorted(found.items())) for name, found in counts.items()},
        standings=tuple(_standings(old, new, date.fromisoformat(on).toordinal())),
        records=records,
    )


def _records(old: Network, new: Network) -> Iterator[RecordChange]:
    """Class by class as they are declared, within each by id."""
    for cls in RECORD_TYPES:
        field = list_fields()[cls.__name__]
        before: dict[str, Record] = {record.id: record for record in getattr(old.records, field)}
        after: dict[str, Record] = {record.id: record for record in getattr(new.records, field)}
        for id in sorted(before.keys() | after.keys()):
            one, other = before.get(id), after.get(id)
            if one == other:
                continue
            told = other or one
            assert told is not None  # noqa: S101 - for the type checker: the id comes from one of the two
            yield RecordChange(
                kind="added" if one is None else "removed" if other is None else "changed",
                record_class=kind(cls),
                id=id,
                label=_label(told),
                fields=tuple(_fields(old, new, one, other)),
            )


def _fields(old: Network, new: Network, one: Record | None, other: Record | None) -> Iterator[FieldChange]:
    """The fields of a record that say something else than before, and its sources where these are others."""
    some = one or other
    for field, default in defaults(type(some)).items():  # type: ignore[arg-type]
        before, after = (getattr(record, field) if record else default for record in (one, other))
        said, says_now = one is not None and says(before, default), other is not None and says(after, default)
        if (said or says_now) and (before != after or said != says_now):
            yield FieldChange(
                field=field,
                before=_plain(before) if said else None,
                after=_plain(after) if says_now else None,
                sources_before=old.cites(one.sources_of(field)) if one and said else (),
                sources_after=new.cites(other.sources_of(field)) if other and says_now else (),
            )
    if one and other and (one.sources, one.evidence) != (other.sources, other.evidence):
        yield FieldChange(
            field="sources",
            before=_cited(one),
            after=_cited(other),
            sources_before=old.cites(one.sources),
            sources_after=new.cites(other.sources),
        )


def _cited(record: Record) -> list[str]:
    """The sources of a record, then those of single fields as ``field=source``."""
    single = [f"{field}={source}" for field, sources in record.evidence for source in sources]
    return [*record.sources, *single]


def _standings(old: Network, new: Network, day: int) -> Iterator[StandingChange]:
    before, after = _places(old, day), _places(new, day)
    for key in sorted(before.keys() | after.keys()):
        one, other = before.get(key), after.get(key)
        if one != other:
            instrument, party = key
            network = new if other else old
            yield StandingChange(
                instrument=instrument,
                instrument_name=network.instruments[instrument].short_name,
                party=party,
                party_name=network.state_name(party),
                before=one,
                after=other,
            )


def _places(network: Network, day: int) -> dict[tuple[str, str], Place]:
    pairs = {(one.instrument, one.party) for one in network.records.participations}
    return {
        (instrument, party): place_of(network, network.standings(party)[instrument], day) for instrument, party in pairs
    }


WORDS: dict[Tri, str] = {MET: "yes", NOT_MET: "no", UNKNOWN: "unknown"}


def in_words(place: Place | None) -> str:
    """A place in words, such as ``signed yes, bound yes, in force unknown``."""
    if place is None:
        return "no record"
    return f"signed {WORDS[place.signed]}, bound {WORDS[place.bound]}, in force {WORDS[place.in_force]}"


def _plain(value: Any) -> Any:
    return "life" if value == inf else msgspec.to_builtins(value)


def _label(record: Record) -> str:
    names = names_of(record) if type(record) in NAME_FIELDS else []
    return names[0] if names else record.id
