"""``/v1/changes``: what differs between two releases on disk, as JSON and as a feed."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from api import atom, schemas
from api.asking import Ask, Asking
from api.negotiation import JSON, offered
from api.pages import USUAL, Page, page
from api.parameters import MOST, On
from api.problems import not_valid
from api.release_shapes import ChangesTold
from api.routes.exports import gone
from graph.changes import Changes, changes
from graph.earlier import CURRENT, PREVIOUS, NotHeld, readable, release_named
from graph.lookup import kind
from graph.network import Network
from graph.questions import nearest, resolve_day
from graph.records import RECORD_TYPES
from graph.releases import Release

router = APIRouter(tags=["releases"])

CLASSES = tuple(kind(cls) for cls in RECORD_TYPES)

Since = Annotated[
    str | None, Query(max_length=64, description="The older release (`/v1/releases`); the one before `until` if left.")
]
Until = Annotated[str, Query(max_length=64, description="The newer release; the one in use if left.")]
Class = Annotated[
    str | None,
    Query(alias="class", max_length=MOST, description="Only records of this class.", examples=["participation"]),
]

TOLD = schemas.ok(schemas.of(ChangesTold), "What differs, in pages.", JSON, atom.MEDIA)


@router.get("/v1/changes", summary="List what changed between releases", responses=TOLD)
async def listed(
    ask: Ask,
    part: Annotated[Page, Depends(page)],
    media: Annotated[str, Depends(offered(JSON, atom.MEDIA))],
    since: Since = None,
    until: Until = CURRENT,
    record_class: Class = None,
    on: On = None,
) -> Response:
    """Records added, removed and changed field by field, each with sources; and how parties stand on the day."""
    if media == atom.MEDIA:
        return await _feed(ask, part, since, until, record_class, on)
    day = resolve_day(on, ask.today)
    old, new = _release(ask, since or PREVIOUS), _release(ask, until)
    wanted = _class(record_class)

    def work() -> bytes:
        found = compared(ask.data_dir, old.id, new.id, day)
        records = [one for one in found.records if wanted in (None, one.record_class)]
        items, following = part.cut(records, f"{old.id}..{new.id}")
        told = ChangesTold(
            release=ask.at.id,
            since=old.id,
            until=new.id,
            on=day,
            counts=found.counts,
            standings=[] if part.cursor else list(found.standings),
            total=len(records),
            items=list(items),
            next=following,
        )
        return msgspec.json.encode(told)

    question = (*_asked(ask), old.id, new.id)
    return await ask.answers.in_time(ask.request, ask.at.id, ask.who, question, work)


@router.get("/v1/changes.atom", summary="The changes as a feed", responses=schemas.feed(atom.MEDIA))
async def feed(
    ask: Ask,
    part: Annotated[Page, Depends(page)],
    since: Since = None,
    until: Until = CURRENT,
    record_class: Class = None,
    on: On = None,
) -> Response:
    """Atom. Without ``since`` every step from a release on disk to the next is told, the newest first."""
    return await _feed(ask, part, since, until, record_class, on)


async def _feed(
    ask: Asking, part: Page, since: str | None, until: str, record_class: str | None, on: str | None
) -> Response:
    day = resolve_day(on, ask.today)
    newest = _release(ask, until)
    steps = [(_release(ask, since), newest)] if since else _steps(ask, newest)
    wanted = _class(record_class)
    base = str(ask.request.base_url).rstrip("/")
    here = str(ask.request.url)

    def work() -> bytes:
        found = [
            entry
            for old, new in steps
            for entry in atom.entries(compared(ask.data_dir, old.id, new.id, day), new.manifest.built_at)
            if wanted is None or wanted in entry.categories
        ]
        items, following = part.cut(found, "..".join([newest.id, *(old.id for old, _ in steps)]), USUAL)
        link = base + following if following else None
        return atom.feed(items, updated=newest.manifest.built_at, here=here, following=link)

    question = (*_asked(ask), here, *((old.id, new.id) for old, new in steps), newest.id)
    return await ask.answers.in_time(ask.request, ask.at.id, ask.who, question, work, atom.MEDIA)


@lru_cache(maxsize=4)
def compared(data_dir: Path, since: str, until: str, on: str) -> Changes:
    """What differs between two releases on disk; releases never change, so that it is worked out once."""
    old, new = (release_named(data_dir, name) for name in (since, until))
    return changes(Network(old.records(), old.id), Network(new.records(), new.id), on)


def _steps(ask: Asking, newest: Release) -> list[tuple[Release, Release]]:
    """The releases on disk up to ``newest``, each with the one before it, the newest first."""
    held = [one for one in readable(ask.data_dir) if one.manifest.built_at <= newest.manifest.built_at]
    return [(older, newer) for newer, older in pairwise(held)]


def _release(ask: Asking, name: str) -> Release:
    if name in (CURRENT, ask.at.id):
        return ask.at.release
    try:
        return release_named(ask.data_dir, name)
    except NotHeld as error:
        raise gone(error) from None


def _class(name: str | None) -> str | None:
    if name is not None and name not in CLASSES:
        close = nearest(name, CLASSES)
        told = f"did you mean {close[0]}?" if close else f"valid: {', '.join(CLASSES)}"
        raise not_valid("class", f"there is no class {name[:40]!r}; {told}")
    return name


def _asked(ask: Asking) -> tuple[object, ...]:
    question = ask.question()
    return question if isinstance(question, tuple) else (question,)
