"""What a law is known to make an offence, from which day, and of which child."""

from __future__ import annotations

from datetime import date

import pytest

from graph.answers import HYPOTHETICAL
from graph.criminalisation import NationalLaw, dual_criminality
from graph.dates import MET, NOT_MET, UNKNOWN
from graph.model import ReviewFinding, Statute, StatutoryOffence

DAY = date(2026, 11, 24).toordinal()
SOURCES: dict[str, str | None] = {"s": "2020", "undated": None}


@pytest.mark.parametrize("sources", [("day", "year"), ("year", "day")])
def test_of_two_sources_of_one_day_the_more_precise_speaks_for_that_day(sources: tuple[str, str]) -> None:
    row = StatutoryOffence(id="x", state="A", offence="grooming", sources=sources)
    law = NationalLaw("A", [row], [], {}, {"day": "2020-12-31", "year": "2020"})
    assert law.criminalises("grooming", date(2020, 12, 30).toordinal()).result == UNKNOWN
    assert law.criminalises("grooming", date(2020, 12, 31).toordinal()).result == MET


def rows(*ages: int | None, offence: str = "grooming", **fields: object) -> list[StatutoryOffence]:
    """Provisions on ``offence`` that state these ages."""
    given = {"state": "A", "sources": ("s",), **fields}
    return [
        StatutoryOffence(id=f"{offence}/{number}/{age}", offence=offence, child_age_below=age, **given)  # type: ignore[arg-type]
        for number, age in enumerate(ages)
    ]


def law(offences: list[StatutoryOffence], name: str = "A", statutes: tuple[Statute, ...] = ()) -> NationalLaw:
    return NationalLaw(name, offences, [], {statute.id: statute for statute in statutes}, SOURCES)


@pytest.mark.parametrize(
    ("ages", "below"),
    [
        ((), None),
        ((None,), None),
        ((15,), 15),
        ((14, 16), 16),
        ((18,), 18),
        ((21,), 18),
        ((19, 14), 18),  # more than eighteen is no more than eighteen
        ((14, None), None),  # an aggravated form is not the limit: the other provision may reach further
        ((18, None), 18),  # it cannot reach further than this
    ],
)
def test_the_child_of_a_law_is_below_the_highest_age_that_it_states(ages: tuple[int | None, ...], below: int) -> None:
    assert law(rows(*ages)).child_below("grooming", DAY) == below
    assert law(rows(*ages)).child_below("csam-possession", DAY) is None


def test_what_may_be_in_force_leaves_the_age_open_and_what_is_not_does_not() -> None:
    repealed = Statute(id="old", state="A", title="Old law", in_force_on="1990-01-01", repealed_on="2000-01-01")
    assert law(rows(14) + rows(16, statute="old"), statutes=(repealed,)).child_below("grooming", DAY) == 14
    perhaps = rows(16, sources=("undated",))
    assert law(rows(14) + perhaps).child_below("grooming", DAY) is None
    assert law(rows(16) + rows(14, sources=("undated",))).child_below("grooming", DAY) == 16
    assert law(perhaps).child_below("grooming", DAY) is None


def test_material_without_a_named_conduct_leaves_the_age_of_each_conduct_open() -> None:
    wider = rows(None, offence="csam-unspecified")
    assert law(rows(16, offence="csam-possession") + wider).child_below("csam-possession", DAY) is None
    assert (
        law(rows(16, offence="csam-possession") + rows(14, offence="csam-unspecified")).child_below(
            "csam-possession", DAY
        )
        == 16
    )
    assert law(rows(16) + wider).child_below("grooming", DAY) == 16


@pytest.mark.parametrize(
    ("ours", "theirs", "result", "told"),
    [
        (15, 15, MET, "In both the child is anyone under 15"),
        (18, 21, MET, "In both the child is anyone under 18"),
        (18, 16, UNKNOWN, "Met only where the child is under 16: under 18 in A, under 16 in B"),
        (16, 18, UNKNOWN, "Met only where the child is under 16: under 16 in A, under 18 in B"),
        (16, None, MET, "Age of the child: A under 16, B not on record"),
        (None, 18, MET, "Age of the child: A not on record, B under 18"),
    ],
)
def test_where_one_definition_of_the_child_stops_earlier_it_is_a_question(
    ours: int | None, theirs: int | None, result: str, told: str
) -> None:
    found = dual_criminality(law(rows(ours)), law(rows(theirs), "B"), "grooming", DAY)
    assert found.result == result
    assert found.text == f"A: grooming is an offence; B: grooming is an offence. {told}"
    assert len(found.facts) == 2


def test_without_an_age_on_record_nothing_is_said_of_it() -> None:
    found = dual_criminality(law(rows(None)), law(rows(None), "B"), "grooming", DAY)
    assert (found.result, found.text) == (MET, "A: grooming is an offence; B: grooming is an offence")


def test_ages_open_nothing_that_is_no_offence_and_close_nothing() -> None:
    no = ReviewFinding(id="f", state="B", review="r", criterion="grooming-law", value="no", sources=("s",))
    denied = NationalLaw("B", [], [no], {}, SOURCES)
    assert dual_criminality(law(rows(15)), denied, "grooming", DAY).result == NOT_MET
    undated = law(rows(15, sources=("undated",)), "B")
    assert dual_criminality(law(rows(18)), undated, "grooming", DAY).result == UNKNOWN


def test_a_reform_counts_with_its_age_beside_the_law_on_record() -> None:
    other = law(rows(18), "B")

    def reformed(on_record: list[StatutoryOffence], age: int | None) -> str:
        statute = Statute(id="reform", state="A", title="Reform", in_force_on="2026-01-01", basis=HYPOTHETICAL)
        assumed = rows(age, statute="reform", basis=HYPOTHETICAL, sources=())
        return dual_criminality(law(on_record + assumed, statutes=(statute,)), other, "grooming", DAY).result

    assert dual_criminality(law(rows(15)), other, "grooming", DAY).result == UNKNOWN
    assert reformed(rows(15), 18) == MET
    assert reformed(rows(15), 16) == UNKNOWN
    assert reformed(rows(15), None) == MET  # a reform that limits no age is not taken for one that does
    assert reformed([], 16) == UNKNOWN
    assert reformed([], None) == MET
