"""The constraints and indexes of the database: made where they are missing, dropped where nobody asks for them."""

from __future__ import annotations

from collections.abc import Mapping

import neo4j

from graph.stores.neo4j.connection import Connection
from graph.stores.neo4j.names import OWNED, quoted


def make_schema(connection: Connection, wanted: Mapping[str, str]) -> bool:
    """Make the constraints and indexes ``wanted`` (name → statement) and drop others of ours; whether any was made.

    Indexes that were made are filled by the server afterwards: see :func:`await_indexes`.
    """

    def work(tx: neo4j.ManagedTransaction) -> bool:
        existing: dict[str, str] = {}
        for kind, query in (("CONSTRAINT", "SHOW CONSTRAINTS"), ("INDEX", "SHOW INDEXES")):
            for row in tx.run(f"{query} YIELD name").data():
                existing.setdefault(row["name"], kind)
        for name, kind in existing.items():
            if name.startswith(OWNED) and name not in wanted:
                what = "CONSTRAINT" if kind == "CONSTRAINT" else "INDEX"
                tx.run(f"DROP {what} {quoted(name)} IF EXISTS").consume()
        missing = [statement for name, statement in wanted.items() if name not in existing]
        for statement in missing:
            tx.run(statement).consume()
        return bool(missing)

    return connection.write(work)


def await_indexes(connection: Connection) -> None:
    """Wait until every index is filled."""
    connection.write(lambda tx: tx.run("CALL db.awaitIndexes(300)").consume())
