"""``/v1/compare``: 2 to 6 States or groups side by side."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from api import schemas
from api.asking import Ask
from api.negotiation import CSV, JSON, offered
from api.parameters import On
from api.tables import table
from graph.gaps.comparison import Comparison, compare
from graph.questions import resolve_day

router = APIRouter(prefix="/v1", tags=["states"])


@router.get(
    "/compare",
    summary="Put States or groups side by side",
    responses=schemas.ok(
        schemas.of(Comparison), "Criteria, offences, treaties and offices, column by column.", JSON, CSV
    ),
)
async def compared(
    ask: Ask,
    name: Annotated[
        list[str],
        Query(
            min_length=1,
            max_length=6,
            description="A State, region, organisation or IPU group; 2 to 6 of them.",
            examples=[["FRA", "Ghana", "grulac"]],
        ),
    ],
    media: Annotated[str, Depends(offered(JSON, CSV))],
    on: On = None,
) -> Response:
    """What is on record about each, in the same rows."""
    day = resolve_day(on, ask.today)

    def work() -> bytes:
        found = compare(ask.network, name, day)
        if media != CSV:
            return msgspec.json.encode(found)
        columns = ["topic", "key", "label", *(column.id for column in found.columns)]
        rows = [[row.topic, row.key, row.label, *(cell.status for cell in row.cells)] for row in found.rows]
        return table([dict(zip(columns, row, strict=True)) for row in rows], columns)

    return await ask.in_time(work, media)
