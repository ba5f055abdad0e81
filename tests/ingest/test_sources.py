"""The descriptions beside the tables: strict, and their assertions hold or say what was found."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.model import Participation, State
from graph.records import Records
from ingest.sources import Assertion, Description, check, parties, read_description
from ingest.tables import Row

HEAD = "title: T\npublishers: [{name: P}]\ncoverage: all\nrhythm: never\ncarried_over: nothing\n"


def described(tmp_path: Path, text: str) -> tuple[Description | None, list[str]]:
    path = tmp_path / "t.yaml"
    path.write_text(text, encoding="utf-8")
    found, problems = read_description(path, "area/t.yaml")
    return found, [str(problem) for problem in problems]


def test_a_description_with_assertions(tmp_path: Path) -> None:
    text = HEAD + "assertions:\n  - {kind: parties, instrument: cets-185, min: 70, on: 2024-06-20, severity: warn}\n"
    found, problems = described(tmp_path, text)
    assert not problems
    assert found is not None
    assert found.assertions == (
        Assertion(kind="parties", instrument="cets-185", min=70, on="2024-06-20", severity="warn"),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD.replace("title: T\n", ""), "title"),
        (HEAD + "colour: red\n", "colour"),
        (HEAD + "assertions: [{kind: parties, min: 3}]\n", "no instrument"),
        (HEAD + "assertions: [{kind: parties, min: 3, instrument: a, on: soon}]\n", "'soon' is not a day"),
        (HEAD + "assertions: [{kind: miracles}]\n", "miracles"),
        (HEAD + "assertions: [\n", "no valid YAML"),
        ("", "Expected"),
    ],
)
def test_a_broken_description_gives_one_error(tmp_path: Path, text: str, said: str) -> None:
    _, problems = described(tmp_path, text)
    assert len(problems) == 1
    assert said in problems[0]
    assert problems[0].startswith("area/t.yaml")


def test_a_table_without_description(tmp_path: Path) -> None:
    _, problems = read_description(tmp_path / "t.yaml", "area/t.yaml")
    assert [problem.message for problem in problems] == ["the table has no description beside it"]


def party(name: str, standing: str = "party", **fields: str) -> Participation:
    return Participation(id=f"cets-185/{name}", instrument="cets-185", party=name, standing=standing, **fields)


def test_parties_are_counted_once_and_only_when_bound() -> None:
    found = (
        party("FRA", in_force_on="2006-05-01"),
        party("FRA", in_force_on="2006-06-01"),
        party("USA", in_force_on="2007-01"),
        party("JPN"),
        party("IRL", "signatory"),
        party("GBR", in_force_on="2000-01-01", ended_on="2007-01-31"),
    )
    assert parties(found, "cets-185", None) == 4
    assert parties(found, "cets-185", "2006-12-31") == 2
    assert parties(found, "cets-185", "2007-01-31") == 2
    assert parties(found, "cets-224", None) == 0


@pytest.mark.parametrize(
    ("assertion", "holds", "found"),
    [
        (Assertion(kind="rows", min=2, max=2), True, "2 rows"),
        (Assertion(kind="rows", min=3), False, "2 rows"),
        (Assertion(kind="rows", max=1), False, "2 rows"),
        (Assertion(kind="values", column="kind", min_distinct=2), False, "1 different values"),
        (Assertion(kind="values", column="name", min_distinct=2), True, "2 different values"),
        (Assertion(kind="filled", column="alpha2", min_share=0.5), True, "filled in 50%"),
        (Assertion(kind="filled", column="alpha2", min_share=0.9), False, "filled in 50%"),
        (Assertion(kind="filled", column="colour", min_share=0.1), False, "no column colour"),
        (Assertion(kind="parties", instrument="cets-185", min=1), True, "1 parties"),
    ],
)
def test_assertions(assertion: Assertion, holds: bool, found: str) -> None:
    rows = [
        Row(State(id="FRA", name="France", kind="state", alpha2="FR"), "common/states.csv", 2),
        Row(State(id="USA", name="United States", kind="state"), "common/states.csv", 3),
    ]
    description = Description(
        title="T", publishers=(), coverage="", rhythm="", carried_over="", assertions=(assertion,)
    )
    (checked,) = check("common/states.csv", description, rows, 2, Records(participations=(party("FRA"),)))
    assert (checked.holds, checked.found) == (holds, found)
