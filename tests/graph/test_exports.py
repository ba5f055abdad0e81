"""Exports: every format reads back with an independent library and says what the release says."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import re
import zipfile
from collections import Counter
from pathlib import Path

import msgspec
import networkx as nx
import pytest
import rdflib
from pyoxigraph import RdfFormat, parse

from graph.canonical import list_fields
from graph.exports import FOLDERS, FORMATS, ExportError, export
from graph.model import Participation, State
from graph.rdf import DESCRIPTION, records, release_id
from graph.records import RECORD_TYPES, Records
from graph.releases import Release, write_release
from ontologies.schema import schema

SOURCE = rdflib.URIRef("http://purl.org/dc/terms/source")
TYPE = rdflib.RDF.type


@pytest.fixture(scope="module")
def release(every_class: Records, tmp_path_factory: pytest.TempPathFactory) -> Release:
    data = tmp_path_factory.mktemp("exported")
    return write_release(data, every_class, {}, fingerprint="f", built_at="2026-11-24T12:00:00Z")


def total(held: Records) -> int:
    return sum(len(getattr(held, field)) for field in list_fields().values())


def classes_in(graph: rdflib.Graph) -> Counter[str]:
    by_iri = {spec.iri: name for name, spec in schema().classes.items()}
    return Counter(by_iri[str(kind)] for kind in graph.objects(None, TYPE) if str(kind) in by_iri)


def classes_of(held: Records) -> Counter[str]:
    return Counter({name: len(getattr(held, field)) for name, field in list_fields().items()})


def test_nquads_are_the_release(release: Release, every_class: Records, tmp_path: Path) -> None:
    (file,) = export(release, "nquads", tmp_path / "all.nq")
    read = list(parse(path=file, format=RdfFormat.N_QUADS))
    assert release_id(read) == release.id
    assert records(read, schema()) == every_class
    assert any(quad.graph_name == DESCRIPTION for quad in read)


def test_turtle_holds_all_records_with_their_sources(release: Release, every_class: Records, tmp_path: Path) -> None:
    graph = rdflib.Graph().parse(export(release, "turtle", tmp_path / "all.ttl")[0], format="turtle")
    assert classes_in(graph) == classes_of(every_class)
    spec = schema().record("Participation")
    (one,) = (row for row in every_class.participations if row.party == "BBB")
    cited = {str(iri) for iri in graph.objects(rdflib.URIRef(spec.iri_of(one.id)), SOURCE)}
    assert cited == {schema().record("Source").iri_of(source) for source in one.sources}


def test_turtle_describes_the_release(release: Release, tmp_path: Path) -> None:
    graph = rdflib.Graph().parse(export(release, "turtle", tmp_path / "all.ttl")[0], format="turtle")
    (data_set,) = graph.subjects(TYPE, rdflib.DCAT.Dataset)
    assert str(graph.value(data_set, rdflib.DCTERMS.identifier)) == release.id
    assert str(graph.value(data_set, rdflib.DCTERMS.license)).startswith("https://creativecommons.org/licenses/by/4.0")
    triples = graph.value(data_set, rdflib.VOID.triples)
    assert triples is not None
    assert int(str(triples)) == release.manifest.triples


def test_jsonld_says_the_same_triples_as_turtle(release: Release, tmp_path: Path) -> None:
    turtle = rdflib.Graph().parse(export(release, "turtle", tmp_path / "all.ttl")[0], format="turtle")
    jsonld = rdflib.Graph().parse(export(release, "jsonld", tmp_path / "all.jsonld")[0], format="json-ld")
    assert set(jsonld) - set(turtle) == set()
    assert set(turtle) - set(jsonld) == set()


def test_jsonld_keeps_ids_that_an_iri_must_encode_or_a_context_would_read(tmp_path: Path) -> None:
    ids = ("a b", "x:y", "%41", "é", "name", "Source", "a//b")
    odd = Records(
        states=tuple(State(id=one, name=one, kind="state", sources=(one,)) for one in ids),
        participations=tuple(
            Participation(id=f"i/{one}", instrument=one, party=one, standing="party", sources=ids) for one in ids
        ),
    )
    made = write_release(tmp_path / "data", odd, {}, fingerprint="f", built_at="2026-11-24T12:00:00Z")
    turtle = rdflib.Graph().parse(export(made, "turtle", tmp_path / "all.ttl")[0], format="turtle")
    jsonld = rdflib.Graph().parse(export(made, "jsonld", tmp_path / "all.jsonld")[0], format="json-ld")
    assert set(jsonld) == set(turtle)


def test_jsonld_is_compact(release: Release, tmp_path: Path) -> None:
    document = json.loads(export(release, "jsonld", tmp_path / "all.jsonld")[0].read_text(encoding="utf-8"))
    nodes = {node["id"]: node for node in document["@graph"]}
    node = nodes[schema().record("Provision").iri_of("cets-000/29")]
    assert node["type"] == "Provision"
    assert node["instrument"] == "cets-000"
    assert set(node["measures"]) == {"preservation", "content-data"}
    assert node["sources"] == ["treaties-example-0000000001"]


def test_csv_has_one_table_for_each_class(release: Release, every_class: Records, tmp_path: Path) -> None:
    files = export(release, "csv", tmp_path / "tables")
    assert len(files) == len(RECORD_TYPES)
    for cls in RECORD_TYPES:
        field = list_fields()[cls.__name__]
        with (tmp_path / "tables" / f"{field}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        held = getattr(every_class, field)
        assert [row["id"] for row in rows] == [record.id for record in held]
        assert set(rows[0]) == set(cls.__struct_fields__)
        assert [row["sources"] for row in rows] == [";".join(record.sources) for record in held]


def test_csv_keeps_line_ends_quotes_and_infinity(release: Release, every_class: Records, tmp_path: Path) -> None:
    (file,) = export(release, "csv", tmp_path / "tables.zip")
    with zipfile.ZipFile(file) as archive:
        text = archive.read("instruments.csv").decode()
        offences = archive.read("statutory_offences.csv").decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert rows[0]["title"] == every_class.instruments[0].title
    (offence,) = csv.DictReader(io.StringIO(offences, newline=""))
    assert float(offence["max_penalty_years"]) == math.inf
    assert offence["technology_specific"] == "no"


def expected_network(held: Records) -> tuple[int, int]:
    """Nodes, and the edges that the relationship classes give."""
    nodes = sum(n for name, n in classes_of(held).items() if schema().record(name).projection == "node")
    return nodes, len(held.participations) + len(held.memberships)


@pytest.mark.parametrize("format", ["graphml", "node-link"])
def test_graphs_hold_nodes_and_relationships(
    release: Release, every_class: Records, tmp_path: Path, format: str
) -> None:
    (file,) = export(release, format, tmp_path / "graph")
    if format == "graphml":
        graph = nx.read_graphml(file, force_multigraph=True)
    else:
        graph = nx.node_link_graph(json.loads(file.read_text(encoding="utf-8")), edges="edges")
    nodes, relationships = expected_network(every_class)
    assert len(graph) == nodes
    kinds = Counter(kind for _, _, kind in graph.edges(data="type"))
    specs = [spec for spec in schema().classes.values() if spec.projection == "relationship"]
    assert sum(kinds[spec.relationship_type] for spec in specs) == relationships
    assert kinds[schema().record("Instrument").fields["parent"].relationship_type] == 1
    edges = graph.get_edge_data("state/AAA", "instrument/cets-000").values()
    assert {(edge["standing"], edge["inForceOn"]) for edge in edges} == {("party", "2004-11-01")}
    assert graph.nodes["state/BBB"]["label"] == "Ærø «Béland»"
    offence = graph.nodes["statutory-offence/AAA/csam-production/00000001"]["maxPenaltyYears"]
    assert float(offence) == math.inf


def test_graphml_takes_characters_that_xml_cannot_hold(tmp_path: Path) -> None:
    odd = Records(states=(State(id="AAA", name="a\x01b", kind="state"),))
    made = write_release(tmp_path / "data", odd, {}, fingerprint="f", built_at="2026-11-24T12:00:00Z")
    (file,) = export(made, "graphml", tmp_path / "graph.xml")
    assert nx.read_graphml(file).nodes["state/AAA"]["label"] == "a\ufffdb"


@pytest.mark.parametrize("format", list(FORMATS))
def test_nothing_is_replaced_unless_asked_for(release: Release, tmp_path: Path, format: str) -> None:
    target = tmp_path / "out"
    first = export(release, format, target)
    content = [file.read_bytes() for file in first]
    with pytest.raises(ExportError, match="is there already"):
        export(release, format, target)
    assert [file.read_bytes() for file in export(release, format, target, force=True)] == content
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_of_others_is_never_replaced(release: Release, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(ExportError, match=re.escape("letter.txt, which is no file of an export")):
        export(release, "csv", tmp_path / "home", force=True)
    with pytest.raises(ExportError, match="is not a file"):
        export(release, "turtle", tmp_path / "home", force=True)
    assert (tmp_path / "home" / "letter.txt").read_text(encoding="utf-8") == "dear"


def test_a_folder_of_another_format_is_never_replaced(release: Release, tmp_path: Path) -> None:
    export(release, "csv", tmp_path / "tables")
    export(release, "neo4j", tmp_path / "graph")
    with pytest.raises(ExportError, match="which is no file of an export"):
        export(release, "neo4j", tmp_path / "tables", force=True)
    with pytest.raises(ExportError, match="which is no file of an export"):
        export(release, "csv", tmp_path / "graph", force=True)


def test_what_fails_leaves_nothing_behind(release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "out").write_text("old", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(OSError, match="No space"):
        export(release, "turtle", tmp_path / "out", force=True)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (tmp_path / "out").read_text(encoding="utf-8") == "old"


def test_bad_targets_formats_and_topics_are_named(release: Release, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="unknown format 'pdf': choose from turtle"):
        export(release, "pdf", tmp_path / "out")
    with pytest.raises(ExportError, match="is not a folder: make it first"):
        export(release, "turtle", tmp_path / "no" / "out")
    with pytest.raises(ExportError, match="nothing is called 'cets-999'"):
        export(release, "turtle", tmp_path / "out", topic="cets-999")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("topic", ["BBB", "state/BBB", "child-protection", "cets-000"])
def test_a_topic_is_a_closed_part(release: Release, every_class: Records, tmp_path: Path, topic: str) -> None:
    (file,) = export(release, "nquads", tmp_path / "part.nq", topic=topic)
    held = records(parse(path=file, format=RdfFormat.N_QUADS), schema())
    assert 0 < total(held) < total(every_class)
    assert "cets-000/BBB" in [row.id for row in held.participations]
    assert {row.instrument for row in held.participations} <= {row.id for row in held.instruments}
    assert {row.party for row in held.participations} <= {row.id for row in held.states}
    cited = {source for field in list_fields().values() for row in getattr(held, field) for source in row.sources}
    assert cited <= {row.id for row in held.sources}
    if "BBB" in topic:
        assert "cets-000/AAA" not in [row.id for row in held.participations]


def test_progress_is_told(release: Release, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    export(release, "turtle", tmp_path / "out", progress=lambda *step: told.append(step))
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)
    assert told[-1][1] == told[-1][2]


def test_the_same_release_gives_the_same_bytes(release: Release, tmp_path: Path) -> None:
    for format in FORMATS:
        suffix = ".zip" if format in FOLDERS else f".{format}"
        one, other = (export(release, format, tmp_path / f"{name}-{format}{suffix}") for name in ("a", "b"))
        assert [file.read_bytes() for file in one] == [file.read_bytes() for file in other]


def test_records_are_not_changed_by_exporting(release: Release, every_class: Records, tmp_path: Path) -> None:
    before = msgspec.msgpack.encode(release.records())
    for format in FORMATS:
        export(release, format, tmp_path / format)
    assert msgspec.msgpack.encode(release.records()) == before
