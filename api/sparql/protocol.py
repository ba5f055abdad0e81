"""A request read by the rules of the SPARQL 1.1 Protocol: a query by GET or by POST in two forms, never an update.

What is not a query in one of the three forms is refused by the status that names the fault: 400 for a query that is
missing, repeated or no text, 403 for an update, 413 for one that is too long, 415 for a body of another type.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import parse_qsl

import msgspec
from fastapi import Request

from api.problems import Problem
from graph.sparql import LONGEST_QUERY, SparqlError

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

MOST_PARAMETERS = 1000


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A query with the data set it is asked of; the graphs are ``None`` where the request names none."""

    query: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    format: str | None = None


class Read(NamedTuple):
    """What a request asks, ``None`` where it is a GET that asks nothing; and the release that it holds to, if any."""

    asked: Asked | None
    release: str | None


async def read(request: Request) -> Read:
    """The query of ``request``.

    Raises:
        Problem: it is in none of the three forms.
    """
    given = _parameters(request.scope["query_string"], "query string")
    release = next((value for name, value in reversed(given) if name == "release"), None)
    if request.method == "GET":
        asks = any(name in ("query", "update") for name, _ in given)
        return Read(_asked(given) if asks else None, release)
    return Read(_asked([*given, *await _sent(request)]), release)


async def _sent(request: Request) -> list[tuple[str, str]]:
    """The parameters in the body of a POST."""
    media, charset = _content_type(request)
    if media == UPDATE:
        raise _read_only("an update")
    if media not in (FORM, QUERY):
        raise _unsupported(f"a query is sent as {QUERY} or {FORM}, not as {media[:100] or 'a body of no type'}")
    if charset not in ("", "utf-8", "utf8"):
        raise _unsupported(f"the body has to be in UTF-8, not {charset[:40]}")
    body = await request.body()
    if media == FORM:
        return _parameters(body, "body")
    try:
        return [("query", body.decode("utf-8"))]
    except UnicodeDecodeError:
        raise malformed("the body is not valid UTF-8") from None


def malformed(detail: str) -> Problem:
    """The request is no query by the protocol (400)."""
    return Problem(400, "malformed-query", "Not a query", detail)


def problem_of(error: SparqlError) -> Problem:
    """The problem that tells why a query has no answer."""
    told = str(error)
    match error.cause:
        case "malformed":
            return Problem(400, "malformed-query", "Not a query", told, None, line=error.line, column=error.column)
        case "read-only":
            return Problem(403, "read-only", "Read only", told)
        case "form":
            return Problem(406, "not-acceptable", "Not offered in this form", told)
        case "too-long":
            return Problem(413, "too-large", "Query too long", told)
        case "rows" | "size":
            return Problem(422, "result-too-large", "The result is too large", told)
        case "memory":
            return Problem(422, "needs-too-much-memory", "The query needs too much memory", told)
        case "evaluation":
            return Problem(422, "not-answerable", "The query cannot be answered", told)
        case "time":
            return Problem(504, "takes-too-long", "Takes too long", told)
        case "unavailable":
            return Problem(503, "busy", "Busy", told, {"Retry-After": "5"})


def _asked(given: list[tuple[str, str]]) -> Asked:
    """The query among the parameters.

    Raises:
        Problem: there is an update, or not exactly one query.
    """
    if any(name == "update" for name, _ in given):
        raise _read_only("the parameter update")
    queries = [value for name, value in given if name == "query"]
    if len(queries) != 1:
        raise malformed(f"there are {len(queries)} queries: send one, in the parameter query or as the body")
    if len(queries[0]) > LONGEST_QUERY:
        detail = f"the query has {len(queries[0])} characters; at most {LONGEST_QUERY} are taken"
        raise Problem(413, "too-large", "Query too long", detail)
    default = tuple(value for name, value in given if name == "default-graph-uri")
    named = tuple(value for name, value in given if name == "named-graph-uri")
    formats = [value for name, value in given if name == "format"]
    return Asked(
        query=queries[0], default_graphs=default or None, named_graphs=named or None,
        format=formats[0] if formats else None,
    )  # fmt: skip


def _parameters(encoded: bytes, place: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS
        )
    except UnicodeDecodeError:
        raise malformed(f"the {place} is not valid UTF-8, percent-encoded") from None
    except ValueError:
        raise malformed(f"the {place} has more than {MOST_PARAMETERS} parameters") from None


def _content_type(request: Request) -> tuple[str, str]:
    """The media type of the body and its charset, in lower case; empty where the request does not say."""
    media, *parameters = (part.strip() for part in request.headers.get("content-type", "").casefold().split(";"))
    named = dict(parameter.partition("=")[::2] for parameter in parameters)
    return media, named.get("charset", "").strip('"')


def _read_only(what: str) -> Problem:
    return Problem(403, "read-only", "Read only", f"{what} is refused: the store is read only; send a query")


def _unsupported(detail: str) -> Problem:
    return Problem(415, "unsupported-media-type", "Body of another type", detail, {"Accept-Post": f"{QUERY}, {FORM}"})
