"""``/v1/providers``: service providers and their establishments, which answer requests for their services."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.responses import Response

from api import schemas
from api.asking import Ask
from api.fields import Fields
from api.listing import existing, listed, told
from api.negotiation import CSV, JSON, JSON_LD, offered
from api.pages import Page, page
from api.parameters import MOST, On
from graph.model import Establishment, Provider
from graph.questions import resolve_provider

router = APIRouter(prefix="/v1/providers", tags=["providers"])

PROFILE = schemas.profile(
    Provider, establishments=schemas.rows(Establishment), provider_name={"type": ["string", "null"]}
)


@router.get(
    "",
    summary="List providers",
    responses=schemas.ok(schemas.listed(schemas.row(Provider)), "A page of providers.", JSON, JSON_LD, CSV),
)
async def providers(
    ask: Ask,
    part: Annotated[Page, Depends(page)],
    media: Annotated[str, Depends(offered(JSON, JSON_LD, CSV))],
    fields: Fields = None,
) -> Response:
    """Providers as the public knows them."""
    return listed(ask, Provider, ask.network.records.providers, part, fields, media)


@router.get(
    "/{id}",
    summary="Everything on record about a provider",
    responses=schemas.ok(PROFILE, "The provider, or one of its establishments.", JSON, JSON_LD),
)
async def provider(
    ask: Ask,
    id: Annotated[
        str,
        Path(min_length=1, max_length=MOST, description="Id or name, also of an establishment.", examples=["google"]),
    ],
    media: Annotated[str, Depends(offered(JSON, JSON_LD))],
    on: On = None,
    fields: Fields = None,
) -> Response:
    """Where its establishments are, and what each says it takes."""
    found: str = existing(lambda: resolve_provider(ask.network, id))
    record = ask.network.providers.get(found) or ask.network.establishments[found]
    return await told(ask, record, on, fields, media)
