"""Where the dashboard is served: ``COMITY_DASHBOARD_*`` in the environment, else ``[dashboard]`` in ``comity.toml``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from graph.settings import Origin, load_section

SECTION = "dashboard"


class DashboardSettings(msgspec.Struct, frozen=True, kw_only=True):
    """``host`` and ``port`` to listen on. ``api``: where the API answers, if it is not served beside the dashboard."""

    host: Annotated[str, Meta(min_length=1, max_length=255)] = "127.0.0.1"
    port: Annotated[int, Meta(ge=1, le=65_535)] = 8501
    api: Annotated[str, Meta(pattern=r"^(https?://[^/\s]+/?)?$")] = ""


def load(directory: Path) -> tuple[DashboardSettings, tuple[Origin, ...]]:
    """The settings of the dashboard that hold in ``directory``, and the origin of each.

    Raises:
        SettingsError: a name is unknown or a value does not fit; the file cannot be read.
    """
    return load_section(DashboardSettings, SECTION, directory)
