"""No query hurts the others: time, rows, bytes and memory are limited, and so is how many run and wait."""

from __future__ import annotations

import asyncio
import http.client
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import msgspec
import pytest
from starlette.testclient import TestClient

from api.problems import Problem
from api.sparql.pool import Pool, Pools
from graph.sparql import SparqlError
from graph.sparql.messages import Begun, Task
from tests.api.sparql.conftest import NARROW

CHEAP = "ASK { ?state a comity:State }"
RUNAWAYS = {
    "a product of everything": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "a path over everything": "SELECT (COUNT(*) AS ?n) { ?a (!<a:a>)+ ?b . ?b (!<a:a>)+ ?c . ?c (!<a:a>)+ ?d }",
    "an expression on everything": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f "
    "FILTER(REGEX(CONCAT(STR(?a), STR(?d), STR(?f)), '(.*)*(.*)*(.*)*z{300}$')) }",
    "an order of everything": "SELECT ?a { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c",
    "one long text": "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d))) AS ?all) { ?a ?b ?c . ?d ?e ?f }",
}
ENDLESS = "SELECT (COUNT(*) AS ?n) {" + "".join(f" VALUES ?v{n} {{ 1 2 3 4 5 6 7 8 9 }}" for n in range(16)) + " }"
"""Needs time and nothing else."""

BUSY = "busy: 503, again after 5"
MEMORY = """SELECT (STRLEN(?i) AS ?n) { BIND(REPLACE("0123456789", "(.)", "$1$1$1$1$1$1$1$1$1$1") AS ?a)
BIND(REPLACE(?a, "(.)", "$1$1$1$1$1$1$1$1$1$1") AS ?b) BIND(REPLACE(?b, "(.)", "$1$1$1$1$1$1$1$1$1$1") AS ?c)
BIND(REPLACE(?c, "(.)", "$1$1$1$1$1$1$1$1$1$1") AS ?d) BIND(REPLACE(?d, "(.)", "$1$1$1$1$1$1$1$1$1$1") AS ?e)
BIND(CONCAT(?e,?e,?e,?e,?e,?e,?e,?e,?e,?e) AS ?f) BIND(CONCAT(?f,?f,?f,?f,?f,?f,?f,?f,?f,?f) AS ?g)
BIND(CONCAT(?g,?g,?g,?g,?g,?g,?g,?g,?g,?g) AS ?h) BIND(CONCAT(?h,?h,?h,?h,?h,?h,?h,?h,?h,?h) AS ?i) }"""


def timed(client: TestClient, query: str) -> tuple[int, str, float]:
    """Status, code and seconds."""
    began = time.monotonic()
    answer = client.get("/sparql", params={"query": query})
    code = answer.json().get("code", "") if answer.status_code != 200 else ""
    return answer.status_code, code, time.monotonic() - began


def test_a_runaway_query_is_stopped_in_time(narrow: TestClient) -> None:
    status, code, seconds = timed(narrow, ENDLESS)
    assert (status, code) == (504, "takes-too-long")
    assert seconds < NARROW.sparql_timeout_s + 6  # the machine may be busy with other things


def test_a_query_that_needs_too_much_memory_is_stopped(packaged_store: Path) -> None:
    async def asked() -> tuple[str, str]:
        pool = Pool(packaged_store, NARROW)
        answers = await _asked(pool, _task(MEMORY, timeout_s=60)), await _asked(pool, _task(CHEAP))
        await pool.close()
        return answers

    assert asyncio.run(asked()) == ("memory", '{"head":{},"boolean":true}')


def test_a_query_that_is_nested_deeply_is_refused(narrow: TestClient) -> None:
    for query in (
        "SELECT * " + "{" * 20_000 + "}" * 20_000,
        "ASK { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
    ):
        answer = narrow.post("/sparql", content=query, headers={"Content-Type": "application/sparql-query"})
        assert answer.status_code in (400, 422)
    assert timed(narrow, CHEAP)[0] == 200


