"""Good practice: the States that closed a gap, with the provision that satisfies it, the nearest first."""

from __future__ import annotations

import msgspec

from graph.dates import MET
from graph.gaps.criteria import label
from graph.gaps.judgement import Evidence
from graph.gaps.nearness import Nearness
from graph.gaps.survey import Survey


class Practice(msgspec.Struct, frozen=True, kw_only=True):
    """A State that closed the gap. ``provisions`` satisfy it or, for a criterion decided by reviews, bear on it.

    ``recorded_on`` is the earliest dated source that shows it, and the only date that holds for the provision itself:
    the dates of a statute (in ``provisions``) are those of the whole law, and the day on which an older code was
    amended is not on record.
    """

    state: str
    name: str
    near: Nearness
    recorded_on: str | None
    provisions: tuple[Evidence, ...]
    reviews: tuple[Evidence, ...]


class GoodPractice(msgspec.Struct, frozen=True, kw_only=True):
    """Who closed one gap: ``states`` with a provision whose statute is named, ``by_review`` by review or summary alone.

    ``closed_by`` and ``closed_by_review`` count them all, where the lists hold the nearest only.
    """

    topic: str
    key: str
    label: str
    states: tuple[Practice, ...]
    closed_by: int
    by_review: tuple[Practice, ...]
    closed_by_review: int


def good_practice(survey: Survey, state: str, topic: str, key: str, limit: int | None = None) -> GoodPractice:
    """The States that satisfy ``key`` on the day, nearest to ``state`` first, at most ``limit`` in each list.

    Nearness is compared in the order of :data:`graph.gaps.nearness.ORDER`. States for which no statute is named are
    kept apart: there is nothing to read in them.
    """
    read: list[Practice] = []
    bare: list[Practice] = []
    for other in survey.states:
        held = survey.judgement(other, topic, key) if other != state else None
        if held is not None and held.status == "satisfied":
            found = _practice(survey, state, other, held.evidence, held.beside)
            (read if found.provisions else bare).append(found)
    return GoodPractice(
        topic=topic,
        key=key,
        label=label(survey.network, key) if topic == "criterion" else survey.network.label("offence", key),
        states=tuple(sorted(read, key=_order)[:limit]),
        closed_by=len(read),
        by_review=tuple(sorted(bare, key=_order)[:limit]),
        closed_by_review=len(bare),
    )


def _order(held: Practice) -> tuple[int, int, int, int, int, str]:
    return (*held.near.order, held.name)


def _practice(
    survey: Survey, state: str, other: str, evidence: tuple[Evidence, ...], beside: tuple[Evidence, ...]
) -> Practice:
    provisions = tuple(row for row in (*evidence, *beside) if row.statute and row.holds == MET)
    reviews = tuple(row for row in evidence if row.kind == "finding" and row.holds == MET)
    recorded = [day for row in (*provisions, *reviews) if (day := row.recorded_on)]
    return Practice(
        state=other,
        name=survey.network.state_name(other),
        near=survey.neighbours.between(state, other),
        recorded_on=min(recorded, default=None),
        provisions=provisions,
        reviews=reviews,
    )
