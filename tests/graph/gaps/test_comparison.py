"""States and groups side by side."""

from __future__ import annotations

import pytest

from graph.gaps.comparison import Cell, Comparison, compare
from graph.questions import QuestionError
from tests.graph.gaps.world import TODAY, finding, offence, party, treaty, world

NETWORK = world(
    finding("A", "grooming-law", "no"),
    finding("B", "grooming-law", "yes"),
    offence("B", "csam-possession"),
    treaty("t"), party("t", "A"),
    treaty("act", kind="eu-act"), party("act", "U"),
    treaty("elsewhere"), party("elsewhere", "E"),
)  # fmt: skip


def cells(comparison: Comparison, topic: str, key: str) -> tuple[Cell, ...]:
    (row,) = [row for row in comparison.rows if (row.topic, row.key) == (topic, key)]
    return row.cells


def test_each_state_has_its_own_words() -> None:
    comparison = compare(NETWORK, ["A", "B"], TODAY)
    assert [cell.status for cell in cells(comparison, "criterion", "grooming-law")] == ["not-satisfied", "satisfied"]
    assert [cell.status for cell in cells(comparison, "offence", "csam-possession")] == ["no-record", "satisfied"]
    assert [cell.status for cell in cells(comparison, "treaty", "t")] == ["in-force", "no-record"]


def test_every_known_cell_names_its_sources() -> None:
    for row in compare(NETWORK, ["A", "B"], TODAY).rows:
        for cell in row.cells:
            assert cell.sources or cell.status == "no-record", (row, cell)


def test_treaties_of_none_of_them_are_left_out() -> None:
    keys = {row.key for row in compare(NETWORK, ["A", "B"], TODAY).rows if row.topic == "treaty"}
    assert keys == {"t"}


def test_a_treaty_that_is_closed_to_a_state_is_not_missed_by_it() -> None:
    comparison = compare(NETWORK, ["A", "U"], TODAY)
    assert [cell.status for cell in cells(comparison, "treaty", "act")] == ["closed", "in-force"]


def test_a_group_counts_its_members() -> None:
    comparison = compare(NETWORK, ["A", "African Union"], TODAY)
    assert comparison.columns[1].states == ("A", "B", "C")
    counted = cells(comparison, "criterion", "grooming-law")[1].counts
    assert counted == {"satisfied": 1, "not-satisfied": 1, "no-record": 1}


def test_a_region_is_a_group() -> None:
    comparison = compare(NETWORK, ["A", "western europe"], TODAY)
    assert (comparison.columns[1].name, comparison.columns[1].states) == ("Western Europe", ("U",))


def test_the_order_of_the_columns_changes_nothing_in_a_cell() -> None:
    one, other = compare(NETWORK, ["A", "B", "au"], TODAY), compare(NETWORK, ["au", "B", "A"], TODAY)
    assert [(row.key, row.cells) for row in one.rows] == [(row.key, row.cells[::-1]) for row in other.rows]


def test_a_state_compared_as_of_a_day_before_its_record_is_undecided() -> None:
    comparison = compare(NETWORK, ["A", "B"], "2019-12-31")
    assert [cell.status for cell in cells(comparison, "criterion", "grooming-law")] == ["undecided", "undecided"]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["A"], "1 named; a comparison takes 2 to 6"),
        (["A", "B", "C", "D", "E", "U", "T"], "7 named"),
        (["A", "A"], "A is named twice"),
        (["A", "EUE"], "organisation:eu"),
        (["A", "nowhere at all"], "nothing is called"),
        (["A", "t"], "neither a State nor a region"),
    ],
)
def test_what_cannot_be_compared_is_said(names: list[str], said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        compare(NETWORK, names, TODAY)


def test_a_row_differs_where_not_all_have_the_same_word() -> None:
    rows = {row.key: row for row in compare(NETWORK, ["A", "B"], TODAY).rows}
    assert rows["grooming-law"].differs
    assert not rows["csam-distribution"].differs
    assert {row.key: row.differs for row in compare(NETWORK, ["A", "African Union"], TODAY).rows}["t"]
