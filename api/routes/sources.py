"""``/v1/sources``: the pages and files that the statements of the release rest on."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from starlette.responses import Response

from api import schemas
from api.asking import Ask
from api.fields import Fields
from api.listing import listed, one, told
from api.negotiation import CSV, JSON, JSON_LD, offered
from api.pages import Page, page
from api.parameters import MOST
from graph.model import Source

router = APIRouter(prefix="/v1/sources", tags=["sources"])


@router.get(
    "",
    summary="List sources",
    responses=schemas.ok(schemas.listed(schemas.row(Source)), "A page of sources.", JSON, JSON_LD, CSV),
)
async def sources(
    ask: Ask,
    part: Annotated[Page, Depends(page)],
    media: Annotated[str, Depends(offered(JSON, JSON_LD, CSV))],
    publisher: Annotated[str | None, Query(max_length=MOST, description="Only of this publisher (id).")] = None,
    undated: Annotated[bool, Query(description="Only those that do not say for which date they speak.")] = False,
    fields: Fields = None,
) -> Response:
    """Each with its publisher and the date for which it speaks."""
    found = [
        source
        for source in ask.network.records.sources
        if publisher in (None, source.publisher) and not (undated and source.as_of)
    ]
    return listed(ask, Source, found, part, fields, media)


@router.get(
    "/{id:path}", summary="A source", responses=schemas.ok(schemas.profile(Source), "The source.", JSON, JSON_LD)
)
async def source(
    ask: Ask,
    id: Annotated[str, Path(min_length=1, max_length=MOST, description="Id or address of the source.")],
    media: Annotated[str, Depends(offered(JSON, JSON_LD))],
    fields: Fields = None,
) -> Response:
    """Its address, publisher and date; as JSON-LD with all that it states."""
    return await told(ask, one(ask, Source, id), None, fields, media)