def test_too_many_rows_are_an_error_and_no_half_result(narrow: TestClient) -> None:
    for query in ("SELECT ?s { ?s ?p ?o } LIMIT 1001", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 1001"):
        status, code, _ = timed(narrow, query)
        assert (status, code) == (422, "result-too-large")
        assert timed(narrow, query.replace("1001", "1000"))[0] == 200


def test_too_many_bytes_are_an_error(narrow: TestClient) -> None:
    query = "SELECT ?s ?p ?o ?s2 { ?s ?p ?o BIND(CONCAT(STR(?s), STR(?s), STR(?s)) AS ?s2) } LIMIT 900"
    assert timed(narrow, query)[:2] == (422, "result-too-large")


def test_a_result_that_cannot_be_finished_breaks_off(address: str) -> None:
    """Nobody takes a result for whole that is not: the connection ends before the last piece."""
    query = "SELECT ?a ?b ?c ?d { ?a ?b ?c . ?d ?e ?f }"
    with pytest.raises(http.client.IncompleteRead):
        _read(address, query)


def _read(address: str, query: str) -> bytes:
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=30)
    connection.request("GET", "/sparql?" + urlencode({"query": query}))
    answer = connection.getresponse()
    assert answer.status == 200
    return answer.read()


def _processes() -> int:
    """How many processes of queries this process has that work (state R)."""
    listed = subprocess.run(["ps", "-eo", "stat,ppid,args"], capture_output=True, text=True, check=True).stdout
    found = (line.split(maxsplit=2) for line in listed.splitlines() if "graph.sparql.process" in line)
    return sum(state.startswith("R") and int(parent) == os.getpid() for state, parent, _ in found)


def test_a_query_ends_when_its_client_goes(packaged_store: Path) -> None:
    """Leaving the context in which a query is answered ends its process long before its time is up."""

    async def leave() -> int:
        pool = Pool(packaged_store, NARROW)
        asking = asyncio.ensure_future(_asked(pool, _task(ENDLESS, timeout_s=600)))
        while not pool._busy:
            await asyncio.sleep(0.01)
        (worker,) = pool._busy
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        ended = await asyncio.wait_for(worker._process.wait(), 5)
        await pool.close()
        return ended

    assert asyncio.run(leave()) < 0


def test_a_client_that_goes_leaves_nothing_running(address: str) -> None:
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname or "", place.port)
    connection.request("GET", "/sparql?" + urlencode({"query": ENDLESS}))
    assert _within(2.5, lambda: _processes() > 0)
    connection.close()
    assert _within(2, lambda: _processes() == 0)


