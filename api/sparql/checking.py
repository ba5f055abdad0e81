"""Whether queries are answered: a process is there, and the store that it has open is that of the release in use."""

from __future__ import annotations

from api.problems import Problem
from api.readiness import HELD
from api.served import ReleaseHolder
from api.sparql.pool import Pool, Pools
from graph.releases import BrokenRelease, NoRelease
from graph.sparql import SparqlError
from graph.sparql.messages import Task

START_S = 4.0
"""Seconds that a process may take to get ready before this one counts as not ready."""

ANSWER_S = 2.0

_TASK = Task(query=HELD, table="tsv", graph=None, max_rows=10, max_bytes=10_000, timeout_s=ANSWER_S)


async def fault(pools: Pools, releases: ReleaseHolder) -> str | None:
    """What keeps queries on the release in use from being answered, or ``None``."""
    try:
        release = releases.open().release
    except (NoRelease, BrokenRelease):
        return "there is no release of which queries could be asked"
    pool = pools.of(release.folder / "store")
    if not await pool.there(START_S):
        return "no process is ready for queries; the server's log says more"
    if not pool.idle:
        return None  # all are at work, which is an answer too
    try:
        held = await _held(pool)
    except (SparqlError, Problem) as error:
        return f"a query that always has an answer has none: {error}"
    return None if held == release.id else f"queries are answered from {held}, and {release.id} is served"


async def _held(pool: Pool) -> str:
    """The id of the release that a process of ``pool`` answers from."""
    async with pool.answer(_TASK, "readiness") as pieces:
        rows = b"".join([piece async for piece in pieces if isinstance(piece, bytes)])
    return rows.decode().partition("\n")[2].strip().strip('"') or "another store"
