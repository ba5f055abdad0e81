"""Changes between releases over HTTP, as JSON in pages and as a feed that feed readers understand."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import feedparser
from lxml import etree

from api import atom
from tests.api.exports.conftest import Two
from tests.api.running import COMMAND, environment

ATOM = "{http://www.w3.org/2005/Atom}"


def told_by_command(two: Two) -> Any:
    done = subprocess.run(
        [*COMMAND, "diff", two.old, two.new, "--json"], cwd=two.data.parent, env=environment(two.data),
        capture_output=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def test_changes_are_those_of_the_command_line(two: Two) -> None:
    told = two.server.get("/v1/changes").json()
    said = told_by_command(two)
    assert (told["since"], told["until"]) == (two.old, two.new)
    assert (told["items"], told["standings"], told["counts"]) == (said["records"], said["standings"], said["counts"])
    assert told["total"] == len(told["items"]) > 2


def test_a_change_of_standing_is_told_apart_from_that_of_the_record(two: Two) -> None:
    told = two.server.get(f"/v1/changes?since={two.old}&until={two.new}&on=2026-11-26").json()
    places = {one["party"]: one for one in told["standings"]}
    assert set(places) == {"BRA", "FRA"}
    assert places["FRA"]["before"]["in_force"] == "met"
    assert places["FRA"]["after"] == {"signed": "met", "bound": "not met", "in_force": "not met"}
    assert places["BRA"]["before"] is None
    assert places["BRA"]["after"]["in_force"] == "met"
    (brazil,) = [one for one in told["items"] if one["class"] == "state"]
    (name,) = brazil["fields"]
    assert (name["field"], name["before"], name["after"]) == ("name", "Brazil", "Brasil")
    assert [cite["url"] for cite in name["sources_after"]] == ["https://www.coe.int/chart"]
    earlier = two.server.get("/v1/changes?on=2023-02-28").json()
    assert "BRA" in {one["party"] for one in earlier["standings"]}
    assert {one["party"]: one["after"]["in_force"] for one in earlier["standings"]}["BRA"] == "not met"


def test_what_came_goes_when_asked_the_other_way_round(two: Two) -> None:
    there = two.server.get(f"/v1/changes?since={two.old}&until={two.new}").json()
    back = two.server.get(f"/v1/changes?since={two.new}&until={two.old}").json()
    other = {"added": "removed", "removed": "added", "changed": "changed"}
    assert [(one["id"], other[one["kind"]]) for one in there["items"]] == [
        (one["id"], one["kind"]) for one in back["items"]
    ]


def test_pages_hold_everything_once(two: Two) -> None:
    whole = two.server.get("/v1/changes").json()
    path: str | None = "/v1/changes?limit=1"
    found = []
    while path:
        page = two.server.get(path).json()
        assert len(page["items"]) == 1
        assert bool(page["standings"]) == (not found)
        found += page["items"]
        path = page["next"]
    assert found == whole["items"]
    cursor = two.server.get("/v1/changes?limit=1").json()["next"].split("cursor=")[1]
    other = two.server.get(f"/v1/changes?class=state&cursor={cursor}")
    assert other.status_code == 422


def test_a_class_narrows_and_a_wrong_one_is_named(two: Two) -> None:
    told = two.server.get("/v1/changes?class=state").json()
    assert {one["class"] for one in told["items"]} == {"state"}
    wrong = two.server.get("/v1/changes?class=sate")
    assert wrong.status_code == 422
    assert "did you mean state?" in wrong.json()["detail"]


def test_a_release_that_is_no_longer_on_disk_is_said_to_be_so(two: Two) -> None:
    for path in ("/v1/changes", "/v1/changes.atom"):
        response = two.server.get(f"{path}?since=r-0123456789abcdef")
        assert response.status_code == 404
        assert response.json()["available"] == [two.new, two.old]


def test_the_feed_is_one_that_feed_readers_understand(two: Two) -> None:
    response = two.server.get("/v1/changes.atom")
    assert response.headers["content-type"].startswith("application/atom+xml")
    read = feedparser.parse(response.content)
    assert not read.bozo
    assert read.version == "atom10"
    whole = two.server.get("/v1/changes").json()
    assert len(read.entries) == whole["total"] + len(whole["standings"])
    assert any("France" in entry.title and "in force no" in entry.title for entry in read.entries)
    assert any("Brazil → Brasil" in entry.content[0].value for entry in read.entries)
    assert all(entry.updated_parsed for entry in read.entries)


def test_the_feed_has_what_the_standard_requires(two: Two) -> None:
    content = two.server.get("/v1/changes.atom?limit=3").content
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    assert b"<!" not in content
    for name in ("id", "title", "updated"):
        assert len(root.findall(ATOM + name)) == 1
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == 3
    for entry in entries:
        assert [len(entry.findall(ATOM + name)) for name in ("id", "title", "updated", "content")] == [1, 1, 1, 1]
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == f"{two.server.address}/v1/changes.atom?limit=3"
    following = two.server.get(links["next"].removeprefix(two.server.address)).content
    ids = [one.text for one in [*root.iter(f"{ATOM}id"), *etree.fromstring(following).iter(f"{ATOM}id")]]
    assert len(set(ids)) == len(ids) - 1  # that of the feed is the same on each page


def test_the_feed_is_given_to_who_asks_for_that_form(two: Two) -> None:
    response = two.server.get("/v1/changes", Accept="application/atom+xml")
    assert response.headers["content-type"].startswith("application/atom+xml")
    assert two.server.get("/v1/changes", Accept="text/html").status_code == 406


def test_texts_that_xml_cannot_hold_do_not_break_the_feed() -> None:
    entry = atom.Entry(
        id="https://example.org/1", title="a\x00b & <c>", updated="2026-11-26T00:00:00Z", categories=("x",),
        lines=("&lol; \ud7ff \ufffe",),
    )  # fmt: skip
    content = atom.feed([entry], updated="2026-11-26T00:00:00Z", here="https://example.org/?a=1&b=2", following=None)
    read = feedparser.parse(content)
    assert not read.bozo
    assert read.entries[0].title_detail.value.startswith("a\ufffdb")
