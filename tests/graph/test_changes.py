"""What differs between two releases is told record by record and field by field, with the sources of either side."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from graph.changes import FieldChange, changes, in_words
from graph.earlier import NotHeld, release_named
from graph.network import Network
from graph.records import Records
from graph.releases import write_release

DAY = "2026-11-26"


def field_of(found: tuple[FieldChange, ...], name: str) -> FieldChange:
    return next(one for one in found if one.field == name)


def test_nothing_differs_from_itself(every_class: Records) -> None:
    found = changes(Network(every_class, "a"), Network(every_class, "a"), DAY)
    assert (found.records, found.standings, found.counts) == ((), (), {})


def test_a_party_that_denounces_is_a_changed_record_and_no_longer_bound(every_class: Records) -> None:
    index = next(
        i for i, one in enumerate(every_class.participations) if one.standing == "party" and one.in_force_on
        and not one.contested
    )  # fmt: skip
    party = every_class.participations[index]
    left = msgspec.structs.replace(party, ended_on="2020-01-01")
    rows = (*every_class.participations[:index], left, *every_class.participations[index + 1 :])
    old, new = Network(every_class, "a"), Network(msgspec.structs.replace(every_class, participations=rows), "b")
    found = changes(old, new, DAY)
    (record,) = found.records
    assert (record.kind, record.record_class, record.id) == ("changed", "participation", party.id)
    (field,) = record.fields
    assert (field.field, field.before, field.after) == ("ended_on", None, "2020-01-01")
    assert field.sources_before == ()
    assert field.sources_after == new.cites(party.sources)
    (standing,) = found.standings
    assert (standing.party, standing.instrument) == (party.party, party.instrument)
    assert standing.before is not None
    assert standing.after is not None
    assert (standing.before.in_force, standing.after.in_force) == ("met", "not met")
    earlier = changes(old, new, "2019-12-31")
    assert earlier.standings == ()
    assert len(earlier.records) == 1


def test_a_record_that_is_new_and_one_that_is_gone_mirror_each_other(every_class: Records) -> None:
    fewer = msgspec.structs.replace(every_class, statutory_offences=())
    gone = changes(Network(every_class, "a"), Network(fewer, "b"), DAY)
    new = changes(Network(fewer, "b"), Network(every_class, "a"), DAY)
    assert [one.kind for one in gone.records] == ["removed"] * len(every_class.statutory_offences)
    assert gone.counts == {"statutoryoffence": {"removed": len(every_class.statutory_offences)}}
    for one, other in zip(gone.records, new.records, strict=True):
        assert other.kind == "added"
        assert [(f.field, f.before) for f in one.fields] == [(f.field, f.after) for f in other.fields]
        assert all(f.after is None and f.sources_after == () for f in one.fields)
    assert field_of(gone.records[0].fields, "max_penalty_years").before == "life"


def test_a_source_that_no_longer_stands_behind_a_record_is_a_change(every_class: Records) -> None:
    treaty = next(one for one in every_class.instruments if len(one.sources) > 1)
    less = msgspec.structs.replace(treaty, sources=treaty.sources[:1], evidence=())
    rows = tuple(less if one.id == treaty.id else one for one in every_class.instruments)
    other = msgspec.structs.replace(every_class, instruments=rows)
    found = changes(Network(every_class, "a"), Network(other, "b"), DAY)
    (record,) = found.records
    sources = field_of(record.fields, "sources")
    assert set(sources.after) < set(sources.before)


def test_a_relation_that_is_new_has_no_place_before(every_class: Records) -> None:
    none = msgspec.structs.replace(every_class, participations=())
    found = changes(Network(none, "a"), Network(every_class, "b"), DAY)
    assert found.standings
    assert all(one.before is None and one.after is not None for one in found.standings)
    assert in_words(found.standings[0].before) == "no record"


def test_releases_are_named_by_id_or_by_word(every_class: Records, tmp_path: Path) -> None:
    first = write_release(tmp_path, Records(), {}, fingerprint="1", built_at="2026-11-20T12:00:00Z")
    with pytest.raises(NotHeld, match="available: " + first.id):
        release_named(tmp_path, "previous")
    second = write_release(tmp_path, every_class, {}, fingerprint="2", built_at="2026-11-21T12:00:00Z")
    assert release_named(tmp_path, "current").id == second.id
    assert release_named(tmp_path, "previous").id == first.id
    assert release_named(tmp_path, first.id).id == first.id
    with pytest.raises(NotHeld, match="r-0000000000000000"):
        release_named(tmp_path, "r-0000000000000000")
