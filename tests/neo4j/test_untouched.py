"""The seal: what nobody has changed need not be read, whatever anybody changed is found, and when no seal is given."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from graph.records import Records
from graph.releases import Release, write_release
from graph.stores.neo4j import Account, Connection, Neo4jProblem, Neo4jStore, load, loading
from graph.stores.neo4j.filling import can_fill
from graph.stores.neo4j.projection import counts, elements
from graph.stores.neo4j.untouched import moment, number_in
from tests.graph.conftest import every_class as every_class
from tests.neo4j.conftest import load_as

FORGING = "MATCH (s:State) WITH s ORDER BY s.id LIMIT 1 SET s.name = 'forged'"


@pytest.fixture
def releases(every_class: Records, tmp_path: Path) -> tuple[Release, Release]:
    """Two releases in one data directory; the later has another name for its last State and no participations."""
    *others, last = every_class.states
    states = (*others, msgspec.structs.replace(last, name="Renamed"))
    amended = msgspec.structs.replace(every_class, states=states, participations=())
    both = [
        write_release(tmp_path, records, {}, fingerprint=mark, built_at=f"2026-11-2{mark}T12:00:00Z")
        for mark, records in (("4", every_class), ("5", amended))
    ]
    return both[0], both[1]


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reads the database back fails."""

    def refuse(*given: object) -> None:
        raise AssertionError("the database is read")

    monkeypatch.setattr(loading, "read_elements", refuse)


def run(connection: Connection, statement: str) -> None:
    """By hand, as it were."""
    connection.write(lambda tx: tx.run(statement).consume())


def holds(account: Account, release: Release) -> bool:
    """Whether the database holds the release, every record of it and no other."""
    with Neo4jStore(account) as store:
        return store.release_id == release.id and store.records() == release.records()


