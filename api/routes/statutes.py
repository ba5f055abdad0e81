"""``/v1/statutes``: laws of States that matter to the field, and the offences that they make."""

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
from api.parameters import MOST, Offence, On
from graph.model import Statute, StatutoryOffence
from graph.questions import resolve_concept, resolve_state

router = APIRouter(prefix="/v1/statutes", tags=["statutes"])

PROFILE = schemas.profile(Statute, offences=schemas.rows(StatutoryOffence))


@router.get(
    "",
    summary="List statutes",
    responses=schemas.ok(schemas.listed(schemas.row(Statute)), "A page of statutes.", JSON, JSON_LD, CSV),
)
async def statutes(
    ask: Ask,
    part: Annotated[Page, Depends(page)],
    media: Annotated[str, Depends(offered(JSON, JSON_LD, CSV))],
    state: Annotated[str | None, Query(max_length=MOST, description="Only laws of this State.")] = None,
    offence: Offence = None,
    fields: Fields = None,
) -> Response:
    """Laws on record, of a State or about an offence."""
    network = ask.network
    place = resolve_state(network, state) if state is not None else None
    conduct = resolve_concept(network, "offence", offence) if offence is not None else None
    making = {held.statute for held in network.records.statutory_offences if held.offence == conduct}
    found = [
        statute
        for statute in network.records.statutes
        if place in (None, statute.state) and (conduct is None or statute.id in making)
    ]
    return listed(ask, Statute, found, part, fields, media)


@router.get(
    "/{id:path}",
    summary="Everything on record about a statute",
    responses=schemas.ok(PROFILE, "The statute and the offences that it makes.", JSON, JSON_LD),
)
async def statute(
    ask: Ask,
    id: Annotated[str, Path(min_length=1, max_length=MOST, description="Id, title or citation of the statute.")],
    media: Annotated[str, Depends(offered(JSON, JSON_LD))],
    on: On = None,
    fields: Fields = None,
) -> Response:
    """Its dates, its address where one is on record, and the offences that rest on it."""
    return await told(ask, one(ask, Statute, id), on, fields, media)
