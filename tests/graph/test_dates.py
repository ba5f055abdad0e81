"""Partial dates and three-valued logic."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.dates import MET, NOT_MET, UNKNOWN, agrees, all_of, any_of, before, negation, reached, span

TRI = st.sampled_from([MET, NOT_MET, UNKNOWN])


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("partial", "on", "expected"),
    [
        ("2022-10-15", "2022-10-14", NOT_MET),
        ("2022-10-15", "2022-10-15", MET),
        ("2022-10", "2022-09-30", NOT_MET),
        ("2022-10", "2022-10-15", UNKNOWN),
        ("2022-10", "2022-10-31", UNKNOWN),
        ("2022-10", "2022-11-01", MET),
        ("2022", "2022-12-31", UNKNOWN),
        ("2022", "2023-01-01", MET),
        ("2024-12", "2025-01-01", MET),
        (None, "2022-10-15", UNKNOWN),
    ],
)
def test_a_partial_date_is_unknown_during_its_span(partial: str | None, on: str, expected: str) -> None:
    assert reached(partial, day(on)) == expected


@pytest.mark.parametrize("broken", ["", "22", "2022-13", "2022-02-30", "2022/01/01", "01.02.2022", "2022-1-1", "0000"])
def test_what_is_no_date_is_refused_with_the_form_wanted(broken: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        span(broken)


@given(st.dates(min_value=date(1, 1, 1), max_value=date(9998, 12, 31)))
def test_a_cut_date_spans_the_whole_one(whole: date) -> None:
    text = whole.isoformat()
    for cut in (text, text[:7], text[:4]):
        first, last = span(cut)
        assert first <= whole.toordinal() <= last
        assert agrees(cut, text)


@given(TRI, TRI)
def test_logic_is_that_of_kleene(one: str, other: str) -> None:
    order = [NOT_MET, UNKNOWN, MET]
    assert all_of(one, other) == min(one, other, key=order.index)
    assert any_of(one, other) == max(one, other, key=order.index)
    assert negation(negation(one)) == one
    assert negation(all_of(one, other)) == any_of(negation(one), negation(other))


def test_nothing_to_check_is_met_and_nothing_to_choose_from_is_not() -> None:
    assert all_of() == MET
    assert any_of() == NOT_MET


@pytest.mark.parametrize(
    ("one", "other", "certain"),
    [
        ("2004-06-30", "2004-07-01", True),
        ("2004-07-01", "2004-07-01", False),
        ("2004-06", "2004-07-01", True),
        ("2004-07", "2004-07-31", False),
        ("2003", "2004", True),
        ("2004", "2004-12", False),
        (None, "2004", False),
        ("2004", None, False),
    ],
)
def test_only_what_is_certainly_earlier_is_before(one: str | None, other: str | None, certain: bool) -> None:
    assert before(one, other) is certain


@given(st.dates(), st.dates(), st.sampled_from([4, 7, 10]), st.sampled_from([4, 7, 10]))
def test_before_never_errs_about_the_days_behind_vague_dates(one: date, other: date, cut: int, cut_other: int) -> None:
    if before(one.isoformat()[:cut], other.isoformat()[:cut_other]):
        assert one < other
