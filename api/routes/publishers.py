"""``/v1/publishers``: who publishes the sources: treaty offices, gazettes, keepers of copies."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from api import schemas
from api.asking import Ask
from api.fields import Fields
from api.listing import listed
from api.negotiation import CSV, JSON, JSON_LD, offered
from api.pages import Page, page
from graph.model import Publisher

router = APIRouter(prefix="/v1/publishers", tags=["sources"])


@router.get(
    "",
    summary="List publishers",
    responses=schemas.ok(schemas.listed(schemas.row(Publisher)), "A page of publishers.", JSON, JSON_LD, CSV),
)
async def publishers(
    ask: Ask,
    part: Annotated[Page, Depends(page)],
    media: Annotated[str, Depends(offered(JSON, JSON_LD, CSV))],
    fields: Fields = None,
) -> Response:
    """Each with its name, its terms where they are on record, and whether it publishes officially."""
    return listed(ask, Publisher, list(ask.network.records.publishers), part, fields, media)
