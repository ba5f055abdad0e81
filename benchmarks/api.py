"""Path questions over HTTP, beside a FastAPI route that returns a constant body of the same size.

The constant is returned as bytes, which is the least that a route can do, and as an object that FastAPI writes as JSON.

Both servers run as users run them, in a process each, and the client in a third; they are asked by turns. Questions are
put twice: each for the first time, and again, when the server remembers the answers.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

import uvicorn
from fastapi import FastAPI
from starlette.responses import Response

from benchmarks.answers import DAY, MEASURES
from benchmarks.figures import report
from benchmarks.serving import Line, Server, comity, connected, get, serving, worked
from graph.releases import current
from ingest.build import build

CONNECTIONS = 8
QUESTIONS = 2000
ROUNDS = 8
RATE = 200
"""Requests a second for the latencies."""
RATE_S = 10

P99_TARGET_S = 0.025
RATIO_TARGET = 0.5


def run() -> None:
    """Print requests a second, their ratio, and latencies at a fixed rate."""
    with tempfile.TemporaryDirectory() as fresh:
        build(Path(fresh))
        urls = _urls(Path(fresh))
        with serving(comity, fresh) as server:
            warm = asyncio.run(_throughput(server, urls[:50]))
            size = round(warm.bytes / 50)
            with serving(_constant, size) as other:
                for path in ("/", "/object"):
                    asyncio.run(_throughput(other, [path] * 200))
                rounds = [_round(server, other, urls[part::ROUNDS]) for part in range(ROUNDS)]
            latencies = asyncio.run(_at_rate(server.port, urls))
    new, held, bytes_, written = (_together(figures) for figures in zip(*rounds, strict=True))
    print(f"  bodies of {size / 1000:.0f} kB on average, {CONNECTIONS} connections")
    print(f"  constant route: {bytes_.rate:.0f} requests/s as bytes, {written.rate:.0f} as an object that it writes")
    for words, figure in (("each question new", new), ("questions asked before", held)):
        ratio, other = figure.rate / bytes_.rate, figure.rate / written.rate
        print(
            f"  /v1/paths, {words}: {figure.rate:.0f} requests/s, ratio {ratio:.2f} to bytes, {other:.2f} to the object"
            f" (target {RATIO_TARGET})"
        )
    print("  processor time of the server for a request, which a busy machine changes little:")
    for words, figure in (("new", new), ("asked before", held)):
        print(
            f"  {words} {figure.work * 1000:.2f} ms, ratio {bytes_.work / figure.work:.2f} to bytes"
            f" ({bytes_.work * 1000:.2f} ms), {written.work / figure.work:.2f} to the object"
            f" ({written.work * 1000:.2f} ms)"
        )
    report(f"/v1/paths at {RATE} requests a second", latencies)
    p99 = sorted(latencies)[int(len(latencies) * 0.99)]
    print(f"  p99 {p99 * 1000:.1f} ms (target {P99_TARGET_S * 1000:.0f} ms)")


def _round(server: Server, other: Server, urls: Sequence[str]) -> tuple[Figure, ...]:
    """A part of the questions, new and again, and the constants as often: what slows one down slows down all."""
    asked = ((server, urls), (server, urls), (other, ["/"] * len(urls)), (other, ["/object"] * len(urls)))
    return tuple(asyncio.run(_throughput(at, each)) for at, each in asked)


def _together(figures: Sequence[Figure]) -> Figure:
    """Parts of one size as one."""
    count = len(figures)
    rate = count / sum(1 / figure.rate for figure in figures)
    return Figure(rate, sum(figure.bytes for figure in figures), sum(figure.work for figure in figures) / count)


class Figure:
    """How many requests a second, bytes of answers, and seconds of the server's processor time for each request."""

    def __init__(self, rate: float, size: int, work: float) -> None:
        self.rate = rate
        self.bytes = size
        self.work = work


def _urls(data: Path) -> list[str]:
    states = [state.id for state in current(data).records().states if state.un_member == "yes"]
    chance = random.Random(1)
    asked = [(*chance.sample(states, 2), chance.choice(MEASURES)) for _ in range(QUESTIONS)]
    return [
        f"/v1/paths?{urlencode({'from': one, 'to': other, 'measure': measure, 'on': DAY})}"
        for one, other, measure in asked
    ]


def _constant(size: int, port: int) -> None:
    application = FastAPI()
    body = b'"' + b"x" * (size - 2) + b'"'

    @application.get("/")
    async def constant() -> Response:
        return Response(body, media_type="application/json")

    told = {"text": ["x" * 60] * (size // 63)}

    @application.get("/object")
    async def constant_object() -> dict[str, list[str]]:
        return told

    uvicorn.run(application, port=port, log_level="error", access_log=False)


async def _throughput(server: Server, urls: Sequence[str]) -> Figure:
    waiting = list(reversed(urls))
    total = 0

    async def one_connection() -> None:
        nonlocal total
        line = await connected(server.port)
        while waiting:
            size = await get(line, waiting.pop())
            total += size
        line[1].close()

    begun, used = time.perf_counter(), worked(server)
    await asyncio.gather(*(one_connection() for _ in range(CONNECTIONS)))
    seconds = time.perf_counter() - begun
    return Figure(len(urls) / seconds, total, (worked(server) - used) / len(urls))


async def _at_rate(port: int, urls: Sequence[str]) -> list[float]:
    """Seconds from when a request was due to its whole answer, so that a late client counts against the server."""
    lines = [await connected(port) for _ in range(CONNECTIONS)]
    free: asyncio.Queue[Line] = asyncio.Queue()
    for line in lines:
        free.put_nowait(line)
    begun = time.perf_counter()
    found: list[float] = []

    async def one_request(number: int) -> None:
        due = begun + number / RATE
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        line = await free.get()
        await get(line, urls[number % len(urls)])
        found.append(time.perf_counter() - due)
        free.put_nowait(line)

    await asyncio.gather(*(one_request(number) for number in range(RATE * RATE_S)))
    return found


if __name__ == "__main__":
    run()
