"""The two path engines beside each other: the compiled network in process, and the database with its Cypher program.

A server is started for it (see :mod:`tests.neo4j.server`); where none can be had one line says so.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.answers import sample
from benchmarks.figures import report, timed
from graph.network import Network
from graph.offers import OfferBook
from graph.paths import find_paths
from graph.releases import Release, current
from graph.stores.neo4j import Account, Connection, CypherPaths, load
from ingest.build import build
from tests.neo4j.server import NoServer, Server, running

QUESTIONS = 200
AT_ONCE = 100
PATIENCE_S = 300.0
"""What one read may take: the first plan of the program on a busy machine."""


def run() -> None:
    """Print latencies on the same questions in the same run, and their ratios."""
    with tempfile.TemporaryDirectory() as fresh:
        build(Path(fresh))
        release = current(Path(fresh))
        try:
            with running() as server:
                _measure(release, server)
        except NoServer as problem:
            print(f"path engines not compared: {problem}")


def _measure(release: Release, server: Server) -> None:
    account = Account(
        uri=server.uri, user=server.user, password=server.password, database=server.database, read_timeout_s=PATIENCE_S
    )
    book = OfferBook(Network(release.records(), release.id))
    questions = sample(book.network, QUESTIONS)
    with Connection(account) as connection:
        load(release, connection)
        engine = CypherPaths(connection)
        report("first decision in the database, which plans the program", [timed(lambda: engine.decide(questions[:1]))])
        for question in questions:  # every engine works on warm caches
            find_paths(book, question)
            engine.find_paths(question)
        compiled = [timed(lambda: find_paths(book, question)) for question in questions]  # noqa: B023
        decided = [timed(lambda: engine.decide([question])) for question in questions]  # noqa: B023
        told = [timed(lambda: engine.find_paths(question)) for question in questions]  # noqa: B023
        batches = [questions[first : first + AT_ONCE] for first in range(0, len(questions), AT_ONCE)]
        batched = [timed(lambda: engine.decide(batch)) / len(batch) for batch in batches]  # noqa: B023
    ours = report("path answer in process", compiled, target=0.0005)
    one = report("decision in the database, one question", decided)
    many = report(f"decision in the database, each of {AT_ONCE} questions at once", batched)
    whole = report("path answer from the database, with reasons and sources", told)
    ratios = f"decision {one / ours:.1f}, decision at once {many / ours:.1f}, answer {whole / ours:.1f}"
    print(f"  ratios to the answer in process: {ratios}")
