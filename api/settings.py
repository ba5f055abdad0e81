"""Settings of the server: ``COMITY_API_*`` in the environment, else ``[api]`` in ``comity.toml``, else the defaults."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from graph.settings import Origin, load_section

SECTION = "api"


class ApiSettings(msgspec.Struct, frozen=True, kw_only=True):
    """All settings of the server. Times are in seconds, sizes in bytes.

    ``max_body`` bounds a request; ``receive_timeout_s`` is how long a client may take to send its body. ``threads``
    work on long questions at a time, ``waiting`` more may queue, each for ``work_timeout_s`` at most. ``cache`` bounds
    what is remembered of answers. ``release_check_s``: how often to look whether another release is in use.

    ``stop_within_s``: how long requests may go on after the server was told to stop. ``log_level`` is that of the log.
    ``metrics_from_anywhere`` opens ``/metrics`` to others than this machine. ``export_room`` bounds the exports about
    topics that are kept for each release.

    ``oidc_*`` name the provider whose tokens are accepted (none where the issuer is empty), ``cors_origins`` the sites
    whose pages may ask; :mod:`api.identity.guard` reads them.

    ``four_eyes``: a proposal is published by another curator than the one who proposed it. ``curation_waiting`` of them
    may wait to be checked or published, each for ``curation_timeout_s`` at most once it is its turn.

    SPARQL: ``sparql_ready`` processes answer short queries and ``sparql_long`` more may be busy with those that have
    run for ``sparql_short_s``, each with ``sparql_memory``; ``sparql_waiting`` queries may queue. A query has
    ``sparql_timeout_s`` and gives ``sparql_max_rows`` and ``sparql_max_bytes`` at most; ``sparql_known_...`` holds for
    callers who have said who they are.
    """

    host: Annotated[str, Meta(min_length=1, max_length=255)] = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65_535)] = 8000
    workers: Annotated[int, Meta(ge=1, le=64)] = 1
    max_body: Annotated[int, Meta(ge=1024, le=1 << 30)] = 1 << 20
    receive_timeout_s: Annotated[float, Meta(gt=0, le=3600)] = 10.0
    threads: Annotated[int, Meta(ge=1, le=64)] = 2
    waiting: Annotated[int, Meta(ge=0, le=10_000)] = 32
    work_timeout_s: Annotated[float, Meta(gt=0, le=3600)] = 30.0
    cache: Annotated[int, Meta(ge=0, le=1 << 34)] = 64 << 20
    release_check_s: Annotated[float, Meta(gt=0, le=86_400)] = 5.0
    stop_within_s: Annotated[int, Meta(ge=0, le=3600)] = 20
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    metrics_from_anywhere: bool = False
    export_room: Annotated[int, Meta(ge=0, le=1 << 40)] = 1 << 30
    oidc_issuer: str = ""
    oidc_audience: str = ""
    oidc_algorithms: str = "RS256"
    oidc_role_claim: Annotated[str, Meta(min_length=1)] = "roles"
    oidc_roles: str = ""
    cors_origins: str = ""
    four_eyes: bool = True
    curation_timeout_s: Annotated[float, Meta(gt=0, le=3600)] = 300.0
    curation_waiting: Annotated[int, Meta(ge=0, le=1000)] = 4
    sparql_ready: Annotated[int, Meta(ge=1, le=64)] = 2
    sparql_long: Annotated[int, Meta(ge=1, le=64)] = 4
    sparql_short_s: Annotated[float, Meta(gt=0, le=3600)] = 1.0
    sparql_waiting: Annotated[int, Meta(ge=0, le=10_000)] = 64
    sparql_memory: Annotated[int, Meta(ge=256 << 20, le=1 << 40)] = 1 << 30
    sparql_timeout_s: Annotated[float, Meta(gt=0, le=3600)] = 10.0
    sparql_known_timeout_s: Annotated[float, Meta(gt=0, le=3600)] = 60.0
    sparql_max_rows: Annotated[int, Meta(ge=1, le=100_000_000)] = 100_000
    sparql_known_max_rows: Annotated[int, Meta(ge=1, le=100_000_000)] = 1_000_000
    sparql_max_bytes: Annotated[int, Meta(ge=1024, le=1 << 34)] = 64_000_000


def load(directory: Path, environment: Mapping[str, str] | None = None) -> tuple[ApiSettings, tuple[Origin, ...]]:
    """The settings of the server that hold in ``directory``, and the origin of each.

    Raises:
        SettingsError: a name is unknown or a value does not fit; the file cannot be read.
    """
    return load_section(ApiSettings, SECTION, directory, environment)
