"""What is public passes to recorded roles as it comes: files piece by piece and in ranges, once it is recorded."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import httpx2 as httpx
import pytest
from starlette.testclient import TestClient

from api.application import create_application
from api.audit.log import AuditLog
from api.settings import ApiSettings
from graph.exports.kept import found, make
from graph.releases import current
from tests.api.restricted.conftest import Messages, keys_of, watching
from tests.api.running import serving as served

Keys = dict[str, dict[str, str]]

LARGE = 128 << 20
EXPORT = "/v1/exports/nquads"


@pytest.fixture
def large(data: Path) -> Path:
    """The data directory, whose export in N-Quads is a file of many bytes and takes no room on the disk."""
    release = current(data)
    path = make(release, "nquads", None, 1 << 30).path
    os.truncate(path, LARGE)
    made = found(release, "nquads")
    assert made is not None
    assert made.size == LARGE
    return data


def most_memory(pid: int) -> int:
    """Bytes that the process has held at most."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM"))


@pytest.mark.parametrize("role", ["liaison", "curator"])
def test_an_export_is_never_held_whole(large: Path, keys: Keys, role: str) -> None:
    with served(large) as server, httpx.Client(timeout=60, verify=False) as client:
        client.get(f"{server.address}{EXPORT}", headers={**keys[role], "Range": "bytes=0-9"})
        before = most_memory(server.process.pid)
        with client.stream("GET", f"{server.address}{EXPORT}", headers=keys[role]) as answer:
            assert answer.headers["content-length"] == str(LARGE)
            came = hashlib.sha256()
            for piece in answer.iter_bytes():
                came.update(piece)
        assert most_memory(server.process.pid) - before < LARGE / 4
    made = found(current(large), "nquads")
    assert made is not None
    with made.path.open("rb") as file:
        assert came.digest() == hashlib.file_digest(file, "sha256").digest()


def test_the_entry_is_on_the_disk_before_the_first_byte_of_an_export_leaves(large: Path, keys: Keys) -> None:
    recorded: list[int] = []
    sizes: list[int] = []

    def leaving(message: Messages) -> None:
        recorded.append(len(list(AuditLog(large).entries())))
        sizes.append(len(message.get("body", b"")))

    with TestClient(watching(create_application(ApiSettings(), large), leaving)) as client:
        assert client.get(EXPORT, headers=keys["liaison"]).status_code == 200
    assert recorded[0] == recorded[-1] == 1
    assert sum(sizes) == LARGE
    assert max(sizes) < 1 << 20


def test_ranges_and_copies_are_as_for_everybody_else_and_recorded(client: TestClient, data: Path, keys: Keys) -> None:
    whole = client.get(EXPORT)
    part = {"Range": "bytes=10-99"}
    shown = client.get(EXPORT, headers={**keys["liaison"], **part})
    assert (shown.status_code, shown.content) == (206, whole.content[10:100])
    assert shown.headers["content-range"] == f"bytes 10-99/{len(whole.content)}"
    held = {"If-None-Match": whole.headers["etag"]}
    assert client.get(EXPORT, headers={**keys["liaison"], **held}).status_code == 304
    resumed = client.get(EXPORT, headers={**keys["liaison"], **part, "If-Range": whole.headers["etag"]})
    assert resumed.content == shown.content
    none = client.get(EXPORT, headers={**keys["liaison"], "Range": f"bytes={len(whole.content)}-"})
    assert none.status_code == 416
    assert [entry.status for entry in AuditLog(data).entries()] == [206, 304, 206, 416]


def test_a_batch_leaves_line_by_line(data: Path) -> None:
    lines: list[int] = []
    keys = keys_of(data)
    questions = [{"from": "FRA", "to": "USA", "measure": "preservation"}] * 5
    application = create_application(ApiSettings(), data)
    with TestClient(watching(application, lambda message: lines.append(len(message.get("body", b""))))) as client:
        told = client.post("/v1/paths", json={"questions": questions}, headers=keys["liaison"])
    assert told.status_code == 200
    assert len([size for size in lines if size]) == 5
