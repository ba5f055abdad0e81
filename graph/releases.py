"""Releases on disk: written whole or not at all, found again by one small file.

Layout of a data directory::

    current                      the id of the release in use, one line
    build.lock                   held while a release is written
    releases/<id>/manifest.json  what the release holds, with checksums
    releases/<id>/records.msgpack    the records, for a fast start
    releases/<id>/release.nq.gz      the same as RDF, sorted N-Quads
    releases/<id>/store/             the same in Oxigraph, for SPARQL
    releases/<id>/report.json        how it was built

A release is made under another name beside its place and then renamed, and ``current`` is replaced in one step, so
that whoever reads sees the old release or the new one and nothing between, whenever the writer is killed.
"""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from graph.collecting import uncollected
from graph.durable import flush_folder, replace_file
from graph.records import Records

if TYPE_CHECKING:
    from graph.stores.oxigraph import OxigraphStore

KEPT = 3
"""How many releases stay on disk, the current one among them."""

LAYOUT = 2
"""Version of what lies in a release's folder; a release of another version is written anew under the same id."""

_UNFINISHED = ".unfinished-"


class NoRelease(LookupError):
    """The data directory holds no release."""


class BrokenRelease(RuntimeError):
    """Files of a release are missing or are not what was written; the message names them and the cure."""


class Busy(RuntimeError):
    """Another process is writing a release into the data directory."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a release holds. ``fingerprint`` is that of the inputs it was built from; ``checksums`` are SHA-256."""

    id: str
    built_at: str
    fingerprint: str
    triples: int
    counts: dict[str, int]
    checksums: dict[str, str]
    layout: int = 1


