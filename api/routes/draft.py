"""``/v1/paths/draft``: the draft of a request by one of the ranked paths, as a file."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api import schemas
from api.access import caller
from api.asking import asking
from api.document_files import file_of, named
from api.negotiation import DOCX, HTML, offered
from api.problems import Problem, not_valid
from api.query import DraftParameters, parameters_of, read
from api.questions import understood_as
from api.served import served
from graph.paths import find_paths
from locales.texts import spoken

FORMS = offered(DOCX, HTML)

OWN = "en"
"""The language in which drafts are written."""

router = APIRouter(prefix="/v1/paths", tags=["paths"])


@router.get(
    "/draft",
    summary="The draft of a request",
    responses=schemas.file("The draft.", DOCX, HTML),
    openapi_extra=parameters_of(DraftParameters),
)
async def draft(request: Request) -> Response:
    """What goes into a request by the path of a rank: offices, articles, what it must say, and blanks to be filled in.

    It takes no fact of a case: the blanks come empty.
    """
    given = read(request, DraftParameters)
    ask = await asking(request, await served(request, given.release), await caller(request))
    media = await FORMS(request, given.format)
    question = understood_as(ask.network, given, ask.today)

    def work() -> bytes:
        from api.drafting.composition import compose
        from graph.request_kit import request_kit

        answer = find_paths(ask.at.book, question)
        if not answer.paths:
            raise Problem(404, "no-path", "No path on record", "no path is on record for this question: see /v1/paths")
        if given.rank > len(answer.paths):
            raise not_valid("rank", f"there is no path of rank {given.rank}: the last is {len(answer.paths)}")
        with spoken(OWN):
            return file_of(compose(request_kit(ask.network, answer, given.rank), ask.network), media)

    sides = f"{question.requesting}-{question.requested or question.provider}"
    return named(await ask.in_time(work, media), f"draft-{sides}-{question.measure}", media)
