"""Releases on disk: whole or not there, found again after any kill, the same content under the same id."""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from graph.model import State
from graph.records import Records
from graph.releases import KEPT, BrokenRelease, Busy, NoRelease, Release, current, held, write_release

DAY = "2026-11-24T12:00:00Z"

WRITER = """
import sys
from pathlib import Path
from graph.model import State
from graph.records import Records
from graph.releases import write_release

number = int(sys.argv[2])
states = tuple(State(id=f"S{n}", name=f"State {n} of {number}", kind="state") for n in range(400))
sys.stdout.write("ready")
sys.stdout.flush()
write_release(Path(sys.argv[1]), Records(states=states), {}, fingerprint=str(number), built_at="2026-11-24T12:00:00Z")
"""


def write(data: Path, records: Records, *, fingerprint: str = "f", built_at: str = DAY) -> Release:
    return write_release(data, records, {"made": "by hand"}, fingerprint=fingerprint, built_at=built_at)


def named(name: str) -> Records:
    return Records(states=(State(id="AAA", name=name, kind="state"),))


def test_what_is_written_is_read(tmp_path: Path, every_class: Records) -> None:
    written = write(tmp_path, every_class)
    found = current(tmp_path)
    assert found.id == written.id
    assert found.records() == every_class
    assert found.report() == {"made": "by hand"}
    assert found.verify() == []
    assert found.manifest.counts["states"] == 2


def test_records_are_kept_in_canonical_form(tmp_path: Path, every_class: Records) -> None:
    turned = msgspec.structs.replace(every_class, states=every_class.states[::-1])
    assert write(tmp_path, turned).records() == every_class


def test_the_id_is_the_digest_of_the_statements_file(tmp_path: Path, every_class: Records) -> None:
    release = write(tmp_path, every_class)
    lines = gzip.decompress(release.quads_file().read_bytes())
    assert release.id == f"r-{hashlib.sha256(lines).hexdigest()[:16]}"
    assert len(lines.splitlines()) == release.manifest.triples


def test_the_same_records_are_not_written_again(tmp_path: Path, every_class: Records) -> None:
    first = write(tmp_path, every_class)
    before = {path: path.stat().st_mtime_ns for path in first.folder.rglob("*")}
    second = write(tmp_path, every_class, built_at="2027-01-01T00:00:00Z")
    assert second.id == first.id
    assert second.manifest == first.manifest
    assert {path: path.stat().st_mtime_ns for path in second.folder.rglob("*")} == before


def test_other_inputs_with_the_same_records_renew_the_manifest_only(tmp_path: Path, every_class: Records) -> None:
    first = write(tmp_path, every_class)
    unchanged = [first.quads_file(), first.folder / "records.msgpack"]
    before = [path.stat().st_mtime_ns for path in unchanged]
    assert write(tmp_path, every_class, fingerprint="g").manifest.fingerprint == "g"
    assert current(tmp_path).manifest.fingerprint == "g"
    assert [path.stat().st_mtime_ns for path in unchanged] == before


def test_without_a_release_the_cure_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoRelease, match="run comity build"):
        current(tmp_path)


def test_a_release_that_is_gone_is_named(tmp_path: Path) -> None:
    (tmp_path / "current").write_text("r-0000000000000000\n", encoding="utf-8")
    with pytest.raises(BrokenRelease, match="comity build --force"):
        current(tmp_path)


@pytest.mark.parametrize("damage", [b"", b"\x80", None])
def test_damaged_records_are_noticed_and_written_anew(tmp_path: Path, damage: bytes | None) -> None:
    release = write(tmp_path, named("One"))
    file = release.folder / "records.msgpack"
    if damage is None:
        file.unlink()
    else:
        file.write_bytes(damage)
    with pytest.raises(BrokenRelease, match=r"records\.msgpack is damaged"):
        current(tmp_path).records()
    assert release.verify() == ["records.msgpack"]
    assert write(tmp_path, named("One")).records() == named("One")


def test_an_older_layout_is_written_anew(tmp_path: Path) -> None:
    release = write(tmp_path, named("One"))
    manifest = release.folder / "manifest.json"
    manifest.write_bytes(msgspec.json.encode(msgspec.structs.replace(release.manifest, layout=1)))
    (release.folder / "store" / "CURRENT").unlink()
    with pytest.raises(BrokenRelease, match="another version: build again"):
        current(tmp_path)
    with write(tmp_path, named("One")).store() as store:
        assert store.records() == named("One")


