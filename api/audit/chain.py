"""The chain: entries that each carry the hash of the one before, and what a check of it proves.

The hash of an entry is the SHA-256 of its JSON without ``hash``: keys in alphabetical order, no blanks, UTF-8. It
covers ``previous``, so that no entry can be changed, removed, put in or moved without every later hash changing.
Whoever can write the file can write the whole chain anew: that is found out only by a head (number and hash of the
newest entry) that was kept elsewhere. ``docs/accounts.md`` says the same to those who keep the log.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import msgspec

START = "0" * 64
"""``previous`` of the first entry."""


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """What is recorded: ``asked`` is the question in full, ``restricted`` the ids of the contacts shown.

    ``purpose`` is what the asker gave as the reason, ``None`` where nothing was given. ``status`` is that of the
    answer over HTTP, ``None`` for commands.
    """

    who: str
    role: str
    route: str
    asked: str = ""
    purpose: str | None = None
    restricted: tuple[str, ...] = ()
    status: int | None = None


class Entry(Act, frozen=True, kw_only=True):
    """One line of the log. ``at`` is UTC, such as ``2026-11-26T14:30:20.123Z``."""

    at: str
    sequence: int
    previous: str
    hash: str


class Head(msgspec.Struct, frozen=True):
    """The newest entry in short: what to keep elsewhere in order to find out later that a log was cut or rewritten."""

    sequence: int
    hash: str

    def __str__(self) -> str:
        return f"{self.sequence}:{self.hash}"


EMPTY = Head(0, START)


class Break(msgspec.Struct, frozen=True):
    """Where the chain does not hold: the line in the file (0: the file as a whole) and why."""

    line: int
    reason: str


class Verdict(msgspec.Struct, frozen=True):
    """What a check found: entries that hold, the newest of them, and the first break."""

    entries: int
    head: Head
    broken: Break | None = None


def chained(act: Act, at: str, after: Head) -> Entry:
    """``act`` as the entry that follows ``after``."""
    said = msgspec.structs.asdict(act) | {"at": at, "sequence": after.sequence + 1, "previous": after.hash}
    return Entry(**said, hash=_hash(said))


def line_of(entry: Entry) -> bytes:
    """The entry as it stands in the log, line end included."""
    return _canonical(msgspec.structs.asdict(entry)) + b"\n"


def entry_of(line: bytes) -> Entry:
    """The entry on a line of the log.

    Raises:
        ValueError: it is not a line that :func:`line_of` writes, or its hash is not that of its content.
    """
    try:
        entry = msgspec.json.decode(line, type=Entry)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise ValueError("it is not an entry") from None
    if line_of(entry) != line:
        raise ValueError("it is not written as entries are")
    said = msgspec.structs.asdict(entry)
    del said["hash"]
    if _hash(said) != entry.hash:
        raise ValueError("its content is not what was recorded")
    return entry


def verified(lines: Iterable[bytes], heads: Iterable[Head] = ()) -> Verdict:
    """Follow the chain from its beginning to the first break; each of ``heads`` must be an entry of it."""
    wanted = {head.sequence: head for head in heads if head.sequence}
    head, last = EMPTY, 0
    for number, line in enumerate(lines, start=1):
        last = number
        try:
            entry = entry_of(line)
        except ValueError as error:
            torn = not line.endswith(b"\n")
            reason = "it is cut off" if torn else str(error)
            return Verdict(head.sequence, head, Break(number, reason))
        if entry.sequence != head.sequence + 1:
            reason = f"entry {entry.sequence} stands where entry {head.sequence + 1} belongs"
            return Verdict(head.sequence, head, Break(number, reason))
        if entry.previous != head.hash:
            return Verdict(head.sequence, head, Break(number, "it does not follow the entry before"))
        head = Head(entry.sequence, entry.hash)
        known = wanted.pop(head.sequence, None)
        if known is not None and known.hash != head.hash:
            reason = f"entry {head.sequence} is another than the head that was kept"
            return Verdict(head.sequence - 1, head, Break(number, reason))
    if wanted:
        missing = max(wanted)
        reason = f"the log ends with entry {head.sequence}, but entry {missing} had been recorded"
        return Verdict(head.sequence, head, Break(last, reason))
    return Verdict(head.sequence, head)


def _hash(said: dict[str, object]) -> str:
    return hashlib.sha256(_canonical(said)).hexdigest()


def _canonical(said: dict[str, object]) -> bytes:
    return msgspec.json.encode(said, order="sorted")
