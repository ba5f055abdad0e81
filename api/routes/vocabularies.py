"""``/v1/vocabularies``: the keys that questions and answers use, with their meanings."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Path
from starlette.responses import Response

from api import schemas
from api.asking import Ask
from api.fields import Fields
from api.listing import listed
from api.negotiation import CSV, JSON, JSON_LD, offered
from api.pages import Page, page
from api.parameters import MOST
from api.problems import not_found
from api.shapes import Scheme, SchemeList
from graph.model import Concept

router = APIRouter(prefix="/v1/vocabularies", tags=["vocabularies"])


@router.get("", summary="List vocabularies", responses=schemas.ok(schemas.of(SchemeList), "The vocabularies."))
async def vocabularies(ask: Ask) -> Response:
    """Measures, offences, channels, kinds of offices and others."""
    counts = Counter(concept.scheme for concept in ask.network.records.concepts)
    items = [
        Scheme(scheme=scheme, concepts=count, href=f"{router.prefix}/{scheme}")
        for scheme, count in sorted(counts.items())
    ]
    return ask.at_once(lambda: msgspec.json.encode(SchemeList(release=ask.at.id, items=items)))


@router.get(
    "/{scheme}",
    summary="The concepts of a vocabulary",
    responses=schemas.ok(schemas.listed(schemas.row(Concept)), "A page of concepts.", JSON, JSON_LD, CSV),
)
async def vocabulary(
    ask: Ask,
    scheme: Annotated[str, Path(min_length=1, max_length=MOST, description="The vocabulary.", examples=["measure"])],
    part: Annotated[Page, Depends(page)],
    media: Annotated[str, Depends(offered(JSON, JSON_LD, CSV))],
    fields: Fields = None,
) -> Response:
    """Each with its label and definition."""
    found = [concept for concept in ask.network.records.concepts if concept.scheme == scheme]
    if not found:
        raise not_found(f"there is no vocabulary {scheme[:40]!r}; {router.prefix} lists them")
    return listed(ask, Concept, found, part, fields, media)