def test_two_writers_do_not_meet(tmp_path: Path) -> None:
    write(tmp_path, named("One"))
    with (tmp_path / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Busy, match="another build is writing"):
            write(tmp_path, named("Two"))
    assert current(tmp_path).records() == named("One")
    assert write(tmp_path, named("Two")).records() == named("Two")


def test_old_releases_are_pruned_but_never_the_current(tmp_path: Path) -> None:
    written = [write(tmp_path, named(f"Name {n}"), built_at=f"2026-01-{n + 10}T00:00:00Z").id for n in range(KEPT + 2)]
    assert [release.id for release in held(tmp_path)] == written[: -KEPT - 1 : -1]
    again = write(tmp_path, named(f"Name {KEPT - 1}"))  # an older one becomes the current again
    assert current(tmp_path).id == again.id
    newest = write(tmp_path, named("Name 99"), built_at="2025-01-01T00:00:00Z")  # the clock went back
    assert current(tmp_path).id == newest.id
    assert len(held(tmp_path)) == KEPT


def test_what_a_killed_writer_left_is_removed(tmp_path: Path) -> None:
    write(tmp_path, named("One"))
    stale = tmp_path / "releases" / ".unfinished-1"
    (stale / "store").mkdir(parents=True)
    (tmp_path / ".current-1").write_text("r-", encoding="utf-8")
    write(tmp_path, named("Two"))
    assert not stale.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["build.lock", "current", "releases"]


def test_a_failing_writer_leaves_the_previous_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, named("One"))
    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        with pytest.raises(OSError, match="No space"):
            write(tmp_path, named("Two"))
    assert current(tmp_path).records() == named("One")


def test_a_writer_killed_at_any_instant_leaves_a_release_that_answers(tmp_path: Path) -> None:
    rounds, killed = 14, 0
    chance = random.Random(20261124)
    began = time.monotonic()
    _start(tmp_path, 0).communicate()
    whole = time.monotonic() - began
    for number in range(1, rounds + 1):
        before = current(tmp_path).id
        writer = _start(tmp_path, number)
        assert writer.stdout is not None
        writer.stdout.read(5)  # everything is imported that can be
        time.sleep(chance.uniform(0, whole))
        writer.send_signal(signal.SIGKILL)
        killed += writer.wait() == -signal.SIGKILL
        writer.stdout.close()
        found = current(tmp_path)
        ours = f"of {number}" in found.records().states[0].name
        assert ours != (found.id == before)
        assert found.verify() == []
        with found.store() as store:
            assert store.records() == found.records()
    assert killed >= rounds // 4
    last = _start(tmp_path, 99)
    assert last.communicate()[0] == b"ready"
    assert last.returncode == 0
    assert "of 99" in current(tmp_path).records().states[0].name
    assert not list((tmp_path / "releases").glob(".*"))


def _start(data: Path, number: int) -> subprocess.Popen[bytes]:
    root = Path(__file__).parents[2]
    return subprocess.Popen([sys.executable, "-c", WRITER, str(data), str(number)], cwd=root, stdout=subprocess.PIPE)


def test_a_damaged_release_is_replaced_without_a_gap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = write(tmp_path, named("A"))
    first.quads_file().write_bytes(b"damaged")
    answered: list[bool] = []
    real = Path.rename

    def watched(self: Path, target: Path) -> Path:
        moved = real(self, target)
        answered.append(bool(current(tmp_path).records()))  # readable after each step
        return moved

    monkeypatch.setattr(Path, "rename", watched)
    second = write(tmp_path, named("A"))
    assert answered
    assert not second.verify()
    assert current(tmp_path).folder == second.folder
    assert [release.folder for release in held(tmp_path)] == [second.folder]


def test_what_is_no_whole_release_stops_no_build(tmp_path: Path) -> None:
    write(tmp_path, named("A"))
    broken = tmp_path / "releases" / "r-broken"
    broken.mkdir()
    (broken / "manifest.json").write_text("{")
    assert write(tmp_path, named("B")).id == current(tmp_path).id
    assert not broken.exists()
