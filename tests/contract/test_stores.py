"""What every store must do. A further engine joins by adding how it is filled to :data:`ENGINES`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from graph.model import Concept, Instrument, Organisation, Source, State
from graph.records import Records
from graph.releases import Release, write_release
from graph.stores.base import Found, Store
from graph.stores.neo4j import Connection, Neo4jStore, load

DAY = "2026-11-24T12:00:00Z"

HELD = Records(
    concepts=(
        Concept(id="channel/police", scheme="channel", key="police", label="police channel", definition="Police."),
    ),
    sources=(Source(id="example-0000000001", url="https://example.org/", publisher="office", as_of="2026"),),
    states=(
        State(id="AAA", name="Aland", kind="state", sources=("example-0000000001",)),
        State(id="BBB", name="New Aland", kind="territory", sources=("example-0000000001",)),
    ),
    organisations=(Organisation(id="police", name='Police of Aland (100% "quoted")'),),
    instruments=(
        Instrument(id="x", short_name="X", title="Convention on Everything", kind="convention", signed_on="2001-11"),
    ),
)

Open = Callable[[], Store]
"""Opens a store holding the release of :data:`HELD`."""


def in_oxigraph(release: Release, request: pytest.FixtureRequest) -> Open:
    """The embedded store is a part of the release."""
    return release.store


def in_neo4j(release: Release, request: pytest.FixtureRequest) -> Open:
    """The release is loaded into the emptied database of a real server."""
    account = request.getfixturevalue("account")
    with Connection(account) as connection:
        connection.write(lambda tx: tx.run("MATCH (n) DETACH DELETE n").consume())
        load(release, connection)
    return lambda: Neo4jStore(account)


ENGINES = {"oxigraph": in_oxigraph, "neo4j": in_neo4j}
"""Name of each engine and how stores are had there."""


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    data = tmp_path_factory.mktemp("store")
    write_release(data, HELD, {}, fingerprint="f", built_at=DAY)
    return write_release(data, HELD, {}, fingerprint="f", built_at=DAY)


@pytest.fixture(
    scope="module",
    params=["oxigraph", pytest.param("neo4j", marks=pytest.mark.xdist_group("neo4j"))],
)
def opened(request: pytest.FixtureRequest, release: Release) -> Open:
    return ENGINES[request.param](release, request)


@pytest.fixture
def store(opened: Open) -> Iterator[Store]:
    with opened() as one:
        yield one


def test_it_gives_back_all_records(store: Store) -> None:
    assert store.records() == HELD


def test_it_says_which_release_it_holds(store: Store, release: Release) -> None:
    assert store.release_id == release.id == store.status().release
    assert store.status().statements == release.manifest.triples


def test_it_finds_by_words_in_any_case(store: Store) -> None:
    found = store.look_up("ALAND")
    assert [(hit.record, hit.id) for hit in found] == [("State", "AAA"), ("State", "BBB"), ("Organisation", "police")]
    assert found[0] == Found(record="State", id="AAA", label="Aland")


def test_it_finds_no_more_than_asked_for(store: Store) -> None:
    assert [hit.id for hit in store.look_up("aland", limit=1)] == ["AAA"]


@pytest.mark.parametrize("words", ["nothing like it", '" }', '100% "QUOTED"', "\\", "' OR 1=1 //"])
def test_words_are_never_code(store: Store, words: str) -> None:
    assert [hit.id for hit in store.look_up(words)] == (["police"] if "quoted" in words.lower() else [])


def test_several_may_read_at_once(store: Store, opened: Open) -> None:
    with opened() as one, opened() as other:
        assert one.records() == other.records() == store.records()


def test_a_closed_store_says_so(opened: Open) -> None:
    store = opened()
    store.close()
    with pytest.raises(ValueError, match="closed"):
        store.records()
