"""What HTTP asks for: forms, pages, fields, entity tags, compression, limits, problems."""

from __future__ import annotations

import gzip
import re
import socket
import time
from pathlib import Path

import msgspec
import pytest
from starlette.testclient import TestClient

from api.problems import MEDIA_TYPE
from api.settings import ApiSettings, load
from graph.releases import current, write_release
from graph.settings import SettingsError
from tests.api.conftest import on_a_fixed_day, running
from tests.terminal.small_world import RECORDS

PATHS = "/v1/paths?from=FRA&to=USA&measure=preservation"


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "application/json"),
        ("application/json;q=0.5, text/csv", "text/csv"),
        ("text/*", "text/csv"),
        ("application/ld+json, application/json;q=0.9", "application/ld+json"),
        ("text/html, application/xhtml+xml, */*;q=0.8", "application/json"),
        ("nonsense;q=x, */*", "application/json"),
        ("text/csv;q=0, */*", "application/json"),
    ],
)
def test_the_form_is_the_one_that_the_client_likes_best(client: TestClient, accept: str, media: str) -> None:
    answer = client.get("/v1/states?limit=1", headers={"Accept": accept})
    assert answer.headers["Content-Type"].partition(";")[0] == media


def test_a_form_that_is_not_offered_is_refused_with_what_is(client: TestClient) -> None:
    refused = client.get(PATHS, headers={"Accept": "application/pdf"})
    offered = ["application/json", "application/ld+json", "text/csv"]
    assert (refused.status_code, refused.json()["offered"]) == (406, offered)
    assert "choose from json, jsonld, csv" in client.get(f"{PATHS}&format=pdf").json()["detail"]


def test_pages_hold_every_row_once_and_name_the_next(client: TestClient) -> None:
    url, ids = "/v1/instruments?limit=60&fields=id", []
    while url:
        answer = client.get(url)
        ids += [row["id"] for row in answer.json()["items"]]
        url = answer.json()["next"]
        assert answer.headers.get("Link") == (f'<{url}>; rel="next"' if url else None)
    assert ids == [held["id"] for held in client.get("/v1/instruments?limit=1000").json()["items"]]


def test_a_cursor_is_good_for_its_question_and_release_only(client: TestClient, small_data: Path) -> None:
    following = client.get("/v1/states?limit=2").json()["next"]
    cursor = following.rpartition("cursor=")[2]
    other = client.get(f"/v1/states?kind=territory&limit=2&cursor={cursor}")
    assert (other.status_code, "another question" in other.json()["detail"]) == (422, True)
    with TestClient(on_a_fixed_day(ApiSettings(), small_data)) as elsewhere:
        assert elsewhere.get(following).json()["code"] == "another-release"


def test_only_the_fields_that_are_named_come(client: TestClient) -> None:
    assert client.get("/v1/states/FRA?fields=name,id").json() == {"name": "France", "id": "FRA"}
    refused = client.get("/v1/states?fields=id,nmae")
    assert (refused.status_code, "nearest: name" in refused.json()["detail"]) == (422, True)


def test_a_tag_is_of_the_bytes_and_every_form_has_its_own(client: TestClient) -> None:
    tags = {}
    for coding in ("identity", "gzip", "br", "zstd"):
        answer = client.get(PATHS, headers={"Accept-Encoding": coding})
        assert answer.headers.get("Content-Encoding", "identity") == coding
        assert "Accept-Encoding" in answer.headers["Vary"]
        tags[coding] = answer.headers["ETag"]
        again = client.get(PATHS, headers={"Accept-Encoding": coding, "If-None-Match": tags[coding]})
        assert (again.status_code, again.headers["ETag"]) == (304, tags[coding])
    assert len(set(tags.values())) == 4
    csv = client.get(PATHS, headers={"Accept": "text/csv"}).headers["ETag"]
    assert csv not in tags.values()


def test_how_long_an_answer_may_be_kept_is_said_and_a_refusal_is_not_kept(client: TestClient) -> None:
    assert client.get(PATHS).headers["Cache-Control"] == "public, max-age=60, must-revalidate"
    assert client.get("/v1/states/Atlantis").headers["Cache-Control"] == "no-store"


def test_head_answers_as_get_without_a_body(client: TestClient) -> None:
    head, got = client.head("/v1/states/FRA"), client.get("/v1/states/FRA")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == got.headers["ETag"]


