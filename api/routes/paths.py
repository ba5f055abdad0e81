"""``/v1/paths``: by which paths may one State ask another, or a provider, for a measure."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api import access
from api.access import Caller, caller
from api.answering import Answering, answering
from api.parameters import Evidence, From, Measure, Offence, On, To, Urgent, Via
from api.served import Served, served, today
from graph.paths import find_paths
from graph.questions import ask

router = APIRouter(prefix="/v1", tags=["paths"])


@router.get("/paths", summary="Answer a question with ranked paths")
async def paths(
    request: Request,
    from_: From,
    to: To,
    measure: Measure,
    at: Annotated[Served, Depends(served)],
    who: Annotated[Caller, Depends(caller)],
    day: Annotated[date, Depends(today)],
    answers: Annotated[Answering, Depends(answering)],
    offence: Offence = None,
    on: On = None,
    urgent: Urgent = False,
    evidence: Evidence = False,
    via: Via = None,
    limit: Annotated[int | None, Query(ge=1, le=1000, description="List at most so many paths.")] = None,
) -> Response:
    """Rank the paths by which `from` may ask `to` for a measure, and say why not the others."""
    question = ask(
        at.network, from_, to, measure, offence=offence, on=on, urgent=urgent, evidence=evidence, via=via, today=day
    )

    def work() -> bytes:
        answer = find_paths(at.book, question)
        answer.paths = answer.paths[:limit]
        return msgspec.json.encode(access.shown(answer, who, at.restricted))

    return answers.at_once(request, at.id, who, ("paths", question, limit), work)
