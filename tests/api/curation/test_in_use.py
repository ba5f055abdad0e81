"""A proposal from the client to all processes of a real server, while others ask."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from pathlib import Path

import httpx
import pytest

from api.client import AsyncComity, Comity, Refused, proposal, proposals, propose, publish, try_out, withdraw
from api.identity.keys import KeyStore
from graph.curation.proposal import Change, Draft
from tests.api.curation.conftest import OFFICE, PARTICIPATIONS
from tests.api.running import build, serving

PATH = "/v1/paths?from=FRA&to=USA&measure=preservation"

DRAFT = Draft(
    reason="the chart gives another day",
    changes=(
        Change(
            table=PARTICIPATIONS, action="replace", id="cets-900/FRA", row={"bound_on": "2007-02-11", "source": OFFICE}
        ),
    ),
)


def _bound(told: dict[str, object]) -> set[tuple[str, str]]:
    """Instruments on which a path rests, and the days on which France became bound."""
    return {
        (basis["instrument"], reading["bound_on"])
        for path in told["paths"]  # type: ignore[attr-defined]
        for leg in path["legs"]
        for basis in leg["basis"]
        for reading in basis["participations"]
        if reading["party"] == "FRA"
    }


def test_published_it_changes_every_answer_and_no_request_fails(tmp_path: Path) -> None:
    data = tmp_path / "data"
    old = build(data)
    keys = {name: {"Authorization": f"Bearer {KeyStore(data).create(name, 'curator')[1]}"} for name in ("one", "other")}
    answers: list[tuple[int, str, bool]] = []
    ended = threading.Event()

    def ask(address: str) -> None:
        with httpx.Client(base_url=address, timeout=60, headers=keys["other"], verify=False) as client:
            while not ended.is_set():
                response = client.get(PATH)
                told = response.json()
                new_day = ("cets-900", "2007-02-11") in _bound(told)
                answers.append((response.status_code, told["release"], new_day))
                time.sleep(0.25)  # within the limit of a curator

    variables = {"COMITY_FACTS_DIR": str(tmp_path / "data-facts"), "COMITY_API_RELEASE_CHECK_S": "0.2"}
    with serving(data, "--workers", "2", **variables) as server:
        asking = threading.Thread(target=ask, args=(server.address,))
        asking.start()
        try:
            with Comity(server.address, headers=keys["one"]) as one:
                assert one.send(try_out(DRAFT)).effect.changes.counts == {"participation": {"changed": 1}}
                made = one.send(propose(DRAFT))
                with pytest.raises(Refused, match="four eyes") as refused:
                    one.send(publish(made.id))
                assert (refused.value.status, refused.value.code) == (403, "four-eyes")
            done = asyncio.run(_published(server.address, keys["other"], made.id))
            new = done
            for _ in range(300):
                seen = {server.get(PATH, **keys["one"]).json()["release"] for _ in "1234"}
                if seen == {new}:
                    break
                time.sleep(0.1)
            assert seen == {new}
        finally:
            ended.set()
            asking.join()
        with Comity(server.address, headers=keys["one"]) as one:
            assert one.send(withdraw(made.id)).state == "withdrawn"
            assert one.ask(proposal(made.id)).published is not None
    assert (data / "current").read_text(encoding="utf-8").strip() == old
    assert Counter(status for status, _, _ in answers) == {200: len(answers)}
    assert {(release, new_day) for _, release, new_day in answers} == {(old, False), (new, True)}


async def _published(address: str, key: dict[str, str], name: str) -> str:
    """Publish with the client that does other things meanwhile; the release that comes of it."""
    async with AsyncComity(address, headers=key) as other:
        (listed,) = (await other.ask(proposals(state="open"))).items
        assert listed.id == name
        done = await other.send(publish(name))
    assert done.published is not None
    assert done.published.release is not None
    return done.published.release
