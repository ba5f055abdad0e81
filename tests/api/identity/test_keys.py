"""API keys: what is kept, and when a key counts."""

from __future__ import annotations

import hashlib
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.identity.keys import KeyProblem, KeyStore
from api.identity.roles import RoleError

START = datetime(2026, 11, 26, 12, tzinfo=UTC)


class Clock:
    """A clock that is put forward by hand."""

    def __init__(self) -> None:
        self.moment = START

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **time: float) -> None:
        """Let time pass."""
        self.moment += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    """The clock of the store."""
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> KeyStore:
    """An empty store of keys."""
    return KeyStore(tmp_path, clock)


def test_a_key_is_known_again_with_its_holder_and_role(store: KeyStore) -> None:
    key, written = store.create("Unit 7", "liaison")
    assert written.startswith(f"comity_{key.prefix}_")
    found = store.check(written)
    assert found is not None
    assert (found.prefix, found.holder, found.role) == (key.prefix, "Unit 7", "liaison")


def test_neither_secret_nor_key_is_on_the_disk(store: KeyStore, tmp_path: Path) -> None:
    key, written = store.create("Unit 7", "liaison")
    store.check(written)
    secret = written.rsplit("_", 1)[1]
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert key.prefix.encode() in kept
    assert hashlib.sha256(secret.encode()).digest() in kept
    for part in (secret, secret[:16], secret[-16:]):
        assert part.encode() not in kept
        assert bytes.fromhex(part) not in kept


def test_only_the_owner_reads_the_keys(store: KeyStore) -> None:
    store.create("Unit 7", "researcher")
    assert store.file.stat().st_mode & 0o077 == 0
    assert store.file.parent.stat().st_mode & 0o077 == 0


def test_a_secret_has_256_bits_and_is_never_the_same(store: KeyStore) -> None:
    secrets = {store.create("x", "researcher")[1].rsplit("_", 1)[1] for _ in range(20)}
    assert len(secrets) == 20
    assert all(len(bytes.fromhex(secret)) * 8 == 256 for secret in secrets)


@settings(max_examples=30)
@given(st.text(max_size=80))
def test_what_is_no_key_is_refused(tmp_path_factory: pytest.TempPathFactory, presented: str) -> None:
    store = KeyStore(tmp_path_factory.getbasetemp() / "some-keys")
    if not store.file.exists():
        store.create("x", "curator")
    assert store.check(presented) is None


def test_a_key_with_one_other_letter_is_refused(store: KeyStore) -> None:
    _, written = store.create("Unit 7", "liaison")
    for at in range(len(written)):
        other = "0" if written[at] != "0" else "1"
        assert store.check(written[:at] + other + written[at + 1 :]) is None
    assert store.check(written + "0") is None
    assert store.check(written[:-1]) is None
    assert store.check(written.upper()) is None


def test_a_key_ends_with_its_last_moment(store: KeyStore, clock: Clock) -> None:
    _, written = store.create("Unit 7", "liaison", days=30)
    clock.forward(days=30, seconds=-1)
    assert store.check(written) is not None
    clock.forward(seconds=1)
    assert store.check(written) is None
    assert [key.state(clock()) for key in store.held()] == ["expired"]


def test_a_revoked_key_stops_at_once(store: KeyStore, clock: Clock) -> None:
    key, written = store.create("Unit 7", "liaison")
    revoked = store.revoke(key.prefix)
    assert store.check(written) is None
    clock.forward(days=1)
    assert store.revoke(key.prefix).revoked_at == revoked.revoked_at


def test_a_rotated_key_and_its_successor_overlap(store: KeyStore, clock: Clock) -> None:
    old, written = store.create("Unit 7", "liaison")
    new, written_anew = store.rotate(old.prefix, overlap_hours=2)
    assert (new.holder, new.role, new.replaces) == ("Unit 7", "liaison", old.prefix)
    clock.forward(hours=1)
    assert store.check(written) is not None
    assert store.check(written_anew) is not None
    clock.forward(hours=1)
    assert store.check(written) is None
    assert store.check(written_anew) is not None


def test_an_overlap_does_not_lengthen_a_key(store: KeyStore, clock: Clock) -> None:
    old, written = store.create("Unit 7", "liaison", days=1)
    store.rotate(old.prefix, overlap_hours=100)
    clock.forward(days=1)
    assert store.check(written) is None


def test_a_key_that_has_ended_is_not_rotated(store: KeyStore) -> None:
    key, _ = store.create("Unit 7", "liaison")
    store.revoke(key.prefix)
    with pytest.raises(KeyProblem, match="is revoked: create a new one"):
        store.rotate(key.prefix)
    assert len(store.held()) == 1


def test_the_day_of_the_last_use_is_kept(store: KeyStore, clock: Clock) -> None:
    _, written = store.create("Unit 7", "liaison")
    assert store.held()[0].last_used_on is None
    store.check(written)
    clock.forward(days=2)
    store.check(written)
    assert store.held()[0].last_used_on == "2026-11-28"


def test_a_key_counts_where_its_use_cannot_be_written(tmp_path: Path, clock: Clock) -> None:
    """As on a full disk: the file system is read only."""
    _, written = KeyStore(tmp_path, clock).create("Unit 7", "liaison")
    if subprocess.run(["mount", "--bind", str(tmp_path), str(tmp_path)], check=False, capture_output=True).returncode:
        pytest.skip("no right to mount here")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(tmp_path)], check=True)
        assert KeyStore(tmp_path, clock).check(written) is not None
        with pytest.raises(KeyProblem):
            KeyStore(tmp_path, clock).create("Unit 8", "liaison")
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


@pytest.mark.parametrize("role", ["anonymous", "admin", ""])
def test_a_role_that_cannot_be_given_is_refused(store: KeyStore, role: str) -> None:
    with pytest.raises(RoleError, match="choose from researcher, liaison, curator"):
        store.create("Unit 7", role)
    assert store.held() == []


@pytest.mark.parametrize("days", [0, -1, 731])
def test_days_out_of_bounds_are_refused(store: KeyStore, days: int) -> None:
    with pytest.raises(KeyProblem, match="out of bounds"):
        store.create("Unit 7", "liaison", days)


def test_an_unknown_prefix_is_named(store: KeyStore) -> None:
    store.create("Unit 7", "liaison")
    with pytest.raises(KeyProblem, match="there is no key 'deadbeef'"):
        store.revoke("deadbeef")


def test_nothing_is_made_by_looking(store: KeyStore, tmp_path: Path) -> None:
    assert store.held() == []
    assert store.check("comity_a_b") is None
    assert not store.any_valid()
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_of_keys_is_named(store: KeyStore) -> None:
    _, written = store.create("Unit 7", "liaison")
    store.file.write_bytes(b"no database" * 100)
    for ask in (store.held, lambda: store.check(written), lambda: store.create("Unit 8", "liaison")):
        with pytest.raises(KeyProblem, match=r"keys\.sqlite cannot be"):
            ask()
