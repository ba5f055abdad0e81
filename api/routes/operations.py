"""``/healthz``, ``/readyz`` and ``/metrics``: for those who run the server."""

from __future__ import annotations

import asyncio
from ipaddress import ip_address

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import Response

from api import metrics, schemas
from api.negotiation import JSON
from api.problems import Problem
from api.readiness import Readiness
from api.release_shapes import Alive, Ready
from api.settings import ApiSettings

router = APIRouter(tags=["operations"])

_NOT_KEPT = {"Cache-Control": "no-store"}


@router.get("/healthz", summary="Whether the process lives", responses=schemas.now(Alive, "It does."))
async def health() -> Response:
    """Says nothing about whether it can answer; a supervisor that gets no answer starts it anew."""
    return Response(msgspec.json.encode(Alive()), headers=_NOT_KEPT, media_type=JSON)


@router.get("/readyz", summary="Whether it can answer", responses=schemas.now(Ready, "It can."))
async def ready(request: Request) -> Response:
    """The release is open, its store holds the same and queries are answered; else 503 with what each check says."""
    readiness: Readiness = request.app.state.readiness
    said = await readiness.faults()
    faults = {name: fault for name, fault in said.items() if fault is not None}
    if faults:
        detail = "; ".join(f"{name}: {fault}" for name, fault in faults.items())
        raise Problem(503, "not-ready", "Not ready", detail, {"Retry-After": "5"}, checks=said)
    told = Ready(release=request.app.state.releases.open().id, checks=tuple(said))
    return Response(msgspec.json.encode(told), headers=_NOT_KEPT, media_type=JSON)


@router.get("/metrics", include_in_schema=False)
async def figures(request: Request) -> Response:
    """The figures for Prometheus, to this machine alone unless the settings say otherwise."""
    settings: ApiSettings = request.app.state.settings
    if not settings.metrics_from_anywhere and not _from_here(request):
        detail = "figures are for the machine of the server alone: set metrics_from_anywhere to open them"
        raise Problem(403, "not-from-here", "Not from here", detail)
    content = await asyncio.to_thread(metrics.text)
    return Response(content, headers={**_NOT_KEPT, "Content-Type": metrics.MEDIA})


def _from_here(request: Request) -> bool:
    if request.client is None:
        return False
    try:
        return ip_address(request.client.host).is_loopback
    except ValueError:
        return False
