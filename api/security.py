"""How callers say who they are, as the OpenAPI document tells it; :mod:`api.identity.gate` checks it."""

from __future__ import annotations

from typing import Any

BEARER = "bearer"

SCHEMES: dict[str, dict[str, Any]] = {
    BEARER: {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "API key or JWT",
        "description": "An API key (`comity keys create`), or a token of the identity provider that the server is"
        " set up for. Without it the caller is anonymous; one that proves nothing is refused (401).",
    }
}
"""What ``Authorization`` may hold."""

OPTIONAL: list[dict[str, list[str]]] = [{}, {BEARER: []}]
"""Of every route that does not say otherwise: anybody may ask, and who says who they are has other limits."""

NEEDED: dict[str, Any] = {"security": [{BEARER: []}]}
"""``openapi_extra`` of a route that only some roles may use."""
