"""The files for Neo4j's import: what stands in them, what is refused. The import itself: tests/neo4j."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from graph.exports import Content, ExportError, export, neo4j_import
from graph.exports.neo4j_import import SPARE
from graph.model import State
from graph.rdf import quads, records, release_id
from graph.records import Records
from graph.releases import Release, write_release
from graph.stores.neo4j.names import by_label, schema_statements
from graph.stores.neo4j.projection import elements
from ontologies.schema import schema


@pytest.fixture(scope="module")
def release(every_class: Records, tmp_path_factory: pytest.TempPathFactory) -> Release:
    data = tmp_path_factory.mktemp("for-import")
    return write_release(data, every_class, {}, fingerprint="f", built_at="2026-11-24T12:00:00Z")


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def written(given: Records, folder: Path) -> str:
    """The command for ``given``."""
    content = Content(records=given, schema=schema(), release_id="r-1", built_at="2026-11-24", statements=7)
    neo4j_import.write(content, folder)
    return (folder / "import.sh").read_text(encoding="utf-8")


def test_one_file_for_each_label_and_each_type_between_labels(
    release: Release, every_class: Records, tmp_path: Path
) -> None:
    files = {file.name for file in export(release, "neo4j", tmp_path / "out")}
    graph = elements(every_class)
    nodes = {f"nodes-{label}.csv" for label in (*graph.nodes, "Release")}
    relationships = {f"relationships-{kind}-{start}-{end}.csv" for kind, start, end in graph.relationships}
    assert files == nodes | relationships | {"import.sh", "schema.cypher"}
    assert set(by_label()) <= set(graph.nodes)
    command = (tmp_path / "out" / "import.sh").read_text(encoding="utf-8")
    named = re.findall(r"--(nodes|relationships)=(\w+)=(\S+)", command)
    assert {file for _, _, file in named} == nodes | relationships
    assert all(file.startswith(f"{kind}-{name}") for kind, name, file in named)
    for label, found in graph.nodes.items():
        assert [row[f"id:ID({label})"] for row in rows(tmp_path / "out" / f"nodes-{label}.csv")] == list(found)
    for (kind, start, end), between in graph.relationships.items():
        read = rows(tmp_path / "out" / f"relationships-{kind}-{start}-{end}.csv")
        assert [(row[f":START_ID({start})"], row[f":END_ID({end})"]) for row in read] == [one[:2] for one in between]


def test_columns_have_types(release: Release, tmp_path: Path) -> None:
    export(release, "neo4j", tmp_path / "out")
    (bound, *_) = rows(tmp_path / "out" / "relationships-PARTICIPATES_IN-State-Instrument.csv")
    assert bound["id:string"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", bound["inForceOnEarliest:date"])
    assert "sources:string[]" in bound
    (offence, *_) = rows(tmp_path / "out" / "nodes-StatutoryOffence.csv")
    assert (offence["maxPenaltyYears:double"], offence["technologySpecific:boolean"]) == ("Infinity", "false")
    (instrument, *_) = rows(tmp_path / "out" / "nodes-Instrument.csv")
    assert instrument["entryThreshold:long"].isdecimal()


def test_the_schema_is_that_of_a_load(release: Release, tmp_path: Path) -> None:
    export(release, "neo4j", tmp_path / "out")
    statements = (tmp_path / "out" / "schema.cypher").read_text(encoding="utf-8").split(";\n")
    assert statements[: len(schema_statements())] == list(schema_statements().values())


def test_the_release_is_named(release: Release, tmp_path: Path) -> None:
    export(release, "neo4j", tmp_path / "out")
    (row,) = rows(tmp_path / "out" / "nodes-Release.csv")
    assert (row["release:string"], row["statements:long"]) == (release.id, str(release.manifest.triples))
    assert release.id in (tmp_path / "out" / "import.sh").read_text(encoding="utf-8")


def test_a_part_never_bears_the_name_of_the_whole(release: Release, tmp_path: Path) -> None:
    (file,) = export(release, "nquads", tmp_path / "part.nq", topic="BBB")
    from pyoxigraph import RdfFormat, parse

    part = records(parse(path=file, format=RdfFormat.N_QUADS), schema())
    export(release, "neo4j", tmp_path / "out", topic="BBB")
    (row,) = rows(tmp_path / "out" / "nodes-Release.csv")
    assert row["release:string"] == release_id(quads(part, schema())) != release.id
    assert [state["id:ID(State)"] for state in rows(tmp_path / "out" / "nodes-State.csv")] == [
        s.id for s in part.states
    ]


def test_lists_are_separated_by_what_they_do_not_hold(tmp_path: Path) -> None:
    def state(*languages: str) -> Records:
        return Records(states=(State(id="A", name="\x1f", kind="k", official_languages=languages),))

    for number, (languages, point) in enumerate(
        [(("a", ";", ","), 0x1F), (("\x1f", "a"), 0x1E), (("\x1f", "\x1e\ue000"), 0xE001)]
    ):
        folder = tmp_path / str(number)
        assert f"--array-delimiter=U+{point:04X}" in written(state(*languages), folder)
        (row,) = rows(folder / "nodes-State.csv")
        assert row["officialLanguages:string[]"].split(chr(point)) == sorted(languages)
    with pytest.raises(ExportError, match="use comity load"):
        written(state("".join(map(chr, SPARE[1:]))), tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_empty_lists_are_given_their_value_afterwards(tmp_path: Path) -> None:
    nothing = State(id="A", name="A", kind="k", official_languages=("",), sources=("s",), evidence=(("name", ()),))
    something = State(id="B", name="B", kind="k", official_languages=("a",))
    written(Records(states=(nothing, something)), tmp_path / "out")
    empty, full = rows(tmp_path / "out" / "nodes-State.csv")
    assert (empty["nameSources:string[]"], empty["officialLanguages:string[]"]) == ("\x1e", "\x1e\x1e")
    assert (full["nameSources:string[]"], full["officialLanguages:string[]"]) == ("", "a")
    after = (tmp_path / "out" / "schema.cypher").read_text(encoding="utf-8")
    assert "MATCH (x:`State`) WHERE x.`nameSources` = ['\\u001E'] SET x.`nameSources` = [];" in after
    assert "WHERE x.`officialLanguages` = ['\\u001E\\u001E'] SET x.`officialLanguages` = [''];" in after


def test_line_ends_are_allowed_only_where_there_are_some(tmp_path: Path) -> None:
    for number, (name, wanted) in enumerate([("plain", False), ("a\nb", True), ("a\rb", True)]):
        command = written(Records(states=(State(id="A", name=name, kind="k"),)), tmp_path / str(number))
        assert ("--multiline-fields=true" in command) == wanted


@pytest.mark.parametrize(
    "name", ["letter.txt", "instruments.csv", "nodes-.csv", "nodes-A.csv.bak", "relationships-A.csv"]
)
def test_a_folder_of_others_is_never_replaced(release: Release, tmp_path: Path, name: str) -> None:
    export(release, "neo4j", tmp_path / "out")
    (tmp_path / "out" / "import.report").write_text("", encoding="utf-8")
    export(release, "neo4j", tmp_path / "out", force=True)
    (tmp_path / "out" / name).write_text("dear", encoding="utf-8")
    with pytest.raises(ExportError, match=re.escape(f"{name}, which is no file of an export")):
        export(release, "neo4j", tmp_path / "out", force=True)
    assert (tmp_path / "out" / name).read_text(encoding="utf-8") == "dear"
