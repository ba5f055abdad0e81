"""``/v1/network``: the cooperation graph of a day as a whole, and the reach of one State."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import msgspec
from fastapi import APIRouter, Depends, Path, Query
from starlette.responses import Response

from api import schemas
from api.asking import Ask
from api.listing import existing
from api.parameters import MOST, On, Urgent
from api.shapes import NetworkReach, NetworkSurvey, NetworkTies
from graph.questions import resolve_day, resolve_state

if TYPE_CHECKING:
    from graph.analysis.question import NetworkQuestion

router = APIRouter(prefix="/v1/network", tags=["network"])

Measure = Annotated[
    str | None,
    Query(max_length=MOST, description="What is asked for; any measure if left.", examples=["preservation"]),
]
Region = Annotated[
    str | None,
    Query(max_length=MOST, description="Only States of this IPU group or region, such as `grulac`, `Western Africa`."),
]
Group = Annotated[str | None, Query(max_length=MOST, description="Only members of this organisation, such as `eu`.")]
Without = Annotated[
    list[str] | None, Query(max_length=20, description="Leave out this instrument or organisation; may be repeated.")
]


async def narrowed(
    ask: Ask,
    measure: Measure = None,
    on: On = None,
    urgent: Urgent = False,
    region: Region = None,
    group: Group = None,
    without: Without = None,
) -> Callable[[], NetworkQuestion]:
    """What the parameters ask, to be understood on the thread that answers.

    Raises:
        QuestionError: ``on`` is no day.
    """
    day = resolve_day(on, ask.today)

    def question() -> NetworkQuestion:
        from graph.analysis.question import NetworkQuestion

        return NetworkQuestion(
            ask.at.book, day, measure, urgent=urgent, region=region, group=group, without=tuple(without or ())
        )

    return question


Narrowed = Annotated[Callable[[], "NetworkQuestion"], Depends(narrowed)]
Settled = Annotated[bool, Query(description="Only paths on which every condition is met.")]


@router.get(
    "", summary="Survey the cooperation graph of a day", responses=schemas.ok(schemas.of(NetworkSurvey), "The figures.")
)
async def network(
    ask: Ask,
    asked: Narrowed,
    settled: Settled = False,
    top: Annotated[int | None, Query(ge=1, le=1000, description="List at most so many of each.")] = None,
) -> Response:
    """What carries it, who stands between, communities, cuts."""
    from graph.analysis.question import survey_told
    from graph.analysis.survey import survey

    def work() -> bytes:
        question = asked()
        return msgspec.json.encode(
            survey_told(question, survey(question.graph(settled=settled)), settled=settled, top=top)
        )

    return await ask.in_time(work)


@router.get(
    "/ties",
    summary="The cooperation graph of a day, tie by tie",
    responses=schemas.ok(schemas.of(NetworkTies), "States, bodies and ties."),
)
async def ties(
    ask: Ask,
    asked: Narrowed,
    settled: Settled = False,
) -> Response:
    """Which State may ask which other, one way or both, for certain or not, and by what."""
    from graph.analysis.question import ties_told
    from graph.analysis.ties import ties as tie_by_tie

    def work() -> bytes:
        question = asked()
        return msgspec.json.encode(ties_told(question, tie_by_tie(question.graph(settled=settled)), settled=settled))

    return await ask.in_time(work)


@router.get(
    "/reach/{iso3}",
    summary="Whom a State may ask",
    responses=schemas.ok(schemas.of(NetworkReach), "The States reached, measure by measure."),
)
async def reach(
    ask: Ask,
    iso3: Annotated[str, Path(min_length=1, max_length=MOST, description="The State.", examples=["GHA"])],
    asked: Narrowed,
) -> Response:
    """Directly or through an organisation, and by what."""
    from graph.analysis.question import reach_told

    place: str = existing(lambda: resolve_state(ask.network, iso3))

    def work() -> bytes:
        question = asked()
        return msgspec.json.encode(reach_told(question, place, question.reach_of(place)))

    return await ask.in_time(work)
