"""The survey is the same from a Neo4j server as from the embedded release."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

import comity
from graph.analysis.cooperation import cooperation
from graph.analysis.groups import members
from graph.analysis.openings import Asked
from graph.analysis.survey import survey
from graph.network import Network
from graph.offers import OfferBook
from graph.stores.neo4j import Account, Connection, Neo4jStore

DAY = date(2026, 11, 24).toordinal()
WORDS = ("network", "-m", "preservation", "--on", "2026-11-24", "--group", "oas", "--json")


def test_the_survey_from_the_server_is_that_of_the_release(
    packaged: Connection, account: Account, packaged_book: OfferBook
) -> None:
    with Neo4jStore(account) as store:
        read = OfferBook(Network(store.records(), store.release_id))
    states = [*members(read.network, "council-of-europe", DAY).states, *members(read.network, "caricom", DAY).states]
    for measure in ("preservation", "police-information"):
        asked = Asked((measure,), "2026-11-24")
        ours, theirs = (survey(cooperation(book, asked, states)) for book in (read, packaged_book))
        assert msgspec.json.encode(ours) == msgspec.json.encode(theirs)
        assert ours.ties > 1000


def test_the_command_reads_from_either_store(
    packaged: Connection, account: Account, packaged_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMITY_DATA_DIR", str(packaged_data))
    monkeypatch.setenv("COMITY_NEO4J_URI", account.uri)
    monkeypatch.setenv("COMITY_NEO4J_USER", account.user)
    monkeypatch.setenv("COMITY_NEO4J_PASSWORD", account.password)
    monkeypatch.setenv("COMITY_NEO4J_DATABASE", account.database)
    told = [CliRunner().invoke(comity.app, [*WORDS, "--store", store]) for store in ("embedded", "neo4j")]
    assert [done.exit_code for done in told] == [0, 0]
    assert told[0].stdout == told[1].stdout
    assert '"cets-185"' in told[0].stdout
