"""The schemas of the OpenAPI document, written from the domain's own structs, so that nothing is described twice.

Answers are encoded by msgspec straight from the structs of ``graph``; their schemas come from the same structs. Rows of
records are described from the record class with what :func:`graph.profiles.plain` changes: sources are spelt out, and
imprisonment for life is the word ``life``.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from api.curation.examples import ANSWER as PROPOSAL
from api.curation.shapes import SHAPES as OF_CURATION
from api.negotiation import JSON, JSON_LD, NDJSON
from api.problems import MEDIA_TYPE as PROBLEM
from api.problems import ProblemDetails
from api.release_shapes import SHAPES as OF_RELEASES
from api.shapes import SHAPES
from graph.answers import Answer, Cite
from graph.assumable import AssumableList
from graph.curation.proposal import ProposalTold, Trial
from graph.gaps.comparison import Comparison
from graph.gaps.groups import GroupList
from graph.gaps.report import GapReport
from graph.how_to_ask import Card
from graph.model import Record
from graph.next_steps.answer import NextSteps
from graph.next_steps.groups import GroupSteps
from graph.reasons import Reasons
from graph.records import RECORD_TYPES
from graph.supposed_coverage import SupposedCoverage
from graph.suppositions import Supposition
from graph.world_years import WorldYears

Schema = dict[str, Any]

STRUCTS: tuple[type, ...] = (
    Answer, Reasons, Supposition, GapReport, Comparison, NextSteps, GroupSteps, Card, Cite, ProblemDetails, WorldYears,
    SupposedCoverage, AssumableList, GroupList, *SHAPES, *OF_RELEASES, *OF_CURATION,
)  # fmt: skip
"""What answers are made of."""

_PLACE = "#/components/schemas/{name}"


@cache
def _written() -> tuple[dict[type, Schema], dict[str, Schema]]:
    told, components = msgspec.json.schema_components(STRUCTS, ref_template=_PLACE)
    return dict(zip(STRUCTS, told, strict=True)), components


def of(kind: type) -> Schema:
    """The schema of one of :data:`STRUCTS`, as a reference."""
    return _written()[0][kind]


def row(cls: type[Record]) -> Schema:
    """The schema of a record as a row, as a reference."""
    return {"$ref": _PLACE.format(name=cls.__name__)}


def listed(item: Schema) -> Schema:
    """The schema of a page of ``item``."""
    return {
        "type": "object",
        "properties": {
            "release": {"type": "string"},
            "total": {"type": "integer", "description": "Rows on all pages."},
            "items": {"type": "array", "items": item},
            "next": {"type": ["string", "null"], "description": "Path and query of the next page."},
        },
        "required": ["release", "total", "items", "next"],
    }


def profile(cls: type[Record], **relations: Schema) -> Schema:
    """The schema of everything on record about a thing of the class: its row, and ``relations``."""
    head = {"class": {"type": "string"}, "release": {"type": "string"}, "on": {"type": "string"}}
    told = {**head, **relations, "conflicts": rows(_class("Conflict"))}
    return {"allOf": [row(cls), {"type": "object", "properties": told}]}


def rows(cls: type[Record]) -> Schema:
    """The schema of a list of records."""
    return {"type": "array", "items": row(cls)}


def components() -> dict[str, Schema]:
    """All components of the document that are not the framework's own."""
    told = {cls.__name__: _row(cls) for cls in RECORD_TYPES}
    plain: dict[str, Schema] = msgspec.json.decode(msgspec.json.encode({**_written()[1], **told}))
    return plain


def ok(schema: Schema, description: str, *media: str) -> dict[int | str, dict[str, Any]]:
    """The entry ``responses`` of a route that answers 200 with ``schema``, and 304 where the client holds it."""
    content = {
        one: {"schema": schema if one == JSON else _OTHER.get(one, {"type": "string"})} for one in media or (JSON,)
    }
    headers = {
        "ETag": {"description": "Of the release, the question and the form.", "schema": {"type": "string"}},
        "Cache-Control": {"schema": {"type": "string"}},
    }
    unchanged = {"description": "The client holds this answer already (`If-None-Match`)."}
    return {200: {"description": description, "content": content, "headers": headers}, 304: unchanged}


