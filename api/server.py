"""Running the application: uvicorn with limits, in one process or several."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread

import msgspec
import uvicorn
from fastapi import FastAPI

from api import collecting, logs, metrics, metrics_folder
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
    facts_dir: str | None


def serve(settings: ApiSettings, data_dir: Path, facts_dir: Path | None = None) -> None:
    """Serve the releases of ``data_dir``, built from the tables in ``facts_dir``, until the process is told to stop.

    Raises:
        SettingsError: a setting is not valid, or the address could be reached by people who cannot say who they are.
    """
    check(settings, data_dir)
    logs.configure(settings.log_level)
    facts = str(facts_dir.resolve()) if facts_dir is not None else None
    os.environ[HANDED_DOWN] = msgspec.json.encode(_Told(settings, str(data_dir.resolve()), facts)).decode()
    with _figures_of(settings.workers, data_dir):
        uvicorn.run(
            "api.server:from_environment",
            factory=True,
            host=settings.host.strip("[]"),
            port=settings.port,
            workers=settings.workers,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_keep_alive=KEEP_ALIVE_S,
            timeout_graceful_shutdown=settings.stop_within_s,
            limit_concurrency=MOST_CONNECTIONS,
            backlog=BACKLOG,
        )


@contextmanager
def _figures_of(workers: int, data_dir: Path) -> Iterator[None]:
    """Give several processes a folder to keep their figures in; one needs none."""
    if data_dir.is_dir():
        metrics_folder.clear(data_dir)
    if workers == 1:
        yield
        return
    with metrics_folder.folder(data_dir) as folder:
        os.environ[metrics.FOLDER] = folder
        yield


def from_environment() -> FastAPI:
    """The application as :func:`serve` was told to run it."""
    from api.application import create_application  # takes a second; the first of several processes only watches

    told = msgspec.json.decode(os.environ[HANDED_DOWN], type=_Told)
    logs.configure(told.settings.log_level)
    facts_dir = Path(told.facts_dir) if told.facts_dir is not None else None
    application = create_application(told.settings, Path(told.data_dir), facts_dir)
    application.state.releases.taken = collecting.settle
    sys.setswitchinterval(SWITCH_S)
    parent = multiprocessing.parent_process()
    if parent is not None:
        Thread(target=_end_after, args=(parent,), daemon=True).start()
    return application


def _end_after(parent: BaseProcess) -> None:
    """Stop when the first process is gone, even if it was killed: else nobody would, and the port stayed taken."""
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
