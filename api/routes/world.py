"""``/v1/world`` and ``/v1/shapes``: the world through the years, and the outlines to draw it with."""

from __future__ import annotations

from functools import cache
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query
from starlette.responses import Response

from api import schemas
from api.asking import Ask
from api.parameters import MOST, On
from api.problems import not_valid
from api.shapes import Outline, Outlines
from graph.questions import resolve_day
from graph.world_years import FIRST_YEAR, WorldYears, days_around, of_criterion, of_instrument, of_measure

router = APIRouter(prefix="/v1", tags=["world"])

WIDTH = 1000
"""Units that the world is wide on the map."""


@router.get(
    "/world",
    summary="Every State, year by year, for one measure, treaty or criterion",
    responses=schemas.ok(schemas.of(WorldYears), "The States on the first day of each year, and on the day."),
)
async def world(
    ask: Ask,
    measure: Annotated[
        str | None, Query(max_length=MOST, description="How many States each may ask.", examples=["preservation"])
    ] = None,
    instrument: Annotated[str | None, Query(max_length=MOST, description="The place of each in this treaty.")] = None,
    criterion: Annotated[
        str | None, Query(max_length=MOST, description="A key of `/v1/vocabularies/review-criterion`.")
    ] = None,
    on: On = None,
    first: Annotated[int, Query(description="The first year.")] = FIRST_YEAR,
    years: Annotated[bool, Query(description="Every year; else only the day.")] = True,
) -> Response:
    """One of measure, instrument and criterion. Provided by law as far as it is on record, not effective."""
    if sum(one is not None for one in (measure, instrument, criterion)) != 1:
        raise not_valid("measure", "name one of measure, instrument and criterion")
    day = resolve_day(on, ask.today)
    days = days_around(day, first) if years else (day,)

    def work() -> bytes:
        if measure is not None:
            return msgspec.json.encode(of_measure(ask.at.planner, measure, day, days))
        if instrument is not None:
            return msgspec.json.encode(of_instrument(ask.network, instrument, day, days))
        return msgspec.json.encode(of_criterion(ask.network, criterion or "", day, days))

    return await ask.in_time(work)


@router.get(
    "/shapes", summary="The outlines of States, for maps", responses=schemas.ok(schemas.of(Outlines), "The outlines.")
)
async def outlines(ask: Ask) -> Response:
    """Flat, by the Equal Earth projection, so that areas keep their proportion. No statement on anybody's status."""
    return ask.at_once(_outlines)


@cache
def _outlines() -> bytes:
    from graph.shapes import ADDRESS, AS_OF, SOURCE, Place, shapes
    from graph.shapes.projection import HIGHEST, WIDEST, projected

    scale = WIDTH / (2 * WIDEST)

    def flat(place: Place) -> Place:
        east, north = projected(place)
        return round((WIDEST + east) * scale, 1), round((HIGHEST - north) * scale, 1)

    return msgspec.json.encode(
        Outlines(
            source=SOURCE,
            address=ADDRESS,
            as_of=AS_OF,
            width=WIDTH,
            height=round(2 * HIGHEST * scale),
            states={
                state: Outline(
                    rings=tuple(tuple(map(flat, ring)) for ring in shape.rings),
                    point=flat(shape.point) if shape.point else None,
                )
                for state, shape in shapes().items()
            },
        )
    )
