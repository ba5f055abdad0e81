"""``/v1/releases``: the releases on disk, and what each holds."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Path
from starlette.responses import Response

from api import schemas
from api.asking import Ask, Asking
from api.problems import not_found
from api.shapes import ReleaseHoldings, ReleasesTold, ReleaseTold
from graph.holdings import holdings
from graph.releases import Release, held

router = APIRouter(prefix="/v1/releases", tags=["releases"])


@router.get("", summary="List releases", responses=schemas.ok(schemas.of(ReleasesTold), "The releases on disk."))
async def releases(ask: Ask) -> Response:
    """The newest first, with what each was built from and how much it holds."""
    found = held(ask.data_dir)
    items = [ReleaseTold(**_manifest(ask, one)) for one in found]

    def work() -> bytes:
        return msgspec.json.encode(ReleasesTold(release=ask.at.id, items=items))

    return ask.at_once(work, question=("releases", tuple(one.id for one in found)))


@router.get(
    "/{id}", summary="A release and what it holds", responses=schemas.ok(schemas.of(ReleaseHoldings), "The release.")
)
async def release(
    ask: Ask,
    id: Annotated[str, Path(min_length=1, max_length=64, description="The release, or `current`.")],
) -> Response:
    """Records by class, sources by age on the day, and conflicts between sources."""
    chosen = ask.at.release if id == "current" else next((one for one in held(ask.data_dir) if one.id == id), None)
    if chosen is None:
        raise not_found(f"there is no release {id!r} on disk; {router.prefix} lists them")

    def work() -> bytes:
        return msgspec.json.encode(ReleaseHoldings(**_manifest(ask, chosen), **holdings(chosen.records(), ask.today)))

    return await ask.in_time(work)


def _manifest(ask: Asking, one: Release) -> dict[str, Any]:
    return {**msgspec.structs.asdict(one.manifest), "in_use": one.id == ask.at.id}
