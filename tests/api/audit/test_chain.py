"""The chain tells of every change that it can tell of, and names the first."""

from __future__ import annotations

import hashlib
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.audit.chain import EMPTY, Act, Entry, Head, chained, line_of, verified

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
ACTS = st.builds(
    Act,
    who=TEXT,
    role=st.sampled_from(("liaison", "curator", "")),
    route=TEXT,
    asked=TEXT,
    purpose=st.none() | TEXT,
    restricted=st.lists(TEXT, max_size=3).map(tuple),
    status=st.none() | st.integers(100, 599),
)


def chain_of(acts: list[Act]) -> list[bytes]:
    """The lines of a log that holds ``acts``."""
    head, lines = EMPTY, []
    for number, act in enumerate(acts):
        entry = chained(act, f"2026-11-26T12:00:{number % 60:02}.000Z", head)
        head = Head(entry.sequence, entry.hash)
        lines.append(line_of(entry))
    return lines


def head_of(lines: list[bytes]) -> Head:
    """The head of whole lines."""
    last = json.loads(lines[-1])
    return Head(last["sequence"], last["hash"])


@settings(max_examples=30)
@given(st.lists(ACTS, max_size=6))
def test_what_was_chained_holds(acts: list[Act]) -> None:
    lines = chain_of(acts)
    verdict = verified(lines, [head_of(lines)] if lines else [])
    assert verdict.broken is None
    assert verdict.entries == len(acts)


@settings(max_examples=30)
@given(ACTS)
def test_anyone_can_check_an_entry_with_the_rule_as_it_is_written_down(act: Act) -> None:
    """Keys in alphabetical order, no blanks, UTF-8: by another JSON library."""
    (line,) = chain_of([act])
    said = json.loads(line)
    claimed = said.pop("hash")
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(text.encode()).hexdigest() == claimed


@settings(max_examples=30)
@given(st.lists(ACTS, min_size=1, max_size=5), st.data())
def test_a_changed_byte_is_found_where_it_is(acts: list[Act], data: st.DataObject) -> None:
    lines = chain_of(acts)
    which = data.draw(st.integers(0, len(lines) - 1))
    at = data.draw(st.integers(0, len(lines[which]) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != lines[which][at]))
    changed = bytearray(lines[which])
    changed[at] = other
    text = b"".join([*lines[:which], bytes(changed), *lines[which + 1 :]])
    verdict = verified(io.BytesIO(text), [head_of(lines)])
    assert verdict.broken is not None
    assert verdict.broken.line == which + 1


@settings(max_examples=30)
@given(st.lists(ACTS, min_size=3, max_size=6), st.data())
def test_an_entry_taken_out_or_moved_is_found(acts: list[Act], data: st.DataObject) -> None:
    lines = chain_of(acts)
    which = data.draw(st.integers(0, len(lines) - 2))
    without = verified([*lines[:which], *lines[which + 1 :]])
    assert without.broken is not None
    assert without.broken.line == which + 1
    swapped = [*lines[:which], lines[which + 1], lines[which], *lines[which + 2 :]]
    assert verified(swapped).broken is not None


def test_a_cut_end_is_found_by_a_head_that_was_kept_and_by_nothing_else() -> None:
    lines = chain_of([Act(who=str(number), role="liaison", route="") for number in range(5)])
    assert verified(lines[:3]).broken is None
    verdict = verified(lines[:3], [head_of(lines)])
    assert verdict.broken is not None
    assert "ends with entry 3, but entry 5" in verdict.broken.reason


def test_a_chain_written_anew_is_found_by_a_head_that_was_kept() -> None:
    acts = [Act(who=str(number), role="liaison", route="") for number in range(5)]
    kept = head_of(chain_of(acts))
    forged = chain_of([*acts[:2], Act(who="nobody", role="liaison", route=""), *acts[3:]])
    assert verified(forged).broken is None
    verdict = verified(forged, [kept])
    assert verdict.broken is not None
    assert "another than the head" in verdict.broken.reason


def test_a_line_written_in_another_way_is_no_entry() -> None:
    (line,) = chain_of([Act(who="a", role="liaison", route="")])
    assert verified([line.replace(b":", b": ", 1)]).broken is not None


@pytest.mark.parametrize("line", [b"", b"\n", b"{}\n", b"null\n", b"\xff\xfe\n", b"[1]\n"])
def test_what_is_no_entry_is_named(line: bytes) -> None:
    verdict = verified([line])
    assert verdict.broken is not None
    assert verdict.broken.line == 1


def test_entries_say_all_fields() -> None:
    assert set(Entry.__struct_fields__) == {
        "at", "who", "role", "route", "asked", "purpose", "restricted", "status", "sequence", "previous", "hash",
    }  # fmt: skip
