"""The treaties' own rules of entry into force, on cases that the depositaries published."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.entry import after, in_force_from

BUDAPEST = ("first-of-month-after", "P3M", "2004-07-01")
UNTOC = ("days-after", "P30D", "2003-09-29")
LANZAROTE = ("first-of-month-after", "P3M", "2010-07-01")
ILO_182 = ("months-after", "P12M", "2000-11-19")


@pytest.mark.parametrize(
    ("bound_on", "rule", "expected"),
    [
        # cets-185 article 36(4): three months from 2006-01-10 expire on 2006-04-10, then the first of the next month.
        ("2006-01-10", BUDAPEST, "2006-05-01"),
        ("2006-09-29", BUDAPEST, "2007-01-01"),
        # Article 36(3): Albania ratified on 2002-06-20, but nobody was bound before the Convention itself.
        ("2002-06-20", BUDAPEST, "2004-07-01"),
        # Romania deposited on 2004-05-12, after the fifth ratification and before the Convention's own day.
        ("2004-05-12", BUDAPEST, "2004-09-01"),
        # un-untoc article 38(2): the thirtieth day after the deposit.
        ("2004-09-24", UNTOC, "2004-10-24"),
        ("2003-09-10", UNTOC, "2003-10-10"),
        ("2002-01-01", UNTOC, "2003-09-29"),
        # ilo-182 article 10(3): twelve months after registration.
        ("2010-04-07", ILO_182, "2011-04-07"),
    ],
)
def test_published_cases(bound_on: str, rule: tuple[str, str, str], expected: str) -> None:
    assert in_force_from(bound_on, *rule) == expected


@pytest.mark.parametrize(
    ("bound_on", "rule", "expected"),
    [
        # cets-201 article 45(4), as cets-185 article 36(4): three months from any day of May expire in August.
        ("2016-05", LANZAROTE, "2016-09-01"),
        # The Treaty Office has 15 October 2019 for Tunisia; the 31st, of which January has one too, gives no other day.
        ("2019-10", LANZAROTE, "2020-02-01"),
        # Three months from the last days of November expire on the last day of February.
        ("2015-11", LANZAROTE, "2016-03-01"),
        # Nobody was bound before the instrument: whichever day of 2002 it was.
        ("2002", UNTOC, "2003-09-29"),
        ("2009", LANZAROTE, "2010-07-01"),
    ],
)
def test_a_month_or_a_year_gives_the_day_on_which_all_its_days_agree(
    bound_on: str, rule: tuple[str, str, str], expected: str
) -> None:
    assert in_force_from(bound_on, *rule) == expected


@pytest.mark.parametrize(
    ("bound_on", "rule"),
    [
        ("2016", LANZAROTE),
        ("2017-09", UNTOC),
        ("2010-04", ILO_182),
        # Ninety days from 1 March expire in May, from 31 March in June.
        ("2016-03", ("first-of-month-after", "P90D", "2010-07-01")),
        # Deposits in June 2010 count from October, those of February 2010 from the Convention's own day in July.
        ("2010", LANZAROTE),
    ],
)
def test_nothing_is_computed_where_the_days_of_a_month_or_a_year_differ(
    bound_on: str, rule: tuple[str, str, str]
) -> None:
    assert in_force_from(bound_on, *rule) is None


def test_nothing_is_computed_without_the_instrument_in_force() -> None:
    assert in_force_from("2006-01-10", "first-of-month-after", "P3M", None) is None
    assert in_force_from("2006-01-10", "first-of-month-after", "P3M", "2006") is None
    assert in_force_from("2006-01-10", "first-of-month-after", "P3M", "2004-07") == "2006-05-01"


def test_a_month_without_such_a_day_ends_on_its_last() -> None:
    assert after(date(2024, 11, 30), "months-after", "3 months") == date(2025, 2, 28)


@pytest.mark.parametrize(("rule", "delay"), [("never", "P3M"), ("days-after", "soon"), ("days-after", "P3M")])
def test_rules_that_make_no_sense_are_refused(rule: str, delay: str) -> None:
    with pytest.raises(ValueError, match=r"rule|delay"):
        in_force_from("2006-01-10", rule, delay, "2004-07-01")


@given(st.dates(max_value=date(2200, 1, 1)), st.integers(0, 36))
def test_the_first_of_the_month_lies_after_the_delay(day: date, months: int) -> None:
    found = after(day, "first-of-month-after", f"P{months}M")
    assert found.day == 1
    assert found > after(day, "months-after", f"P{months}M")


@given(st.dates(max_value=date(2200, 1, 1)), st.sampled_from([BUDAPEST, LANZAROTE, UNTOC, ILO_182]))
def test_what_a_month_gives_each_of_its_days_gives(day: date, rule: tuple[str, str, str]) -> None:
    found = in_force_from(day.isoformat()[:7], *rule)
    assert found is None or found == in_force_from(day.isoformat(), *rule)
