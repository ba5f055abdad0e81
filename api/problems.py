"""What went wrong, as problem details (RFC 9457): the place, the reason and the cure, and never a stack trace.

Routes raise :class:`Problem`. What the framework and the domain raise is turned into one here, so that every refusal
has the same shape: ``type``, ``title``, ``status``, ``detail``, ``code``, ``instance``, and where a part of the request
is to blame ``errors``, one ``{"in", "name", "detail"}`` for each part.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import msgspec
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from graph.curation.store import CurationBroken
from graph.exports import ExportError
from graph.questions import QuestionError
from graph.releases import BrokenRelease, Busy, NoRelease
from graph.settings import SettingsError

MEDIA_TYPE = "application/problem+json"

TYPE = "urn:comity:problem:"

log = logging.getLogger("comity.api")


class Problem(Exception):
    """A refusal. ``code`` is a stable word for programs; ``members`` are written beside the standard ones.

    ``headers`` go with the response, such as ``Retry-After``.
    """

    def __init__(
        self, status: int, code: str, title: str, detail: str, headers: Mapping[str, str] | None = None, **members: Any
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail
        self.headers = dict(headers or {})
        self.members = members


class PartError(msgspec.Struct, frozen=True, rename={"place": "in"}):
    """A part of the request that is to blame: where (``query``, ``path``, ``header``, ``body``), its name and why."""

    place: str
    name: str
    detail: str


class ProblemDetails(msgspec.Struct, frozen=True, kw_only=True):
    """The body of every refusal, as the OpenAPI document tells it."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    instance: str
    errors: tuple[PartError, ...] = ()


def not_valid(name: str, detail: str, place: str = "query") -> Problem:
    """A part of the request has a value that is not valid (422)."""
    return Problem(
        422, "not-valid", "A value is not valid", f"{place} {name}: {detail}", errors=[PartError(place, name, detail)]
    )


def not_found(detail: str) -> Problem:
    """There is nothing of that name (404)."""
    return Problem(404, "not-found", "Not on record", detail)


def response_of(problem: Problem, instance: str) -> Response:
    """The response that tells ``problem``; ``instance`` is the path asked for."""
    headers = {"Cache-Control": "no-store", **problem.headers}
    return Response(msgspec.json.encode(body_of(problem, instance)), problem.status, headers, MEDIA_TYPE)


def body_of(problem: Problem, instance: str) -> dict[str, Any]:
    """The members of ``problem`` as they are written."""
    return {
        "type": TYPE + problem.code,
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "code": problem.code,
        "instance": instance,
        **problem.members,
    }


def problem_of(error: Exception) -> Problem:
    """The problem that ``error`` is."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, RequestValidationError):
        return _invalid(error)
    if isinstance(error, HTTPException):
        return _framework(error)
    if isinstance(error, QuestionError | ExportError):
        return Problem(422, "not-valid", "The question is not valid", str(error))
    if isinstance(error, NoRelease):
        return Problem(
            503, "no-release", "No release", "there is no release yet: run comity build", {"Retry-After": "5"}
        )
    if isinstance(error, CurationBroken):
        log.error("%s", error)
        detail = "proposals cannot be read; the server's log says more"
        return Problem(503, "proposals-not-readable", "Proposals cannot be read", detail, {"Retry-After": "60"})
    if isinstance(error, BrokenRelease | Busy | SettingsError):
        log.error("%s", error)
        detail = "the release cannot be read; the server's log says more"
        return Problem(503, "release-not-readable", "The release cannot be read", detail, {"Retry-After": "30"})
    log.error("defect: %s", type(error).__name__)  # the message may quote what was asked; the trace is logged apart
    log.debug("%s", error)
    return Problem(500, "defect", "A defect in Comity", "a defect in Comity, please report it; the server's log has it")


def install(application: FastAPI) -> None:
    """Have every error of ``application`` told as a problem."""

    async def told(request: Request, error: Exception) -> Response:
        return response_of(problem_of(error), request.url.path)

    for kind in (
        Problem,
        RequestValidationError,
        HTTPException,
        QuestionError,
        NoRelease,
        BrokenRelease,
        CurationBroken,
        Exception,
    ):
        application.add_exception_handler(kind, told)


_TITLES = {400: "Cannot be read", 404: "Not found", 405: "Method not allowed", 413: "Too large"}


def _framework(error: HTTPException) -> Problem:
    """What the framework refuses: unknown paths, methods that a path does not have, a body that cannot be read."""
    if isinstance(error.__cause__, Problem):  # what was raised while the body was read
        return error.__cause__
    phrase = HTTPStatus(error.status_code).phrase
    detail = {
        400: "the body cannot be read: send JSON in UTF-8",
        404: "there is nothing at this path; /docs lists what there is",
        405: f"this path takes {(error.headers or {}).get('Allow', 'other methods')}",
    }.get(error.status_code, str(error.detail))
    code = phrase.casefold().replace(" ", "-")
    return Problem(error.status_code, code, _TITLES.get(error.status_code, phrase), detail, error.headers)


def _invalid(error: RequestValidationError) -> Problem:
    """What validation refuses, part by part."""
    if any(one["type"] == "json_invalid" for one in error.errors()):
        return _framework(HTTPException(400))
    parts = []
    for one in error.errors():
        place, *names = (str(step) for step in one["loc"])
        parts.append(PartError(place, ".".join(names), str(one["msg"])))
    detail = "; ".join(f"{part.place} {part.name}: {part.detail}" for part in parts)
    return Problem(422, "not-valid", "A value is not valid", detail, errors=parts)
