"""One thing under two ids, or an old thing beside the new one: offices and bilateral treaties that look the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from graph.dates import before
from graph.model import Authority, Instrument
from ingest.identity import slug
from ingest.review.finding import Hit, Rule
from ingest.review.material import Material


def office_twice(held: Material) -> Iterator[Hit]:
    """Offices of one State with one name, own or English; one office may have several functions (designations)."""
    groups: defaultdict[tuple[str, str], dict[str, Authority]] = defaultdict(dict)
    for record in held.records.authorities:
        for name in {slug(record.name), slug(record.local_name or "")} - {""}:
            groups[record.state, name][record.id] = record
    told: set[tuple[str, ...]] = set()
    for (state, name), offices in groups.items():
        if len(offices) > 1 and tuple(offices) not in told:
            told.add(tuple(offices))
            yield Hit(tuple(offices.values()), f"{state}: {' and '.join(offices)} are both called {name}")


def treaty_twice(held: Material) -> Iterator[Hit]:
    """Treaties between the same two, on one subject, signed on one day (UN Charter article 102: one entry)."""
    for (pair, subject), treaties in _pairs(held).items():
        by_date: defaultdict[str, list[Instrument]] = defaultdict(list)
        for treaty in treaties:
            if treaty.signed_on and len(treaty.signed_on) == 10:
                by_date[treaty.signed_on].append(treaty)
        for day, same in by_date.items():
            if len(same) > 1:
                says = f"{'-'.join(pair)}, {subject} of {day}: {' and '.join(one.id for one in same)}"
                yield Hit(tuple(same), says)


def treaty_perhaps_twice(held: Material) -> Iterator[Hit]:
    """A treaty known without its day of signature beside a dated one between the same two on the same subject."""
    for (pair, subject), treaties in _pairs(held).items():
        for one, other in combinations(treaties, 2):
            undated, dated = sorted((one, other), key=lambda treaty: treaty.signed_on or "")
            if not undated.signed_on and dated.signed_on:
                says = f"{'-'.join(pair)}, {subject}: {undated.id} may be {dated.id} of {dated.signed_on}"
                yield Hit((undated, dated), says)
                break


def older_treaty_open(held: Material) -> Iterator[Hit]:
    """A later treaty between the same two on the same subject may have ended the earlier one (VCLT article 59), or
    leaves of it only what it does not touch (article 30(3))."""
    for (pair, subject), treaties in _pairs(held).items():
        dated = sorted((one for one in treaties if one.signed_on), key=lambda one: one.signed_on or "")
        newest = next((one for one in reversed(dated) if one.in_force_on and one.status != "ended"), None)
        for treaty in dated:
            if newest and treaty is not newest and before(treaty.signed_on, newest.signed_on) and _open(treaty):
                says = f"{'-'.join(pair)}, {subject}: {treaty.id} has no end on record, {newest.id} is in force"
                yield Hit((treaty, newest), says)


def _open(treaty: Instrument) -> bool:
    return treaty.ended_on is None and treaty.status not in ("ended", "not-in-force")


def _pairs(held: Material) -> dict[tuple[tuple[str, ...], str], list[Instrument]]:
    found: defaultdict[tuple[tuple[str, ...], str], list[Instrument]] = defaultdict(list)
    for record in held.records.instruments:
        parties = tuple(sorted(held.participations.get(record.id, ())))
        if record.kind == "bilateral" and len(parties) == 2:
            found[parties, record.subject or "no subject"].append(record)
    return found


RULES = (
    Rule(
        key="office-twice", severity="doubt", check=office_twice,
        demands="one office has one id", source="the meaning of id",
    ),
    Rule(
        key="treaty-twice", severity="doubt", check=treaty_twice,
        demands="one treaty has one id", source="the meaning of id",
    ),
    Rule(
        key="treaty-perhaps-twice", severity="gap", check=treaty_perhaps_twice,
        demands="a treaty has a date by which it is told from another between the same two", source="the meaning of id",
    ),
    Rule(
        key="older-treaty-open", severity="gap", check=older_treaty_open,
        demands="a treaty that a later one on the same subject follows has an end on record, or is known to go on",
        source="VCLT articles 30(3) and 59",
    ),
)  # fmt: skip
