"""Whether the database still is as a load left it, told by the number of its last transaction.

The server numbers the transactions that change a database, whoever makes them and whatever they change, and tells the
number in the bookmarks that it gives. A load that knows all transactions since a moment to be its own writes the number
of the last of them, which is the one that writes it, on the ``Release`` node: its *seal*. While that is the number of
the last transaction, nothing was changed since. Numbers only grow, so a seal that is broken stays broken, and a load
that could not seal only leaves more work to the next.

A seal names the store too, which is another where a database was made anew, and the way in which records were made into
nodes and relationships. Never in here: what is done with an unbroken seal.
"""

from __future__ import annotations

import base64
import binascii
from typing import NamedTuple

import neo4j

from graph.stores.neo4j.connection import Connection
from graph.stores.neo4j.names import RELEASE
from graph.stores.neo4j.projection import way

_STORE = "CALL db.info() YIELD id, creationDate RETURN id + ' ' + creationDate AS store"
_SEAL = f"MATCH (r:{RELEASE}) RETURN r.seal AS seal"
_SET_SEAL = f"MATCH (r:{RELEASE}) SET r.seal = $seal"

_HEAD = b"\x91\xcc\x10"
"""How a bookmark of one database begins: a list with one name of 16 bytes, then the number."""

_TAIL = b"\x90"
_SIZES = {0xC8: 1, 0xC9: 2, 0xCA: 4, 0xCB: 8}
"""First byte of a whole number of more than a byte → how many follow (PackStream)."""


class Moment(NamedTuple):
    """A state of one store: the number of the transaction that made it."""

    store: str
    number: int

    def later(self, transactions: int) -> Moment:
        """After so many transactions more."""
        return Moment(self.store, self.number + transactions)

    def seal(self) -> str:
        """The seal that says so."""
        return f"{self.store} {self.number} {way()}"


def moment(connection: Connection) -> Moment | None:
    """The state in which the database is; ``None`` where the server does not tell, or cannot be asked just now."""
    row, bookmark = connection.glance(_STORE)
    number = None if bookmark is None else number_in(bookmark)
    return None if row is None or number is None else Moment(str(row["store"]), number)


def is_sealed(tx: neo4j.ManagedTransaction, now: Moment | None) -> bool:
    """Whether nothing was changed since the last load, the database being in the state ``now``."""
    row = None if now is None else tx.run(_SEAL).single()
    return now is not None and row is not None and row["seal"] == now.seal()


def set_seal(tx: neo4j.ManagedTransaction, sealed: Moment) -> None:
    """Say that ``sealed``, the state after this very transaction, is as the load left it."""
    tx.run(_SET_SEAL, seal=sealed.seal()).consume()


def number_in(bookmark: str) -> int | None:
    """The number of the transaction that a bookmark names; ``None`` where it is of another form than is known here."""
    try:
        content = base64.b64decode(bookmark.removeprefix("FB:"), validate=True)
    except (binascii.Error, ValueError):
        return None
    if not (bookmark.startswith("FB:") and content.startswith(_HEAD) and content.endswith(_TAIL)):
        return None
    number = content[len(_HEAD) + 16 : -len(_TAIL)]
    if len(number) == 1 and number[0] < 0x80:
        return number[0]
    if len(number) > 1 and _SIZES.get(number[0]) == len(number) - 1:
        return int.from_bytes(number[1:], "big", signed=True)
    return None
