"""The application: what every request passes through, and the routers, one line for each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import date
from pathlib import Path

from fastapi import Depends, FastAPI

from api import documentation, metrics, problems, schemas
from api.answering import Answering
from api.compression import Compression
from api.curation.process import Curation
from api.export_shelf import Shelf
from api.headers import Headers
from api.identity.guard import guard
from api.known import known_parameters
from api.limits import Limits
from api.observing import observe
from api.readiness import Readiness
from api.restricted.trail import Trail
from api.routes import (
    authorities,
    batch,
    briefing,
    changes,
    compare,
    coverage,
    draft,
    exports,
    instruments,
    network,
    next_step,
    operations,
    organisations,
    paths,
    proposals,
    providers,
    publishers,
    quality,
    queries,
    releases,
    search,
    sources,
    sparql,
    states,
    statutes,
    things,
    vocabularies,
    what_if,
    world,
)
from api.served import ReleaseHolder
from api.settings import ApiSettings
from graph.releases import NoRelease

DESCRIPTION = """
By which path of law may one State ask another, or a service provider, for help in a case of online child sexual
exploitation? Law and institutions only: there is no case data here. Not legal advice; what is not on record is shown as
that, never as a no.
"""


def create_application(
    settings: ApiSettings, data_dir: Path = Path(".comity"), facts_dir: Path | None = None
) -> FastAPI:
    """The application that serves the releases of ``data_dir`` within the limits of ``settings``.

    ``facts_dir`` holds the tables that curators correct; ``None``: the packaged ones.
    """
    application = FastAPI(
        title="Comity",
        version="1",
        description=DESCRIPTION,
        lifespan=_lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry={
            "tracing": False,
            "metrics": False,
            "logs": False,
            "auto_configure": False,
        },  # it tells what is asked
        responses=schemas.problems(),
    )
    application.state.settings = settings
    application.state.releases = ReleaseHolder(data_dir)
    application.state.answering = Answering(settings)
    application.state.shelf = Shelf(settings)
    application.state.readiness = Readiness(application.state.releases, settings)
    application.state.curation = Curation(settings, data_dir, facts_dir)
    application.state.today = date.today
    problems.install(application)
    application.add_middleware(Trail, data_dir=data_dir)  # each further one is passed before this
    application.add_middleware(Limits, max_body=settings.max_body, receive_timeout_s=settings.receive_timeout_s)
    application.add_middleware(Compression)
    guard(application, settings, data_dir)
    application.add_middleware(Headers)
    named = [Depends(known_parameters)]
    application.router.routes.extend((*paths.router.routes, sparql.route))
    application.include_router(draft.router)  # reads its parameters itself
    application.include_router(batch.router, dependencies=named)
    application.include_router(what_if.router, dependencies=named)
    application.include_router(coverage.router, dependencies=named)
    application.include_router(states.router, dependencies=named)
    application.include_router(briefing.router, dependencies=named)
    application.include_router(next_step.router, dependencies=named)
    application.include_router(compare.router, dependencies=named)
    application.include_router(network.router, dependencies=named)
    application.include_router(instruments.router, dependencies=named)
    application.include_router(authorities.router, dependencies=named)
    application.include_router(statutes.router, dependencies=named)
    application.include_router(providers.router, dependencies=named)
    application.include_router(sources.router, dependencies=named)
    application.include_router(vocabularies.router, dependencies=named)
    application.include_router(search.router, dependencies=named)
    application.include_router(releases.router, dependencies=named)
    application.include_router(organisations.router, dependencies=named)
    application.include_router(world.router, dependencies=named)
    application.include_router(publishers.router, dependencies=named)
    application.include_router(queries.router, dependencies=named)
    application.include_router(quality.router, dependencies=named)
    application.include_router(sparql.router)  # the protocol lets clients send what they like
    application.include_router(things.router, dependencies=named)
    application.include_router(exports.router, dependencies=named)
    application.include_router(changes.router, dependencies=named)
    application.include_router(proposals.router, dependencies=named)
    application.include_router(operations.router, dependencies=named)
    application.include_router(documentation.router)
    observe(application)
    return application


@asynccontextmanager
async def _lifespan(application: FastAPI) -> AsyncIterator[None]:
    """Open the release before the first request, watch for another one, and stop the threads at the end."""
    releases: ReleaseHolder = application.state.releases
    with suppress(NoRelease):  # then requests are told so until there is one
        await asyncio.to_thread(releases.open)
    application.state.answering.open()
    application.state.shelf.open()
    watching = asyncio.create_task(releases.keep_fresh(application.state.settings.release_check_s))
    counting = asyncio.create_task(metrics.watch(releases, application.state.settings.release_check_s))
    try:
        yield
    finally:
        watching.cancel()
        counting.cancel()
        application.state.curation.close()
        application.state.shelf.close()
        application.state.answering.close()
