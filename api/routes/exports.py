"""``/v1/exports``: a release, or what concerns one topic, as a file."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import FileResponse, Response
from starlette.types import Message, Receive, Scope, Send

from api import caching, schemas
from api.access import Caller, caller
from api.export_shelf import OFFERED, Shelf
from api.negotiation import JSON
from api.parameters import MOST
from api.problems import Problem, not_found, response_of
from api.release_shapes import ExportsTold, ExportTold
from graph.earlier import CURRENT, NotHeld, readable, release_named
from graph.exports.kept import KINDS, Made, found, name_of
from graph.questions import nearest
from graph.records import Records
from graph.releases import Release

PREFIX = "/v1/exports"

router = APIRouter(prefix=PREFIX, tags=["exports"])

FOREVER_S = 31_536_000
"""Seconds in a year: how long the file of a named release may be kept without asking again."""


def chosen(
    request: Request,
    release: Annotated[
        str | None,
        Query(max_length=64, description="A release on disk (`/v1/releases`); the one in use if left."),
    ] = None,
) -> Release:
    """The release that is asked for.

    Raises:
        Problem: it is not on disk, or no longer (404), with those that are.
    """
    holder = request.app.state.releases
    now: Release = holder.open().release
    if release in (None, CURRENT, now.id):
        return now
    try:
        return release_named(holder.data_dir, str(release))
    except NotHeld as error:
        raise gone(error) from None


def gone(error: NotHeld) -> Problem:
    """The problem that a release is not on disk, or no longer."""
    return Problem(404, "release-not-held", "No such release on disk", str(error), available=error.available)


Chosen = Annotated[Release, Depends(chosen)]


@router.get("", summary="List exports", responses=schemas.ok(schemas.of(ExportsTold), "The formats and topics."))
async def exports(request: Request, release: Chosen, who: Annotated[Caller, Depends(caller)]) -> Response:
    """Formats with file names, and size and checksum of those that have been made; topics of a part."""
    items = [_told(release, format) for format in OFFERED]
    told = ExportsTold(
        release=release.id,
        built_at=release.manifest.built_at,
        items=items,
        topics=topics(release.records()),
        releases=[one.id for one in readable(request.app.state.releases.data_dir)],
    )
    content = msgspec.json.encode(told)
    headers = caching.headers_of(caching.entity_tag(release.id, who, content), who)
    return caching.not_modified(request, headers["ETag"], headers) or Response(content, 200, headers, JSON)


FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file, with its SHA-256 as `ETag` and `Repr-Digest`.",
        "content": {
            kind.media: {"schema": {} if kind.media.endswith("json") else {"type": "string", "format": "binary"}}
            for kind in KINDS.values()
        },
    },
    206: {"description": "The bytes that `Range` asks for."},
    304: {"description": "The client holds it."},
    416: {"description": "There are no such bytes."},
}


@router.get("/{format}", summary="Export a release", responses=FILE)
async def export(
    request: Request,
    release: Chosen,
    who: Annotated[Caller, Depends(caller)],
    format: Annotated[str, Path(max_length=40, description="The format.", json_schema_extra={"enum": [*OFFERED]})],
    topic: Annotated[
        str | None,
        Query(
            min_length=1, max_length=MOST, description="Only what concerns it: a State, instrument, organisation or"
            " subject of instruments that `/v1/exports` lists.", examples=["FRA"],
        ),
    ] = None,
) -> Response:  # fmt: skip
    """The whole file or a range of it. The first who asks waits some seconds while it is made."""
    if format not in OFFERED:
        raise not_found(f"there is no format {format[:40]!r}; choose from {', '.join(OFFERED)}")
    if topic is not None:
        _known(topic, release.records())
    shelf: Shelf = request.app.state.shelf
    made = await shelf.file(release, format, topic)
    headers = _headers(made, who, named=request.query_params.get("release") == release.id)
    # That of the release: when the file was made here says nothing.
    built = datetime.fromisoformat(release.manifest.built_at).astimezone(UTC)
    headers["Last-Modified"] = format_datetime(built, usegmt=True)
    headers["Content-Location"] = _href(release.id, format, topic)
    unchanged = caching.not_modified(request, headers["ETag"], headers)
    return unchanged or ExportFile(
        made.path, headers=headers, media_type=KINDS[format].media, filename=name_of(release.id, format, topic)
    )


class ExportFile(FileResponse):
    """A file, or ranges of its bytes (RFC 9110, section 14); what is wrong with a range is told as a problem."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it. A range in another unit than bytes is ignored, as the standard wants."""
        kept = [(name, value) for name, value in scope["headers"] if name != b"range" or value.startswith(b"bytes=")]
        refused = False

        async def sent(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start":
                refused = message["status"] in (400, 416)
            if not refused:
                await send(message)

        await super().__call__({**scope, "headers": kept}, receive, sent)
        if refused:
            size = self.headers["content-length"]
            told = {"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"}
            problem = Problem(416, "no-such-range", "No such range", f"header range: the file has {size} bytes", told)
            await response_of(problem, scope["path"])(scope, receive, send)


def topics(records: Records) -> dict[str, list[str]]:
    """What a part of a release can be asked about, by kind."""
    return {
        "subjects": sorted({one.subject for one in records.instruments if one.subject}),
        "states": [one.id for one in records.states],
        "instruments": [one.id for one in records.instruments],
        "organisations": [one.id for one in records.organisations],
    }


def _known(topic: str, records: Records) -> None:
    """Refuse what is no topic; that keeps what can be made within bounds."""
    listed = topics(records)
    prefixed = {f"{kind.removesuffix('s')}/{id}" for kind, ids in listed.items() if kind != "subjects" for id in ids}
    plain = {one for ids in listed.values() for one in ids}
    if topic not in plain | prefixed:
        close = nearest(topic, plain)
        told = f"nearest: {', '.join(close)}" if close else f"{PREFIX} lists them"
        raise not_found(f"there is no topic {topic[:60]!r}; {told}")


def _told(release: Release, format: str) -> ExportTold:
    made = found(release, format)
    return ExportTold(
        format=format,
        file=name_of(release.id, format, None),
        media_type=KINDS[format].media,
        href=_href(release.id, format, None),
        bytes=made.size if made else None,
        sha256=made.sha256 if made else None,
    )


def _href(release: str, format: str, topic: str | None) -> str:
    return f"{PREFIX}/{format}?{urlencode({'release': release, **({'topic': topic} if topic else {})})}"


def _headers(made: Made, who: Caller, *, named: bool) -> dict[str, str]:
    """``named``: the address names the release, so that what is there never changes."""
    headers = caching.headers_of(f'"{made.sha256}"', who)
    if named:
        headers["Cache-Control"] = f"{headers['Cache-Control'].partition(',')[0]}, max-age={FOREVER_S}, immutable"
    headers["Vary"] = "Authorization, Cookie"
    headers["Repr-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(made.sha256)).decode()}:"
    return headers