def streamed(line: Schema, description: str, *others: str) -> dict[int | str, dict[str, Any]]:
    """The entry ``responses`` of a route that answers with lines of JSON; the schema is that of one line.

    ``others`` are further forms in which it may answer.
    """
    content: dict[str, Schema] = {NDJSON: {"schema": {"type": "string"}, "x-line-schema": line}}
    content |= {media: {"schema": _OTHER.get(media, {"type": "string"})} for media in others}
    return {200: {"description": description, "content": content}}


_OTHER: dict[str, Schema] = {JSON_LD: {"type": "object"}}


def file(description: str, *media: str) -> dict[int | str, dict[str, Any]]:
    """The entry ``responses`` of a route that answers with a file in one of the forms ``media``."""
    told = ok({}, description, *media)
    told[200]["content"] = {one: {"schema": {"type": "string", "format": "binary"}} for one in media}
    told[200]["headers"]["Content-Disposition"] = {"description": "Its name.", "schema": {"type": "string"}}
    return told


def now(kind: type, description: str) -> dict[int | str, dict[str, Any]]:
    """The entry ``responses`` of a route whose answer holds for this moment only."""
    return {200: {"description": description, "content": {JSON: {"schema": of(kind)}}}}


def feed(media: str) -> dict[int | str, dict[str, Any]]:
    """The entry ``responses`` of a route that answers with a feed."""
    return {200: {"description": "The feed.", "content": {media: {"schema": {"type": "string"}}}}}


def problems() -> dict[int | str, dict[str, Any]]:
    """What any route may refuse with, for the application's ``responses``."""
    told = {
        400: "The body is no JSON.",
        401: "What `Authorization` holds proves nothing.",
        404: "There is nothing of that name.",
        405: "The path does not take this method.",
        406: "Not offered in a form that the client takes.",
        408: "The body comes too slowly.",
        409: "Another release is in use than the one that the request holds to.",
        413: "The body is too large.",
        414: "The address is too long.",
        422: "A value is not valid; `detail` names it and the nearest valid ones.",
        429: "More requests than the role has; `Retry-After` says when to ask again.",
        503: "No release, or too many long questions at the moment.",
        504: "The answer takes too long.",
    }
    content = {PROBLEM: {"schema": of(ProblemDetails)}}
    return {status: {"description": description, "content": content} for status, description in told.items()}


def for_curators() -> dict[int | str, dict[str, Any]]:
    """What the routes of curators may refuse with beside what any route may."""
    content = {PROBLEM: {"schema": of(ProblemDetails)}}
    told = {
        401: "The key or token is not valid.",
        403: "Not a curator; or the one who proposed would publish.",
        500: "The process that checks and publishes ended early.",
    }
    return {status: {"description": description, "content": content} for status, description in told.items()}


def proposed() -> dict[int | str, dict[str, Any]]:
    """The entry ``responses`` of the route that takes proposals."""
    place = {"Location": {"description": "Path of the proposal.", "schema": {"type": "string"}}}
    kept = {JSON: {"schema": of(ProposalTold), "example": PROPOSAL}}
    return {
        **now(Trial, "What would change; a dry run keeps nothing."),
        201: {"description": "It is kept, and open.", "content": kept, "headers": place},
    }


def _class(name: str) -> type[Record]:
    return next(cls for cls in RECORD_TYPES if cls.__name__ == name)


def _row(cls: type[Record]) -> Schema:
    """The class as its rows are; no field is required, since a client may ask for some of them only."""
    (_, written) = msgspec.json.schema_components([cls])
    properties = dict(written[cls.__name__]["properties"])
    cites = {"type": "array", "items": of(Cite)}
    properties["sources"] = cites
    properties["evidence"] = {"type": "object", "additionalProperties": cites}
    if "max_penalty_years" in properties:
        properties["max_penalty_years"] = {"anyOf": [{"type": "number"}, {"const": "life"}, {"type": "null"}]}
    return {"type": "object", "description": (cls.__doc__ or "").strip(), "properties": properties}
