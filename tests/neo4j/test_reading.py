"""Reading back: the same records, the same RDF, the same finds as the embedded store, and nothing is ever written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings

from graph.canonical import canonical
from graph.model import State
from graph.rdf import content_address, lines, quads
from graph.records import Records
from graph.releases import Release
from graph.stores.base import Found
from graph.stores.neo4j import Account, Connection, Neo4jProblem, Neo4jStore
from graph.stores.neo4j.store import index_query
from ontologies.schema import schema
from tests.contract.test_stores import HELD
from tests.graph.test_rdf import any_records
from tests.neo4j.conftest import load_as, wipe


@pytest.fixture
def store(packaged: Connection, account: Account) -> Iterator[Neo4jStore]:
    """The store of the packaged release."""
    with Neo4jStore(account) as opened:
        yield opened


def test_the_records_are_those_of_the_release(store: Neo4jStore, packaged_release: Release) -> None:
    assert store.records() == canonical(packaged_release.records())


def test_the_rdf_is_that_of_the_release_to_the_letter(store: Neo4jStore, packaged_release: Release) -> None:
    """There are no blank nodes, so that two data sets are isomorphic exactly when their sorted lines are equal."""
    written = lines(quads(store.records(), schema()))
    assert len(written) == packaged_release.manifest.triples
    assert not [line for line in written if b"_:" in line.split(b'"')[0]]
    assert content_address(written) == packaged_release.id


def test_its_status_names_the_release(store: Neo4jStore, account: Account, packaged_release: Release) -> None:
    status = store.status()
    assert (status.kind, status.release) == ("neo4j", packaged_release.id)
    assert status.statements == packaged_release.manifest.triples
    assert account.password not in status.place


@pytest.mark.parametrize(
    "words",
    ["budapest", "BUDAPEST", "convention on cyber", "olan", "france", "ministry of justice", "state", "or", "AND",
     "NOT", "'", "l'", "child's", "-", "(", "cybercrime (", "24/7", "*", "?", "~", "a:b", "eu", "0", "2", "",
     "åland", "côte", "Côte d", "日", "полиция", "ελλ", "no such thing at all"],
)  # fmt: skip
def test_it_finds_what_the_embedded_store_finds(store: Neo4jStore, packaged_release: Release, words: str) -> None:
    with packaged_release.store() as embedded:
        assert store.look_up(words, limit=10_000) == embedded.look_up(words, limit=10_000)
        assert store.look_up(words, limit=3) == embedded.look_up(words, limit=3)


def test_words_are_never_a_query_language(store: Neo4jStore) -> None:
    assert store.look_up("name:France") == []
    assert store.look_up("fran?e") == []
    assert index_query('a "b* OR c') == "*a* AND *b* AND *OR* AND *c*"
    assert index_query("* ?") is None


@pytest.mark.parametrize(
    "names", [("東京地方検察庁", "京地"), ("สำนักงานอัยการ", "อัยการ"), ("m² of law", "m²"), ("İzmir", "zmir")]
)
def test_names_in_any_script_are_found(empty: Connection, account: Account, names: tuple[str, str]) -> None:
    name, words = names
    load_as(empty, Records(states=(State(id="AAA", name=name, kind="state"),)), "r-1")
    with Neo4jStore(account) as other:
        assert other.look_up(words) == [Found(record="State", id="AAA", label=name)]


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(any_records())
def test_any_records_survive_the_server(connection: Connection, account: Account, given_records: Records) -> None:
    if not connection.read(lambda tx: tx.run("MATCH (r:Release) RETURN r").data()):
        wipe(connection)
    load_as(connection, given_records, "r-any")
    with Neo4jStore(account) as other:
        assert other.records() == canonical(given_records)


def test_reading_cannot_write_whatever_the_account_may_do(empty: Connection) -> None:
    load_as(empty, HELD, "r-held")
    for statement in ("CREATE (:State {id: 'X'})", "MATCH (n) DETACH DELETE n", "DROP INDEX comity_state_name"):
        with pytest.raises(Neo4jProblem, match="may not do this"):
            empty.read(lambda tx, statement=statement: tx.run(statement).consume())  # type: ignore[misc]


def test_a_later_load_is_seen_by_an_open_store(empty: Connection, account: Account) -> None:
    load_as(empty, HELD, "r-1")
    with Neo4jStore(account) as opened:
        fewer = canonical(Records(states=HELD.states[:1]))
        load_as(empty, fewer, "r-2")
        assert opened.release_id == "r-1"
        assert opened.records() == fewer
        assert opened.release_id == "r-2"
