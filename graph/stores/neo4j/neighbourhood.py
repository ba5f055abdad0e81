"""The few records that tell the answer to one question, read from the database where it holds a world of them.

They are the two sides and what joins them, or could: enough for :mod:`graph.search` to come to the same paths and the
same reasons as from all records, which ``tests/neo4j/test_engines_agree.py`` makes sure of. Never in here: judgement.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import neo4j

from graph.answers import Question
from graph.criminalisation import DECIDING_CRITERIA
from graph.records import Records
from graph.stores.neo4j.names import SOURCES
from graph.stores.neo4j.projection import Elements, records
from graph.stores.neo4j.reading import elements_of, record_links

SCHEMES = ("channel", "instrument-subject", "membership-status", "provider-accepts")
"""Vocabularies whose labels and facts answers use, beside the measure itself."""

_SOURCES = """
MATCH (n:Source) WHERE n.id IN $ids
OPTIONAL MATCH (n)-[r:PUBLISHED_BY]->(p:Publisher)
RETURN [labels(n), properties(n), [[type(r), labels(p), p.id]]], [labels(p), properties(p), []]
"""


@cache
def statement() -> str:
    """The Cypher text that reads all but the sources."""
    return (files("graph.stores.neo4j") / "search" / "neighbourhood.cypher").read_text(encoding="utf-8")


def neighbourhood(tx: neo4j.ManagedTransaction, question: Question) -> Records:
    """The records near ``question``, with their sources and publishers, in canonical form.

    Raises:
        NotOurs: there is something among them that no record makes.
    """
    row = tx.run(
        statement(),
        question=msgspec.structs.asdict(question),
        criteria=list(DECIDING_CRITERIA),
        schemes=list(SCHEMES),
        links=record_links(),
    ).single(strict=True)
    near = elements_of(row["nodes"], row["relations"])
    cited = (one for row in tx.run(_SOURCES, ids=sorted(_cited(near))) for one in row)
    stated = elements_of(cited, [])
    near.nodes.update(stated.nodes)
    for between, found in stated.relationships.items():
        near.relationships.setdefault(between, {}).update(found)
    return records(near)


def _cited(near: Elements) -> set[str]:
    """Ids of all sources that state any of it."""
    rows: list[dict[str, Any]] = [values for nodes in near.nodes.values() for values in nodes.values()]
    rows += [values for found in near.relationships.values() for values in found.values()]
    return {
        source
        for values in rows
        for key, ids in values.items()
        if key == SOURCES or key.endswith("Sources")
        for source in ids
    }
