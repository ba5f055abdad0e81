"""An answer as a table: a row for each path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graph.answers import Answer, Path

COLUMNS = (
    "rank", "pareto", "measure", "channel", "status", "evidential_use", "deadline_days", "offices", "open_questions",
    "hub", "by_consent", "hypothetical", "from_office", "to_office", "basis", "open", "languages", "sources", "note",
    "release", "as_of",
)  # fmt: skip
"""``basis`` holds ``instrument/article``; ``open`` the codes of the conditions that are not met for certain."""


def rows_of(answer: Answer) -> Iterator[dict[str, Any]]:
    """The rows of ``answer``, as :func:`api.tables.table` takes them."""
    for path in answer.paths:
        yield {
            **{name: getattr(path, name) for name in COLUMNS[:12]},
            **_legs(path),
            "note": path.note,
            "release": answer.release,
            "as_of": answer.as_of,
        }


def _legs(path: Path) -> dict[str, Any]:
    conditions = [condition for leg in path.legs for condition in leg.conditions]
    basis = [f"{held.instrument}/{held.article or ''}" for leg in path.legs for held in leg.basis]
    return {
        "from_office": path.legs[0].from_.name if path.legs else None,
        "to_office": path.legs[-1].to.name if path.legs else None,
        "basis": list(dict.fromkeys(basis)),
        "open": list(dict.fromkeys(held.code for held in conditions if held.status != "met")),
        "languages": list(dict.fromkeys(held.language for leg in path.legs for held in leg.languages)),
        "sources": list(dict.fromkeys(cite.url for leg in path.legs for cite in leg.sources)),
    }
