"""Files for Neo4j's own import: the real tool reads them, and the server on its database holds the release, whole."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import msgspec
import pytest

from graph.canonical import list_fields
from graph.exports import export
from graph.model import Authority, Instrument, Provision, Source, State, StatutoryOffence
from graph.records import Records
from graph.releases import Release, write_release
from graph.stores.neo4j import Account, Connection, Neo4jStore, load
from graph.stores.neo4j.names import schema_statements
from graph.stores.neo4j.projection import counts, elements
from tests.neo4j import server as staging

pytestmark = pytest.mark.xdist_group("neo4j")  # one server at a time

ODD = (
    " between blanks ", "two\nlines", "three\r\nlines\rand", '"', '""', 'a "quoted", comma', "\\", '\\"', "a\\", "\t",
    ";", "|", "'", " ", "NULL", "null", "true", "1", "-", "=1+1", "#", "é€𝄞", "日本\u2028", "\x00", "\x1f", "\ufeff",
    "\ue000", "\x85", "$(date)", "`date`",
)  # fmt: skip
"""Texts that a reader of CSV might take for something else."""

NUMBERS = ((float("inf"), 18), (float("-inf"), -1), (0.0, 0), (1e300, 2**53), (-2.5e-300, None), (0.1, 2**62))


def odd_records() -> Records:
    """Records whose texts, lists, ids and numbers are as odd as can be."""
    cited = tuple(f"odd{text}" for text in ODD)
    return Records(
        sources=tuple(Source(id=f"odd{text}", url=text, publisher=text, as_of="2004-02") for text in ODD),
        states=tuple(
            State(
                id=f"{text}{number}",
                name=text,
                kind=text,
                official_name="" if number % 2 else None,
                official_languages=(text, f"{text}.", ""),
                sources=cited,
                evidence=(("kind", (f"odd{text}",)), ("name", ())),
            )
            for number, text in enumerate(ODD)
        ),
        statutory_offences=tuple(
            StatutoryOffence(
                id=f"odd {years}", state="Nowhere", offence="x", max_penalty_years=years, child_age_below=age
            )
            for years, age in NUMBERS
        ),
        authorities=(
            Authority(id="odd yes", state="FRA", name="", kind="k", available_24_7=True),
            Authority(id="odd no", state="FRA", name="n", kind="", languages=("", "a")),
            Authority(id="odd none", state="FRA", name="n", kind="", languages=("",)),
        ),
        instruments=(Instrument(id="odd", short_name="", title="", kind="", signed_on="0001", in_force_on="9998-12"),),
        provisions=(
            Provision(id="odd", instrument="none", role="r", channels=("b", "a"), channel_articles=("1", "2")),
        ),
    )


@pytest.fixture(scope="module")
def release(packaged_release: Release, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Real records of every kind, of the many every tenth, with the odd records among them."""
    plain, odd = packaged_release.records(), odd_records()
    many = ("participations", "memberships", "review_findings", "authorities", "designations")
    plain = msgspec.structs.replace(plain, **{field: getattr(plain, field)[::10] for field in many})
    both = {field: getattr(plain, field) + getattr(odd, field) for field in list_fields().values()}
    records = msgspec.structs.replace(plain, **both)
    data = tmp_path_factory.mktemp("odd")
    return write_release(data, records, {}, fingerprint="f", built_at="2026-11-24T12:00:00Z")


def test_the_import_makes_what_a_load_would_have_made(release: Release, tmp_path: Path) -> None:
    if not staging.can_stage():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("the import tool needs Maven and Java 17")
    folder = tmp_path / "a folder"
    export(release, "neo4j", folder)

    def run(admin: Path) -> None:
        command, env = ["sh", str(folder / "import.sh")], {**os.environ, "NEO4J_ADMIN": str(admin)}
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    with staging.staged({}, run) as server:
        account = Account(uri=server.uri, user=server.user, password=server.password, database=server.database)
        with Connection(account) as connection:
            for statement in (folder / "schema.cypher").read_text(encoding="utf-8").split(";\n")[:-1]:
                connection.write(lambda tx, one=statement: tx.run(one).consume())  # type: ignore[misc]
            connection.write(lambda tx: tx.run("CALL db.awaitIndexes(300)").consume())
            with Neo4jStore(account) as store:
                assert (store.release_id, store.status().statements) == (release.id, release.manifest.triples)
                read = store.records()
            for field in list_fields().values():
                assert getattr(read, field) == getattr(release.records(), field), field
            made = connection.read(lambda tx: tx.run("SHOW INDEXES YIELD name, state").data())
            assert {row["name"] for row in made if row["state"] == "ONLINE"} >= set(schema_statements())
            report = load(release, connection)
            assert report.nothing_to_do
            assert report.counts == dict(counts(elements(release.records())))
            (row,) = connection.read(lambda tx: tx.run("MATCH (r:Release) RETURN properties(r) AS held").data())
        assert row["held"].keys() == {
            "key",
            "release",
            "statements",
            "builtAt",
            "ontology",
            "loadedAt",
            "loads",
            "seal",
        }
    export(release, "neo4j", folder, force=True)  # what the import left there is no stranger's
