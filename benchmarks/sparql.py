"""SPARQL over HTTP beside the native server of the same engine, on thirty queries that research asks of this graph.

Both servers run at the same time on the same store and are asked in turn over kept connections, so that whatever else
the machine does hurts both. The peer is ``oxigraph serve-read-only`` (extra ``bench``), which has no limits on rows,
bytes or memory and runs queries in the process that serves. Nothing is remembered from one run to the next.

On a busy machine times say little: a query of ours passes through two processes, each of which has to wait for its
turn. Processor time, which is printed beside them, counts only what the servers themselves have done.
"""

from __future__ import annotations

import http.client
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from benchmarks.figures import report
from graph.releases import current
from graph.sparql.examples import examples
from ingest.build import build

ROUNDS = 15
ASKED = 40
ACCEPT = "application/sparql-results+json, text/turtle;q=0.9"
OURS, THEIRS = 8731, 8732
TARGET = 1.5


def run() -> None:
    """Print the medians of both servers for each query, and the ratios."""
    peer = shutil.which("oxigraph", path=sysconfig.get_path("scripts"))
    if peer is None:
        sys.exit("the peer is missing: pip install 'comity[bench]'")
    queries = {one.id: one.query for one in examples()}
    with tempfile.TemporaryDirectory() as fresh:
        build(Path(fresh))
        store = current(Path(fresh)).folder / "store"
        ours = [sys.executable, "-c", f"from api.server import serve; from api.settings import ApiSettings; "
                f"from pathlib import Path; serve(ApiSettings(port={OURS}), Path({fresh!r}))"]  # fmt: skip
        theirs = [peer, "serve-read-only", "--location", str(store), "--bind", f"127.0.0.1:{THEIRS}"]
        with serving(ours, OURS, "/sparql") as one, serving(theirs, THEIRS, "/query") as other:
            compare(queries, one, other)
            compare_work(queries, one, other)


class Side(NamedTuple):
    """A running server: its process, a connection to it, and where it takes queries."""

    pid: int
    connection: http.client.HTTPConnection
    path: str

    def worked_s(self) -> float:
        """Seconds of processor time that the server and its own processes have used."""
        return sum(_worked_ns(pid) for pid in (self.pid, *_children(self.pid))) / 1e9


def compare_work(queries: dict[str, str], *sides: Side) -> None:
    """Ask both each query some times in a row, and print the processor time that each took."""
    spent: list[list[float]] = []
    for query in queries.values():
        each = []
        for side in sides:
            side.connection.close()  # a server ends one that was idle while the other was asked
            ask(side.connection, side.path, query)
            before = side.worked_s()
            for _ in range(ASKED):
                ask(side.connection, side.path, query)
            each.append((side.worked_s() - before) / ASKED)
        spent.append(each)
    ratios = sorted(mine / other for mine, other in spent)
    beyond = [mine - other for mine, other in spent]
    print(f"  processor time: ratio of the sums {sum(one for one, _ in spent) / sum(one for _, one in spent):.2f}, "
          f"median of the ratios {statistics.median(ratios):.2f}, worst {ratios[-1]:.2f}, "
          f"{sum(ratio > TARGET for ratio in ratios)} of {len(ratios)} above {TARGET}; "
          f"beyond the peer {statistics.median(beyond) * 1e3:.2f} ms a query")  # fmt: skip


def _worked_ns(pid: int) -> int:
    threads = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((thread / "schedstat").read_text(encoding="ascii").split()[0]) for thread in threads)


def _children(pid: int) -> list[int]:
    threads = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for thread in threads for child in (thread / "children").read_text(encoding="ascii").split()]


def compare(queries: dict[str, str], ours: Side, theirs: Side) -> None:
    """Ask both all queries in turn, and print what it took."""
    taken: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in queries}
    for turn in range(ROUNDS + 2):
        for name, query in queries.items():
            sizes = []
            for place, side in enumerate((ours, theirs)):
                began = time.perf_counter()
                sizes.append(ask(side.connection, side.path, query))
                if turn >= 2:  # the first rounds warm both up
                    taken[name][place].append(time.perf_counter() - began)
            if turn == 0 and not name.startswith(("a-state", "describe")) and sizes[0] != sizes[1]:
                sys.exit(f"{name}: {sizes[0]} bytes from Comity and {sizes[1]} from the peer")
    ratios = []
    for name, (mine, other) in taken.items():
        one, two = statistics.median(mine), statistics.median(other)
        ratios.append(one / two)
        print(f"  {name}: {one * 1e3:.2f} ms, peer {two * 1e3:.2f} ms, ratio {one / two:.2f}")
    report("SPARQL over HTTP, thirty queries", [one for mine, _ in taken.values() for one in mine])
    report("oxigraph serve-read-only, the same queries", [one for _, other in taken.values() for one in other])
    total = [sum(statistics.median(times[side]) for times in taken.values()) for side in (0, 1)]
    print(f"  ratio of the sums of medians {total[0] / total[1]:.2f}, median of the ratios "
          f"{statistics.median(ratios):.2f}, worst {max(ratios):.2f}, {sum(ratio > TARGET for ratio in ratios)} of "
          f"{len(ratios)} above the target of {TARGET}")  # fmt: skip


def ask(connection: http.client.HTTPConnection, path: str, query: str) -> int:
    """Ask one query and read the answer whole; its size in bytes."""
    connection.request("GET", f"{path}?{urlencode({'query': query})}", headers={"Accept": ACCEPT})
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != 200:
        sys.exit(f"{connection.port}: {answer.status} {content[:500].decode()}")
    return len(content)


@contextmanager
def serving(command: list[str], port: int, path: str) -> Iterator[Side]:
    """The server that ``command`` starts on ``port``, where it takes queries at ``path``."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            for _ in range(200):
                try:
                    connection.connect()
                    break
                except ConnectionRefusedError:
                    time.sleep(0.1)
            yield Side(process.pid, connection, path)
        finally:
            connection.close()
            process.terminate()
