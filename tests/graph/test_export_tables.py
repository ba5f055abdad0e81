"""Data packages and Parquet read back with libraries that did not write them; kept exports are made once."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import arro3.io
import pytest
from frictionless import Package, system, validate

from graph.canonical import list_fields
from graph.exports import ExportError, export, kept
from graph.exports.kept import KINDS, found, make, name_of
from graph.records import RECORD_TYPES, Records
from graph.releases import Release, write_release

ROOM = 1 << 30


@pytest.fixture(scope="module")
def release(every_class: Records, tmp_path_factory: pytest.TempPathFactory) -> Release:
    data = tmp_path_factory.mktemp("tables")
    return write_release(data, every_class, {}, fingerprint="f", built_at="2026-11-24T12:00:00Z")


@pytest.fixture
def package(release: Release, tmp_path: Path) -> Path:
    (file,) = export(release, "datapackage", tmp_path / "comity.zip")
    with zipfile.ZipFile(file) as archive:
        archive.extractall(tmp_path / "package")
    return tmp_path / "package"


def faults(package: Path) -> list[str]:
    report = validate(str(package / "datapackage.json"))
    return [f"{error.type}: {error.note}" for task in report.tasks for error in task.errors] + [
        f"{error.type}: {error.note}" for error in report.errors
    ]


def test_a_data_package_is_valid_with_types_references_and_checksums(package: Path) -> None:
    assert faults(package) == []


@pytest.mark.parametrize(
    ("table", "before", "after", "wrong"),
    [
        ("states.csv", "AAA,", "AA7,", "hash"),
        ("participations.csv", "2004-11-01", "2004-13", "hash"),
    ],
)
def test_a_table_that_was_changed_is_no_longer_valid(
    package: Path, table: str, before: str, after: str, wrong: str
) -> None:
    text = (package / table).read_text(encoding="utf-8")
    assert before in text
    (package / table).write_text(text.replace(before, after), encoding="utf-8", newline="")
    assert any(wrong in fault for fault in faults(package))


def test_references_between_tables_are_declared(package: Path) -> None:
    told = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    by_name = {resource["name"]: resource for resource in told["resources"]}
    keys = by_name["participations"]["schema"]["foreignKeys"]
    assert {(key["fields"][0], key["reference"]["resource"]) for key in keys} >= {
        ("instrument", "instruments"),
        ("party", "states"),
    }


def test_a_data_package_says_release_licence_and_publishers(package: Path, release: Release) -> None:
    with system.use_context(trusted=True):
        read = Package(str(package / "datapackage.json"))
    assert read.version == release.id
    assert read.licenses[0]["name"] == "CC-BY-4.0"
    cited = {source.publisher for source in release.records().sources}
    names = {one.name for one in release.records().publishers if one.id in cited}
    assert {source["title"] for source in read.sources} == names
    assert len(read.resources) == len(RECORD_TYPES)
    assert all(field.description for resource in read.resources for field in resource.schema.fields)


def test_parquet_holds_every_record_with_its_types(release: Release, every_class: Records, tmp_path: Path) -> None:
    export(release, "parquet", tmp_path / "parquet")
    for cls in RECORD_TYPES:
        held = getattr(every_class, list_fields()[cls.__name__])
        file = tmp_path / "parquet" / f"{list_fields()[cls.__name__]}.parquet"
        table = arro3.io.read_parquet(str(file)).read_all()
        columns = {
            name: [value.as_py() for chunk in table.column(name).chunks for value in chunk]
            for name in table.schema.names
        }
        assert set(columns) == set(cls.__struct_fields__)
        for name, values in columns.items():
            wanted = [getattr(record, name) for record in held]
            if name == "evidence":
                assert [[(field, tuple(ids)) for field, ids in value] for value in values] == [list(w) for w in wanted]
            else:
                assert [tuple(value) if isinstance(value, list) else value for value in values] == wanted
    offences = arro3.io.read_parquet(str(tmp_path / "parquet" / "statutory_offences.parquet")).read_all()
    assert [one.as_py() for one in offences.column("max_penalty_years").chunks[0]] == [math.inf]


def test_without_pyarrow_one_line_names_the_cure(release: Release, tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "from pathlib import Path\n"
        "from graph.exports import ExportError, export\n"
        "from graph.releases import current\n"
        f"try: export(current(Path({str(release.folder.parent.parent)!r})), 'parquet', Path({str(tmp_path)!r}) / 'p')\n"
        "except ExportError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("pip install 'comity[parquet]'")
    assert list(tmp_path.iterdir()) == []


def test_every_format_has_a_name_of_its_own(release: Release) -> None:
    topics = (None, "FRA", "organisation/eu", "organisation_eu", "x" * 90, "x" * 91)
    names = {name_of(release.id, format, topic) for format in KINDS for topic in topics}
    assert len(names) == len(KINDS) * len(topics)
    assert all("/" not in name and len(name) < 200 for name in names)


def test_a_kept_export_is_made_once_and_bears_its_checksum(release: Release) -> None:
    made = make(release, "turtle", None, ROOM)
    before = made.path.stat().st_ino
    assert make(release, "turtle", None, ROOM).path.stat().st_ino == before
    done = subprocess.run(
        ["sha256sum", "--check", f"{made.path.name}.sha256"], cwd=made.path.parent, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert found(release, "turtle") == made


def test_many_who_ask_at_once_get_the_same_whole_file(release: Release) -> None:
    results: list[kept.Made] = []
    asking = [
        threading.Thread(target=lambda: results.append(make(release, "jsonld", "cets-000", ROOM))) for _ in range(4)
    ]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert len(results) == 4
    assert len({(one.path, one.sha256, one.path.stat().st_ino) for one in results}) == 1


def test_topics_take_no_more_room_than_they_may(release: Release) -> None:
    first = make(release, "csv", "AAA", ROOM)
    os.utime(first.path, (0, 0))
    make(release, "csv", "BBB", first.size + 10)
    assert found(release, "csv", "AAA") is None
    assert found(release, "csv", "BBB") is not None
    assert not first.path.with_name(f"{first.path.name}.sha256").exists()


def test_a_topic_that_nothing_has_leaves_nothing_behind(release: Release) -> None:
    with pytest.raises(ExportError, match="nowhere"):
        make(release, "nquads", "nowhere", ROOM)
    assert found(release, "nquads", "nowhere") is None
    assert not list((release.folder / kept.FOLDER).glob(".part-*"))


def test_kept_exports_go_with_their_release(every_class: Records, tmp_path: Path) -> None:
    def written(number: int) -> Release:
        some = every_class.states[number:]
        records = Records(states=some, sources=every_class.sources, publishers=every_class.publishers)
        when = f"2026-11-2{number}T12:00:00Z"
        return write_release(tmp_path, records, {}, fingerprint=str(number), built_at=when)

    first = written(0)
    made = make(first, "csv", None, ROOM)
    assert made.path.is_file()
    for number in (1, 2):
        written(number)
    write_release(tmp_path, Records(), {}, fingerprint="3", built_at="2026-11-23T12:00:00Z")
    assert not made.path.exists()
    with pytest.raises(ExportError, match="has gone"):
        make(first, "csv", None, ROOM)