class Release:
    """One release on disk."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest

    @property
    def id(self) -> str:
        """The content address, ``r-<16 hex>``."""
        return self.manifest.id

    @cached_property
    def _records(self) -> Records:
        content = self._checked("records.msgpack")
        with uncollected():
            return msgspec.msgpack.decode(content, type=Records)

    def records(self) -> Records:
        """All records.

        Raises:
            BrokenRelease: the file is not the one that was written.
        """
        return self._records

    def beside(self, id_: str) -> Release | None:
        """The release of that id in the same data directory, if it is still there."""
        others = held(self.folder.parents[1])
        return next((one for one in others if one.id == id_ and one.manifest.layout == LAYOUT), None)

    def quads_file(self) -> Path:
        """The release as gzipped, sorted N-Quads."""
        return self.folder / "release.nq.gz"

    def report(self) -> dict[str, object]:
        """How the release was built: the report of the build."""
        report: dict[str, object] = msgspec.json.decode((self.folder / "report.json").read_bytes())
        return report

    def store(self) -> OxigraphStore:
        """The embedded store, opened for reading; close it after use."""
        from graph.stores.oxigraph import OxigraphStore

        return OxigraphStore(self)

    def verify(self) -> list[str]:
        """Names of the files whose checksum is not the one in the manifest; empty when all is well."""
        return [name for name, wanted in self.manifest.checksums.items() if _checksum(self.folder / name) != wanted]

    def _checked(self, name: str) -> bytes:
        try:
            content = (self.folder / name).read_bytes()
        except FileNotFoundError:
            content = b""
        if hashlib.sha256(content).hexdigest() != self.manifest.checksums.get(name):
            raise BrokenRelease(f"{self.folder / name} is damaged: build again with: comity build --force")
        return content


def current(data_dir: Path) -> Release:
    """The release in use.

    Raises:
        NoRelease: nothing has been built yet.
        BrokenRelease: ``current`` names a release that is not there or that another version has written.
    """
    try:
        name = (data_dir / "current").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise NoRelease(f"no release in {data_dir}: run comity build") from None
    release = _open(data_dir / "releases" / name)
    if release.manifest.layout != LAYOUT:
        raise BrokenRelease(f"{release.folder} was written by another version: build again with: comity build")
    return release


def held(data_dir: Path) -> list[Release]:
    """All releases on disk, newest first."""
    releases = []
    for path in (data_dir / "releases").glob("r-*"):
        with suppress(BrokenRelease):  # the next build of the same content takes its place
            releases.append(_open(path))
    return sorted(releases, key=lambda release: release.manifest.built_at, reverse=True)


def write_release(
    data_dir: Path,
    records: Records,
    report: object,
    *,
    fingerprint: str,
    built_at: str,
    before_use: Callable[[], None] | None = None,
) -> Release:
    """Write ``records``, in canonical form, as a release, make it the current one and return it.

    The same records have the same id: what is there already is not written again, but for manifest and report when
    the inputs have another ``fingerprint`` or another release was in use since. ``built_at`` is an ISO time, which is
    no part of the id. ``before_use`` is called when the release is whole on disk and not yet the current one; if it
    fails the old one stays in use.

    Raises:
        Busy: another process is writing.
    """
    from graph.canonical import canonical
    from graph.description import description
    from graph.rdf import content_address, lines, quads
    from graph.stores.oxigraph import fill
    from ontologies.schema import schema

    data_dir.mkdir(parents=True, exist_ok=True)
    with _writing(data_dir):
        records = canonical(records)
        rows = lines(quads(records, schema()))
        name = content_address(rows)
        place = data_dir / "releases" / name
        previous = _intact(place)
        if previous is not None:
            if previous.manifest.fingerprint != fingerprint or not _in_use(data_dir, place):
                manifest = msgspec.structs.replace(previous.manifest, fingerprint=fingerprint, built_at=built_at)
                replace_file(place / "report.json", _json(report))
                replace_file(place / "manifest.json", _json(manifest))
            (before_use or _nothing)()
            _point(data_dir, name)
            return _open(place)
        place = _free(place)
        unfinished = place.with_name(f"{_UNFINISHED}{os.getpid()}")
        unfinished.mkdir(parents=True)
        (unfinished / "records.msgpack").write_bytes(msgspec.msgpack.encode(records))
        with gzip.GzipFile(unfinished / "release.nq.gz", "wb", mtime=0) as packed:
            packed.writelines(rows)
        (unfinished / "report.json").write_bytes(_json(report))
        described = lines(description(name, built_at, len(rows), records, schema()))
        fill(unfinished / "store", [*rows, *described])
        files = ("records.msgpack", "release.nq.gz")
        manifest = Manifest(
            id=name,
            built_at=built_at,
            fingerprint=fingerprint,
            triples=len(rows),
            counts={field: len(getattr(records, field)) for field in records.__struct_fields__},
            checksums={file: _checksum(unfinished / file) for file in files},
            layout=LAYOUT,
        )
        (unfinished / "manifest.json").write_bytes(_json(manifest))
        _flush(unfinished)
        unfinished.rename(place)
        flush_folder(place.parent)
        (before_use or _nothing)()
        _point(data_dir, place.name)
        _prune(data_dir, place)
        return _open(place)


def _nothing() -> None:
    """What is done before a release comes into use where nothing has to be."""


def _open(folder: Path) -> Release:
    try:
        manifest = msgspec.json.decode((folder / "manifest.json").read_bytes(), type=Manifest)
    except (FileNotFoundError, msgspec.MsgspecError):
        raise BrokenRelease(f"{folder} is no whole release: build again with: comity build --force") from None
    return Release(folder, manifest)


def _intact(folder: Path) -> Release | None:
    try:
        release = _open(folder)
    except BrokenRelease:
        return None
    whole = release.manifest.layout == LAYOUT and not release.verify() and (folder / "store" / "CURRENT").is_file()
    return release if whole else None


@contextmanager
def _writing(data_dir: Path) -> Iterator[None]:
    """Hold the lock of the data directory; first remove what killed writers left behind."""
    with (data_dir / "build.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(f"another build is writing into {data_dir}: wait until it is done") from None
        for stale in (data_dir / "releases").glob(f"{_UNFINISHED}*"):
            shutil.rmtree(stale, ignore_errors=True)
        for draft in (*data_dir.glob(".current-*"), *(data_dir / "releases").glob("r-*/.*.json-*")):
            draft.unlink(missing_ok=True)
        yield


def _free(place: Path) -> Path:
    """``place``; where a damaged or outdated release stands there, a name beside it: ``current`` always opens."""
    candidates = (place.with_name(f"{place.name}.{number}") for number in count(2))
    return place if not place.exists() else next(held for held in candidates if not held.exists())


def _json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1)


def _in_use(data_dir: Path, place: Path) -> bool:
    """Whether ``place`` is the current release already."""
    try:
        return current(data_dir).folder == place
    except (NoRelease, BrokenRelease):
        return False


def _point(data_dir: Path, name: str) -> None:
    """Make ``name`` the current release in one step."""
    replace_file(data_dir / "current", f"{name}\n".encode())


def _prune(data_dir: Path, keep: Path) -> None:
    """Remove all but the newest releases, and whatever stands there that is no whole release."""
    same = _open(keep).id
    kept = {keep, *[release.folder for release in held(data_dir) if release.id != same][: KEPT - 1]}
    for folder in (data_dir / "releases").glob("r-*"):
        if folder not in kept:
            _discard(folder)


def _discard(folder: Path) -> None:
    """Remove a release, never leaving a part of it under its name."""
    if folder.exists():
        doomed = folder.with_name(f"{_UNFINISHED}{os.getpid()}-{folder.name}")
        folder.rename(doomed)
        shutil.rmtree(doomed, ignore_errors=True)


def _flush(folder: Path) -> None:
    """Have the files of ``folder`` on disk before anything points at them."""
    for path in folder.iterdir():
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
    flush_folder(folder)


def _checksum(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""
