"""Counts of an instrument on a day: signed is not bound, bound is not in force, and what is not known is unknown."""

from __future__ import annotations

from typing import Any

import pytest

from graph.profiles import profile
from tests.graph.world import instrument, network, party


def shown(on: str, *participations: Any, **fields: Any) -> dict[str, Any]:
    book = network(instrument(**fields), *participations)
    return profile(book.network, book.network.instruments["treaty"], on)


def counts(on: str, *participations: Any, **fields: Any) -> tuple[int, int, int, int]:
    found = shown(on, *participations, **fields)["counts"]
    return found["signed_only"], found["bound"], found["in_force"], found["unknown"]


RATIFIED = {"signed_on": "2001-02-01", "bound_on": "2002-03-01", "in_force_on": "2002-06-01", "action": "ratification"}


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2001-01-31", (0, 0, 0, 0)), ("2001-02-01", (1, 0, 0, 0)), ("2002-02-28", (1, 0, 0, 0)),
        ("2002-03-01", (0, 1, 0, 0)), ("2002-05-31", (0, 1, 0, 0)), ("2002-06-01", (0, 1, 1, 0)),
    ],
)  # fmt: skip
def test_signed_then_bound_then_in_force(on: str, expected: tuple[int, ...]) -> None:
    assert counts(on, party("treaty", "A", **RATIFIED)) == expected


def test_who_has_left_is_neither_bound_nor_a_mere_signatory() -> None:
    left = party("treaty", "A", **RATIFIED, ended_on="2010-01-01")
    assert counts("2009-12-31", left) == (0, 1, 1, 0)
    assert counts("2010-01-01", left) == (0, 0, 0, 0)


def test_consent_to_a_treaty_not_in_force_binds_without_force() -> None:
    ratified = party("treaty", "A", bound_on="2023-01-01", action="ratification", in_force_on=None)
    assert counts("2024-01-01", ratified, status="not-in-force", in_force_on=None, entry_threshold=5) == (0, 1, 0, 0)


def test_a_party_named_without_dates_is_bound_from_the_date_of_its_source() -> None:
    named = party("treaty", "A", in_force_on=None)
    assert counts("2019-06-01", named) == (0, 0, 0, 1)
    assert counts("2020-01-01", named) == (0, 1, 1, 0)


def test_a_signatory_never_counts_as_bound() -> None:
    assert counts("2026-01-01", party("treaty", "A", standing="signatory", signed_on="2001", in_force_on=None)) == (
        1, 0, 0, 0,
    )  # fmt: skip


def test_readings_that_differ_leave_the_day_unknown_and_are_all_shown() -> None:
    readings = (
        party("treaty", "A", in_force_on="2001-01-01", contested=True),
        party("treaty", "A", in_force_on="2003-01-01", contested=True),
    )
    assert counts("2002-01-01", *readings) == (0, 0, 0, 1)
    assert counts("2003-01-01", *readings)[2] == 1
    assert len(shown("2002-01-01", *readings)["parties"][0]["readings"]) == 2


def test_a_profile_spells_out_fields_and_sources() -> None:
    found = shown("2026-01-01", party("treaty", "A"))
    assert (found["class"], found["id"], found["release"], found["on"]) == (
        "instrument",
        "treaty",
        "r-test",
        "2026-01-01",
    )
    assert list(found["sources"]) == [
        {"url": "https://example.org/chart", "as_of": "2020-01-01", "publisher": "Depositary", "official": False}
    ]
    assert found["note"] is None
