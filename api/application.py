"""The application: what every request passes through, and the routers, one line for each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import date
from pathlib import Path

from fastapi import FastAPI

from api import problems
from api.answering import Answering
from api.compression import Compression
from api.headers import Headers
from api.limits import Limits
from api.routes import paths, sparql, things
from api.served import ReleaseHolder
from api.settings import ApiSettings
from graph.releases import NoRelease

DESCRIPTION = """
By which path of law may one State ask another, or a service provider, for help in a case of online child sexual
exploitation? Law and institutions only: there is no case data here. Not legal advice; what is not on record is shown as
that, never as a no.
"""


def create_application(settings: ApiSettings, data_dir: Path = Path(".comity")) -> FastAPI:
    """The application that serves the releases of ``data_dir`` within the limits of ``settings``."""
    application = FastAPI(title="Comity", version="1", description=DESCRIPTION, lifespan=_lifespan, docs_url=None,
                          redoc_url=None)  # fmt: skip
    application.state.settings = settings
    application.state.releases = ReleaseHolder(data_dir)
    application.state.answering = Answering(settings)
    application.state.today = date.today
    problems.install(application)
    application.add_middleware(Limits, max_body=settings.max_body, receive_timeout_s=settings.receive_timeout_s)
    application.add_middleware(Compression)
    application.add_middleware(Headers)
    application.include_router(paths.router)
    application.include_router(sparql.router)
    application.include_router(things.router)
    return application


@asynccontextmanager
async def _lifespan(application: FastAPI) -> AsyncIterator[None]:
    """Open the release before the first request, watch for another one, and stop the threads at the end."""
    releases: ReleaseHolder = application.state.releases
    with suppress(NoRelease):  # then requests are told so until there is one
        await asyncio.to_thread(releases.open)
    watching = asyncio.create_task(releases.keep_fresh(application.state.settings.release_check_s))
    try:
        yield
    finally:
        watching.cancel()
        application.state.answering.close()
