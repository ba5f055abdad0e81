"""What a release holds, in figures: records by class, sources by age, conflicts; and which stores hold it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from graph.dates import span
from graph.records import Records
from graph.releases import Release
from graph.settings import Settings
from graph.stores.base import StoreStatus

AGES = ((365, "up to a year old"), (3 * 365, "one to three years old"), (10 * 365, "three to ten years old"))
"""Upper bounds in days, with their words."""
OLDER, UNDATED = "older than ten years", "undated"


def holdings(records: Records, today: date) -> dict[str, Any]:
    """Figures of ``records``; ages of sources count to ``today``."""
    ages = Counter(_age(source.as_of, today) for source in records.sources)
    dated = [source.as_of for source in records.sources if source.as_of]
    return {
        "records": {field: len(getattr(records, field)) for field in records.__struct_fields__},
        "sources_by_age": {words: ages[words] for words in (*(words for _, words in AGES), OLDER, UNDATED)},
        "newest_source": max(dated, key=lambda text: span(text)[0], default=None),
        "conflicts": len(records.conflicts),
    }


def stores(release: Release, settings: Settings) -> list[dict[str, Any]]:
    """The stores, each with the release that it holds and whether that is ``release``.

    ``problem`` says in one line why a store cannot tell; else it is ``None``.
    """
    return [_embedded(release), *([_shared(release, settings)] if settings.neo4j_uri else [])]


def _embedded(release: Release) -> dict[str, Any]:
    """The embedded store, which is a part of its release, so that it holds that one or nothing."""
    try:
        with release.store() as store:
            return _held(store.status(), release)
    except (OSError, ValueError):
        return {"name": "oxigraph", "release": None, "statements": 0, "current": False, "problem": None}


def _shared(release: Release, settings: Settings) -> dict[str, Any]:
    """The Neo4j database of the settings, which holds what was loaded last."""
    from graph.stores.neo4j import Neo4jProblem, Neo4jStore, account

    try:
        with Neo4jStore(account(settings)) as store:
            return _held(store.status(), release)
    except Neo4jProblem as problem:
        return {"name": "neo4j", "release": None, "statements": 0, "current": False, "problem": str(problem)}


def _held(status: StoreStatus, release: Release) -> dict[str, Any]:
    current = status.release == release.id and status.statements > 0
    return {"name": status.kind, "release": status.release, "statements": status.statements, "current": current,
            "problem": None}  # fmt: skip


def _age(as_of: str | None, today: date) -> str:
    if as_of is None:
        return UNDATED
    days = today.toordinal() - span(as_of)[1]
    return next((words for most, words in AGES if days <= most), OLDER)
