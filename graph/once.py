"""Parts of answers that follow from the records alone: worked out once for each network, then shared.

A question is made of parts that many others have too: what an article asks of everybody, which office a State named,
what is missing where a State has no participation on record. They are kept beside the network that they come from.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple, Unpack

if TYPE_CHECKING:
    from graph.network import Network

T = TypeVar("T")
Key = TypeVarTuple("Key")

MOST = 1 << 14
"""Results of one function that a network keeps; then keeping begins anew."""


def once(work: Callable[[Network, Unpack[Key]], T]) -> Callable[[Network, Unpack[Key]], T]:
    """``work``, each of whose results the network keeps and gives again.

    ``work`` may look at nothing but the network and its other arguments, by which results are kept: hashable, and never
    a day, of which there are too many. Nobody may change what it returns. A network that is altered keeps nothing of
    the one before, since nobody says which results the alteration touches.
    """

    @wraps(work)
    def kept(network: Network, *key: *Key) -> T:
        results = network.kept[work]
        try:
            return results[key]  # type: ignore[return-value]
        except KeyError:
            if len(results) >= MOST:
                results.clear()
            result = results[key] = work(network, *key)
            return result

    return kept
