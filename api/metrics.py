"""Figures for Prometheus: requests by route, their duration, and which release is served by how many processes.

Labels are route templates, methods, status codes and release ids: never what was asked, nor by whom. With several
processes each keeps its figures in a file of the folder that :data:`FOLDER` names, and whichever is asked adds them up.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from functools import cache
from pathlib import Path

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client import generate_latest as _text_of
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from api.served import ReleaseHolder
from graph.releases import BrokenRelease, NoRelease

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that names the folder; the library reads it when it is imported."""

MEDIA = CONTENT_TYPE_LATEST

REQUESTS = Counter("comity_http_requests", "Requests answered.", ("method", "route", "status"))
SECONDS = Histogram(
    "comity_http_request_duration_seconds",
    "Seconds from the first byte of a request to the last of its response.",
    ("method", "route"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
IN_FLIGHT = Gauge("comity_http_requests_in_flight", "Requests being answered.", multiprocess_mode="livesum")
SERVING = Gauge(
    "comity_release_workers", "Processes that answer from a release.", ("release",), multiprocess_mode="livesum"
)
SWITCHES = Counter("comity_release_switches", "Times that a process took up another release.")
EXPORTS = Counter("comity_exports_made", "Exports made.", ("format",))


def answered(method: str, route: str, status: int, seconds: float) -> None:
    """Count a request."""
    _requests(method, route, status).inc()
    _seconds(method, route).observe(seconds)


@cache  # as many as there are routes
def _requests(method: str, route: str, status: int) -> Counter:
    return REQUESTS.labels(method, route, str(status))


@cache
def _seconds(method: str, route: str) -> Histogram:
    return SECONDS.labels(method, route)


def serving(release: str, before: str | None) -> None:
    """Note that this process answers from ``release`` now, and no longer from ``before``."""
    if before is not None:
        SERVING.labels(before).set(0)
        SWITCHES.inc()
    SERVING.labels(release).set(1)


async def watch(releases: ReleaseHolder, every_s: float) -> None:
    """Note every ``every_s`` seconds which release this process answers from."""
    told: str | None = None
    while True:
        with suppress(NoRelease, BrokenRelease):
            now = releases.open().id
            if now != told:
                serving(now, told)
                told = now
        await asyncio.sleep(every_s)


def text() -> bytes:
    """All figures, of all processes, in the text format."""
    folder = os.environ.get(FOLDER)
    if not folder:
        return _text_of(REGISTRY)
    for process in {path.stem.rpartition("_")[2] for path in Path(folder).glob("gauge_live*.db")}:
        if not Path(f"/proc/{process}").exists():  # it ended without a word, and serves nothing any more
            mark_process_dead(int(process))  # type: ignore[no-untyped-call]
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return _text_of(registry)
