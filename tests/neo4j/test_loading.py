"""Loading: whole, only what differs, counted, idempotent, healing, and never over other people's data."""

from __future__ import annotations

import msgspec
import pytest

from graph.canonical import canonical
from graph.records import Records
from graph.releases import Release
from graph.stores.neo4j import Account, Connection, Neo4jProblem, Neo4jStore, changes, loading
from graph.stores.neo4j.names import index_statements, key_statements, schema_statements
from graph.stores.neo4j.projection import counts, elements
from tests.contract.test_stores import HELD
from tests.graph.conftest import every_class as every_class
from tests.neo4j.conftest import amended, load_as, portion, wipe


def test_every_class_is_loaded_and_counted(empty: Connection, account: Account, every_class: Records) -> None:
    told: list[tuple[str, int, int]] = []
    report = load_as(empty, every_class, "r-1", progress=lambda *step: told.append(step))
    graph = elements(every_class)
    assert (report.made, report.changed, report.removed, report.previous) == (graph.size(), 0, 0, None)
    assert report.counts == dict(counts(graph))
    assert report.counts["[:PARTICIPATES_IN]"] == len(every_class.participations)
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)
    whole = graph.size(), graph.size()
    assert (told[0], *told[-2:]) == (("compare", 0, 0), ("made", *whole), ("index", *whole))
    with Neo4jStore(account) as store:
        assert (store.release_id, store.records()) == ("r-1", every_class)
    assert load_as(empty, every_class, "r-1").nothing_to_do


def test_only_what_differs_is_written(empty: Connection, account: Account, every_class: Records) -> None:
    load_as(empty, every_class, "r-1")
    first, *others = every_class.states
    renamed = canonical(
        msgspec.structs.replace(every_class, states=(msgspec.structs.replace(first, name="Renamed"), *others))
    )
    report = load_as(empty, renamed, "r-2")
    assert (report.made, report.changed, report.removed, report.previous) == (0, 1, 0, "r-1")
    with Neo4jStore(account) as store:
        assert (store.release_id, store.records()) == ("r-2", renamed)
    fewer = msgspec.structs.replace(renamed, participations=())
    assert load_as(empty, fewer, "r-3").removed == len(renamed.participations)
    with Neo4jStore(account) as store:
        assert store.records() == fewer


def test_a_participation_that_changes_its_party_is_there_once(
    empty: Connection, account: Account, every_class: Records
) -> None:
    load_as(empty, every_class, "r-1")
    one, *rest = every_class.participations
    other = next(state.id for state in every_class.states if state.id != one.party)
    moved = canonical(
        msgspec.structs.replace(every_class, participations=(msgspec.structs.replace(one, party=other), *rest))
    )
    load_as(empty, moved, "r-2")
    with Neo4jStore(account) as store:
        assert store.records() == moved


@pytest.mark.usefixtures("small_batches")
def test_great_changes_both_ways(empty: Connection, account: Account, packaged_release: Release) -> None:
    old = portion(packaged_release.records())
    new = amended(old)
    load_as(empty, old, "r-old")
    report = load_as(empty, new, "r-new")
    assert min(report.made, report.changed, report.removed) > 0
    with Neo4jStore(account) as store:
        assert store.records() == new
    load_as(empty, old, "r-old")
    with Neo4jStore(account) as store:
        assert store.records() == old


@pytest.mark.parametrize(
    "harm",
    [
        "MATCH (s:State) WITH s LIMIT 1 SET s.name = 'forged'",
        "MATCH (s:State) WITH s LIMIT 1 DETACH DELETE s",
        "MATCH ()-[p:PARTICIPATES_IN]->() WITH p LIMIT 1 DELETE p",
        "MATCH ()-[p:PARTICIPATES_IN]->() WITH p LIMIT 1 SET p.boundOn = '1066'",
        "MATCH (s:State) WITH s LIMIT 1 SET s.added = 1",
        "CREATE (:State {id: 'ZZZ', name: 'Nowhere'})",
    ],
)
def test_loading_again_heals(empty: Connection, account: Account, every_class: Records, harm: str) -> None:
    load_as(empty, every_class, "r-1")
    empty.write(lambda tx: tx.run(harm).consume())
    report = load_as(empty, every_class, "r-1")
    assert not report.nothing_to_do
    with Neo4jStore(account) as store:
        assert store.records() == every_class


