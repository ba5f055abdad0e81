"""Building whole releases: sound tables give one, broken ones leave the previous one in use."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from graph.releases import current
from ingest.build import build
from ingest.report import BuildRefused, BuildReport
from tests.ingest.conftest import WORLD, written

Change = Callable[[str, str, str], None]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the release of the sound tables, to be copied."""
    place = tmp_path_factory.mktemp("sound")
    build(place / "data", written(WORLD, place / "facts"))
    return place / "data"


@pytest.fixture
def before(sound: Path, facts: Path, data: Path) -> str:
    """The id of the release of ``facts``, which is in use in ``data``."""
    shutil.copytree(sound, data)
    assert build(data, facts).unchanged
    return current(data).id


def test_a_release_with_its_report(facts: Path, data: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    report = build(data, facts, progress=lambda *step: seen.append(step))
    release = current(data)
    assert report.release == release.id
    found = {record.id: record for record in release.records().participations}
    # France: ratified 2006-01-10, three months and the first of the next month (article 36(4)).
    assert (found["cets-185/FRA"].in_force_on, found["cets-185/FRA"].basis) == ("2006-05-01", "derived")
    assert found["cets-185/USA"].sources == ("coe-int-7d58c23dec", "example-org-9a442fd845")
    table = next(one for one in report.tables if one.file == "council-of-europe/participations.csv")
    assert (table.read, table.accepted, table.merged, table.dropped, table.refused) == (3, 2, 1, 0, 0)
    assert report.shacl is not None
    assert report.shacl.conforms
    assert {step[0] for step in seen} >= {"read", "reconcile", "shacl", "write"}
    assert set(report.seconds) >= {"read", "shacl", "write"}
    assert msgspec.json.decode(msgspec.json.encode(report), type=BuildReport) == report


def test_the_same_tables_give_the_same_release_whatever_the_order(facts: Path, data: Path, tmp_path: Path) -> None:
    first = build(data, facts).release
    for seed in range(3):
        for table in facts.rglob("*.csv"):
            header, *rows = table.read_text(encoding="utf-8").splitlines(keepends=True)
            random.Random(seed).shuffle(rows)
            table.write_text("".join([header, *rows]), encoding="utf-8")
        assert build(tmp_path / f"data{seed}", facts).release == first


def test_neither_hash_seed_nor_locale_matter(facts: Path, data: Path, tmp_path: Path) -> None:
    first = build(data, facts).release
    code = "import sys; from pathlib import Path; from ingest.build import build\n"
    code += "print(build(Path(sys.argv[1]), Path(sys.argv[2])).release)"
    for seed, locale in (("1", "C"), ("2", "tr_TR.UTF-8")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale}
        done = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / seed), str(facts)],
            env=environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stdout.strip() == first


def test_building_again_does_nothing(facts: Path, data: Path, change: Change) -> None:
    first = build(data, facts)
    began = time.perf_counter()
    again = build(data, facts)
    assert time.perf_counter() - began < 0.3
    assert again.unchanged
    assert again.release == first.release
    assert not build(data, facts, force=True).unchanged
    change("common/states", "Brazil", "Brasil")
    assert build(data, facts).release != first.release


