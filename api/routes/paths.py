"""``/v1/paths``: by which paths may one State ask another, or a provider, for a measure; and why not otherwise."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Query
from starlette.responses import Response

from api import access
from api.asking import Ask
from api.parameters import Evidence, From, Measure, Offence, On, To, Urgent, Via
from graph.paths import find_paths
from graph.questions import ask as question_of

router = APIRouter(prefix="/v1", tags=["paths"])


@router.get("/paths", summary="Answer a question with ranked paths")
async def paths(
    ask: Ask,
    from_: From,
    to: To,
    measure: Measure,
    offence: Offence = None,
    on: On = None,
    urgent: Urgent = False,
    evidence: Evidence = False,
    via: Via = None,
    limit: Annotated[int | None, Query(ge=1, le=1000, description="List at most so many paths.")] = None,
) -> Response:
    """Rank the paths by which `from` may ask `to` for a measure, and say why not the others."""
    question = question_of(
        ask.network,
        from_,
        to,
        measure,
        offence=offence,
        on=on,
        urgent=urgent,
        evidence=evidence,
        via=via,
        today=ask.today,
    )

    def work() -> bytes:
        answer = find_paths(ask.at.book, question)
        answer.paths = answer.paths[:limit]
        return msgspec.json.encode(access.shown(answer, ask.who, ask.at.restricted))

    return ask.at_once(work, question=("paths", question, limit))
