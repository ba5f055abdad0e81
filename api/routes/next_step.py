"""``/v1/next-step``: which ratification gains a group of States most; for one State see ``/v1/states``."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Query
from starlette.responses import Response

from api import schemas
from api.asking import Ask
from api.parameters import MOST, Assume, Measures, Offence, On
from graph.next_steps.groups import GroupSteps
from graph.questions import QuestionError, resolve_concept
from graph.what_if import assume as lay

router = APIRouter(prefix="/v1", tags=["states"])


@router.get(
    "/next-step",
    summary="Which ratification gains a group of States most",
    responses=schemas.ok(schemas.of(GroupSteps), "The steps, the best first."),
)
async def next_step(
    ask: Ask,
    group: Annotated[
        str,
        Query(
            min_length=1,
            max_length=MOST,
            description="A region, organisation or IPU group, or `world`.",
            examples=["grulac"],
        ),
    ],
    on: On = None,
    top: Annotated[int, Query(ge=1, le=1000, description="Lines to list.")] = 10,
    measure: Measures = None,
    offence: Offence = None,
    all_: Annotated[
        bool, Query(alias="all", description="Rank also treaties of which it is not on record who may join.")
    ] = False,
    assume: Assume = None,
) -> Response:
    """Single ratifications of members, and treaties that all members without them would join."""
    keys = list(dict.fromkeys(resolve_concept(ask.network, "measure", one) for one in measure or ())) or None
    conduct = resolve_concept(ask.network, "offence", offence) if offence is not None else None

    def work() -> bytes:
        from graph.coverage.supposed import day_to_count, supposed
        from graph.next_steps.groups import asked, group_steps

        overlay = lay(ask.at.book, assume or ())
        day = day_to_count(overlay, on, ask.today)
        meant = asked(ask.network, group, day)
        if meant.kind != "group":
            raise QuestionError(f"{meant.name} is a State: ask /v1/states/{meant.id}/next-step")
        planner = supposed(ask.at.planner, overlay)
        found = group_steps(planner, (meant.id, meant.name), meant.states, day, top, keys, conduct, all_)
        return msgspec.json.encode(found)

    return await ask.in_time(work)
