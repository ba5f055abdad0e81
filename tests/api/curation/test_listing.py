"""The list of proposals in pages, which those proposed meanwhile do not move."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from graph.changes import Changes
from graph.curation import store
from graph.curation.proposal import Change, Effect, Proposal, Step
from tests.api.curation.conftest import PARTICIPATIONS, Who


@pytest.fixture
def names(client: TestClient, who: Who, data: Path) -> list[str]:
    """Five proposals, the newest first; the third is withdrawn."""
    found = [_kept(data, number) for number in range(5)]
    assert client.post(f"/v1/proposals/{found[2]}/withdraw", headers=who["one"]).status_code == 200
    return found[::-1]


def _kept(data: Path, number: int) -> str:
    """Keep a proposal, made on the day ``number``, as one that was tried out is kept; its id."""
    nothing = Changes(since="r-1", until="r-2", on="2026-11-26", counts={}, standings=(), records=())
    made = Proposal(
        id=f"p-{number:012x}",
        reason="the chart has it",
        changes=(Change(table=PARTICIPATIONS, action="withdraw", id="cets-185/FRA"),),
        base="r-1",
        proposed=Step(at=f"2026-01-0{number + 1}T00:00:00Z", by="key:0123456789"),
        effect=Effect(changes=nothing),
    )
    store.write_proposal(data, made)
    return made.id


def _pages(client: TestClient, who: Who, place: str | None) -> list[dict[str, Any]]:
    """All pages from ``place`` on."""
    found = []
    while place is not None:
        answer = client.get(place, headers=who["one"])
        assert answer.status_code == 200, answer.text
        found.append(answer.json())
        place = found[-1]["next"]
    return found


def test_next_leads_through_all_of_them_once(client: TestClient, who: Who, names: list[str]) -> None:
    pages = _pages(client, who, "/v1/proposals?limit=2")
    assert [[one["id"] for one in told["items"]] for told in pages] == [names[:2], names[2:4], names[4:]]
    assert {told["total"] for told in pages} == {5}


def test_next_keeps_to_the_state(client: TestClient, who: Who, names: list[str]) -> None:
    pages = _pages(client, who, "/v1/proposals?limit=2&state=open")
    assert [one["id"] for told in pages for one in told["items"]] == [name for name in names if name != names[2]]
    assert client.get("/v1/proposals?state=withdrawn&limit=1", headers=who["one"]).json()["next"] is None


def test_what_is_proposed_meanwhile_does_not_move_the_next_page(
    client: TestClient, who: Who, names: list[str], data: Path
) -> None:
    first = client.get("/v1/proposals?limit=2", headers=who["one"]).json()
    _kept(data, 8)
    assert [one["id"] for one in client.get(first["next"], headers=who["one"]).json()["items"]] == names[2:4]


def test_a_place_that_is_none_is_told(client: TestClient, who: Who) -> None:
    answer = client.get("/v1/proposals?before=p-none", headers=who["one"])
    assert answer.status_code == 422
    assert "there is no proposal 'p-none'" in answer.json()["detail"]
