"""Loading the packaged release into a real Neo4j server, beside rdflib-neo4j with the triples of the same release.

Comity reads the release from its file, as any build leaves it, and loads the records, with all sources, dates as dates,
constraints, indexes and a full-text index, in one transaction that is compared and counted. rdflib-neo4j gets every
triple once, without the graphs that say who states it, grouped by subject, which is what its batches are best at: from
a file, as its guide shows, and already parsed. Its settings: batching, local names, the constraint on ``uri`` that it
asks for, and all values of a property kept, since otherwise it would lose what Comity keeps (with one value each it is
measured too). It knows no named graphs: to keep who states what, as Comity does, it has to be given each triple as a
statement of its own with its sources (RDF's reification), which is measured once.
Both write into an empty database of a server that is warmed up. Besides the packaged release one several times as large
is measured, as what is done once (constraints, indexes, plans) weighs less there. Neo4j's own import runs without a
server, its start counted.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from benchmarks.figures import timed
from benchmarks.larger import larger
from graph.canonical import canonical
from graph.exports import export
from graph.releases import Release, current, write_release
from graph.stores.neo4j import Account, Connection, load
from graph.stores.neo4j.names import OWNED, quoted
from ingest.build import build
from tests.neo4j.server import NOTHING, available, can_stage, running, staged

RUNS = 3
WARMING = 12
"""Loads by each of both before it is measured: until then the server is busy with compiling itself."""

BATCHES = (5_000, 20_000)
"""Sizes of batches that rdflib-neo4j is tried with, the better counts; the first is its own default."""


class Way(NamedTuple):
    """How rdflib-neo4j is given triples: ``parsed`` or from a file; with all values of a property, or the last one."""

    parsed: bool = False
    one_value: bool = False


WAYS = {
    "from a file": Way(),
    "already parsed": Way(parsed=True),
    "already parsed, one value each": Way(parsed=True, one_value=True),
}
WITH_SOURCES = {"from a file, sources kept": Way()}

TIMES = 8
"""How many times as large the second release is; one run each, as nothing warms up any more."""

_HARM = "MATCH (s:State) WITH s ORDER BY s.id LIMIT 1 SET s.name = 'forged'"
_PART_OF_ALL = "MATCH (n) WITH n LIMIT 20000 DETACH DELETE n"


def run() -> None:
    """Print seconds (best of a few runs), statements per second, and the ratio, for two sizes of release."""
    if available() is None:
        print(f"loading into Neo4j: not measured, {NOTHING}")
        return
    with tempfile.TemporaryDirectory() as fresh:
        packaged, large = Path(fresh) / "packaged", Path(fresh) / "large"
        build(packaged)
        records = larger(current(packaged).records(), TIMES)
        write_release(large, records, {}, fingerprint="larger", built_at=current(packaged).manifest.built_at)
        with running(measured=True) as server:
            account = Account(uri=server.uri, user=server.user, password=server.password, database=server.database)
            with Connection(account) as connection:
                for data, runs, warming in ((packaged, RUNS, WARMING), (large, 1, 0)):
                    _side_by_side(data, account, connection, runs, warming)
        if can_stage():
            _imported(current(packaged), Path(fresh) / "files")


def _side_by_side(data: Path, account: Account, connection: Connection, runs: int, warming: int) -> None:
    size = current(data).manifest.triples
    print(f"a release of {size:,} statements")
    ours = _ours(data, connection, size, runs, warming)
    triples = _triples(current(data))
    theirs = _theirs(account, connection, triples, data / "triples.nt", runs, warming)
    if theirs and warming:
        told = [*triples, *_statements(current(data))]
        theirs |= _theirs(account, connection, told, data / "statements.nt", 1, 0, WITH_SOURCES)
    for what, seconds in theirs.items():
        print(f"  ratio rdflib-neo4j to comity load, {what}: {seconds / ours:.1f}, target at least 5")


def _ours(data: Path, connection: Connection, size: int, runs: int, warming: int) -> float:
    """Seconds of a load into an empty database."""

    def whole() -> None:
        assert load(current(data), connection).made > 0

    def unchanged() -> None:
        assert load(current(data), connection).nothing_to_do

    def fresh() -> None:
        _wipe(connection)

    def harm() -> None:
        connection.write(lambda tx: tx.run(_HARM).consume())

    def healed() -> None:
        assert load(current(data), connection).changed == 1

    for _ in range(warming):
        fresh()
        whole()
    best = _best("comity load, empty database", size, runs, whole, before=fresh)
    _best("comity load, nothing to do", size, runs, unchanged)
    _best("comity load, one change by hand put right", size, runs, healed, before=harm)
    records, release = current(data).records(), current(data)
    noted = [msgspec.structs.replace(one, territorial_note="changed") for one in records.participations[:100]]
    changed = canonical(msgspec.structs.replace(records, participations=(*noted, *records.participations[100:])))
    other = write_release(data, changed, {}, fingerprint="changed", built_at=release.manifest.built_at)
    write_release(data, records, {}, fingerprint="as before", built_at=release.manifest.built_at)
    versions = [other, release]

    def small() -> None:
        opened = Release(versions[0].folder, versions[0].manifest)  # with nothing read yet
        assert load(opened, connection).changed == 100
        versions.reverse()

    _best("comity load, 100 records changed", size, runs, small)
    return best


def _theirs(
    account: Account,
    connection: Connection,
    triples: list[Any],
    file: Path,
    runs: int,
    warming: int,
    ways: Mapping[str, Way] = WAYS,
) -> dict[str, float]:
    """Seconds of rdflib-neo4j for the same release into an empty database, by how it was given the triples."""
    try:
        from rdflib_neo4j import HANDLE_MULTIVAL_STRATEGY, HANDLE_VOCAB_URI_STRATEGY, Neo4jStore, Neo4jStoreConfig
    except ImportError:
        print('rdflib-neo4j: not measured; install it with: pip install "comity[bench]"')
        return {}
    from rdflib import Graph

    file.write_text("".join(f"{one.n3()} {two.n3()} {three.n3()} .\n" for one, two, three in triples), "utf-8")

    given = {"uri": account.uri, "database": account.database, "user": account.user, "pwd": account.password}

    def write(batch: int, parsed: bool, strategy: HANDLE_MULTIVAL_STRATEGY) -> None:
        config = Neo4jStoreConfig(
            auth_data=given,
            batching=True,
            batch_size=batch,
            handle_vocab_uri_strategy=HANDLE_VOCAB_URI_STRATEGY.IGNORE,
            handle_multival_strategy=strategy,
        )
        with contextlib.redirect_stdout(io.StringIO()):
            graph = Graph(store=Neo4jStore(config=config))
            graph.open(config, create=True)
            if parsed:
                for triple in triples:
                    graph.add(triple)
            else:
                graph.parse(file, format="nt")
            graph.close(commit_pending_transaction=True)
            graph.store.driver.close()

    def wiped() -> None:
        _wipe(connection)

    every, one = HANDLE_MULTIVAL_STRATEGY.ARRAY, HANDLE_MULTIVAL_STRATEGY.OVERWRITE
    for turn in range(warming):
        wiped()
        write(BATCHES[turn % len(BATCHES)], turn % 3 > 0, every)
    return {
        what: min(
            _best(
                f"rdflib-neo4j, {what}, batches of {batch}",
                len(triples),
                runs,
                lambda: write(batch, way.parsed, one if way.one_value else every),  # noqa: B023
                before=wiped,
            )
            for batch in BATCHES
        )
        for what, way in ways.items()
    }


def _imported(release: Release, folder: Path) -> None:
    """Print the seconds of the export and of Neo4j's own import."""
    size = release.manifest.triples
    _best("comity export neo4j", size, RUNS, lambda: export(release, "neo4j", folder, force=True))

    def run(admin: Path) -> None:
        command = ["sh", str(folder / "import.sh"), "neo4j", "--overwrite-destination"]
        env = {"PATH": "/usr/bin:/bin", "NEO4J_ADMIN": str(admin)}
        _best(
            "neo4j-admin database import",
            size,
            RUNS,
            lambda: subprocess.run(command, env=env, capture_output=True, check=True),
        )

    with staged({}, run, measured=True):
        pass


