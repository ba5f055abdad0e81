"""A load that kills its own process at a given point; run by ``test_interrupted_loads``.

Arguments: data directory, and the point: a share of the changes done, ``marked`` (before the commit) or ``committed``.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import neo4j

from graph.releases import current
from graph.stores.neo4j import Account, Connection, changes, loading
from tests.neo4j.conftest import SMALL_BATCH, amended, load_as, portion


def die() -> None:
    """As a power cut would have it: nothing is put in order."""
    os.kill(os.getpid(), signal.SIGKILL)


def main(data: Path, point: str) -> None:
    """Load an amended portion of the packaged release, as far as ``point``."""
    changes.BATCH = SMALL_BATCH
    env = os.environ
    account = Account(
        uri=env["NEO4J_URI"], user=env["NEO4J_USER"], password=env["NEO4J_PASSWORD"], database=env["NEO4J_DATABASE"]
    )
    share = float(point) if point[0].isdigit() else None

    def told(what: str, done: int, total: int) -> None:
        if share is not None and done >= share * total > 0:
            die()

    if point == "marked":
        mark = loading._mark

        def marked(connection: Connection, key: str) -> None:
            mark(connection, key)
            die()

        loading._mark = marked
    with Connection(account) as connection:
        if point == "committed":
            write = connection.write

            def written(work):  # type: ignore[no-untyped-def]
                done = write(work)
                if isinstance(done, loading.LoadReport):
                    die()
                return done

            connection.write = written  # type: ignore[method-assign]
        load_as(connection, amended(portion(current(data).records())), "r-amended", progress=told)
    raise AssertionError(f"{neo4j.__version__}: the load came to its end")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
