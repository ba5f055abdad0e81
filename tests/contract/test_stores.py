"""What every store must do. A further engine joins by adding how it is filled to :data:`ENGINES`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.model import Concept, Instrument, Organisation, Records, Source, State
from graph.releases import Release, write_release
from graph.stores.base import Found, Store

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

ENGINES: dict[str, Callable[[Release], Store]] = {"oxigraph": lambda release: release.store()}
"""Name of each engine and how a store holding a release is had."""


@pytest.fixture(scope="module", params=sorted(ENGINES))
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    data = tmp_path_factory.mktemp("store")
    write_release(data, HELD, {}, fingerprint="f", built_at=DAY)
    with ENGINES[request.param](write_release(data, HELD, {}, fingerprint="f", built_at=DAY)) as opened:
        yield opened


def test_it_gives_back_all_records(store: Store) -> None:
    assert store.records() == HELD


def test_it_says_which_release_it_holds(store: Store, tmp_path: Path) -> None:
    release = write_release(tmp_path, HELD, {}, fingerprint="f", built_at=DAY)
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


def test_several_may_read_at_once(store: Store, tmp_path: Path) -> None:
    release = write_release(tmp_path, HELD, {}, fingerprint="f", built_at=DAY)
    with release.store() as one, release.store() as other:
        assert one.records() == other.records() == store.records()


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    opened = write_release(tmp_path, HELD, {}, fingerprint="f", built_at=DAY).store()
    opened.close()
    with pytest.raises(ValueError, match="closed"):
        opened.records()
