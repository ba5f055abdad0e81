"""What requests are answered from: one release, compiled, and never two at a time.

A request takes hold of the release in use when it begins and keeps it to its end, however long it streams. When
another release comes into use, the holder compiles it beside the old one and then puts it in its place in one step.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from fastapi import Query, Request

from api import languages
from api.problems import Problem
from graph.finding import Names
from graph.network import Network
from graph.offers import OfferBook
from graph.questions import QuestionError, resolve_state
from graph.releases import BrokenRelease, NoRelease, Release, current

if TYPE_CHECKING:
    from graph.coverage.index import Index
    from graph.coverage.plan import Planner

PLANNED = 100
"""Questions about coverage after which their plans are forgotten, so that they do not fill the memory."""

log = logging.getLogger("comity.api")


class Served:
    """One release and the network compiled from it. Nothing in here changes, but for what is worked out once."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self.network = Network(release.records(), release.id)
        self.book = OfferBook(self.network)
        self._planner: Planner | None = None
        self._planned = 0

    def warm(self) -> None:
        """Work out and load what questions need, so that the first ones do not wait for it."""
        for state in self.network.states:
            self.network.standings(state)
        for concept in self.network.records.concepts:
            if concept.scheme == "measure":
                self.book.open_instruments(concept.key)
        languages.load()
        with suppress(QuestionError):
            resolve_state(self.network, "nowhere at all")  # a name is looked for in all languages, then for its like
        _ = self.names

    @property
    def planner(self) -> Planner:
        """What questions about coverage are worked out from. It remembers their plans, hence now and then a new one."""
        from graph.coverage.plan import Planner

        if self._planner is None or self._planned >= PLANNED:
            self._planner, self._planned = Planner(self._index), 0
        self._planned += 1
        return self._planner

    @cached_property
    def _index(self) -> Index:
        from graph.coverage.index import Index

        return Index(self.book)

    @cached_property
    def names(self) -> Names:
        """The names of all things, ready to be searched."""
        return Names(self.network)

    @property
    def id(self) -> str:
        """The id of the release."""
        return self.release.id


class ReleaseHolder:
    """Holds the release in use of a data directory; ``taken`` is called whenever one has come into use."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.taken: Callable[[], None] = lambda: None
        self._held: Served | None = None
        self._looking = asyncio.Lock()

    def open(self) -> Served:
        """The release in use, opened at the first call and kept.

        Raises:
            NoRelease: nothing has been built yet.
            BrokenRelease: it cannot be read.
        """
        return self._held or self._take(current(self.data_dir))

    def renew(self) -> bool:
        """Take the release that is in use now, if it is another one; tells whether it was."""
        found = current(self.data_dir)
        if self._held is not None and found.folder == self._held.release.folder:
            return False
        self._take(found)
        return True

    def _take(self, release: Release) -> Served:
        opened = Served(release)
        opened.warm()
        self._held = opened
        self.taken()
        return opened

    async def keep_fresh(self, every_s: float) -> None:
        """Look every ``every_s`` seconds for another release; what cannot be read leaves the old one in use."""
        while True:
            await asyncio.sleep(every_s)
            await self.look()

    async def look(self) -> None:
        """Look for another release now, and take it if there is one."""
        async with self._looking:
            try:
                if await asyncio.to_thread(self.renew):
                    log.info("now serving release %s", self.open().id)
            except (NoRelease, BrokenRelease) as error:
                log.warning("%s", error)


async def served(
    request: Request,
    release: Annotated[
        str | None,
        Query(max_length=64, description="Answer only from this release; otherwise the answer is 409."),
    ] = None,
) -> Served:
    """The release that this request is answered from.

    Raises:
        Problem: the caller wants another release than the one in use.
    """
    holder: ReleaseHolder = request.app.state.releases
    held = holder.open()
    held_to(held, release)
    return held


def held_to(held: Served, release: str | None) -> None:
    """Refuse a request that holds to another release than ``held``.

    Raises:
        Problem: it does.
    """
    if release is not None and release != held.id:
        raise Problem(
            409,
            "another-release",
            "Another release is in use",
            f"release {release!r} is asked for and {held.id} is in use: leave the parameter, or begin anew",
            release=held.id,
        )


def today(request: Request) -> date:
    """The day that stands in where a question names none; the only clock of the API."""
    day: date = request.app.state.today()
    return day
