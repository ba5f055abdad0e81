"""``/v1/compare`` and ``/v1/groups``: 2 to 6 States or groups side by side, and which groups there are."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from api import schemas
from api.asking import Ask, Asking
from api.negotiation import CSV, JSON, offered
from api.parameters import On
from api.tables import table
from graph.gaps.comparison import Cell, Comparison, ReachRows, compare
from graph.gaps.groups import GroupList, groups
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
    measures: Annotated[bool, Query(description="Count too how many States each may ask; takes seconds once.")] = False,
) -> Response:
    """What is on record about each, in the same rows."""
    day = resolve_day(on, ask.today)

    def work() -> bytes:
        found = compare(ask.network, name, day, _reached(ask, day) if measures else None)
        if media != CSV:
            return msgspec.json.encode(found)
        columns = ["topic", "key", "label", *(column.id for column in found.columns)]
        rows = [[row.topic, row.key, row.label, *map(_told, row.cells)] for row in found.rows]
        return table([dict(zip(columns, row, strict=True)) for row in rows], columns)

    return await ask.in_time(work, media)


@router.get(
    "/groups",
    summary="List the groups that can be compared",
    responses=schemas.ok(schemas.of(GroupList), "IPU groups, continents, regions and organisations with members."),
)
async def compared_groups(ask: Ask, on: On = None) -> Response:
    """Groups of which at least two member States are on record for the day; `id` is a name for `/v1/compare`."""
    day = resolve_day(on, ask.today)
    return await ask.in_time(lambda: msgspec.json.encode(groups(ask.network, day)))


def _reached(ask: Asking, day: str) -> ReachRows:
    from graph.gaps.reach import reach_rows

    return reach_rows(ask.at.planner, day)


def _told(cell: Cell) -> str:
    if cell.partners is None:
        return cell.status
    return f"{cell.partners.met:g} met, {cell.partners.unknown:g} unknown"
