"""The log on disk: an act is on the disk before the answer that it tells of leaves.

Layout, beside the releases in the data directory::

    audit/log.jsonl         one entry a line, only ever appended to
    audit/head.json         number and hash of the newest entry; a log that is shorter has been cut
    audit/torn/             ends of lines that a crash cut off, kept as they were found
    audit/lock              held while a process appends

Several processes may append. Whatever is wrong with the log stops appending, and with it every restricted answer:
to go on behind a break would hide it.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from api.audit.chain import EMPTY, Act, Break, Entry, Head, Verdict, chained, entry_of, line_of, verified
from graph.durable import flush_folder, replace_file

FOLDER = "audit"

TORN = "a line that a crash had cut off was set aside"
"""``route`` of the entry that tells of it."""

_BLOCK = 64 * 1024


class AuditUnavailable(RuntimeError):
    """Nothing can be recorded now, so that nothing restricted may be shown. One line, with the cure."""


def now() -> datetime:
    """The clock of the log."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """A moment as it stands in an entry, such as ``2026-11-26T14:30:20.123Z``."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class AuditLog:
    """The log of one data directory."""

    def __init__(self, data_dir: Path, clock: Callable[[], datetime] = now) -> None:
        self.folder = data_dir / FOLDER
        self.file = self.folder / "log.jsonl"
        self.head_file = self.folder / "head.json"
        self._clock = clock

    def record(self, act: Act) -> Entry:
        """Append ``act``; when this returns, it is on the disk.

        Raises:
            AuditUnavailable: the disk is full, the file cannot be written, or the chain does not hold at its end.
        """
        try:
            with self._locked() as log:
                head = self._mended(log)
                entry = chained(act, stamp(self._clock()), head)
                self._write(log, entry)
                return entry
        except OSError as error:
            reason = f"the audit log {self.file} cannot be written ({error.strerror}); make room or mend its rights"
            raise AuditUnavailable(reason) from None

    def entries(self) -> Iterator[Entry]:
        """All entries from the first; stops with an error at a line that is none.

        Raises:
            ValueError: a line is not an entry.
        """
        for line in self.lines():
            yield entry_of(line)

    def lines(self) -> Iterator[bytes]:
        """The lines of the log as they stand; none where nothing has been recorded yet."""
        with suppress(FileNotFoundError), self.file.open("rb") as log:
            yield from log

    def head(self) -> Head:
        """The newest entry by the file that is kept for it.

        Raises:
            AuditUnavailable: the file is damaged.
        """
        try:
            return msgspec.json.decode(self.head_file.read_bytes(), type=Head)
        except FileNotFoundError:
            return EMPTY
        except msgspec.MsgspecError:
            cure = "check the log against a head kept elsewhere (comity audit verify), then remove this file"
            raise AuditUnavailable(f"{self.head_file} is damaged: {cure}") from None

    def verify(self, *kept: Head) -> Verdict:
        """Check the whole chain, the head beside it and those that were ``kept`` elsewhere."""
        damaged = None
        with self._reading():
            try:
                head = self.head()
            except AuditUnavailable as error:
                head, damaged = EMPTY, Break(0, str(error))
            size = self.file.stat().st_size if self.file.exists() else 0
        # Not under the lock: what is there does not change, and nobody waits to append while a long log is read.
        verdict = verified(self._lines_within(size), (head, *kept))
        return msgspec.structs.replace(verdict, broken=verdict.broken or damaged)

    def fault(self) -> str | None:
        """Why nothing could be recorded now, or ``None``. It says nothing of where the log lies."""
        try:
            with self._locked():
                self.head()
        except (AuditUnavailable, OSError):
            return "nothing can be recorded: see comity audit verify"
        return None

    def _lines_within(self, size: int) -> Iterator[bytes]:
        """The lines of the first ``size`` bytes."""
        for line in self.lines():
            if size <= 0:
                return
            yield line[:size]
            size -= len(line)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Hold the lock without making anything where there is no log."""
        if not self.folder.is_dir():
            yield
            return
        with self._lock(fcntl.LOCK_SH):
            yield

    @contextmanager
    def _lock(self, kind: int) -> Iterator[None]:
        with os.fdopen(os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600), "r") as lock:
            fcntl.flock(lock, kind)
            yield

    @contextmanager
    def _locked(self) -> Iterator[int]:
        """The log, opened for appending by this process alone."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._lock(fcntl.LOCK_EX):
            new = not self.file.exists()
            if new and self.head() != EMPTY:
                raise AuditUnavailable(f"{self.file} is gone; put it back, or see: comity audit verify")
            log = os.open(self.file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                if new:
                    flush_folder(self.folder)
                yield log
            finally:
                os.close(log)

    def _mended(self, log: int) -> Head:
        """The newest entry; what a crash left of a line is set aside first, and that is recorded."""
        size = os.fstat(log).st_size
        end = _end_of_lines(log, size)
        torn = os.pread(log, size - end, end)
        head = self._newest(log, end)
        if not torn:
            return head
        digest = hashlib.sha256(torn).hexdigest()
        aside = self.folder / "torn" / f"after-{head.sequence}-{digest[:16]}.bin"
        aside.parent.mkdir(mode=0o700, exist_ok=True)
        with aside.open("wb") as kept:
            kept.write(torn)
            kept.flush()
            os.fsync(kept.fileno())
        flush_folder(aside.parent)
        os.ftruncate(log, end)
        told = f"{len(torn)} bytes, SHA-256 {digest}, kept in torn/{aside.name}"
        entry = chained(Act(who="comity", role="", route=TORN, asked=told), stamp(self._clock()), head)
        self._write(log, entry)
        return Head(entry.sequence, entry.hash)

    def _newest(self, log: int, end: int) -> Head:
        """The last whole line as a head; it must hold, and be no older than the head beside the log."""
        known = self.head()
        newest = EMPTY
        if end:
            begin = _end_of_lines(log, end - 1)
            try:
                last = entry_of(os.pread(log, end - begin, begin))
            except ValueError as error:
                raise AuditUnavailable(f"last line of {self.file}: {error}; see: comity audit verify") from None
            newest = Head(last.sequence, last.hash)
        if newest.sequence < known.sequence or (newest.sequence == known.sequence and newest.hash != known.hash):
            raise AuditUnavailable(f"{self.file} is not the log that was written; see: comity audit verify")
        return newest

    def _write(self, log: int, entry: Entry) -> None:
        """Append a line whole and flushed, or leave the log as it was."""
        line = line_of(entry)
        before = os.fstat(log).st_size
        try:
            written = os.write(log, line)
            while written < len(line):
                written += os.write(log, line[written:])
            os.fsync(log)
        except OSError:
            with suppress(OSError):  # what cannot be cut off now is set aside by the next to append
                os.ftruncate(log, before)
            raise
        with suppress(OSError):  # an older head is no harm: the log may be ahead of it, never behind
            replace_file(self.head_file, msgspec.json.encode(Head(entry.sequence, entry.hash)), 0o600)


def _end_of_lines(log: int, size: int) -> int:
    """Where the last line end among the first ``size`` bytes stands, itself included; 0 where there is none."""
    end = size
    while end:
        begin = max(0, end - _BLOCK)
        found = os.pread(log, end - begin, begin).rfind(b"\n")
        if found >= 0:
            return begin + found + 1
        end = begin
    return 0