def test_a_difference_in_counts_fails_the_load_and_changes_nothing(
    empty: Connection, account: Account, every_class: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = Records(states=every_class.states)
    load_as(empty, small, "r-1")
    monkeypatch.setattr(changes, "_links", lambda missing, places: iter(()))
    with pytest.raises(Neo4jProblem, match="counts differ after loading") as caught:
        load_as(empty, every_class, "r-2")
    assert "\n" not in str(caught.value)
    with Neo4jStore(account) as store:
        assert (store.release_id, store.records()) == ("r-1", canonical(small))


def test_parallel_relationships_made_by_hand_are_not_passed_over(empty: Connection, every_class: Records) -> None:
    load_as(empty, every_class, "r-1")
    twice = "MATCH (a)-[:UNDER_INSTRUMENT]->(b) WITH a, b LIMIT 1 CREATE (a)-[:UNDER_INSTRUMENT]->(b)"
    empty.write(lambda tx: tx.run(twice).consume())
    with pytest.raises(Neo4jProblem, match="counts differ"):
        load_as(empty, every_class, "r-1")


@pytest.mark.usefixtures("small_batches")
def test_two_loads_at_once_come_out_as_one_of_them(
    empty: Connection, account: Account, packaged_release: Release
) -> None:
    from concurrent.futures import ThreadPoolExecutor

    old = portion(packaged_release.records())
    new = amended(old)

    def one(records: Records, name: str) -> None:
        with Connection(account) as own:
            load_as(own, records, name)

    with ThreadPoolExecutor(2) as both:
        for done in [both.submit(one, old, "r-old"), both.submit(one, new, "r-new")]:
            done.result()
    with Neo4jStore(account) as store:
        assert store.records() == {"r-old": old, "r-new": new}[store.release_id]


def test_constraints_and_indexes_are_there_and_stale_ones_go(empty: Connection, every_class: Records) -> None:
    empty.write(lambda tx: tx.run("CREATE INDEX comity_stale IF NOT EXISTS FOR (s:State) ON (s.stale)").consume())
    empty.write(lambda tx: tx.run("CREATE INDEX theirs IF NOT EXISTS FOR (s:State) ON (s.theirs)").consume())
    load_as(empty, every_class, "r-1")
    rows = empty.read(lambda tx: tx.run("SHOW INDEXES YIELD name, state").data())
    states = {row["name"]: row["state"] for row in rows}
    assert set(schema_statements()) <= {name for name, state in states.items() if state == "ONLINE"}
    assert "comity_stale" not in states
    assert "theirs" in states
    empty.write(lambda tx: tx.run("DROP INDEX theirs").consume())


def test_words_are_found_before_the_indexes_of_a_first_load_are_there(
    empty: Connection, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a first load was killed between its commit and the making of the indexes."""
    monkeypatch.setattr(loading, "schema_statements", key_statements)
    load_as(empty, HELD, "r-1")
    monkeypatch.undo()
    named = {row["name"] for row in empty.read(lambda tx: tx.run("SHOW INDEXES YIELD name").data())}
    assert not set(index_statements()) & named
    with Neo4jStore(account) as store:
        assert [hit.id for hit in store.look_up("ALAND")] == ["AAA", "BBB", "police"]
        assert load_as(empty, HELD, "r-1").nothing_to_do
        named = {row["name"] for row in empty.read(lambda tx: tx.run("SHOW INDEXES YIELD name").data())}
        assert set(index_statements()) <= named
        assert [hit.id for hit in store.look_up("ALAND")] == ["AAA", "BBB", "police"]


def test_a_record_cannot_be_there_twice(empty: Connection, every_class: Records) -> None:
    load_as(empty, every_class, "r-1")
    for twice in (
        "MATCH (s:State) WITH s LIMIT 1 CREATE (:State {id: s.id})",
        "MATCH (a)-[p:PARTICIPATES_IN]->(b) WITH a, b, p LIMIT 1 CREATE (a)-[:PARTICIPATES_IN {id: p.id}]->(b)",
    ):
        with pytest.raises(Neo4jProblem, match="already exists"):
            empty.write(lambda tx, twice=twice: tx.run(twice).consume())  # type: ignore[misc]


@pytest.mark.parametrize(
    ("theirs", "named"),
    [
        ("CREATE (:Suspect {name: 'x'})", "1 Suspect"),
        ("CREATE (:State {name: 'their own'})", "no release put them there"),
        ("CREATE ({name: 'no label'})", "no label"),
        ("CREATE (:State {id: 'A'})-[:KNOWS]->(:State {id: 'B'})", "KNOWS"),
    ],
)
def test_other_peoples_data_are_left_alone(empty: Connection, every_class: Records, theirs: str, named: str) -> None:
    empty.write(lambda tx: tx.run(theirs).consume())

    def all_of_it() -> list[object]:
        return [
            empty.read(lambda tx: tx.run("MATCH (n) RETURN labels(n), properties(n)").data()),
            empty.read(lambda tx: tx.run("MATCH ()-[r]->() RETURN type(r), properties(r)").data()),
        ]

    before = all_of_it()
    with pytest.raises(Neo4jProblem, match=named) as caught:
        load_as(empty, every_class, "r-1")
    assert "COMITY_NEO4J_DATABASE" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert all_of_it() == before
    wipe(empty)


def test_the_book_keeping_of_neo4js_own_tools_is_no_strangers_data(empty: Connection, every_class: Records) -> None:
    load_as(empty, every_class, "r-1")
    empty.write(lambda tx: tx.run("CREATE (:_Bloom_Perspective_ {name: 'p'})").consume())
    assert load_as(empty, every_class, "r-1").nothing_to_do
    rows = empty.read(lambda tx: tx.run("MATCH (n:_Bloom_Perspective_) RETURN n.name").data())
    assert len(rows) == 1
