"""``/v1/paths`` and ``/v1/why-not``: by which paths may one side ask the other, and what stands in the way."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from api import languages, schemas
from api.asking import Ask, Asking
from api.languages import Lang
from api.negotiation import CSV, JSON, offered
from api.parameters import MOST, Assume, Evidence, Explain, From, Measure, Offence, On, To, Urgent, Via
from api.path_table import COLUMNS, rows_of
from api.questions import Asked, understood
from api.tables import table
from graph.answers import Answer
from graph.explanations import explained
from graph.offers import OfferBook
from graph.paths import find_paths
from graph.reasons import Reasons, reasons
from graph.what_if import assume as lay

router = APIRouter(prefix="/v1", tags=["paths"])


@router.get(
    "/paths",
    summary="Answer a question with ranked paths",
    responses=schemas.ok(schemas.of(Answer), "The paths in order, and why not the others.", JSON, CSV),
)
async def paths(
    ask: Ask,
    from_: From,
    to: To,
    measure: Measure,
    media: Annotated[str, Depends(offered(JSON, CSV))],
    offence: Offence = None,
    on: On = None,
    urgent: Urgent = False,
    evidence: Evidence = False,
    via: Via = None,
    assume: Assume = None,
    limit: Annotated[int | None, Query(ge=1, le=1000, description="List at most so many paths.")] = None,
    explain: Explain = False,
    lang: Lang = None,
) -> Response:
    """Rank the paths by which `from` may ask `to` for a measure, and say why not the others.

    As a table: a row for each path.
    """
    asked = Asked(from_, to, measure, offence, on, urgent, evidence, via)
    question, lang = understood(ask.network, asked, ask.today), languages.check(lang)

    def work() -> bytes:
        answer = find_paths(_book(ask, assume), question)
        answer.paths = answer.paths[:limit]
        if media == CSV:
            return table(rows_of(answer), COLUMNS)
        return _encoded(ask, answer, explain, lang)

    key = ("paths", question, tuple(assume or ()), limit, explain, lang)
    return ask.at_once(work, media, question=key)


@router.get(
    "/why-not",
    summary="List what almost works, and why not",
    responses=schemas.ok(schemas.of(Reasons), "The reasons, the nearest first."),
)
async def why_not(
    ask: Ask,
    from_: From,
    to: To,
    measure: Measure,
    offence: Offence = None,
    on: On = None,
    urgent: Urgent = False,
    evidence: Evidence = False,
    via: Via = None,
    assume: Assume = None,
    instrument: Annotated[
        str | None,
        Query(min_length=1, max_length=MOST, description="Only this instrument.", examples=["cets-224"]),
    ] = None,
    explain: Explain = False,
    lang: Lang = None,
) -> Response:
    """Everything that almost works between the two, and the fact that stands in the way."""
    asked = Asked(from_, to, measure, offence, on, urgent, evidence, via)
    question, lang = understood(ask.network, asked, ask.today), languages.check(lang)
    return ask.at_once(
        lambda: _encoded(ask, reasons(_book(ask, assume), question, instrument), explain, lang),
        question=("why-not", question, tuple(assume or ()), instrument, explain, lang),
    )


def _book(ask: Asking, assumptions: list[str] | None) -> OfferBook:
    return lay(ask.at.book, assumptions).book if assumptions else ask.at.book


def _encoded(ask: Asking, told: Answer | Reasons, explain: bool, lang: str | None) -> bytes:
    """The answer as JSON, with explanations and with names in another language where asked for."""
    if not (explain or lang):
        return ask.encoded(told)
    shown = ask.shown(told)
    built: dict[str, Any] = explained(ask.network, shown) if explain else msgspec.to_builtins(shown)
    return msgspec.json.encode(languages.with_names(built, ask.network, lang) if lang else built)