def _within(seconds: float, holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while not (held := holds()) and time.monotonic() < end:
        time.sleep(0.05)
    return held


@pytest.fixture(scope="module")
def packaged_store(packaged_data: Path) -> Path:
    """The folder of the store."""
    name = (packaged_data / "current").read_text(encoding="utf-8").strip()
    return packaged_data / "releases" / name / "store"


def _task(query: str, timeout_s: float = 20) -> Task:
    return Task(query=query, table="json", graph="turtle", max_rows=100, max_bytes=100_000, timeout_s=timeout_s)


async def _asked(pool: Pool, task: Task, client: str = "one") -> str:
    """The text of an answer, or the word for why there is none."""
    try:
        async with pool.answer(task, client) as pieces:
            return b"".join([piece async for piece in pieces if not isinstance(piece, Begun)]).decode()
    except Problem as problem:
        return f"{problem.code}: {problem.status}, again after {problem.headers['Retry-After']}"
    except SparqlError as error:
        return error.cause


def test_runaway_queries_are_stopped_while_cheap_ones_are_answered(packaged_store: Path) -> None:
    """Short queries do not wait until a runaway ends, and none of these goes on when its five seconds are over."""

    async def together() -> tuple[dict[str, tuple[str, float]], list[tuple[str, float]]]:
        pool = Pool(packaged_store, msgspec.structs.replace(NARROW, sparql_long=len(RUNAWAYS) * 2))

        async def ended(query: str, client: str) -> tuple[str, float]:
            asked = time.monotonic()
            return await _asked(
                pool, _task(query, timeout_s=5 if client != "cheap" else 20), client
            ), time.monotonic() - asked

        running = {name: asyncio.ensure_future(ended(query, name)) for name, query in RUNAWAYS.items()}
        await asyncio.sleep(1)
        cheap = []
        while not all(one.done() for one in running.values()):
            cheap.append(await ended(CHEAP, "cheap"))
        answers = {name: await one for name, one in running.items()}
        await pool.close()
        return answers, cheap

    runaway, cheap = asyncio.run(together())
    assert {answer for answer, _ in runaway.values()} <= {"time", "memory"}
    assert max(seconds for _, seconds in runaway.values()) < 12  # the machine may be busy with other things
    assert {answer for answer, _ in cheap} == {'{"head":{},"boolean":true}'}
    assert len(cheap) > 2


def test_thousands_at_once_are_bounded(packaged_store: Path) -> None:
    """Those that find no place are told so at once, with the time after which to come again; the others are right."""

    async def crowd() -> list[str]:
        pool = Pool(packaged_store, NARROW)
        answers = await asyncio.gather(*(_asked(pool, _task(CHEAP), f"client {n}") for n in range(2000)))
        processes = len(pool._idle)
        await pool.close()
        return [*answers, str(processes)]

    *answers, processes = asyncio.run(crowd())
    assert set(answers) == {BUSY, '{"head":{},"boolean":true}'}
    assert answers.count(BUSY) < 2000
    assert int(processes) <= NARROW.sparql_ready


def test_one_client_cannot_hold_all_places_for_long_queries(packaged_store: Path) -> None:
    async def two_clients() -> tuple[list[str], str]:
        pool = Pool(packaged_store, msgspec.structs.replace(NARROW, sparql_short_s=0.3))
        endless = _task(ENDLESS, timeout_s=6)
        greedy = [asyncio.ensure_future(_asked(pool, endless, "greedy")) for _ in range(4)]
        await asyncio.sleep(0.2)
        other = await _asked(pool, _task(ENDLESS, timeout_s=1.5), "other")
        answers = list(await asyncio.gather(*greedy))
        await pool.close()
        return answers, other

    greedy, other = asyncio.run(two_clients())
    assert sorted(greedy) == [BUSY, BUSY, "time", "time"]
    assert other == "time"


def test_a_query_in_flight_finishes_on_the_release_it_began_on(packaged_store: Path, tmp_path: Path) -> None:
    """When another release comes into use, nobody is interrupted, and processes of the old one go."""
    import shutil

    copied = tmp_path / "store"
    shutil.copytree(packaged_store, copied)

    async def switch() -> tuple[str, str, int]:
        pools = Pools(NARROW)
        old = pools.of(copied)
        query = "SELECT (COUNT(*) AS ?n) { ?s comity:party ?a . ?t comity:party ?a }"
        slow = asyncio.ensure_future(_asked(old, _task(query)))
        while not old._busy:
            await asyncio.sleep(0.01)
        new = pools.of(packaged_store)
        shutil.rmtree(copied)
        other = await _asked(new, _task(CHEAP))
        first = await slow
        idle = len(old._idle)
        await pools.close()
        return first, other, idle

    first, other, idle = asyncio.run(switch())
    assert '"n"' in first
    assert other == '{"head":{},"boolean":true}'
    assert idle == 0


def test_a_store_that_is_gone_is_told_and_not_tried_for_ever(tmp_path: Path) -> None:
    async def asked() -> str:
        pool = Pool(tmp_path / "nothing", NARROW)
        answer = await asyncio.wait_for(_asked(pool, _task(CHEAP)), 20)
        await pool.close()
        return answer

    assert asyncio.run(asked()) == "unavailable"
