"""Whether this process can answer: checks that each name what is wrong, or nothing.

That it lives is another question; it does as long as it answers at all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from api.audit.log import AuditLog
from api.identity.guard import has_accounts
from api.served import ReleaseHolder
from api.settings import ApiSettings
from graph.rdf import DESCRIPTION
from graph.releases import BrokenRelease, NoRelease, Release

Check = Callable[[], str | None]
"""Returns what is wrong, or ``None``. It may read files: it runs on a thread."""

AwaitedCheck = Callable[[], Awaitable[str | None]]
"""The same of a part that lives on the event loop."""

HELD = f"""
SELECT ?id WHERE {{ GRAPH {DESCRIPTION} {{ ?release a <http://www.w3.org/ns/dcat#Dataset> ;
  <http://purl.org/dc/terms/identifier> ?id }} }}
"""
"""The id by which the store itself describes the release in it."""


class Readiness:
    """The checks of an application; whoever adds a part that can fail adds a check under a name of its own."""

    def __init__(self, releases: ReleaseHolder, settings: ApiSettings) -> None:
        self._releases = releases
        self._settings = settings
        self._store_of: tuple[Path, str | None] | None = None
        self.checks: dict[str, Check] = {"release": self._release, "store": self._store, "trail": self._trail}
        self.awaited: dict[str, AwaitedCheck] = {}

    async def faults(self) -> dict[str, str | None]:
        """What each check says."""
        said = await asyncio.to_thread(lambda: {name: check() for name, check in self.checks.items()})
        return said | {name: await check() for name, check in self.awaited.items()}

    def _release(self) -> str | None:
        try:
            self._releases.open()
        except (NoRelease, BrokenRelease) as error:
            return "no release can be opened: " + (
                "run comity build" if isinstance(error, NoRelease) else "run comity build --force"
            )
        return None

    def _store(self) -> str | None:
        """The store of the release beside it holds that release, and no other; asked once for each release."""
        try:
            release = self._releases.open().release
        except (NoRelease, BrokenRelease):
            return "there is no release whose store could be opened"
        if self._store_of is None or self._store_of[0] != release.folder or self._store_of[1] is None:
            self._store_of = (release.folder, _held_in(release))
        found = self._store_of[1]
        if found is None:
            return "the store cannot be read: run comity build --force"
        return None if found == release.id else f"the store holds {found}, and {release.id} is served"

    def _trail(self) -> str | None:
        """What liaisons do can be recorded; without accounts nobody is one."""
        data_dir = self._releases.data_dir
        return AuditLog(data_dir).fault() if has_accounts(self._settings, data_dir) else None


def _held_in(release: Release) -> str | None:
    """The id of the release that the store of ``release`` holds; ``None`` where it cannot be read."""
    try:
        with release.store() as store:
            rows = store.select(HELD)
    except (OSError, ValueError):
        return None
    return rows[0]["id"] if rows else None
