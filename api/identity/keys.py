"""API keys: ``comity_<prefix>_<secret>``, of which only the prefix and a hash are kept.

The secret is 256 random bits. A hash of something that nobody can guess need not be slow, nor salted: trying all
values is out of reach whatever a trial costs. SHA-256 is therefore enough, where a password would need Argon2. The
prefix is public: it is shown in lists and in the audit trail, and says nothing about the secret.

Keys stand in ``accounts/keys.sqlite`` of the data directory. Each check reads them anew, so that a revoked key stops
at once in all processes.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from api.identity.roles import Role, role_of

FOLDER = "accounts"
MARK = "comity"
DEFAULT_DAYS = 365
LONGEST_DAYS = 730
DEFAULT_OVERLAP_HOURS = 24.0
LONGEST_OVERLAP_HOURS = 24.0 * 30

_TABLE = """
CREATE TABLE IF NOT EXISTS keys (
    prefix TEXT PRIMARY KEY, hash BLOB NOT NULL, holder TEXT NOT NULL, role TEXT NOT NULL,
    created_at TEXT NOT NULL, expires_at TEXT NOT NULL, revoked_at TEXT, replaces TEXT, last_used_on TEXT
) STRICT
"""
_COLUMNS = "prefix, holder, role, created_at, expires_at, revoked_at, replaces, last_used_on"

_NOBODY = hashlib.sha256(secrets.token_bytes(32)).digest()
"""Compared with where there is no such prefix, so that both cases take the same steps."""


class KeyProblem(ValueError):
    """A key cannot be made, changed or found. One line, with the cure."""


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a key. Times are ISO, UTC; ``last_used_on`` is a day: when, and not for what."""

    prefix: str
    holder: str
    role: Role
    created_at: str
    expires_at: str
    revoked_at: str | None = None
    replaces: str | None = None
    last_used_on: str | None = None

    def state(self, moment: datetime) -> str:
        """``valid``, ``expired`` or ``revoked`` at a moment."""
        if self.revoked_at is not None:
            return "revoked"
        return "valid" if moment < datetime.fromisoformat(self.expires_at) else "expired"


def now() -> datetime:
    """The clock of the keys."""
    return datetime.now(UTC)


