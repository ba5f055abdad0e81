"""``/sparql``: the release in SPARQL 1.1, by the SPARQL 1.1 Protocol, read only and within limits."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Request
from starlette.responses import Response
from starlette.routing import Route

from api import caching
from api.access import Caller, caller
from api.negotiation import by_accept
from api.served import Served, served
from api.settings import ApiSettings
from api.sparql import forms, protocol
from api.sparql.checking import fault
from api.sparql.description import service
from api.sparql.graphs import encoded
from api.sparql.pool import Pools
from api.sparql.protocol import Asked
from api.sparql.results import respond
from api.sparql.web import ASKING_POLICY, HTML, page
from graph.sparql import SparqlError, prefixes, refuse_unsafe
from graph.sparql.examples import examples
from graph.sparql.messages import FORMATS, Task

_CHANGING = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE)\s*\(")
_CHANGING_WORDS = ("NOW", "RAND", "UUID", "BNODE")
"""Functions that may say something else each time, in capitals. The words are looked for first: that costs a tenth."""


@asynccontextmanager
async def _processes(application: FastAPI) -> AsyncIterator[None]:
    """Keep processes ready as long as the application runs."""
    pools = application.state.sparql = Pools(application.state.settings)
    application.state.readiness.awaited["sparql"] = lambda: fault(pools, application.state.releases)
    try:
        yield
    finally:
        await pools.close()


router = APIRouter(tags=["sparql"], lifespan=_processes)

_PARAMETERS: list[dict[str, Any]] = [
    {
        "name": "query",
        "in": "query",
        "description": "The query, in SPARQL 1.1; long ones by POST. Without one the service is described.",
        "schema": {"type": "string", "maxLength": 4000},
        "example": "SELECT ?name { ?state a comity:State ; schema:name ?name } ORDER BY ?name LIMIT 5",
    },
    *(
        {
            "name": name,
            "in": "query",
            "description": f"IRI of {what}; goes before FROM in the query; may be repeated.",
            "schema": {"type": "array", "items": {"type": "string"}},
        }
        for name, what in (
            ("default-graph-uri", "a graph of which the default graph is made"),
            ("named-graph-uri", "a graph that GRAPH sees"),
        )
    ),
    {
        "name": "format",
        "in": "query",
        "description": f"The form of the result: {', '.join(FORMATS)}. Other words are passed over, since clients have"
        " their own; then the `Accept` header decides.",
        "schema": {"type": "string"},
    },
]
_RESULTS = {"description": "The result", "content": {media: {} for media in (*forms.TABLES, *forms.GRAPHS)}}
_BODY = {
    "required": True,
    "content": {
        protocol.QUERY: {"schema": {"type": "string"}},
        protocol.FORM: {
            "schema": {"type": "object", "required": ["query"], "properties": {"query": {"type": "string"}}}
        },
    },
}


async def ask(request: Request) -> Response:
    """Answer a query, or say what the service is where there is none.

    A route of its own kind, not of FastAPI's: clients send further parameters in words of their own, and queries of a
    millisecond should not take two.
    """
    asked, release = await protocol.read(request)
    held = await served(request, release)
    return await _answer(request, held, await caller(request), asked)


route = Route("/sparql", ask, methods=["GET", "POST"], include_in_schema=False)
"""Of the application itself, before the routers: each of these is asked in turn whether a path is its own."""


@router.get(
    "/sparql",
    summary="Ask in SPARQL",
    openapi_extra={"parameters": _PARAMETERS},
    responses={200: _RESULTS},
    response_class=Response,
)
async def query_by_get(request: Request, at: Annotated[Served, Depends(served)]) -> Response:
    """Answer the query in the parameter `query`. Without a query: what the service is, or a page to ask on."""
    return await ask(request)  # for the OpenAPI document; requests are taken by the route above


@router.post(
    "/sparql",
    summary="Ask in SPARQL with the query in the body",
    openapi_extra={"parameters": _PARAMETERS[1:], "requestBody": _BODY},
    responses={200: _RESULTS},
    response_class=Response,
)
async def query_by_post(request: Request, at: Annotated[Served, Depends(served)]) -> Response:
    """Answer the query in the body, or in the field `query` of a form."""
    return await ask(request)


async def _answer(request: Request, at: Served, who: Caller, asked: Asked | None) -> Response:
    if asked is None:
        return _described(request, at)
    wanted = forms.wanted(request, asked.format)
    try:
        refuse_unsafe(asked.query)
    except SparqlError as error:
        raise protocol.problem_of(error) from None
    headers = {"Vary": caching.VARY, "Cache-Control": "no-store"}
    if request.method == "GET" and not _changes(asked.query):
        tag = caching.entity_tag(at.id, who, "sparql", wanted, asked)
        headers = caching.headers_of(tag, who)
        unchanged = caching.not_modified(request, tag, headers)
        if unchanged is not None:
            return unchanged
    pool = request.app.state.sparql.of(at.release.folder / "store")
    task = _task(asked, wanted, request.app.state.settings, who)
    return await respond(request, pool, task, _client(request, who), wanted, headers)


def _changes(query: str) -> bool:
    """Whether the query may say something else the next time."""
    capitals = query.upper()
    return any(word in capitals for word in _CHANGING_WORDS) and _CHANGING.search(capitals) is not None


def _described(request: Request, at: Served) -> Response:
    """The page to ask on for a browser, else what the service says of itself."""
    form = request.query_params.get("format")
    media = by_accept(request.headers.get("accept") or "*/*", (*forms.GRAPHS, HTML)) if form is None else HTML
    headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
    if form is None and media == HTML:
        content = page("sparql.html", release=at.id, prefixes=sorted(prefixes()), queries=examples())
        return Response(content, headers={**headers, "Content-Security-Policy": ASKING_POLICY}, media_type=HTML)
    media = forms.graph_media(request, form)
    return Response(encoded(service(str(request.url.replace(query="")), at.release), media), 200, headers, media)


def _task(asked: Asked, wanted: forms.Wanted, settings: ApiSettings, who: Caller) -> Task:
    """The query with the limits for whoever asks."""
    known = who.role != "anonymous"
    return Task(
        query=asked.query,
        table=forms.TABLES[wanted.table] if wanted.table else None,
        graph=forms.GRAPHS[wanted.graph] if wanted.graph else None,
        max_rows=settings.sparql_known_max_rows if known else settings.sparql_max_rows,
        max_bytes=settings.sparql_max_bytes,
        timeout_s=settings.sparql_known_timeout_s if known else settings.sparql_timeout_s,
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
    )


def _client(request: Request, who: Caller) -> str:
    """Whose long queries are counted together."""
    return who.name or (request.client.host if request.client else "")
