"""Which release on disk a word means: an id, ``current``, or ``previous``, the one built before the current."""

from __future__ import annotations

from pathlib import Path

from graph.releases import KEPT, LAYOUT, Release, current, held

CURRENT, PREVIOUS = "current", "previous"


class NotHeld(LookupError):
    """There is no such release on disk, or no longer; ``available`` are the ids of those that are, newest first."""

    def __init__(self, text: str, available: tuple[str, ...]) -> None:
        listed = ", ".join(available) or "none"
        super().__init__(f"no release {text[:64]!r} on disk (the last {KEPT} are kept); available: {listed}")
        self.available = available


def readable(data_dir: Path) -> list[Release]:
    """The releases on disk that this version can read, newest first, each id once."""
    found: dict[str, Release] = {}
    for release in held(data_dir):
        if release.manifest.layout == LAYOUT:
            found.setdefault(release.id, release)
    return list(found.values())


def release_named(data_dir: Path, text: str) -> Release:
    """The release on disk that ``text`` means.

    Raises:
        NoRelease: nothing has been built yet.
        NotHeld: there is none of that id; or none before the current one.
    """
    now = current(data_dir)
    if text in (CURRENT, now.id):
        return now
    releases = readable(data_dir)
    ids = tuple(release.id for release in releases)
    if text == PREVIOUS:
        before = [one for one in releases if one.manifest.built_at <= now.manifest.built_at and one.id != now.id]
        if before:
            return before[0]
    for release in releases:
        if release.id == text:
            return release
    raise NotHeld(text, ids)