class KeyStore:
    """The keys of one data directory."""

    def __init__(self, data_dir: Path, clock: Callable[[], datetime] = now) -> None:
        self.file = data_dir / FOLDER / "keys.sqlite"
        self._clock = clock

    def create(self, holder: str, role: str, days: int = DEFAULT_DAYS) -> tuple[Key, str]:
        """A new key for ``holder``, and the key as written, which is shown this once and never again.

        Raises:
            KeyProblem: the holder has no name, or the days are out of bounds.
            RoleError: there is no such role.
        """
        if not holder.strip() or len(holder) > 100 or not holder.isprintable():
            raise KeyProblem("the holder needs a name of up to 100 printable characters")
        if not 1 <= days <= LONGEST_DAYS:
            raise KeyProblem(f"{days} days are out of bounds: 1 to {LONGEST_DAYS}")
        moment = self._clock()
        with self._changing() as table:
            return _insert(table, holder.strip(), role_of(role), moment, moment + timedelta(days=days), None)

    def rotate(
        self, prefix: str, days: int = DEFAULT_DAYS, overlap_hours: float = DEFAULT_OVERLAP_HOURS
    ) -> tuple[Key, str]:
        """A new key in place of ``prefix``, for the same holder and role; the old one ends after the overlap.

        Raises:
            KeyProblem: there is no such key, it is not valid any more, or the times are out of bounds.
        """
        if not 0 <= overlap_hours <= LONGEST_OVERLAP_HOURS:
            raise KeyProblem(f"{overlap_hours:g} hours are out of bounds: 0 to {LONGEST_OVERLAP_HOURS:g}")
        if not 1 <= days <= LONGEST_DAYS:
            raise KeyProblem(f"{days} days are out of bounds: 1 to {LONGEST_DAYS}")
        moment = self._clock()
        with self._changing() as table:
            old = _found(table, prefix)
            if old.state(moment) != "valid":
                raise KeyProblem(f"key {prefix} is {old.state(moment)}: create a new one")
            ends = min(datetime.fromisoformat(old.expires_at), moment + timedelta(hours=overlap_hours))
            table.execute("UPDATE keys SET expires_at = ? WHERE prefix = ?", (_iso(ends), prefix))
            return _insert(table, old.holder, old.role, moment, moment + timedelta(days=days), prefix)

    def revoke(self, prefix: str) -> Key:
        """End a key now; of a key that is revoked already the time stays.

        Raises:
            KeyProblem: there is no such key.
        """
        with self._changing() as table:
            _found(table, prefix)
            moment = _iso(self._clock())
            table.execute("UPDATE keys SET revoked_at = coalesce(revoked_at, ?) WHERE prefix = ?", (moment, prefix))
            return _found(table, prefix)

    def held(self) -> list[Key]:
        """All keys, also those that have ended, oldest first."""
        if not self.file.exists():
            return []
        with self._reading() as table:
            rows = table.execute(f"SELECT {_COLUMNS} FROM keys ORDER BY created_at, prefix").fetchall()  # noqa: S608
        return [_key(row) for row in rows]

    def any_valid(self) -> bool:
        """Whether there is a key with which somebody can prove who they are."""
        moment = self._clock()
        return any(key.state(moment) == "valid" for key in self.held())

    def check(self, presented: str) -> Key | None:
        """The valid key that was ``presented``, else ``None``: it does not say in which way a key is wrong."""
        mark, _, rest = presented.partition("_")
        prefix, _, secret = rest.partition("_")
        if mark != MARK or not self.file.exists():
            return None
        with self._reading() as table:
            row = table.execute(f"SELECT {_COLUMNS}, hash FROM keys WHERE prefix = ?", (prefix,)).fetchone()  # noqa: S608
            same = hmac.compare_digest(_digest(secret), _NOBODY if row is None else row["hash"])
            if row is None or not same:
                return None
            key = _key(row)
            if key.state(self._clock()) != "valid":
                return None
            self._used(table, key)
        return key

    def _used(self, table: sqlite3.Connection, key: Key) -> None:
        """Note the day. Where that cannot be written, such as on a full disk, the key is as good as before."""
        today = self._clock().date().isoformat()
        if key.last_used_on != today:
            with suppress(sqlite3.OperationalError), table:
                table.execute("UPDATE keys SET last_used_on = ? WHERE prefix = ?", (today, key.prefix))

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """The table, made where there is none, for one change that is whole or not at all."""
        try:
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600))
            with closing(self._opened()) as table:
                table.execute(_TABLE)
                table.execute("BEGIN IMMEDIATE")
                with table:
                    yield table
        except (sqlite3.DatabaseError, OSError) as error:
            raise KeyProblem(f"{self.file} cannot be written: {error}") from None

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """The table, to be read.

        Raises:
            KeyProblem: the file is damaged.
        """
        try:
            with closing(self._opened()) as table:
                yield table
        except sqlite3.DatabaseError as error:
            raise KeyProblem(f"{self.file} cannot be read ({error}): restore it from a copy") from None

    def _opened(self) -> sqlite3.Connection:
        table = sqlite3.connect(self.file, timeout=5.0)
        table.row_factory = sqlite3.Row
        return table


def _insert(
    table: sqlite3.Connection, holder: str, role: Role, moment: datetime, ends: datetime, replaces: str | None
) -> tuple[Key, str]:
    prefix, secret = secrets.token_hex(4), secrets.token_hex(32)
    key = Key(
        prefix=prefix, holder=holder, role=role, created_at=_iso(moment), expires_at=_iso(ends), replaces=replaces
    )
    table.execute(
        "INSERT INTO keys (prefix, hash, holder, role, created_at, expires_at, replaces) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (prefix, _digest(secret), holder, role, key.created_at, key.expires_at, replaces),
    )
    return key, f"{MARK}_{prefix}_{secret}"


def _found(table: sqlite3.Connection, prefix: str) -> Key:
    row = table.execute(f"SELECT {_COLUMNS} FROM keys WHERE prefix = ?", (prefix,)).fetchone()  # noqa: S608
    if row is None:
        raise KeyProblem(f"there is no key {prefix!r}; see: comity keys list")
    return _key(row)


def _key(row: sqlite3.Row) -> Key:
    return msgspec.convert({name: row[name] for name in Key.__struct_fields__}, Key)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
