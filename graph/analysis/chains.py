"""Betweenness of all nodes at once, by matrices: for dense graphs many times faster than from node to node.

The figures are those of Brandes (2001): for every two ends the chains of fewest steps, and which share of them passes
over a node. Chains are counted for all beginnings together, one step at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def betweenness(ways: NDArray[np.float64], ends: int) -> NDArray[np.float64]:
    """For each node the sum, over ordered pairs of ends, of the share of shortest chains that pass over it.

    ``ways``: 1 where a step leads from the row to the column (square). The first ``ends`` nodes are those between which
    chains are looked for; a chain does not pass over its own ends.
    """
    import numpy as np

    every = len(ways)
    is_end = (np.arange(every) < ends).astype(np.float64)
    count = np.eye(ends, every)  # chains of fewest steps from each end to each node
    steps = [count > 0]
    seen = steps[0]
    frontier = count
    while True:
        frontier = np.where(seen, 0.0, frontier @ ways)
        reached = frontier > 0
        if not reached.any():
            break
        count = count + frontier
        seen = seen | reached
        steps.append(reached)
    over = np.zeros((ends, every))
    for before, at in zip(reversed(steps[:-1]), reversed(steps[1:]), strict=True):
        share = np.divide(is_end + over, count, out=np.zeros_like(over), where=at)
        over += np.where(before, count * (share @ ways.T), 0.0)
    over[steps[0]] = 0.0
    total: NDArray[np.float64] = over.sum(axis=0)
    return total
