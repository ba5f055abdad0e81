"""How often each label, relationship type and property occurs in the database, counted by the database itself.

Nodes are counted by their labels and the keys that they have, in one row for each combination: far fewer rows than one
for each key of each node. Never in here: what the counts should be (see :func:`graph.stores.neo4j.projection.counts`).
"""

from __future__ import annotations

from collections import Counter

import neo4j

from graph.stores.neo4j.names import LOADING, RELEASE
from graph.stores.neo4j.projection import NotOurs

_NODES = "MATCH (n) RETURN labels(n) AS names, keys(n) AS keys, count(*) AS number"
_RELATIONSHIPS = "MATCH ()-[r]->() RETURN [type(r)] AS names, keys(r) AS keys, count(*) AS number"
_FORMS = ((_NODES, "(:{})"), (_RELATIONSHIPS, "[:{}]"))


def counted(tx: neo4j.ManagedTransaction) -> Counter[str]:
    """As :func:`graph.stores.neo4j.projection.counts`; what is no part of a release is left out."""
    found: Counter[str] = Counter()
    for query, form in _FORMS:
        for row in tx.run(query):
            for name in row["names"]:
                if name not in (RELEASE, LOADING) and not name.startswith("_"):
                    shown = form.format(name)
                    found[shown] += row["number"]
                    found.update({f"{shown}.{key}": row["number"] for key in row["keys"]})
    return found


def compare(found: Counter[str], wanted: Counter[str]) -> None:
    """Raise :class:`NotOurs`, with some of the differences, where the counts are not the same."""
    wrong = sorted(name for name in found.keys() | wanted.keys() if found[name] != wanted[name])
    if wrong:
        some = ", ".join(f"{name}: {found[name]} instead of {wanted[name]}" for name in wrong[:3])
        raise NotOurs(f"{len(wrong)} counts differ after loading ({some})")
