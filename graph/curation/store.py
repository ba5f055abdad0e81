"""Where proposals and corrections lie: files that only their owner may read, each replaced in one step.

Layout, beside the releases in the data directory::

    proposals/p-….json          one proposal, also when it was published or withdrawn
    curated/corrections.json    the published ones in their order: what a build lays over the packaged tables
    curation.lock               held while a release is built (shared) or a correction is published (alone)

``corrections.json`` alone decides what is published.
"""

from __future__ import annotations

import fcntl
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from graph.curation.proposal import Correction, Proposal
from graph.durable import replace_file
from graph.releases import Busy

PROPOSALS, CURATED = "proposals", "curated"

_ID = re.compile(r"p-[0-9a-f]{12}")

_PAUSE_S = 0.2


class CurationBroken(RuntimeError):
    """A file of proposals or corrections cannot be read; one line, with the cure."""


class NoProposal(LookupError):
    """There is no proposal of that id; one line."""


def corrections_file(data_dir: Path) -> Path:
    """Where the corrections of a data directory stand."""
    return data_dir / CURATED / "corrections.json"


def corrections(data_dir: Path) -> tuple[Correction, ...]:
    """The corrections in the order in which they were published; none where nothing was.

    Raises:
        CurationBroken: the file is there but cannot be read.
    """
    file = corrections_file(data_dir)
    try:
        return msgspec.json.decode(file.read_bytes(), type=tuple[Correction, ...])
    except FileNotFoundError:
        return ()
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        raise CurationBroken(f"{file} cannot be read: restore it from a copy") from None


def write_corrections(data_dir: Path, found: tuple[Correction, ...]) -> None:
    """Put ``found`` in the place of the corrections that were there, in one step.

    Raises:
        OSError: they cannot be written; what was there stays.
    """
    _write(corrections_file(data_dir), found)


def write_proposal(data_dir: Path, proposal: Proposal) -> None:
    """Keep ``proposal``, in the place of what was kept under its id.

    Raises:
        OSError: it cannot be written; what was there stays.
    """
    _write(_file_of(data_dir, proposal.id), proposal)


def proposal_named(data_dir: Path, name: str) -> Proposal:
    """The proposal with the id ``name``.

    Raises:
        NoProposal: there is none.
        CurationBroken: its file cannot be read.
    """
    file = _file_of(data_dir, name)
    if not _ID.fullmatch(name) or not file.is_file():
        raise NoProposal(f"there is no proposal {name[:40]!r}; list them with: comity proposals list")
    return _read(file)


def proposals(data_dir: Path) -> list[Proposal]:
    """All proposals, the newest first.

    Raises:
        CurationBroken: a file cannot be read.
    """
    found = [_read(file) for file in (data_dir / PROPOSALS).glob("p-*.json")]
    return sorted(found, key=lambda one: (one.proposed.at, one.id), reverse=True)


def now() -> str:
    """The clock of proposals: UTC, such as ``2026-11-26T14:30:20Z``."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


@contextmanager
def steady(data_dir: Path) -> Iterator[None]:
    """Hold the corrections as they are while a release is built from them.

    Raises:
        Busy: one is being published.
    """
    with _locked(data_dir, fcntl.LOCK_SH, wait_s=0):
        yield


@contextmanager
def alone(data_dir: Path, wait_s: float) -> Iterator[None]:
    """Be the only one that builds or publishes, after a wait of ``wait_s`` seconds at most.

    Raises:
        Busy: somebody else still does.
    """
    with _locked(data_dir, fcntl.LOCK_EX, wait_s=wait_s):
        yield


@contextmanager
def _locked(data_dir: Path, kind: int, wait_s: float) -> Iterator[None]:
    data_dir.mkdir(parents=True, exist_ok=True)
    ends = time.monotonic() + wait_s
    with (data_dir / "curation.lock").open("w") as lock:
        while True:
            try:
                fcntl.flock(lock, kind | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= ends:
                    told = f"a release of {data_dir} is being built or corrected: wait until that is done"
                    raise Busy(told) from None
                time.sleep(_PAUSE_S)
        yield


def _file_of(data_dir: Path, name: str) -> Path:
    return data_dir / PROPOSALS / f"{name}.json"


def _read(file: Path) -> Proposal:
    try:
        return msgspec.json.decode(file.read_bytes(), type=Proposal)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        raise CurationBroken(f"{file} cannot be read: restore it from a copy, or remove it") from None


def _write(file: Path, value: object) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    replace_file(file, msgspec.json.format(msgspec.json.encode(value), indent=1), 0o600)
