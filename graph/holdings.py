"""What a release holds, in figures: records by class, sources by age, conflicts; and which stores hold it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from graph.dates import span
from graph.model import Records
from graph.releases import Release

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


def stores(release: Release) -> list[dict[str, Any]]:
    """The stores, each with the release that it holds and whether that is ``release``.

    The embedded store is a part of its release, so that it holds that one or nothing.
    """
    try:
        with release.store() as store:
            status = store.status()
    except (OSError, ValueError):
        return [{"name": "oxigraph", "release": None, "statements": 0, "current": False}]
    held = {"name": status.kind, "release": status.release, "statements": status.statements}
    return [held | {"current": status.release == release.id and status.statements > 0}]


def _age(as_of: str | None, today: date) -> str:
    if as_of is None:
        return UNDATED
    days = today.toordinal() - span(as_of)[1]
    return next((words for most, words in AGES if days <= most), OLDER)
