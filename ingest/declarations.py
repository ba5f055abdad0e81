"""Uniting what several sources report of one declaration.

Rule: reports of the same instrument, party, articles (without paragraphs) and effect are one declaration when they
come from different sources; two of them in one source are two declarations. Where the effect does not tell the
declarations apart (none stated, a designation, text not read), the kind must be equal too. Of several candidates
the one with the most similar summary is taken. The newest summary stays; a withdrawal that any source reports
holds, because older sources cannot know of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import cast

import msgspec
from rapidfuzz import fuzz

from graph.articles import root
from graph.model import Declaration
from graph.territory import TERRITORIAL
from ingest.ledger import Ledger, SourceBook
from ingest.merging import Found, united
from ingest.tables import Row

RULE = "reports of one declaration merge"

_TELLING = frozenset({"excludes", "dual-criminality", "central-authority-only", "limits", "languages"}) | TERRITORIAL
"""Effects that tell a party's declarations under an article apart by themselves."""


def reconcile_declarations(rows: Iterable[Row], book: SourceBook, ledger: Ledger) -> list[Found[Declaration]]:
    """Declarations (without ids yet), each with the rows behind it."""
    groups: defaultdict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[_identity(_declaration(row))].append(row)
    found: list[Found[Declaration]] = []
    for group in groups.values():
        for cluster in _clusters(group, book):
            for row in cluster[1:]:
                ledger.merged(row, RULE)
            found.append(_one(cluster, book))
    return found


def _declaration(row: Row) -> Declaration:
    return cast(Declaration, row.record)


def _identity(record: Declaration) -> tuple[object, ...]:
    roots = tuple(sorted({root(article) for article in record.articles}))
    kind = None if record.effect in _TELLING else record.kind
    return record.instrument, record.party, roots, record.effect or "", kind or ""


def _clusters(group: list[Row], book: SourceBook) -> list[list[Row]]:
    """Newest first; a row joins the most similar cluster in which none of its sources speaks already."""
    ordered = sorted(group, key=lambda row: (-book.age_key(row.record.sources), msgspec.json.encode(row.record)))
    clusters: list[list[Row]] = []
    for row in ordered:
        record = _declaration(row)
        same = [cluster for cluster in clusters if any(_same_report(record, other) for other in cluster)]
        open_to = same or [
            cluster
            for cluster in clusters
            if not any(set(record.sources) & set(other.record.sources) for other in cluster)
        ]
        if open_to:
            max(open_to, key=lambda cluster: _likeness(record, cluster)).append(row)
        else:
            clusters.append([row])
    return clusters


def _same_report(record: Declaration, other: Row) -> bool:
    """The same declaration told twice, word for word, perhaps by one source in two tables."""
    return msgspec.structs.replace(record, sources=(), note=None) == msgspec.structs.replace(
        _declaration(other), sources=(), note=None
    )


def _likeness(record: Declaration, cluster: list[Row]) -> float:
    return max(fuzz.token_set_ratio(record.summary, _declaration(row).summary) for row in cluster)


def _one(rows: list[Row], book: SourceBook) -> Found[Declaration]:
    """Rows come newest first: the newest wording, kind and articles, and any withdrawal."""
    newest = _declaration(rows[0])
    records = [msgspec.structs.replace(_declaration(row), kind=newest.kind) for row in rows]
    merged, disagreements = united(records, book)
    articles = next((record.articles for record in records if record.articles), ())
    merged = msgspec.structs.replace(merged, summary=newest.summary, articles=articles)
    return Found(merged, rows, disagreements)