@pytest.mark.parametrize(
    ("url", "status", "named"),
    [
        ("/v1/paths?from=FRA&to=USA", 422, "query measure"),
        ("/v1/paths?from=Frnace&to=USA&measure=preservation", 422, "query from: no State is called 'Frnace'"),
        ("/v1/paths?from=FRA&to=FRA&measure=preservation", 422, "query to: France (FRA) stands on both sides"),
        (f"{PATHS}&on=2026-13-01", 422, "query on: '2026-13-01' is not a day"),
        (f"{PATHS}&on=2026", 422, "such as 2026-01-01"),
        (f"{PATHS}&urgnt=true", 422, "query urgnt: there is no such parameter; did you mean urgent?"),
        (f"{PATHS}&on=2020-01-01&on=2021-01-01", 422, "query on: it may be given once only"),
        (f"{PATHS}&urgent=perhaps", 422, "query urgent"),
        (f"{PATHS}&assume=BRA:cets-224", 422, "write STATE:INSTRUMENT:DAY"),
        (f"{PATHS}&via=pigeon", 422, "query via"),
        (f"{PATHS}&limit=0", 422, "query limit"),
        ("/v1/paths?from=%00&to=USA&measure=preservation", 422, "query from"),
        ("/v1/paths?from=http://example.org/%3Cx%3E&to=USA&measure=preservation", 422, "query from"),
        ("/v1/states/Atlantis", 404, "no State is called 'Atlantis'"),
        ("/v1/instruments/cets-1855", 404, "nearest"),
        ("/v1/statutes/none/at/all", 404, "nothing is called"),
        ("/v1/vocabularies/colour", 404, "/v1/vocabularies lists them"),
        ("/v1/releases/r-none", 404, "no release 'r-none'"),
        ("/v2/paths", 404, "/docs lists what there is"),
        ("/v1/what-if?assume=BRA:cets-224:2027-01-01&from=BRA", 422, "name both FROM and TO"),
        ("/v1/coverage?by=colour", 422, "choose from measure, state"),
        ("/v1/coverage?first=2001-01", 422, "months are for a series"),
        ("/v1/compare?name=FRA", 422, "2 to 6"),
        ("/v1/next-step?group=FRA", 422, "/v1/states/FRA/next-step"),
        ("/v1/states/FRA/next-step?assume=FRA:nothing", 422, "FRA:nothing"),
        ("/v1/states/FRA/next-step?on=", 422, "day"),
        ("/v1/next-step?group=grulac&on=2026-13-01", 422, "2026-13-01"),
        ("/v1/search?q=x&class=colour", 422, "choose from state"),
        ("/v1/states?cursor=abc", 422, "query cursor"),
        (f"/v1/states?cursor={'A' * 399}", 422, "query cursor"),
        (f"/v1/search?q={'x' * 17_000}", 414, "16384 at most"),
    ],
)
def test_a_refusal_names_the_place_and_the_cure(client: TestClient, url: str, status: int, named: str) -> None:
    refused = client.get(url)
    told = refused.json()
    assert (refused.status_code, refused.headers["Content-Type"]) == (status, MEDIA_TYPE)
    assert named in told["detail"]
    assert {"type", "title", "status", "detail", "code", "instance"} <= told.keys()
    assert "Traceback" not in refused.text


def test_a_method_that_a_path_does_not_take_is_refused_with_those_it_takes(client: TestClient) -> None:
    refused = client.delete("/v1/states")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET")
    assert refused.json()["code"] == "method-not-allowed"


@pytest.mark.parametrize(
    ("body", "status", "named"),
    [
        (b'{"questions": []}', 422, "questions"),
        (b'{"questions": [{"from": "FRA", "to": "USA"}]}', 422, "questions.0.measure"),
        (b'{"questions": [{"from": "FRA", "to": "USA", "measure": "preservation", "urgnt": true}]}', 422, "urgnt"),
        (b'{"questions": ' + b"[" * 100_000, 400, "send JSON"),
        (b"\xff\xfe", 400, "send JSON"),
        (b" " * (1 << 21), 413, "1048576 bytes"),
        (msgspec.json.encode({"questions": [{"from": "F", "to": "U", "measure": "m"}] * 1001}), 422, "1000"),
    ],
    ids=["none", "part", "unknown", "deep", "binary", "huge", "many"],
)
def test_a_body_that_will_not_do_is_refused(client: TestClient, body: bytes, status: int, named: str) -> None:
    refused = client.post("/v1/paths", content=body, headers={"Content-Type": "application/json"})
    assert (refused.status_code, refused.headers["Content-Type"]) == (status, MEDIA_TYPE), refused.text
    assert named in refused.text


def test_a_thousand_questions_are_answered_line_by_line_as_one_by_one(client: TestClient) -> None:
    states = ["FRA", "USA", "JPN", "BRA", "GHA", "PHL", "KEN", "AUS", "CAN", "DEU", "ITA"]
    pairs = [(one, other) for one in states for other in states if one != other]
    questions = [
        {"from": one, "to": other, "measure": measure, "on": f"20{year}-01-01"}
        for year in (10, 15, 20, 24, 26)
        for measure in ("preservation", "content-data")
        for one, other in pairs
    ][:1000]
    answer = client.post("/v1/paths", json={"questions": questions, "limit": 2})
    lines = [msgspec.json.decode(line) for line in answer.text.splitlines()]
    assert [line["index"] for line in lines] == list(range(1000))
    for place in (0, 499, 999):
        assert lines[place]["answer"] == client.get("/v1/paths", params={**questions[place], "limit": "2"}).json()


