"""What the guide and Bloom say of a day, where dates are exact, vague, missing, contradicted or over."""

from __future__ import annotations

import re

import pytest

from graph.model import Instrument, Participation, State
from graph.records import Records
from graph.stores.neo4j import Connection
from graph.stores.neo4j.phrases import PHRASES
from tests.neo4j.conftest import load_as, wipe
from tests.neo4j.test_documentation import QUERIES

DAY = "2020-06-15"

CASES: dict[str, tuple[str, dict[str, object], str | None]] = {
    "exact": ("2020-06-15", {}, "certainly"),
    "the day after": ("2020-06-16", {}, None),
    "vague": ("2020-06", {}, "possibly"),
    "vague, before": ("2020-05", {}, "certainly"),
    "vague, after": ("2020-07", {}, None),
    "missing": ("", {}, "possibly"),
    "ended": ("2010", {"ended_on": "2020-06-15"}, None),
    "ended later": ("2010", {"ended_on": "2020-06-16"}, "certainly"),
    "ended some day of that month": ("2010", {"ended_on": "2020-06"}, "possibly"),
    "suspended some day of that year": ("2010", {"suspended_on": "2020"}, "possibly"),
    "contradicted": ("2010", {"contested": True}, "possibly"),
}  # fmt: skip


@pytest.fixture(scope="module")
def held(connection: Connection) -> Connection:
    """Two States, and an instrument for each case, in which one of them takes part as the case says."""
    wipe(connection)
    instruments, participations = [], []
    for number, (name, (since, more, _)) in enumerate(CASES.items()):
        instruments.append(Instrument(id=f"i{number}", short_name=name, title=name, kind="multilateral"))
        sides = (("AAA", "2001-01-01", {}), ("BBB", since, more))
        for party, day, rest in sides:
            participations.append(
                Participation(id=f"i{number}/{party}", instrument=f"i{number}", party=party, standing="party",
                              in_force_on=day or None, **rest)
            )  # fmt: skip
    states = (State(id="AAA", name="Aland", kind="state"), State(id="BBB", name="Bland", kind="state"))
    records = Records(states=states, instruments=tuple(instruments), participations=tuple(participations))
    load_as(connection, records, "r-days")
    return connection


def test_the_guide_tells_certain_from_possible(held: Connection) -> None:
    (text,) = [text for title, text in QUERIES if title.startswith("In force between two States on a day")]
    query = re.sub(r"^:param.*$", "", text, flags=re.MULTILINE)
    for a, b in (("AAA", "BBB"), ("BBB", "AAA")):
        rows = held.read(lambda tx, a=a, b=b: tx.run(query, a=a, b=b, day=DAY).data())
        found = {row["i.shortName"]: row["inForce"] for row in rows}
        assert found == {name: said for name, (_, _, said) in CASES.items() if said}


def test_bloom_draws_what_is_certain_or_possible(held: Connection) -> None:
    (phrase,) = [one for one in PHRASES if one.text.startswith("In force between")]
    paths = held.read(lambda tx: [row["path"] for row in tx.run(phrase.cypher, a="Aland", b="Bland", day=DAY)])
    assert {path.nodes[1]["shortName"] for path in paths} == {name for name, (_, _, said) in CASES.items() if said}