def _best(
    what: str, statements: int, runs: int, action: Callable[[], object], before: Callable[[], object] = int
) -> float:
    """Print and return the shortest of a few runs; ``before`` is done before each and not counted."""
    seconds = []
    for _ in range(runs):
        before()
        seconds.append(timed(action))
    best = min(seconds)
    print(f"{what}: best {best:.2f} s of {runs}, worst {max(seconds):.2f} s; {statements / best:,.0f} statements/s")
    return best


def _triples(release: Release) -> list[Any]:
    """The triples of the release as rdflib holds them, once each, grouped by subject."""
    found = {quad.triple for quad in _quads(release)}
    ordered = sorted(found, key=lambda one: (str(one.subject), str(one.predicate), str(one.object)))
    return [(_term(one.subject), _term(one.predicate), _term(one.object)) for one in ordered]


def _statements(release: Release) -> Iterator[tuple[Any, Any, Any]]:
    """For each triple of the release what it says, and all sources of it, about a node of its own."""
    from rdflib import RDF, URIRef
    from rdflib.namespace import DCTERMS

    sources: dict[Any, list[Any]] = {}
    for quad in _quads(release):
        sources.setdefault(quad.triple, []).append(quad.graph_name)
    for number, (triple, graphs) in enumerate(sources.items()):
        statement = URIRef(f"https://example.org/statement/{number}")
        yield statement, RDF.type, RDF.Statement
        for part, what in (
            (RDF.subject, triple.subject),
            (RDF.predicate, triple.predicate),
            (RDF.object, triple.object),
        ):
            yield statement, part, _term(what)
        for graph in graphs:
            yield statement, DCTERMS.source, _term(graph)


def _quads(release: Release) -> list[Any]:
    from pyoxigraph import RdfFormat, parse

    with gzip.open(release.quads_file()) as packed:
        return list(parse(packed, RdfFormat.N_QUADS))


def _term(one: Any) -> Any:
    """A node of pyoxigraph as rdflib's."""
    from pyoxigraph import Literal
    from rdflib import Literal as RdfLiteral
    from rdflib import URIRef

    if isinstance(one, Literal):
        return RdfLiteral(one.value, lang=one.language, datatype=None if one.language else URIRef(one.datatype.value))
    return URIRef(one.value)


def _wipe(connection: Connection) -> None:
    """Empty the database, a part at a time, and take away our constraints and indexes, which rdflib-neo4j's nodes of
    the same labels would have to keep."""
    while connection.write(lambda tx: tx.run(_PART_OF_ALL).consume().counters.nodes_deleted):
        pass
    for kind, listed in (("CONSTRAINT", "SHOW CONSTRAINTS"), ("INDEX", "SHOW INDEXES")):
        rows = connection.read(lambda tx: tx.run(f"{listed} YIELD name").data())  # noqa: B023
        for name in (row["name"] for row in rows if row["name"].startswith(OWNED)):
            connection.write(lambda tx: tx.run(f"DROP {kind} {quoted(name)} IF EXISTS").consume())  # noqa: B023
