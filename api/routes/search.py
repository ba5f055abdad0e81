"""``/v1/search``: things by any part of their names."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

import msgspec
from fastapi import APIRouter, Query
from starlette.responses import Response

from api import schemas
from api.asking import Ask
from api.parameters import MOST
from api.problems import not_valid
from api.shapes import Found, FoundList
from graph.finding import CLASSES, Hit
from graph.lookup import kind, names_of
from graph.model import Concept

router = APIRouter(prefix="/v1", tags=["search"])


@router.get(
    "/search",
    summary="Find things by name",
    responses=schemas.ok(schemas.of(FoundList), "What was found, the nearest first."),
)
async def search(
    ask: Ask,
    q: Annotated[
        str,
        Query(min_length=1, max_length=MOST, description="A name, a part of one, or an id.", examples=["lanzarote"]),
    ],
    kinds: Annotated[
        list[str] | None,
        Query(alias="class", max_length=20, description=f"Only this class; may be repeated: {', '.join(CLASSES)}."),
    ] = None,
    limit: Annotated[int, Query(ge=1, le=100, description="List at most so many.")] = 20,
) -> Response:
    """States, instruments, organisations, providers, offices, statutes and concepts."""
    unknown = [one for one in kinds or () if one not in CLASSES]
    if unknown:
        raise not_valid("class", f"{unknown[0][:40]!r} is none; choose from {', '.join(CLASSES)}")

    def work() -> bytes:
        hits = ask.at.names.search(q, kinds or CLASSES)
        told = FoundList(release=ask.at.id, query=q, total=len(hits), items=[_found(hit) for hit in hits[:limit]])
        return msgspec.json.encode(told)

    return await ask.in_time(work)


_PLACES = {"state": "states", "instrument": "instruments", "authority": "authorities", "statute": "statutes"}


def _found(hit: Hit) -> Found:
    word = kind(type(hit.record))
    name = next(iter(names_of(hit.record)[-1:] if isinstance(hit.record, Concept) else names_of(hit.record)), hit.name)
    return Found(kind=word, id=hit.record.id, name=name, score=round(hit.score, 1), href=_href(hit))


def _href(hit: Hit) -> str | None:
    """Where the thing is served; bodies have no place of their own here."""
    record, word = hit.record, kind(type(hit.record))
    if isinstance(record, Concept):
        return f"/v1/vocabularies/{record.scheme}"
    if word in ("provider", "establishment"):
        return f"/v1/providers/{quote(record.id)}"
    return f"/v1/{_PLACES[word]}/{quote(record.id)}" if word in _PLACES else None
