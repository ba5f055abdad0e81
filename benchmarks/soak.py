"""Many minutes of mixed requests at a fixed rate: no errors, memory that stays where it is, latencies.

Most questions are put for the first time, so that whatever keeps something of each would grow. What the server is meant
to remember is full after the first part, hence memory is compared from the second part on.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import linear_regression
from typing import NamedTuple
from urllib.parse import quote, urlencode

from benchmarks.answers import MEASURES
from benchmarks.figures import report
from benchmarks.serving import Line, Server, asked, comity, connected, serving
from graph.records import Records
from graph.releases import current
from ingest.build import build

RATE = 50
"""Requests a second."""
OFTEN_LONG = 0.004
"""The part of them that takes long: a dozen a minute."""
CONNECTIONS = 16
EVERY_S = 2.0
"""Seconds between two looks at the memory."""


class Request(NamedTuple):
    """What is asked, the status that is right for it, and whether it is worked out on a thread."""

    url: str
    status: int = 200
    long: bool = False


class Soaked(NamedTuple):
    """Seconds of short and of long requests, what went wrong, and (seconds, MB) of the memory."""

    short: list[float]
    long: list[float]
    errors: Counter[str]
    memory: list[tuple[float, float]]


def run(minutes: float = 10.0) -> None:
    """Print errors, memory with its slope, and latencies."""
    with tempfile.TemporaryDirectory() as fresh:
        build(Path(fresh))
        records = current(Path(fresh)).records()
        with serving(comity, fresh) as server:
            found = asyncio.run(_soaked(server, records, minutes * 60))
    total = len(found.short) + len(found.long) + found.errors.total()
    print(f"soak of {minutes:g} minutes, {RATE} requests a second, {total} in all")
    print(f"  errors: {found.errors.total()} (target 0) {dict(found.errors) or ''}")
    _tell_memory(found.memory)
    for what, seconds in (("short", found.short), ("long", found.long)):
        if seconds:
            report(f"  {what} requests", seconds)
            print(f"  p99 {sorted(seconds)[int(len(seconds) * 0.99)] * 1000:.1f} ms")


def _tell_memory(memory: list[tuple[float, float]]) -> None:
    later = memory[len(memory) // 3 :]
    slope = linear_regression([at for at, _ in later], [held for _, held in later]).slope * 60
    begin, middle, end = memory[0][1], memory[len(memory) // 2][1], memory[-1][1]
    print(f"  memory: {begin:.0f} MB at the start, {middle:.0f} in the middle, {end:.0f} at the end")
    print(f"  slope after the first third: {slope:+.2f} MB a minute")


async def _soaked(server: Server, records: Records, seconds: float) -> Soaked:
    chance = random.Random(1)
    free: asyncio.Queue[Line] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        free.put_nowait(await connected(server.port))
    found = Soaked([], [], Counter(), [])
    begun = time.perf_counter()

    async def one(request: Request, due: float) -> None:
        line = await free.get()
        try:
            status, _ = await asked(line, request.url)
        except (OSError, EOFError) as error:
            found.errors[type(error).__name__] += 1
            line = await connected(server.port)
        else:
            if status == request.status:
                (found.long if request.long else found.short).append(time.perf_counter() - due)
            else:
                found.errors[f"{status} for {request.url}"] += 1
        free.put_nowait(line)

    async def watch() -> None:
        while True:
            found.memory.append((time.perf_counter() - begun, _memory(server.pid)))
            await asyncio.sleep(EVERY_S)

    watching = asyncio.create_task(watch())
    async with asyncio.TaskGroup() as asking:
        for number in range(int(seconds * RATE)):
            due = begun + number / RATE
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            asking.create_task(one(_any(records, chance), due))
    watching.cancel()
    return found


def _memory(pid: int) -> float:
    """What the process holds in memory, in MB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def _any(records: Records, chance: random.Random) -> Request:
    """A request as users might make it: mostly questions about paths, now and then any other."""
    ours, theirs = chance.sample([state.id for state in records.states if state.un_member == "yes"], 2)
    day = f"{chance.randint(2000, 2026)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    question = {"from": ours, "to": theirs, "measure": chance.choice(MEASURES), "on": day}
    kind, measure = chance.random(), question["measure"]
    if kind < OFTEN_LONG:
        gaps, by = f"/v1/states/{theirs}/gaps?on={day}", f"/v1/coverage?by=region&measure={measure}&on={day}"
        return Request(chance.choice((gaps, by)), long=True)
    if kind < 0.6:
        return Request(f"/v1/paths?{urlencode(question)}")
    instrument = quote(chance.choice(records.instruments).id)
    return chance.choice(
        (
            Request(f"/v1/paths?{urlencode(question | {'explain': 'true', 'lang': 'fr'})}"),
            Request(f"/v1/paths?{urlencode(question | {'format': 'csv'})}"),
            Request(f"/v1/paths?{urlencode(question | {'from': f'nowhere {chance.random()}'})}", 422),
            Request(f"/v1/paths?{urlencode(question | {'on': f'{day}-x'})}", 422),
            Request(f"/v1/why-not?{urlencode(question)}"),
            Request(f"/v1/states/{ours}?on={day}"),
            Request(f"/v1/states/{chance.random()}", 404),
            Request(f"/v1/instruments/{instrument}?on={day}"),
            Request(f"/v1/instruments?limit=20&fields=id,name&release={chance.random()}", 409),
            Request(f"/v1/authorities?state={theirs}"),
            Request(f"/v1/search?q={quote(chance.choice(records.states).name[:5])}"),
            Request("/v1/vocabularies/measure"),
            Request("/openapi.json"),
        )
    )
