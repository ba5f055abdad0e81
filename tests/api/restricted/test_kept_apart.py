"""Restricted contacts never come near a release: not its files, exports, queries or stores."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from graph import restricted
from graph.exports import FORMATS, export
from graph.releases import current, write_release
from graph.sparql import SparqlError, run
from ontologies.schema import schema
from tests.api.restricted.conftest import CONTACTS, MARK
from tests.api.restricted.requests import SPARQL
from tests.terminal.small_world import RECORDS

ROOT = Path(__file__).parents[3]

MAY_READ = {
    "graph/restricted.py",  # the file itself
    "ingest/fields.py", "ingest/restricted.py",  # reading an agency's table
    "api/restricted/merging.py", "api/restricted/trail.py",  # the last step of an answer
    "comity.py", "terminal/restricted_command.py",
}  # fmt: skip


NAMED = re.compile(r"graph\.restricted|from graph import [^\n]*\brestricted\b|restricted/contacts|contacts\.json")
"""How a module names them."""


def _content(file: Path) -> bytes:
    return gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()


def test_only_what_must_reads_them() -> None:
    """Stores, exports, projections, search, counts and routes cannot show what they never hold."""
    files = [ROOT / "comity.py"]
    for room in ("api", "graph", "ingest", "terminal"):
        files += (ROOT / room).rglob("*.py")
    found = {file.relative_to(ROOT).as_posix() for file in files if NAMED.search(file.read_text(encoding="utf-8"))}
    assert found <= MAY_READ
    assert "api/restricted/trail.py" in found


def test_the_ontology_has_no_class_for_them() -> None:
    """Therefore no RDF and no projection into Neo4j can be made of one."""
    assert "RestrictedContact" not in schema().classes


def test_a_release_written_beside_them_holds_nothing_of_them(data: Path) -> None:
    write_release(data, RECORDS, {}, fingerprint="again", built_at="2026-11-27T00:00:00Z")
    holding = {
        file.relative_to(data).as_posix()
        for file in data.rglob("*")
        if file.is_file() and MARK.encode() in _content(file)
    }
    assert holding == {f"{restricted.FOLDER}/{restricted.FILE}"}


@pytest.mark.parametrize("format_", FORMATS)
def test_no_export_holds_anything_of_them(data: Path, tmp_path: Path, format_: str) -> None:
    written = export(current(data), format_, tmp_path / f"out-{format_}")
    assert written
    for file in written:
        assert MARK.encode() not in _content(file)


@pytest.mark.parametrize("query", SPARQL)
def test_no_query_finds_anything_of_them(data: Path, query: str) -> None:
    try:
        result = run(current(data), query, format=None, timeout_s=20, max_rows=100_000)
    except SparqlError as refused:
        told = str(refused)
    else:
        told = result.content
    assert all(contact.id not in told or contact.id in query for contact in CONTACTS)
    assert f"{MARK}-desk-phone" not in told
