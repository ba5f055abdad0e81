"""``/v1/organisations``: the organisations and networks of which States are members."""

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
from graph.model import Organisation

router = APIRouter(prefix="/v1/organisations", tags=["organisations"])


@router.get(
    "",
    summary="List organisations",
    responses=schemas.ok(schemas.listed(schemas.row(Organisation)), "A page of organisations.", JSON, JSON_LD, CSV),
)
async def organisations(
    ask: Ask,
    part: Annotated[Page, Depends(page)],
    media: Annotated[str, Depends(offered(JSON, JSON_LD, CSV))],
    fields: Fields = None,
) -> Response:
    """International organisations, networks, groups of the Inter-Parliamentary Union."""
    return listed(ask, Organisation, list(ask.network.records.organisations), part, fields, media)
