"""The log on disk: crashes, several processes, full disks, and what it refuses to go on behind."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from api.audit.chain import Act, Head
from api.audit.log import TORN, AuditLog, AuditUnavailable

ACT = Act(who="key:ab12cd34", role="liaison", route="/v1/paths", asked="GET /v1/paths?to=USA", restricted=("usa-1",))


def acts(log: AuditLog) -> list[str]:
    """What the entries ask, in order."""
    return [entry.asked for entry in log.entries()]


def test_an_entry_says_what_was_done_and_when(tmp_path: Path) -> None:
    entry = AuditLog(tmp_path).record(ACT)
    (held,) = AuditLog(tmp_path).entries()
    assert held == entry
    assert (held.who, held.restricted, held.sequence) == ("key:ab12cd34", ("usa-1",), 1)
    assert held.at.endswith("Z")


def test_only_the_owner_reads_the_log(tmp_path: Path) -> None:
    log = AuditLog(tmp_path)
    log.record(ACT)
    assert log.folder.stat().st_mode & 0o077 == 0
    assert all(file.stat().st_mode & 0o077 == 0 for file in log.folder.iterdir())


def _append(folder: str, name: str, count: int) -> None:
    log = AuditLog(Path(folder))
    for number in range(count):
        log.record(Act(who=name, role="liaison", route="", asked=f"{name} {number}"))


def test_several_processes_append_to_one_chain(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    workers = [spawn.Process(target=_append, args=(str(tmp_path), f"worker-{number}", 40)) for number in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    log = AuditLog(tmp_path)
    verdict = log.verify()
    assert verdict.broken is None
    assert verdict.entries == 120
    for number in range(3):  # each process's own entries are in its order
        mine = [asked for asked in acts(log) if asked.startswith(f"worker-{number} ")]
        assert mine == [f"worker-{number} {count}" for count in range(40)]


def test_a_check_holds_while_others_append(tmp_path: Path) -> None:
    log = AuditLog(tmp_path)
    log.record(ACT)
    writer = multiprocessing.get_context("spawn").Process(target=_append, args=(str(tmp_path), "w", 60))
    writer.start()
    counts = []
    while writer.is_alive():
        verdict = log.verify()
        assert verdict.broken is None
        counts.append(verdict.entries)
    writer.join()
    assert counts == sorted(counts)
    assert log.verify().entries == 61


def test_a_killed_process_loses_no_entry_that_it_had_reported(tmp_path: Path) -> None:
    program = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from api.audit.chain import Act
        from api.audit.log import AuditLog
        log = AuditLog(Path(sys.argv[1]))
        for number in range(1_000_000):
            log.record(Act(who="w", role="liaison", route="", asked=str(number)))
            print(number, flush=True)
        """
    )
    running = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    for _ in range(25):
        reported = running.stdout.readline()
    running.send_signal(signal.SIGKILL)
    reported = ([reported, *running.stdout.readlines()])[-1]
    running.wait()
    log = AuditLog(tmp_path)
    log.record(ACT)
    assert log.verify().broken is None
    assert str(int(reported)) in acts(log)


@pytest.mark.parametrize("keep", [1, 40, -1], ids=["first byte", "half", "all but the line end"])
def test_a_torn_line_is_set_aside_and_told_of(tmp_path: Path, keep: int) -> None:
    log = AuditLog(tmp_path)
    log.record(ACT)
    log.record(ACT)
    first, second = log.file.read_bytes().splitlines(keepends=True)
    torn = second[:keep]
    log.file.write_bytes(first + torn)
    log.head_file.write_text(json.dumps({"sequence": 1, "hash": json.loads(first)["hash"]}))
    assert log.verify().broken is not None
    log.record(ACT)
    one, told, three = log.entries()
    assert told.route == TORN
    (aside,) = (log.folder / "torn").iterdir()
    assert aside.read_bytes() == torn
    assert aside.name in told.asked
    assert (one.sequence, three.sequence) == (1, 3)
    assert log.verify().broken is None