@pytest.mark.parametrize(
    ("table", "old", "new", "place", "cure"),
    [
        ("council-of-europe/participations", "2006-01-10", "2006-01-32", (2, "bound_on"), "YYYY-MM-DD"),
        ("council-of-europe/participations", "185,FRA", "185,FRB", (2, "party"), "Did you mean FRA (France)?"),
        ("council-of-europe/participations", "185,FRA", "185,France", (2, "party"), "Did you mean FRA (France)?"),
        ("council-of-europe/participations", "cets-185,FRA", "cets-158,FRA", (2, "instrument"), "cets-185"),
        (
            "council-of-europe/participations",
            "ratification,,coe-int-7d58c23dec",
            "ratification,,",
            (2, "source"),
            "source",
        ),
        (
            "council-of-europe/participations",
            ",,coe-int-7d58c23dec",
            ",,coe-int-7d58c23dex",
            (2, "source"),
            "coe-int-7d58c23dec",
        ),
        ("common/sources", "2014\n", "2014-00\n", (3, "as_of"), "YYYY"),
        ("common/states", "FRA,France,state", "FRA,France,sate", (2, "kind"), "state"),
        ("common/states", "USA,", "FRA,", (3, "id"), "another id"),
        ("council-of-europe/instruments", "P3M", "soon", (2, "entry_delay"), "P3M"),
        ("common/publishers", "yes", "oui", (2, "official"), "yes or no"),
    ],
)
def test_a_broken_row_refuses_the_release(
    facts: Path,
    data: Path,
    before: str,
    change: Change,
    table: str,
    old: str,
    new: str,
    place: tuple[int, str],
    cure: str,
) -> None:
    change(table, old, new)
    with pytest.raises(BuildRefused) as refused:
        build(data, facts)
    errors = [
        error for error in refused.value.report.errors if not error.message.startswith("no state has the id 'USA'")
    ]
    assert [(error.file, error.row, error.column) for error in errors] == [(f"{table}.csv", *place)]
    assert cure in errors[0].cure
    assert str(errors[0]) in str(refused.value) or len(refused.value.report.errors) > 1
    assert current(data).id == before


@pytest.mark.parametrize("name", ["common/states.csv", "council-of-europe/participations.csv"])
@pytest.mark.parametrize("content", [b"\xff\xfe", b"id\0", b"x" * 10_000_000])
def test_an_unreadable_table_gives_one_error(facts: Path, data: Path, before: str, name: str, content: bytes) -> None:
    table = facts / name
    table.write_bytes(table.read_bytes() + content)
    with pytest.raises(BuildRefused) as refused:
        build(data, facts)
    assert [error.file for error in refused.value.report.errors] == [name]
    assert current(data).id == before


def test_misplaced_and_undescribed_tables(facts: Path, data: Path) -> None:
    (facts / "states.csv").write_text("id,name,kind,source\n")
    (facts / "common" / "states.yaml").unlink()
    (facts / "common" / "more.yaml").write_text("title: x\n")
    with pytest.raises(BuildRefused) as refused:
        build(data, facts)
    said = {(error.file, error.message) for error in refused.value.report.errors}
    assert ("states.csv", "the table is not in a folder of its area") in said
    assert ("common/states.yaml", "the table has no description beside it") in said
    assert ("common/more.yaml", "describes no table") in said


def test_a_missing_directory(data: Path, tmp_path: Path) -> None:
    with pytest.raises(BuildRefused, match="no such directory"):
        build(data, tmp_path / "nowhere")


def test_a_failing_assertion_breaks_the_build_and_a_warning_does_not(facts: Path, data: Path) -> None:
    described = facts / "council-of-europe" / "participations.yaml"
    sound = described.read_text(encoding="utf-8")
    wanted = "assertions:\n  - {kind: parties, instrument: cets-185, min: 70, severity: %s}\n"
    described.write_text(sound + wanted % "warn", encoding="utf-8")
    report = build(data, facts)
    assert [(one.holds, one.found) for one in report.assertions] == [(False, "2 parties")]
    described.write_text(sound + wanted % "error", encoding="utf-8")
    with pytest.raises(BuildRefused, match=r"participations\.yaml.*min 70.*2 parties"):
        build(data, facts)
    assert current(data).id == report.release


def test_a_build_killed_at_any_instant_leaves_the_previous_release(
    facts: Path, data: Path, before: str, change: Change
) -> None:
    change("common/states", "Brazil", "Brasil")
    code = "import sys; from pathlib import Path; from ingest.build import build\n"
    code += "build(Path(sys.argv[1]), Path(sys.argv[2]), force=True)"
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, str(data.with_name("other")), str(facts)], check=True)
    whole = time.perf_counter() - began
    after = current(data.with_name("other")).id
    for share in (0.3, 0.6, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0):
        process = subprocess.Popen([sys.executable, "-c", code, str(data), str(facts)])
        time.sleep(whole * share)
        process.send_signal(signal.SIGKILL)
        process.wait()
        release = current(data)
        assert release.id in (before, after)
        assert len(release.records().states) == 3
    assert build(data, facts).release == after


def test_the_packaged_tables_build(packaged_data: Path) -> None:
    assert current(packaged_data).records().participations