@pytest.mark.usefixtures("unread")
def test_what_nobody_changed_is_not_read(
    empty: Connection, account: Account, releases: tuple[Release, Release], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = releases
    first = load(old, empty)
    assert (first.made, first.counts) == (elements(old.records()).size(), dict(counts(elements(old.records()))))
    again = load(old, empty)
    assert (again.nothing_to_do, again.counts) == (True, first.counts)
    report = load(new, empty)
    assert (report.made, report.changed, report.removed) == (0, 1, len(old.records().participations))
    assert load(new, empty).nothing_to_do
    monkeypatch.undo()
    assert holds(account, new)


@pytest.mark.parametrize(
    "harm",
    [
        FORGING,
        "MATCH (s:State) WITH s LIMIT 1 DETACH DELETE s",
        "MATCH ()-[p:PARTICIPATES_IN]->() WITH p LIMIT 1 DELETE p",
        "MATCH ()-[p:PARTICIPATES_IN]->() WITH p LIMIT 1 SET p.boundOn = '1066'",
        "CREATE (:State {id: 'ZZZ', name: 'Nowhere'})",
    ],
)
@pytest.mark.parametrize("which", [0, 1])
def test_whatever_anybody_changed_is_found(
    empty: Connection, account: Account, releases: tuple[Release, Release], harm: str, which: int
) -> None:
    load(releases[0], empty)
    assert load(releases[0], empty).nothing_to_do
    run(empty, harm)
    assert not load(releases[which], empty).nothing_to_do
    assert holds(account, releases[which])


def test_an_index_that_was_dropped_is_made_again(empty: Connection, releases: tuple[Release, Release]) -> None:
    load(releases[0], empty)
    run(empty, "DROP INDEX comity_state_name")
    assert load(releases[0], empty).nothing_to_do
    rows = empty.read(lambda tx: tx.run("SHOW INDEXES YIELD name, state").data())
    assert {"name": "comity_state_name", "state": "ONLINE"} in rows


def test_strangers_are_refused_after_a_seal(empty: Connection, releases: tuple[Release, Release]) -> None:
    load(releases[0], empty)
    run(empty, "CREATE (:Suspect {name: 'x'})")
    for release in releases:
        with pytest.raises(Neo4jProblem, match="1 Suspect"):
            load(release, empty)


@pytest.mark.parametrize("which", [0, 1])
def test_what_is_changed_while_a_load_is_committed_is_found_by_the_next(
    empty: Connection,
    account: Account,
    releases: tuple[Release, Release],
    monkeypatch: pytest.MonkeyPatch,
    which: int,
) -> None:
    """The transaction of the load has looked at everything by then and cannot see it."""
    old, new = releases
    load(old, empty)
    if which:
        run(empty, "MATCH (n) DETACH DELETE n")
        forging = "CREATE (:State {id: 'ZZZ', name: 'Nowhere', kind: 'state'})"
    else:
        forging = FORGING
    mark = loading._mark

    def forged(connection: Connection, key: str) -> None:
        run(empty, forging)
        mark(connection, key)

    monkeypatch.setattr(loading, "_mark", forged)
    load(new, empty)
    monkeypatch.undo()
    assert not holds(account, new)
    assert not load(new, empty).nothing_to_do
    assert holds(account, new)


def test_what_is_read_and_found_whole_is_sealed(
    empty: Connection, releases: tuple[Release, Release], request: pytest.FixtureRequest
) -> None:
    old, _ = releases
    load(old, empty)
    run(empty, "MATCH (s:State) WITH s LIMIT 1 SET s.other = 1")
    run(empty, "MATCH (s:State) SET s.other = null")
    assert load(old, empty).nothing_to_do
    request.getfixturevalue("unread")
    assert load(old, empty).nothing_to_do


def test_a_release_that_is_no_longer_at_hand_is_read(
    empty: Connection, account: Account, releases: tuple[Release, Release]
) -> None:
    old, new = releases
    load(old, empty)
    shutil.rmtree(old.folder)
    assert load(new, empty).changed == 1
    assert holds(account, new)


@pytest.mark.usefixtures("unread")
def test_records_under_a_name_of_their_own_are_always_read(empty: Connection, every_class: Records) -> None:
    load_as(empty, every_class, "r-1")
    with pytest.raises(AssertionError, match="is read"):
        load_as(empty, every_class, "r-1")


def test_servers_that_take_no_labels_as_parameters_hold_the_same(
    empty: Connection, account: Account, releases: tuple[Release, Release], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert can_fill("5.26.3")
    assert can_fill("2025.10.1")
    assert not can_fill("5.25.1")
    monkeypatch.setattr(empty, "server_version", "5.25.1")
    assert load(releases[0], empty).made == elements(releases[0].records()).size()
    assert holds(account, releases[0])


def test_every_transaction_that_changes_something_counts_as_one(empty: Connection) -> None:
    run(empty, "CREATE (:State {id: 'A', name: 'x'})")
    before = moment(empty)
    assert before is not None
    assert moment(empty) == before
    run(empty, "MATCH (s:State {id: 'none'}) SET s.name = 'y'")
    assert moment(empty) == before
    for number, statement in enumerate(("MATCH (s:State) SET s.name = 'y'", "MATCH (s:State) DELETE s"), start=1):
        run(empty, statement)
        assert moment(empty) == before.later(number)


@pytest.mark.parametrize(
    ("bookmark", "number"),
    [
        ("FB:kcwQ9X/sKIp1Q7ClmSdqK95gp8kiPZA=", 0x223D),
        ("FB:kcwQ9X/sKIp1Q7ClmSdqK95gpwWQ", 5),
        ("FB:kcwQ9X/sKIp1Q7ClmSdqK95gp8oAASI9kA==", 0x1223D),
        ("FB:kcwQ9X/sKIp1Q7ClmSdqK95gp8kiPQ==", None),
        ("FB:kswQ9X/sKIp1Q7ClmSdqK95gp8kiPZA=", None),
        ("FB:kcwQ9X/sKIp1Q7ClmSdqK95gp8oiPZA=", None),
        ("FB:not of this form", None),
        ("neo4j:bookmark:v1:tx8765", None),
        ("", None),
    ],
)
def test_the_number_is_read_from_bookmarks_of_the_known_form_only(bookmark: str, number: int | None) -> None:
    assert number_in(bookmark) == number
