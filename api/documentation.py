"""The OpenAPI document and ``/docs``, a page that shows it and loads nothing from any other host."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import msgspec
from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from starlette.responses import Response

from api import examples, schemas, security
from api.access import ANONYMOUS
from api.answering import answering
from api.negotiation import JSON
from api.problems import not_found
from api.served import ReleaseHolder
from graph.releases import NoRelease

ASSETS = {"swagger-ui-bundle.js": "text/javascript", "swagger-ui.css": "text/css", "favicon.png": "image/png"}
"""Files of Swagger UI, as packaged with ``fastapi-offline``."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Nothing but this host; Swagger UI sets styles on elements and draws its signs from ``data:`` addresses."""

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Comity API</title>
<link rel="icon" href="docs/favicon.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="documentation"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
"""

START = """SwaggerUIBundle({
  url: "openapi.json", dom_id: "#documentation", deepLinking: true, validatorUrl: null, tryItOutEnabled: true
});
"""

router = APIRouter(include_in_schema=False)


@router.get("/openapi.json")
async def document(request: Request) -> Response:
    """The OpenAPI document, with examples from the release in use."""
    holder: ReleaseHolder = request.app.state.releases
    try:
        at = holder.open()
    except NoRelease:
        at = None

    def work() -> bytes:
        told = openapi(request.app)
        return msgspec.json.encode(told if at is None else with_examples(told, examples.worked(at)))

    return answering(request).at_once(request, at.id if at else "", ANONYMOUS, "openapi", work)


@router.get("/docs")
async def page() -> Response:
    """The documentation to read and to try out."""
    return Response(PAGE, headers={"Content-Security-Policy": POLICY}, media_type="text/html")


@router.get("/docs/start.js")
async def start() -> Response:
    """What starts the page; a script of its own, since the policy allows none within the page."""
    return Response(START, media_type="text/javascript")


@router.get("/docs/{name}")
async def asset(name: str) -> Response:
    """A file of Swagger UI."""
    if name not in ASSETS:
        raise not_found(f"there is no {name[:60]!r} here")
    content = files("fastapi_offline").joinpath("static", name).read_bytes()
    return Response(content, headers={"Cache-Control": "public, max-age=86400"}, media_type=ASSETS[name])


def openapi(application: FastAPI) -> dict[str, Any]:
    """The document without examples, written once: the framework's, with the components of the domain."""
    if application.openapi_schema is None:
        told = get_openapi(
            title=application.title,
            version=application.version,
            description=application.description,
            routes=application.routes,
            license_info={"name": "Apache-2.0 (code), CC-BY-4.0 (data)"},
        )
        components = told.setdefault("components", {})
        components.setdefault("schemas", {}).update(schemas.components())
        components["securitySchemes"] = security.SCHEMES
        told["security"] = security.OPTIONAL
        application.openapi_schema = told
    return application.openapi_schema


def with_examples(told: dict[str, Any], worked: dict[str, Any]) -> dict[str, Any]:
    """A copy of the document with ``worked`` answers at the paths that it names."""
    paths = dict(told["paths"])
    for path, example in worked.items():
        got = paths[path]["get"]
        answered = got["responses"]["200"]
        content = {**answered["content"], JSON: {**answered["content"][JSON], "example": example}}
        responses = {**got["responses"], "200": {**answered, "content": content}}
        paths[path] = {**paths[path], "get": {**got, "responses": responses}}
    return {**told, "paths": paths}
