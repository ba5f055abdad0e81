"""Loads that are killed, cut off or thrown back: readers see one release, whole; loading again finishes the work."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import neo4j
import pytest

from graph.records import Records
from graph.releases import Release
from graph.stores.neo4j import Account, Connection, Neo4jProblem, Neo4jStore, loading
from tests.graph.conftest import every_class as every_class
from tests.neo4j.conftest import amended, load_as, portion, wipe
from tests.neo4j.proxy import Wire

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("point", ["0.01", "0.5", "1.0", "marked", "committed"])
def test_a_killed_load_leaves_one_release(
    connection: Connection, account: Account, packaged_release: Release, packaged_data: Path, point: str
) -> None:
    old = portion(packaged_release.records())
    new = amended(old)
    load_as(connection, old, "r-old")
    env = {**os.environ, "NEO4J_URI": account.uri, "NEO4J_USER": account.user, "NEO4J_PASSWORD": account.password,
           "NEO4J_DATABASE": account.database}  # fmt: skip
    command = [sys.executable, "-m", "tests.neo4j.killed_load", str(packaged_data), point]
    killed = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert killed.returncode == -9, killed.stderr
    if point in ("marked", "committed"):  # readers wait for the mark to void itself; here it is made to
        connection.write(lambda tx: tx.run("MATCH (l:Loading) SET l.until = datetime()").consume())
    with Neo4jStore(account) as store:
        assert store.release_id == ("r-amended" if point == "committed" else "r-old")
        assert store.records() == (new if point == "committed" else old)
    report = load_as(connection, new, "r-amended")
    assert report.nothing_to_do == (point == "committed")
    with Neo4jStore(account) as store:
        assert store.records() == new


@pytest.mark.parametrize("point", ["0.9", "marked"])
def test_a_first_load_that_is_killed_leaves_nothing_to_see(
    connection: Connection, account: Account, packaged_data: Path, packaged_release: Release, point: str
) -> None:
    wipe(connection)
    env = {**os.environ, "NEO4J_URI": account.uri, "NEO4J_USER": account.user, "NEO4J_PASSWORD": account.password,
           "NEO4J_DATABASE": account.database}  # fmt: skip
    command = [sys.executable, "-m", "tests.neo4j.killed_load", str(packaged_data), point]
    killed = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert killed.returncode == -9, killed.stderr
    connection.write(lambda tx: tx.run("MATCH (l:Loading) SET l.until = datetime()").consume())
    with pytest.raises(Neo4jProblem, match="holds no release"):
        Neo4jStore(account)
    left = connection.read(lambda tx: tx.run("MATCH (n) RETURN labels(n)[0] AS label").data())
    assert left == ([{"label": "Loading"}] if point == "marked" else [])
    records = portion(packaged_release.records())
    load_as(connection, records, "r-1")
    with Neo4jStore(account) as store:
        assert store.records() == records
    assert not connection.read(lambda tx: tx.run("MATCH (l:Loading) RETURN l").data())


@pytest.mark.usefixtures("small_batches")
def test_a_cut_connection_is_taken_up_again(empty: Connection, account: Account, packaged_release: Release) -> None:
    records = portion(packaged_release.records())
    host = urlsplit(account.uri)
    with Wire(str(host.hostname), host.port or 7687) as wire:
        cuts: list[int] = []

        def cut_once(what: str, done: int, total: int) -> None:
            if not cuts and done > total / 2:
                cuts.append(done)
                wire.cut()

        far = msgspec.structs.replace(account, uri=f"bolt://127.0.0.1:{wire.port}")
        with Connection(far) as connection:
            load_as(connection, records, "r-1", progress=cut_once)
        assert cuts
        assert wire.connections > 1
    with Neo4jStore(account) as store:
        assert store.records() == records


def test_a_commit_whose_answer_is_lost_is_found_to_be_done(
    empty: Connection, account: Account, every_class: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = urlsplit(account.uri)
    with Wire(str(host.hostname), host.port or 7687) as wire:
        mark = loading._mark
        marks: list[str] = []

        def mark_and_go_deaf(connection: Connection, key: str) -> None:
            mark(connection, key)
            if not marks:
                wire.deaf = True
                threading.Timer(1.0, wire.cut).start()
            marks.append(key)

        monkeypatch.setattr(loading, "_mark", mark_and_go_deaf)
        far = msgspec.structs.replace(account, uri=f"bolt://127.0.0.1:{wire.port}")
        with Connection(far) as connection:
            report = load_as(connection, every_class, "r-1")
    assert marks == marks[:1]
    assert report.nothing_to_do
    assert not empty.read(lambda tx: tx.run("MATCH (l:Loading) RETURN l").data())
    with Neo4jStore(account) as store:
        assert (store.release_id, store.records()) == ("r-1", every_class)


def _deadlock() -> Exception:
    error = neo4j.exceptions.Neo4jError._hydrate_neo4j(
        code="Neo.TransientError.Transaction.DeadlockDetected", message="deadlock"
    )
    assert isinstance(error, neo4j.exceptions.TransientError)
    return error


def _new_leader() -> Exception:
    return neo4j.exceptions.SessionExpired("the leader has moved")


@pytest.mark.parametrize("failure", [_deadlock, _new_leader])
def test_what_passes_is_tried_again(
    empty: Connection, account: Account, every_class: Records, failure: Callable[[], Exception]
) -> None:
    thrown: list[str] = []

    def throw_twice(what: str, done: int, total: int) -> None:
        if done == total > 0 and len(thrown) < 2:
            thrown.append(what)
            raise failure()

    report = load_as(empty, every_class, "r-1", progress=throw_twice)
    assert len(thrown) == 2
    assert (report.previous, report.changed) == (None, 0)
    with Neo4jStore(account) as store:
        assert store.records() == every_class


def test_a_load_too_large_for_the_server_is_given_up_at_once(
    empty: Connection, account: Account, every_class: Records
) -> None:
    load_as(empty, every_class, "r-1")
    begun = time.monotonic()

    def overflow(what: str, done: int, total: int) -> None:
        if total:
            raise neo4j.exceptions.Neo4jError._hydrate_neo4j(
                code="Neo.TransientError.General.MemoryPoolOutOfMemoryError", message="more than the limit"
            )

    fewer = msgspec.structs.replace(every_class, participations=())
    with pytest.raises(Neo4jProblem, match=r"too little memory .*dbms\.memory\.transaction\.total\.max"):
        load_as(empty, fewer, "r-2", progress=overflow)
    assert time.monotonic() - begun < 10
    with Neo4jStore(account) as store:
        assert (store.release_id, store.records()) == ("r-1", every_class)


@pytest.mark.usefixtures("small_batches")
def test_readers_never_see_two_releases_at_once(
    connection: Connection, account: Account, packaged_release: Release
) -> None:
    records = portion(packaged_release.records())
    both = {"r-old": records, "r-new": amended(records)}
    wipe(connection)
    load_as(connection, both["r-old"], "r-old")
    over = threading.Event()
    seen: list[tuple[str, bool]] = []

    def read_on() -> None:
        with Neo4jStore(account) as store:
            while not over.is_set():
                read = store.records()
                seen.append((store.release_id, read == both[store.release_id]))

    reader = threading.Thread(target=read_on)
    reader.start()
    for name in ("r-new", "r-old") * 5:
        load_as(connection, both[name], name)
        until = time.monotonic() + 30  # the next load begins while the reader is half-way through this release
        while time.monotonic() < until and (not seen or seen[-1][0] != name):
            time.sleep(0.01)
    over.set()
    reader.join(60)
    assert not reader.is_alive()
    assert {name for name, _ in seen} == {"r-old", "r-new"}
    assert all(whole for _, whole in seen)


def test_readers_wait_while_a_commit_is_made_visible(empty: Connection, account: Account, every_class: Records) -> None:
    load_as(empty, every_class, "r-1")
    empty.write(lambda tx: tx.run("CREATE (:Loading {key: 'x', until: datetime() + duration({seconds: 2})})").consume())
    begun = time.monotonic()
    with Neo4jStore(account) as store:
        assert store.release_id == "r-1"
    assert 1.0 < time.monotonic() - begun < 10
