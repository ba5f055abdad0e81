"""Order of paths: named criteria, one stated default order, and the non-dominated set. No hidden score.

The default order, first difference decides:

1. every condition met before open questions; fewer open questions before more;
2. between States directly before through a network or hub;
3. where evidence is asked for: usable as evidence before uncertain;
4. where the request is urgent: the faster channel;
5. the article that names the measure before a kindred measure before assistance in general;
6. the shorter statutory deadline, none last;
7. fewer offices; 8. the usually faster channel; 9. the younger instrument.
"""

from __future__ import annotations

from collections.abc import Sequence

from graph.answers import Path, Question
from graph.dates import MET

EVIDENTIAL_ORDER = {"evidence": 0, "unknown": 1, "intelligence": 2}


class Candidate:
    """A path with what only the ranking needs: the channel's usual speed (1 fastest) and the instrument's age."""

    __slots__ = ("identity", "path", "speed", "youth")

    def __init__(self, path: Path, speed: int, signed_on: str | None, identity: str) -> None:
        self.path = path
        self.speed = speed
        self.youth = -int(signed_on[:4]) if signed_on else 0
        self.identity = identity


def rank(candidates: list[Candidate], question: Question) -> tuple[Path, ...]:
    """Sort by the default order, number the paths from 1 and mark those that no other dominates."""
    candidates.sort(key=lambda candidate: _order(candidate, question))
    paths = tuple(candidate.path for candidate in candidates)
    for position, path in enumerate(paths, start=1):
        path.rank = position
    mark_pareto(paths)
    return paths


def _order(candidate: Candidate, question: Question) -> tuple[object, ...]:
    path = candidate.path
    return (
        path.status != MET,
        path.open_questions,
        path.hub is not None,
        EVIDENTIAL_ORDER[path.evidential_use] if question.evidence else 0,
        candidate.speed if question.urgent else 0,
        path.specificity,
        path.deadline_days if path.deadline_days is not None else float("inf"),
        path.offices,
        candidate.speed,
        candidate.youth,
        candidate.identity,
    )


def mark_pareto(paths: Sequence[Path]) -> None:
    """Mark each path that no other beats on one criterion while being as good on all the rest.

    Criteria: open questions, evidential use, deadline, number of offices, specificity.
    """
    criteria = [
        (
            path.open_questions,
            EVIDENTIAL_ORDER[path.evidential_use],
            path.deadline_days if path.deadline_days is not None else float("inf"),
            path.offices,
            path.specificity,
        )
        for path in paths
    ]
    for path, own in zip(paths, criteria, strict=True):
        path.pareto = not any(
            other != own and all(theirs <= ours for theirs, ours in zip(other, own, strict=True)) for other in criteria
        )
