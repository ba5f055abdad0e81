"""``/v1/instruments``: treaties, protocols, acts and schemes, with their parties and counts on a day."""

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
from api.tables import table
from graph.model import Declaration, Instrument, Provision, RequestRule
from graph.profiles import profile
from graph.questions import resolve_concept, resolve_day, resolve_state

router = APIRouter(prefix="/v1/instruments", tags=["instruments"])

Id = Annotated[
    str, Path(min_length=1, max_length=MOST, description="Id or name of the instrument.", examples=["cets-185"])
]

_COUNT = {"type": "integer"}
_LIST = {"type": "array", "items": {"type": "object"}}

PROFILE = schemas.profile(
    Instrument,
    counts={
        "type": "object",
        "properties": dict.fromkeys(("signed_only", "bound", "in_force", "unknown"), _COUNT),
    },
    entry={"type": ["object", "null"]},
    provisions=schemas.rows(Provision),
    request_rules=schemas.rows(RequestRule),
    parties=_LIST,
    declarations=schemas.rows(Declaration),
    protocols={"type": "array", "items": {"type": "string"}},
)

PARTY = (
    "party",
    "name",
    "standing",
    "signed_on",
    "bound_on",
    "action",
    "in_force_on",
    "ended_on",
    "suspended_on",
    "status",
    "code",
    "reason",
    "bound",
    "signed",
    "contested",
)
"""Columns of the table of parties."""


@router.get(
    "",
    summary="List instruments",
    responses=schemas.ok(schemas.listed(schemas.row(Instrument)), "A page of instruments.", JSON, JSON_LD, CSV),
)
async def instruments(
    ask: Ask,
    part: Annotated[Page, Depends(page)],
    media: Annotated[str, Depends(offered(JSON, JSON_LD, CSV))],
    kind: Annotated[
        str | None, Query(max_length=MOST, description="A key of `/v1/vocabularies/instrument-kind`.")
    ] = None,
    subject: Annotated[
        str | None, Query(max_length=MOST, description="A key of `/v1/vocabularies/instrument-subject`.")
    ] = None,
    party: Annotated[
        str | None, Query(max_length=MOST, description="Only those to which this State has a relation on record.")
    ] = None,
    fields: Fields = None,
) -> Response:
    """Treaties, protocols, acts of the European Union, executive agreements and schemes that bind nobody."""
    network = ask.network
    wanted = resolve_concept(network, "instrument-kind", kind) if kind is not None else None
    about = resolve_concept(network, "instrument-subject", subject) if subject is not None else None
    held = network.standings(resolve_state(network, party)) if party is not None else None
    found = [
        instrument
        for instrument in network.records.instruments
        if wanted in (None, instrument.kind)
        and about in (None, instrument.subject)
        and (held is None or instrument.id in held)
    ]
    return listed(ask, Instrument, found, part, fields, media)


@router.get(
    "/{id}",
    summary="Everything on record about an instrument",
    responses=schemas.ok(PROFILE, "The instrument, its parties and counts on the day.", JSON, JSON_LD, CSV),
)
async def instrument(
    ask: Ask,
    id: Id,
    media: Annotated[str, Depends(offered(JSON, JSON_LD, CSV))],
    on: On = None,
    fields: Fields = None,
) -> Response:
    """Its articles, declarations, parties with their dates and standing on the day, and how many are bound by it.

    As a table: the parties.
    """
    found = one(ask, Instrument, id)
    if media != CSV:
        return await told(ask, found, on, fields, media)
    day = resolve_day(on, ask.today)
    return ask.at_once(lambda: table(profile(ask.network, found, day)["parties"], PARTY, fields), media)
