"""From which day a law that only sources date is known to make a conduct an offence."""

from __future__ import annotations

from datetime import date

import pytest

from graph.criminalisation import NationalLaw
from graph.dates import MET, UNKNOWN
from graph.model import StatutoryOffence


@pytest.mark.parametrize("sources", [("day", "year"), ("year", "day")])
def test_of_two_sources_of_one_day_the_more_precise_speaks_for_that_day(sources: tuple[str, str]) -> None:
    row = StatutoryOffence(id="x", state="A", offence="grooming", sources=sources)
    law = NationalLaw("A", [row], [], {}, {"day": "2020-12-31", "year": "2020"})
    assert law.criminalises("grooming", date(2020, 12, 30).toordinal()).result == UNKNOWN
    assert law.criminalises("grooming", date(2020, 12, 31).toordinal()).result == MET
