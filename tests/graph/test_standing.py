"""Timelines of participations: signed, bound, in force, ended, and what the record leaves open."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.dates import MET, NOT_MET, UNKNOWN
from graph.model import Instrument, Participation
from graph.standing import timeline


def instrument(**fields: Any) -> Instrument:
    given = {"id": "cets-185", "short_name": "Budapest Convention", "title": "t", "kind": "multilateral"}
    return Instrument(**{**given, "in_force_on": "2004-07-01", **fields})


def participation(**fields: Any) -> Participation:
    given = {"id": "cets-185/FRA", "instrument": "cets-185", "party": "FRA", "standing": "party"}
    return Participation(**{**given, **fields})


def on(
    day: str, *readings: Participation, of: Instrument | None = None, named_on: str | None = None
) -> tuple[str, str]:
    step = timeline(readings, of or instrument(), lambda _: named_on).on(date.fromisoformat(day).toordinal())
    return step.result, step.code


FRANCE = participation(signed_on="2001-11-23", bound_on="2006-01-10", action="ratification", in_force_on="2006-05-01")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2001-12-01", (NOT_MET, "not-in-force")),
        ("2006-01-10", (NOT_MET, "not-in-force")),  # bound is not yet in force
        ("2006-04-30", (NOT_MET, "not-in-force")),
        ("2006-05-01", (MET, "in-force")),
        ("2040-01-01", (MET, "in-force")),
    ],
)
def test_in_force_from_its_day_and_not_from_ratification(day: str, expected: tuple[str, str]) -> None:
    # France ratified the Budapest Convention on 2006-01-10; in force for it from 2006-05-01 (article 36(4)).
    assert on(day, FRANCE) == expected


def test_a_signature_never_binds() -> None:
    assert on("2030-01-01", participation(standing="signatory", signed_on="2022-05-12")) == (NOT_MET, "signed-only")


def test_a_bare_signature_opens_nothing() -> None:
    reading = participation(standing="signed", signed_on="1995-02-23")
    assert on("2026-01-01", reading, of=instrument(in_force_on=None)) == (NOT_MET, "signed-only")
    assert on("2026-01-01", participation(standing="named"))[0] == UNKNOWN  # listed without saying how


def test_not_bound_is_told_with_the_date_of_its_source() -> None:
    reading = participation(standing="signatory", signed_on="2000-05-29")
    step = timeline([reading], instrument(), lambda _: "2013-01").on(date(2026, 1, 1).toordinal())
    assert "according to the source of 2013-01" in step.text


def test_an_opt_out_is_told_apart_from_absence() -> None:
    assert on("2020-01-01", participation(standing="excluded")) == (NOT_MET, "opted-out")


def test_a_month_is_unknown_until_it_is_over() -> None:
    reading = participation(in_force_on="2022-10")
    assert on("2022-09-30", reading)[0] == NOT_MET
    assert on("2022-10-15", reading)[0] == UNKNOWN
    assert on("2022-11-01", reading)[0] == MET


def test_a_party_named_without_dates_is_certain_from_the_sources_date() -> None:
    reading = participation()
    assert on("2004-06-30", reading, named_on="2015-03") == (NOT_MET, "not-in-force")  # the instrument was not
    assert on("2010-01-01", reading, named_on="2015-03")[0] == UNKNOWN
    assert on("2015-03-31", reading, named_on="2015-03")[0] == MET
    assert on("2026-01-01", reading, named_on=None)[0] == UNKNOWN  # an undated source proves no day


def test_consent_does_not_put_an_instrument_in_force_that_is_not_known_to_be() -> None:
    reading = participation(action="ratification", bound_on="2012-01-01")
    assert on("2026-01-01", reading, of=instrument(in_force_on=None), named_on="2020")[0] == UNKNOWN
    assert on("2026-01-01", reading, of=instrument(in_force_on=None, status="in-force"), named_on="2020")[0] == MET


def test_nobody_is_bound_by_an_instrument_that_is_not_in_force() -> None:
    protocol = instrument(in_force_on=None, status="not-in-force", entry_threshold=5)
    bound = participation(action="ratification", bound_on="2023-08-10")
    assert on("2026-11-24", bound, of=protocol) == (NOT_MET, "not-in-force")
    assert on("2026-11-24", participation(standing="signed", signed_on="2022-05-12"), of=protocol)[1] == "signed-only"


def test_an_end_ends_it_and_a_partial_end_leaves_its_span_open() -> None:
    assert on("2019-12-31", participation(in_force_on="2006-05-01", ended_on="2020-01-01"))[0] == MET
    assert on("2020-01-01", participation(in_force_on="2006-05-01", ended_on="2020-01-01")) == (NOT_MET, "ended")
    assert on("2020-06-01", participation(in_force_on="2006-05-01", ended_on="2020")) == (UNKNOWN, "ended")
    assert on("2021-01-01", participation(in_force_on="2006-05-01", suspended_on="2020-08")) == (NOT_MET, "ended")


def test_the_end_of_the_instrument_ends_every_participation() -> None:
    act = instrument(ended_on="2026-04-03", in_force_on="2021-08-02")
    assert on("2026-04-02", participation(in_force_on="2021-08-02"), of=act)[0] == MET
    assert on("2026-04-03", participation(in_force_on="2021-08-02"), of=act) == (NOT_MET, "ended")


def test_contradicting_readings_decide_only_where_they_agree() -> None:
    readings = (
        participation(contested=True, in_force_on="2005-01-01"),
        participation(id="cets-185/FRA/2", contested=True, in_force_on="2009-01-01"),
    )
    assert on("2004-12-31", *readings)[0] == NOT_MET
    assert on("2007-01-01", *readings) == (UNKNOWN, "contested")
    assert on("2009-01-01", *readings)[0] == MET


def test_a_year_only_date_of_the_instrument_keeps_its_year_open() -> None:
    treaty = instrument(in_force_on="2025")
    assert on("2025-06-01", participation(), of=treaty, named_on="2020")[0] == UNKNOWN
    assert on("2026-01-01", participation(), of=treaty, named_on="2020")[0] == MET


def test_a_dated_end_counts_where_the_instrument_ended_on_an_unknown_day() -> None:
    over = instrument(status="ended")
    assert on("2010-01-01", participation(in_force_on="2005-01-01"), of=over)[0] == UNKNOWN
    gone = participation(in_force_on="2005-01-01", ended_on="2008-01-01")
    assert on("2010-01-01", gone, of=over) == (NOT_MET, "ended")


def test_of_two_ends_the_one_that_is_certain_first_ends_it() -> None:
    old = instrument(in_force_on="2000-01-01")
    gone = participation(in_force_on="2001-01-01", ended_on="2004", suspended_on="2004-03-01")
    assert on("2003-12-31", gone, of=old)[0] == MET
    assert on("2004-02-01", gone, of=old) == (UNKNOWN, "ended")
    assert on("2004-03-01", gone, of=old) == (NOT_MET, "ended")


def test_what_has_not_begun_is_not_in_force_in_the_year_of_its_end_either() -> None:
    short = participation(in_force_on="2004-07-01", ended_on="2004")
    assert on("2004-06-30", short) == (NOT_MET, "not-in-force")
    assert on("2004-07-01", short) == (UNKNOWN, "ended")
    assert on("2005-01-01", short) == (NOT_MET, "ended")
