"""``/v1/queries``: queries in SPARQL to begin with."""

from __future__ import annotations

import msgspec
from fastapi import APIRouter
from starlette.responses import Response

from api import schemas
from api.asking import Ask
from api.release_shapes import QueriesTold
from graph.sparql.examples import examples

router = APIRouter(prefix="/v1/queries", tags=["sparql"])


@router.get("", summary="Queries to begin with", responses=schemas.ok(schemas.of(QueriesTold), "The queries."))
async def queries(ask: Ask) -> Response:
    """What researchers ask of a release, to be sent to `/sparql` as they are or changed."""
    return ask.at_once(lambda: msgspec.json.encode(QueriesTold(release=ask.at.id, items=list(examples()))))