def test_a_log_that_was_cut_takes_no_further_entry(tmp_path: Path) -> None:
    log = AuditLog(tmp_path)
    for _ in range(3):
        log.record(ACT)
    lines = log.file.read_bytes().splitlines(keepends=True)
    log.file.write_bytes(b"".join(lines[:2]))
    with pytest.raises(AuditUnavailable, match="not the log that was written"):
        log.record(ACT)
    assert log.verify().broken is not None


def test_a_log_that_is_gone_takes_no_further_entry(tmp_path: Path) -> None:
    log = AuditLog(tmp_path)
    log.record(ACT)
    log.file.unlink()
    with pytest.raises(AuditUnavailable, match="is gone"):
        log.record(ACT)
    assert not log.file.exists()
    assert log.verify().broken is not None


def test_a_changed_last_line_takes_no_further_entry(tmp_path: Path) -> None:
    log = AuditLog(tmp_path)
    log.record(ACT)
    log.file.write_bytes(log.file.read_bytes().replace(b"ab12cd34", b"ffffffff"))
    with pytest.raises(AuditUnavailable, match="not what was recorded"):
        log.record(ACT)


def test_a_head_kept_elsewhere_is_checked(tmp_path: Path) -> None:
    log = AuditLog(tmp_path)
    kept = log.record(ACT)
    log.record(ACT)
    assert log.verify(Head(kept.sequence, kept.hash)).broken is None
    assert log.verify(Head(1, "f" * 64)).broken is not None
    assert log.verify(Head(9, kept.hash)).broken is not None


def test_a_crash_between_line_and_head_is_no_break(tmp_path: Path) -> None:
    log = AuditLog(tmp_path)
    log.record(ACT)
    before = log.head_file.read_bytes()
    log.record(ACT)
    log.head_file.write_bytes(before)
    assert log.verify().broken is None
    assert log.record(ACT).sequence == 3


def test_a_damaged_head_is_told_of_with_its_cure(tmp_path: Path) -> None:
    log = AuditLog(tmp_path)
    log.record(ACT)
    log.head_file.write_bytes(b"")
    with pytest.raises(AuditUnavailable, match="then remove this file"):
        log.record(ACT)
    verdict = log.verify()
    assert verdict.entries == 1
    assert verdict.broken is not None
    assert verdict.broken.line == 0
    log.head_file.unlink()
    assert log.record(ACT).sequence == 2
    assert log.verify().broken is None


def test_nothing_is_made_by_looking(tmp_path: Path) -> None:
    assert AuditLog(tmp_path).verify().entries == 0
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_refuses_and_leaves_the_log_whole(tmp_path: Path) -> None:
    """A limit on the size of files gives the same partial writes and errors as a full disk, without needing rights."""
    log = AuditLog(tmp_path)
    for _ in range(3):
        log.record(ACT)
    before = log.file.read_bytes()
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 50, old[1]))
    try:
        with pytest.raises(AuditUnavailable, match="cannot be written"):
            log.record(ACT)
        assert log.file.read_bytes() == before
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, ignored)
    assert log.record(ACT).sequence == 4
    assert log.verify().broken is None


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting needs root; the limit on file sizes above tests the same")
def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], check=False)
    if mounted.returncode:
        pytest.skip("no right to mount here; the limit on file sizes above tests the same")
    try:
        log = AuditLog(disk)
        with pytest.raises(AuditUnavailable, match="No space left"):
            _append(str(disk), "w", 10_000)
        held = log.verify()
        assert held.broken is None
        assert held.entries > 50
        with pytest.raises(AuditUnavailable):
            log.record(ACT)
        subprocess.run(["mount", "-o", "remount,size=256k", str(disk)], check=True)
        assert log.record(ACT).sequence == held.entries + 1
        assert log.verify().broken is None
    finally:
        subprocess.run(["umount", str(disk)], check=True)
