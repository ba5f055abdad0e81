"""Exports over HTTP: the bytes that the command line writes, with checksum and ranges, kept for each release."""

from __future__ import annotations

import base64
import hashlib
from email import message_from_bytes
from pathlib import Path

import pytest

from graph.earlier import release_named
from graph.exports import export
from graph.exports.kept import KINDS
from tests.api.exports.conftest import Two


@pytest.mark.parametrize("format", KINDS)
def test_a_file_is_what_the_command_line_writes(two: Two, tmp_path: Path, format: str) -> None:
    response = two.server.get(f"/v1/exports/{format}")
    assert response.status_code == 200
    (written,) = export(release_named(two.data, two.new), format, tmp_path / f"all{KINDS[format].ending}")
    assert response.content == written.read_bytes()
    digest = hashlib.sha256(response.content)
    assert response.headers["etag"] == f'"{digest.hexdigest()}"'
    assert response.headers["repr-digest"] == f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"
    assert response.headers["content-type"].startswith(KINDS[format].media)
    assert two.new in response.headers["content-disposition"]
    assert response.headers["content-disposition"].startswith("attachment")
    listed = two.server.get("/v1/exports").json()
    (told,) = [item for item in listed["items"] if item["format"] == format]
    assert (told["sha256"], told["bytes"]) == (digest.hexdigest(), len(response.content))
    assert two.server.get(told["href"]).content == response.content


def test_the_list_names_releases_and_topics(two: Two) -> None:
    told = two.server.get("/v1/exports").json()
    assert told["release"] == two.new
    assert told["releases"] == [two.new, two.old]
    assert told["topics"]["states"] == ["BRA", "FRA", "USA"]
    assert told["topics"]["instruments"] == ["cets-185"]
    older = two.server.get(f"/v1/exports?release={two.old}").json()
    assert older["release"] == two.old
    assert all(two.old in item["file"] for item in older["items"])


def test_ranges_are_parts_of_the_file(two: Two) -> None:
    path = "/v1/exports/nquads"
    whole = two.server.get(path)
    tag = whole.headers["etag"]
    size = len(whole.content)
    part = two.server.get(path, Range="bytes=10-19")
    assert (part.status_code, part.content) == (206, whole.content[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{size}"
    assert part.headers["etag"] == tag
    end = two.server.get(path, **{"Range": "bytes=-5", "If-Range": tag})
    assert (end.status_code, end.content) == (206, whole.content[-5:])
    changed = two.server.get(path, **{"Range": "bytes=-5", "If-Range": '"other"'})
    assert (changed.status_code, changed.content) == (200, whole.content)
    assert two.server.get(path, Range="lines=1-2").content == whole.content


def test_several_ranges_come_in_parts(two: Two) -> None:
    whole = two.server.get("/v1/exports/nquads").content
    response = two.server.get("/v1/exports/nquads", Range="bytes=0-3,10-12")
    assert response.status_code == 206
    head = f"Content-Type: {response.headers['content-type']}\r\n\r\n".encode()
    parts = message_from_bytes(head + response.content).get_payload()
    assert [part.get_payload(decode=True) for part in parts] == [whole[0:4], whole[10:13]]


@pytest.mark.parametrize("asked", ["bytes=999999999-", "bytes=", "bytes=9-3"])
def test_a_range_that_is_not_there_is_a_problem(two: Two, asked: str) -> None:
    size = len(two.server.get("/v1/exports/nquads").content)
    response = two.server.get("/v1/exports/nquads", Range=asked)
    assert response.status_code == 416
    assert response.headers["content-range"] == f"bytes */{size}"
    assert response.json()["code"] == "no-such-range"


def test_a_file_is_not_compressed_on_the_way(two: Two) -> None:
    response = two.server.get("/v1/exports/nquads", **{"Accept-Encoding": "gzip, br, zstd"})
    assert "content-encoding" not in response.headers
    assert int(response.headers["content-length"]) == len(response.content)


def test_a_file_that_the_client_holds_is_not_sent_again(two: Two) -> None:
    first = two.server.get("/v1/exports/turtle")
    again = two.server.get("/v1/exports/turtle", **{"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_only_an_address_that_names_the_release_never_changes(two: Two) -> None:
    loose = two.server.get("/v1/exports/csv")
    assert "immutable" not in loose.headers["cache-control"]
    assert two.new in loose.headers["content-location"]
    named = two.server.get(loose.headers["content-location"])
    assert "immutable" in named.headers["cache-control"]
    assert named.content == loose.content


def test_an_older_release_is_exported_as_long_as_it_is_on_disk(two: Two) -> None:
    old = two.server.get(f"/v1/exports/nquads?release={two.old}")
    assert two.old in old.headers["content-disposition"]
    assert b"Brazil" in old.content
    assert b"Brasil" in two.server.get("/v1/exports/nquads").content
    gone = two.server.get("/v1/exports/nquads?release=r-0123456789abcdef")
    assert gone.status_code == 404
    assert gone.json()["available"] == [two.new, two.old]


def test_a_topic_is_a_part_under_a_name_of_its_own(two: Two, tmp_path: Path) -> None:
    response = two.server.get("/v1/exports/nquads?topic=state/BRA")
    (written,) = export(release_named(two.data, two.new), "nquads", tmp_path / "part.nq", topic="state/BRA")
    assert response.content == written.read_bytes()
    assert b"participation/cets-185/FRA" not in response.content
    assert "BRA" in response.headers["content-disposition"]
    assert response.headers["etag"] != two.server.get("/v1/exports/nquads").headers["etag"]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/v1/exports/nquads?topic=FRX", "FRA"),
        ("/v1/exports/nquads?topic=cets-185/FRA", "topic"),
        ("/v1/exports/pdf", "choose from nquads"),
        ("/v1/exports/..%2F..%2Fcurrent", ""),
    ],
)
def test_what_is_not_offered_is_not_there(two: Two, path: str, told: str) -> None:
    response = two.server.get(path)
    assert response.status_code == 404
    assert told in response.json()["detail"]