def test_a_body_without_end_or_length_is_cut_off(small_data: Path) -> None:
    """Sent in chunks without a length, as a client does that means to fill the memory."""
    with running(on_a_fixed_day(ApiSettings(max_body=4096), small_data)) as address:
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=10) as line:
            line.sendall(b"POST /v1/paths HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                         b"Transfer-Encoding: chunked\r\n\r\n")  # fmt: skip
            line.sendall((b"400\r\n" + b" " * 1024 + b"\r\n") * 5)
            assert b" 413 " in line.recv(65_536).splitlines()[0]


def test_a_client_that_sends_too_slowly_is_told_so_and_keeps_nobody_waiting(small_data: Path) -> None:
    with running(on_a_fixed_day(ApiSettings(receive_timeout_s=3), small_data)) as address:
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=10) as slow:
            slow.sendall(b"POST /v1/paths HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                         b"Content-Length: 100\r\n\r\n{")  # fmt: skip
            begun = time.monotonic()
            with socket.create_connection((host, int(port)), timeout=10) as other:
                other.sendall(b"GET /v1/vocabularies HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                assert b" 200 " in other.recv(100)
                assert time.monotonic() - begun < 3
            assert b" 408 " in slow.recv(65_536).splitlines()[0]


def test_the_documentation_names_no_other_host(client: TestClient) -> None:
    page = client.get("/docs")
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "http" not in re.sub(r"\s", "", page.text)
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(loaded) == 4
    for name in loaded:
        assert client.get(f"/{name}").status_code == 200, name
    assert "http" not in client.get("/docs/start.js").text
    for source in re.findall(r"[a-z-]+-src ([^;]+)", page.headers["Content-Security-Policy"]):
        assert set(source.split()) <= {"'none'", "'self'", "'unsafe-inline'", "data:"}
    assert client.get("/docs/..%2fstart").status_code == 404


def test_the_document_has_examples_from_the_release(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    shown_there = document["paths"]["/v1/paths"]["get"]["responses"]["200"]["content"]["application/json"]["example"]
    asked = shown_there["query"]
    answer = client.get(
        "/v1/paths",
        params={"from": "FRA", "to": "USA", "limit": "1", **{key: asked[key] for key in ("measure", "offence", "on")}},
    ).json()
    assert shown_there["paths"] == answer["paths"]
    assert shown_there["why_not"] == answer["why_not"][:2]


def test_another_release_comes_into_use_whole_and_requests_keep_theirs(tmp_path: Path) -> None:
    first = write_release(tmp_path, RECORDS, {}, fingerprint="1", built_at="2026-01-01T00:00:00Z")
    application = on_a_fixed_day(ApiSettings(release_check_s=0.05), tmp_path)
    with TestClient(application) as client:
        held = application.state.releases.open()
        assert client.get("/v1/states").json()["release"] == first.id
        fewer = msgspec.structs.replace(RECORDS, conflicts=())
        second = write_release(tmp_path, fewer, {}, fingerprint="2", built_at="2026-01-02T00:00:00Z")
        until = time.monotonic() + 10
        while client.get("/v1/states").json()["release"] != second.id:
            assert time.monotonic() < until
            time.sleep(0.02)
        assert held.id == held.network.release == first.id != second.id
        assert client.get(f"/v1/states?release={first.id}").status_code == 409
        assert client.get(f"/v1/states?release={second.id}").status_code == 200


def test_without_a_release_every_question_is_told_so_until_there_is_one(tmp_path: Path) -> None:
    application = on_a_fixed_day(ApiSettings(), tmp_path)
    with TestClient(application) as client:
        refused = client.get("/v1/states")
        assert (refused.status_code, refused.json()["code"]) == (503, "no-release")
        assert client.get("/openapi.json").status_code == 200
        write_release(tmp_path, RECORDS, {}, fingerprint="1", built_at="2026-01-01T00:00:00Z")
        assert client.get("/v1/states").json()["release"] == current(tmp_path).id


def test_settings_come_from_the_table_and_the_environment(tmp_path: Path) -> None:
    (tmp_path / "comity.toml").write_text("sparql_max_rows = 5\n[api]\nport = 81\nthreads = 3\n", encoding="utf-8")
    held, origins = load(tmp_path, {"COMITY_API_PORT": "82"})
    assert (held.port, held.threads) == (82, 3)
    assert {one.name: one.origin for one in origins}["api_port"] == "COMITY_API_PORT"
    with pytest.raises(SettingsError, match=r"COMITY_API_PROT: no such setting; did you mean COMITY_API_PORT\?"):
        load(tmp_path, {"COMITY_API_PROT": "82"})
    (tmp_path / "comity.toml").write_text("[api]\nprot = 81\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"comity.toml, key api.prot: no such setting; did you mean port\?"):
        load(tmp_path, {})
    (tmp_path / "comity.toml").write_text("api = 81\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"as a table, \[api\]"):
        load(tmp_path, {})


def test_gzip_is_what_it_says(client: TestClient) -> None:
    with client.stream("GET", PATHS, headers={"Accept-Encoding": "gzip"}) as answer:
        raw = b"".join(answer.iter_raw())
    assert msgspec.json.decode(gzip.decompress(raw)) == client.get(PATHS).json()
