"""``/v1/paths`` and ``/v1/why-not``: by which paths may one side ask the other, and what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import Response

from api import languages, schemas
from api.access import caller
from api.asking import Asking, asking
from api.direct import Direct
from api.negotiation import CSV, JSON, JSON_LD, offered
from api.path_table import COLUMNS, rows_of
from api.problems import not_valid
from api.query import PathsParameters, WhyNotParameters, parameters_of, read
from api.questions import understood_as
from api.served import held_to, served
from api.tables import table
from graph.answers import Answer
from graph.explanations import explained
from graph.offers import OfferBook
from graph.paths import find_paths
from graph.reasons import Reasons, reasons
from graph.what_if import assume as lay

FORMS = offered(JSON, JSON_LD, CSV)

router = APIRouter(prefix="/v1", tags=["paths"], route_class=Direct, responses=schemas.problems())
"""Its routes are the application's own: a router within a router looks for its route twice."""


@router.get(
    "/paths",
    summary="Answer a question with ranked paths",
    responses=schemas.ok(schemas.of(Answer), "The paths in order, and why not the others.", JSON, JSON_LD, CSV),
    openapi_extra=parameters_of(PathsParameters),
)
async def paths(request: Request) -> Response:
    """Rank the paths by which `from` may ask `to` for a measure, and say why not the others.

    As a table: a row for each path. As linked data: the answer and the records that it rests on.
    """
    ask = await asking(request, await served(request), await caller(request))
    same = ask.answers.again(request, ask.at.id, ask.who, ask.today)
    if same is not None:
        return same
    given = read(request, PathsParameters)
    held_to(ask.at, given.release)
    media = await FORMS(request, given.format)
    question, lang = understood_as(ask.network, given, ask.today), languages.check(given.lang)
    if media == JSON_LD and (given.explain or lang):
        raise not_valid(
            "explain" if given.explain else "lang", "linked data name the records: leave it, or ask for json"
        )

    def work() -> bytes:
        answer = find_paths(_book(ask, given.assume), question)
        answer.paths = answer.paths[: given.limit]
        if media == CSV:
            return table(rows_of(answer), COLUMNS)
        if media == JSON_LD:
            return _linked(ask, answer)
        return _encoded(ask, answer, given.explain, lang)

    if given.explain or media == JSON_LD:  # ten times as much to write
        response = await ask.in_time(work, media)
    else:
        response = ask.at_once(work, media, question=("paths", question, given.assume, given.limit, lang))
    ask.answers.note(request, ask.at.id, ask.today, response, media)
    return response


@router.get(
    "/why-not",
    summary="List what almost works, and why not",
    responses=schemas.ok(schemas.of(Reasons), "The reasons, the nearest first."),
    openapi_extra=parameters_of(WhyNotParameters),
)
async def why_not(request: Request) -> Response:
    """Everything that almost works between the two, and the fact that stands in the way."""
    given = read(request, WhyNotParameters)
    ask = await asking(request, await served(request, given.release), await caller(request))
    question, lang = understood_as(ask.network, given, ask.today), languages.check(given.lang)
    return ask.at_once(
        lambda: _encoded(ask, reasons(_book(ask, given.assume), question, given.instrument), given.explain, lang),
        question=("why-not", question, given.assume, given.instrument, given.explain, lang),
    )


def _book(ask: Asking, assumptions: Sequence[str]) -> OfferBook:
    return lay(ask.at.book, assumptions).book if assumptions else ask.at.book


def _linked(ask: Asking, answer: Answer) -> bytes:
    from graph.linked_answers import linked

    return msgspec.json.encode(linked(ask.network, answer))


def _encoded(ask: Asking, told: Answer | Reasons, explain: bool, lang: str | None) -> bytes:
    """The answer as JSON, with explanations and with names in another language where asked for."""
    if not (explain or lang):
        return msgspec.json.encode(told)
    built: dict[str, Any] = explained(ask.network, told) if explain else msgspec.to_builtins(told)
    return msgspec.json.encode(languages.with_names(built, ask.network, lang) if lang else built)
