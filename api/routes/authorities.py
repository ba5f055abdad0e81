"""``/v1/authorities``: offices, what they are named for, and how to reach them as far as published."""

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
from api.parameters import MOST, On
from graph.lookup import resolve_instrument
from graph.model import Authority, Designation
from graph.questions import resolve_concept, resolve_state

router = APIRouter(prefix="/v1/authorities", tags=["authorities"])

PROFILE = schemas.profile(Authority, designations=schemas.rows(Designation), parts=schemas.rows(Authority))


@router.get(
    "",
    summary="List offices",
    responses=schemas.ok(schemas.listed(schemas.row(Authority)), "A page of offices.", JSON, JSON_LD, CSV),
)
async def authorities(
    ask: Ask,
    part: Annotated[Page, Depends(page)],
    media: Annotated[str, Depends(offered(JSON, JSON_LD, CSV))],
    state: Annotated[str | None, Query(max_length=MOST, description="Only offices of this State.")] = None,
    kind: Annotated[str | None, Query(max_length=MOST, description="A key of `authority-kind`.")] = None,
    function: Annotated[
        str | None, Query(max_length=MOST, description="Named for this: a key of `designation-function`.")
    ] = None,
    instrument: Annotated[str | None, Query(max_length=MOST, description="Named under this instrument.")] = None,
    fields: Fields = None,
) -> Response:
    """Central authorities, contact points, police units and others. Contacts are those of offices, never of people."""
    network = ask.network
    place = resolve_state(network, state) if state is not None else None
    wanted = resolve_concept(network, "authority-kind", kind) if kind is not None else None
    role = resolve_concept(network, "designation-function", function) if function is not None else None
    under = resolve_instrument(network, instrument) if instrument is not None else None
    appointed = {
        held.authority
        for held in network.records.designations
        if role in (None, held.function) and under in (None, held.instrument)
    }
    found = [
        office
        for office in network.records.authorities
        if place in (None, office.state)
        and wanted in (None, office.kind)
        and ((role is None and under is None) or office.id in appointed)
    ]
    return listed(ask, Authority, found, part, fields, media)


@router.get(
    "/{id:path}",
    summary="Everything on record about an office",
    responses=schemas.ok(PROFILE, "The office and its designations.", JSON, JSON_LD),
)
async def authority(
    ask: Ask,
    id: Annotated[str, Path(min_length=1, max_length=MOST, description="Id or name of the office.")],
    media: Annotated[str, Depends(offered(JSON, JSON_LD))],
    on: On = None,
    fields: Fields = None,
) -> Response:
    """What it is named for, by whom and under which article, and how to reach it."""
    return await told(ask, one(ask, Authority, id), on, fields, media)
