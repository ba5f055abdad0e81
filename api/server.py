"""Running the application: uvicorn with limits, in one process or several."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import msgspec
import uvicorn
from fastapi import FastAPI

from api import collecting
from api.application import create_application
from api.identity.guard import check
from api.settings import ApiSettings

HANDED_DOWN = "_COMITY_SERVED"
"""The variable by which processes that answer learn what the first one was told."""

KEEP_ALIVE_S = 5
BACKLOG = 512
MOST_CONNECTIONS = 1000
"""Connections at a time in each process; further ones are answered 503."""

SWITCH_S = 0.0005
"""How long a thread with a long question may go on while a short one waits; the default is ten times as long."""


class _Told(msgspec.Struct, frozen=True):
    settings: ApiSettings
    data_dir: str


def serve(settings: ApiSettings, data_dir: Path) -> None:
    """Serve the releases of ``data_dir`` until the process is told to stop.

    Raises:
        SettingsError: a setting is not valid, or the address could be reached by people who cannot say who they are.
    """
    check(settings, data_dir)
    os.environ[HANDED_DOWN] = msgspec.json.encode(_Told(settings, str(data_dir.resolve()))).decode()
    uvicorn.run(
        "api.server:from_environment",
        factory=True,
        host=settings.host.strip("[]"),
        port=settings.port,
        workers=settings.workers,
        access_log=False,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=KEEP_ALIVE_S,
        limit_concurrency=MOST_CONNECTIONS,
        backlog=BACKLOG,
    )


def from_environment() -> FastAPI:
    """The application as :func:`serve` was told to run it."""
    told = msgspec.json.decode(os.environ[HANDED_DOWN], type=_Told)
    application = create_application(told.settings, Path(told.data_dir))
    application.state.releases.taken = collecting.settle
    sys.setswitchinterval(SWITCH_S)
    return application
