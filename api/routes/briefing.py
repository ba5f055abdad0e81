"""``/v1/states/{iso3}/briefing``: a briefing on one State for a parliamentary committee, as a file."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from api import schemas
from api.asking import Ask
from api.document_files import file_of, named
from api.negotiation import DOCX, HTML, PDF, offered
from api.parameters import MOST, On
from api.problems import not_valid
from api.routes.states import Iso3, state_of
from graph.questions import resolve_concept, resolve_day
from locales.texts import languages, spoken

router = APIRouter(prefix="/v1/states", tags=["states"])


@router.get(
    "/{iso3}/briefing",
    summary="A briefing on a State, to print",
    responses=schemas.file("The briefing.", PDF, DOCX, HTML),
)
async def briefing(
    ask: Ask,
    iso3: Iso3,
    media: Annotated[str, Depends(offered(PDF, DOCX, HTML))],
    on: On = None,
    since: Annotated[
        str | None, Query(max_length=MOST, description="Tell changes from this day on; five years if left.")
    ] = None,
    measure: Annotated[str, Query(max_length=MOST, description="What the map is about.")] = "preservation",
    lang: Annotated[str, Query(max_length=MOST, description="The language, such as `en`.")] = "en",
) -> Response:
    """A few sheets: treaties and law, gaps and who closed them, whom it can ask, and the best next steps."""
    place, day = state_of(ask, iso3), resolve_day(on, ask.today)
    start = resolve_day(since, ask.today) if since is not None else None
    shown = resolve_concept(ask.network, "measure", measure)
    if lang not in languages():
        raise not_valid("lang", f"no words in {lang[:20]!r}; choose from {', '.join(languages())}")

    def work() -> bytes:
        from api.briefing.composition import compose
        from graph.briefing.answer import briefing as told

        with spoken(lang):
            return file_of(
                compose(told(ask.at.book, place, day, shown, start, ask.at.planner), ask.network, lang), media
            )

    return named(await ask.in_time(work, media), f"brief-{place}-{day}", media)
