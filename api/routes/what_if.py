"""``/v1/what-if`` and below it: the law as it is beside the law as it would be, and what can be assumed."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Query
from starlette.responses import Response

from api import schemas
from api.asking import Ask
from api.parameters import MOST, Measures, Offence, On
from graph.assumable import AssumableList, assumable
from graph.questions import resolve_day, resolve_state
from graph.supposed_coverage import SupposedCoverage, supposed_coverage
from graph.suppositions import Supposition, suppose

router = APIRouter(prefix="/v1", tags=["what if"])

MOST_PAIRS = 20_000
"""Ordered pairs of States that one question may compare."""

Assumed = Annotated[
    list[str],
    Query(
        min_length=1,
        max_length=20,
        description="What is assumed, such as `BRA:cets-224:2027-01-01`; may be repeated.",
        examples=[["BRA:cets-224:2027-01-01"]],
    ),
]
Compared = Annotated[
    str | None,
    Query(max_length=MOST, description="The day compared; the day the last assumption takes effect if left."),
]


@router.get(
    "/what-if",
    summary="Compare the law with what it would be",
    responses=schemas.ok(schemas.of(Supposition), "What changes, pair by pair and measure by measure."),
)
async def what_if(
    ask: Ask,
    assume: Assumed,
    from_: Annotated[
        str | None, Query(alias="from", max_length=MOST, description="The State that asks; else all that are touched.")
    ] = None,
    to: Annotated[str | None, Query(max_length=MOST, description="The State that is asked.")] = None,
    measure: Measures = None,
    offence: Offence = None,
    on: Compared = None,
) -> Response:
    """A ratification, a withdrawal, a reform, a treaty like another: which paths it opens, closes or changes."""

    def work() -> bytes:
        return msgspec.json.encode(
            suppose(
                ask.at.book, assume, from_, to, measures=measure or (), offence=offence, on=on, most_pairs=MOST_PAIRS
            )
        )

    return await ask.in_time(work)


@router.get(
    "/what-if/counted",
    summary="Count what changes for all States",
    responses=schemas.ok(schemas.of(SupposedCoverage), "What changes, State by State and measure by measure."),
)
async def counted(
    ask: Ask, assume: Assumed, measure: Measures = None, offence: Offence = None, on: Compared = None
) -> Response:
    """The same assumptions over all pairs of States at once: how many paths open, and with whom."""

    def work() -> bytes:
        return msgspec.json.encode(
            supposed_coverage(ask.at.planner, assume, measures=measure or (), offence=offence, on=on)
        )

    return await ask.in_time(work)


@router.get(
    "/what-if/assumable",
    summary="What can be assumed of a State",
    responses=schemas.ok(schemas.of(AssumableList), "Treaties to join or leave, reservations, reforms."),
)
async def choices(
    ask: Ask,
    state: Annotated[str, Query(min_length=1, max_length=MOST, description="The State.", examples=["KEN"])],
    on: On = None,
) -> Response:
    """Each with the words in which it is assumed, and how the State stands to it on record."""
    place, day = resolve_state(ask.network, state), resolve_day(on, ask.today)
    return await ask.in_time(lambda: msgspec.json.encode(assumable(ask.network, place, day)))
