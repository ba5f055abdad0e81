"""Exports that are kept: each made once for its release, format and topic, in the folder of the release.

They lie in ``exports/`` beside the other files of the release and go with it. Each has a line for ``sha256sum --check``
beside it. A file is written aside, under a lock, and put in place when it is whole, so that any number of processes may
ask for the same one. What concerns one topic only is thrown away again, the least asked for first, when it takes more
room than it may.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time

import msgspec

from graph.exports import ExportError, export
from graph.releases import Release

FOLDER, TOPICS = "exports", "topics"
"""The folder in that of the release, and the one in it for what concerns one topic."""

CHECKSUM = ".sha256"


class Kind(msgspec.Struct, frozen=True):
    """How a format is called as a file: its ending and its media type."""

    ending: str
    media: str


KINDS: dict[str, Kind] = {
    "nquads": Kind(".nq", "application/n-quads"),
    "turtle": Kind(".ttl", "text/turtle"),
    "jsonld": Kind(".jsonld", "application/ld+json"),
    "csv": Kind(".csv.zip", "application/zip"),
    "datapackage": Kind(".datapackage.zip", "application/zip"),
    "parquet": Kind(".parquet.zip", "application/zip"),
    "graphml": Kind(".graphml", "application/xml"),
    "node-link": Kind(".node-link.json", "application/json"),
    "neo4j": Kind(".neo4j.zip", "application/zip"),
    "mappings": Kind(".mappings.ttl", "text/turtle"),
}
"""Every format of :data:`graph.exports.FORMATS` as one file."""

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A file that is there, whole: ``size`` in bytes, ``sha256`` in hexadecimal digits."""

    path: Path
    size: int
    sha256: str


def name_of(release: str, format: str, topic: str | None) -> str:
    """The name of the file, by which no other release, format or topic goes."""
    about = ""
    if topic is not None:
        plain = topic if _PLAIN.fullmatch(topic) else re.sub(r"[^A-Za-z0-9.-]", "_", topic)[:40]
        digest = "" if plain == topic else "-" + hashlib.sha256(topic.encode()).hexdigest()[:12]
        about = f"-{plain}{digest}"
    return f"comity-{release}{about}{KINDS[format].ending}"


def found(release: Release, format: str, topic: str | None = None) -> Made | None:
    """The file, if it has been made; that it was asked for is noted."""
    path = _place(release, format, topic)
    try:
        digest = _beside(path).read_text(encoding="ascii").split()[0]
        size = path.stat().st_size
        os.utime(path, (time(), path.stat().st_mtime))
    except (OSError, IndexError):
        return None
    return Made(path=path, size=size, sha256=digest)


def make(release: Release, format: str, topic: str | None, room: int) -> Made:
    """The file, made now if it is not there; ``room`` bounds the bytes of all topics of the release.

    Raises:
        ExportError: unknown format or topic; the release has gone meanwhile.
        OSError: it cannot be written.
    """
    folder = release.folder / FOLDER
    place = _place(release, format, topic)
    if not release.folder.is_dir():
        raise _gone(release)
    place.parent.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        there = found(release, format, topic)
        if there is not None:
            return there
        with TemporaryDirectory(dir=folder, prefix=".part-") as aside:
            draft = Path(aside) / place.name
            export(release, format, draft, topic=topic)
            with draft.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            _beside(draft).write_text(f"{digest}  {place.name}\n", encoding="ascii")
            if topic is not None:
                _make_room(place.parent, room - draft.stat().st_size)
            draft.replace(place)
            _beside(draft).replace(_beside(place))
    made = found(release, format, topic)
    if made is None:
        raise _gone(release)
    return made


def _place(release: Release, format: str, topic: str | None) -> Path:
    folder = release.folder / FOLDER
    return (folder if topic is None else folder / TOPICS) / name_of(release.id, format, topic)


def _gone(release: Release) -> ExportError:
    return ExportError(f"release {release.id} has gone meanwhile: ask for the current one")


def _beside(path: Path) -> Path:
    return path.with_name(path.name + CHECKSUM)


def _make_room(folder: Path, room: int) -> None:
    """Throw away files about a topic, those that were not asked for the longest first, until they fit into ``room``."""
    files = [path for path in folder.iterdir() if path.suffix != CHECKSUM]
    files.sort(key=lambda path: path.stat().st_atime, reverse=True)
    taken = 0
    for path in files:
        taken += path.stat().st_size
        if taken > room:
            _beside(path).unlink(missing_ok=True)
            path.unlink(missing_ok=True)
