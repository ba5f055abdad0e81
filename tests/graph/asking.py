"""One question about an invented world, and what its answer says."""

from __future__ import annotations

from typing import Any

from graph.answers import Answer
from graph.paths import find_paths
from tests.graph import world


def ask(*records: Any, **question: Any) -> Answer:
    return find_paths(world.network(*records), world.question(**question))


def treaty(*articles: Any, **fields: Any) -> list[Any]:
    """A treaty in force between A and B with the given provisions."""
    return [world.instrument(**fields), world.party("treaty", "A"), world.party("treaty", "B"), *articles]


def codes(answer: Answer) -> list[tuple[str, str, str | None]]:
    """Instrument, code and party of each reason, but for the one that no bilateral treaty is on record."""
    return [(line.instrument, line.code, line.party) for line in answer.why_not if line.instrument != "bilateral"]


def statuses(answer: Answer, code: str) -> list[str]:
    return [held.status for path in answer.paths for leg in path.legs for held in leg.conditions if held.code == code]
