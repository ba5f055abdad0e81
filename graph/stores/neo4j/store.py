"""The shared store: a release in a Neo4j database, read by any number of processes and people at once.

It gives what the embedded store gives. Words are found by the full-text index; what it offers is then looked at
exactly, so that both stores find the same. Never in here: writing (see :mod:`graph.stores.neo4j.loading`).
"""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

import neo4j

from graph.records import Records
from graph.stores.base import Found, StoreStatus
from graph.stores.neo4j.connection import Account, Connection
from graph.stores.neo4j.names import by_label, full_text, words_index
from graph.stores.neo4j.projection import NotOurs, records
from graph.stores.neo4j.reading import changed_by_hand, held, read_elements, record_types, steadily

_MATCHING = """
UNWIND $keys[labels(node)[0]] AS key
WITH node, node[key] AS text WHERE toLower(text) CONTAINS $words
RETURN labels(node)[0] AS label, node.id AS id, text
"""
_BY_INDEX = "CALL db.index.fulltext.queryNodes($index, $query) YIELD node" + _MATCHING
_BY_SCAN = "MATCH (node) WHERE $keys[labels(node)[0]] IS NOT NULL" + _MATCHING

_INDEX_IS_READY = "SHOW FULLTEXT INDEXES YIELD name, state WHERE name = $index AND state = 'ONLINE' RETURN name"
"""It is not between a first load and the making of its indexes; then every name is looked at, which finds the same."""

_FIRST_NOT_CUT_AT_BLANKS = 0x590
"""The index cuts texts at the word boundaries of Unicode (UAX 29). Up to here (Latin, Greek, Cyrillic, Armenian) a run
of letters and digits is never cut; beyond there are scripts without blanks, whose words are found by looking at all."""


class Neo4jStore:
    """A release in a Neo4j database; it holds whichever release was loaded last."""

    def __init__(self, account: Account) -> None:
        """Connect and look which release is there.

        Raises:
            Neo4jProblem: the server cannot be used, or holds no release.
        """
        self._connection: Connection | None = Connection(account)
        try:
            self._release = steadily(self._connection, lambda tx: None)[0].id
        except BaseException:
            self.close()
            raise

    @property
    def connection(self) -> Connection:
        """The connection itself, for queries of our own."""
        if self._connection is None:
            raise ValueError("the store is closed")
        return self._connection

    @property
    def release_id(self) -> str:
        """The id of the release that the store holds, as seen last."""
        return self._release

    def records(self) -> Records:
        """All records, in canonical form, read from the database; all of one release.

        Raises:
            Neo4jProblem: the database was changed by something that is no load.
        """
        try:
            now, graph = steadily(self.connection, lambda tx: read_elements(tx, record_types()))
            read = records(graph)
        except NotOurs as error:
            raise changed_by_hand(self.connection, error) from None
        self._release = now.id
        return read

    def look_up(self, words: str, *, limit: int = 20) -> list[Found]:
        """Records whose names hold ``words`` (any case), names that begin with them first."""
        wanted = words.lower().strip()
        query = index_query(wanted)
        given: dict[str, Any] = {"words": wanted, "keys": full_text()}
        if query is not None:
            given |= {"index": words_index(), "query": query}

        def look(tx: neo4j.ManagedTransaction) -> list[dict[str, Any]]:
            ready = query is not None and tx.run(_INDEX_IS_READY, index=words_index()).single() is not None
            return tx.run(_BY_INDEX if ready else _BY_SCAN, given).data()

        found = {
            Found(record=by_label()[row["label"]].spec.name, id=row["id"], label=row["text"])
            for row in self.connection.read(look)
        }
        ordered = sorted(
            found, key=lambda hit: (not hit.label.lower().startswith(wanted), len(hit.label), hit.record, hit.id)
        )
        return ordered[:limit]

    def status(self) -> StoreStatus:
        """Which release the store holds, and how much of it."""
        now, _ = steadily(self.connection, held)
        self._release = now.id
        account = self.connection.account
        return StoreStatus(
            kind="neo4j", place=f"{account.uri}/{account.database}", release=now.id, statements=now.statements
        )

    def close(self) -> None:
        """Let go of the server; the store is of no use afterwards."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __enter__(self) -> Self:
        """Use the store in a ``with`` block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        self.close()


def index_query(wanted: str) -> str | None:
    """What to ask the full-text index for texts that hold ``wanted``, which is in lower case.

    Every run of letters and digits in it must be part of some word of the text. ``None`` where the index cannot tell.
    """
    if any(ord(character) >= _FIRST_NOT_CUT_AT_BLANKS for character in wanted):
        return None
    runs = "".join(one if one.isalpha() or one.isdecimal() else " " for one in wanted).split()
    return " AND ".join(f"*{run}*" for run in runs) or None
