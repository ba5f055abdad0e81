"""Order of paths: named criteria, one stated default order, and the non-dominated set. No hidden score.

The default order, first difference decides:

1. every condition met before open questions; what somebody must do before what needs somebody's consent; fewer open
   questions before more;
2. between States directly before through a network or hub;
3. where evidence is asked for: usable as evidence before uncertain;
4. where the request is urgent: a statutory deadline within ten days, then the faster channel;
5. the article that names the measure before a kindred measure before assistance in general;
6. the shorter statutory deadline, none last;
7. fewer offices; 8. the usually faster channel; 9. the younger instrument.

The first place never goes to a path that another beats on one of the Pareto criteria while being as good on the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import le

from graph.answers import Path, Question
from graph.dates import MET

EVIDENTIAL_ORDER = {"evidence": 0, "unknown": 1, "intelligence": 2}

NO_DEADLINE = float("inf")

SOON_DAYS = 10.0
"""A deadline that helps an urgent request: that of a European Production Order (Regulation (EU) 2023/1543 art. 10)."""

Criteria = tuple[int, bool, int, float, int, int, int]


class Candidate:
    """A path with what only the ranking needs: the channel's usual speed (1 fastest) and the instrument's age.

    ``identity`` tells the candidates of one question apart, so that their order never depends on that of the records:
    for an offer the instruments it needs, carrying article, channel, opening article and establishment asked (or
    nothing); for a network its channel and the State asked; for a provider asked directly its establishment's id.
    """

    __slots__ = ("identity", "path", "speed", "youth")

    def __init__(self, path: Path, speed: int, signed_on: str | None, identity: tuple[str, ...]) -> None:
        self.path = path
        self.speed = speed
        self.youth = -int(signed_on[:4]) if signed_on else 0
        self.identity = identity


def rank(candidates: list[Candidate], question: Question) -> tuple[Path, ...]:
    """Sort by the default order, number the paths from 1 and mark those that no other dominates."""
    candidates.sort(key=lambda candidate: _order(candidate, question))
    mark_pareto(candidates, question)
    if candidates and not candidates[0].path.pareto:
        best = _criteria(candidates[0], question)
        first = next(held for held in candidates if held.path.pareto and dominates(_criteria(held, question), best))
        candidates.remove(first)
        candidates.insert(0, first)
    for position, candidate in enumerate(candidates, start=1):
        candidate.path.rank = position
    return tuple(candidate.path for candidate in candidates)


def _order(candidate: Candidate, question: Question) -> tuple[object, ...]:
    path = candidate.path
    return (
        path.status != MET,
        path.by_consent,
        path.open_questions,
        path.hub is not None,
        EVIDENTIAL_ORDER[path.evidential_use] if question.evidence else 0,
        _soon(path) if question.urgent else 0,
        candidate.speed if question.urgent else 0,
        path.specificity,
        _deadline(path),
        path.offices,
        candidate.speed,
        candidate.youth,
        candidate.identity,
    )


def mark_pareto(candidates: Sequence[Candidate], question: Question) -> None:
    """Mark each path that no other beats on one criterion while being as good on all the rest.

    Criteria: open questions, consent needed, evidential use, deadline, number of offices, specificity; where the
    request is urgent also the usual speed of the channel.
    """
    criteria = [_criteria(candidate, question) for candidate in candidates]
    distinct = set(criteria)
    for candidate, own in zip(candidates, criteria, strict=True):
        candidate.path.pareto = not any(dominates(other, own) for other in distinct)


def dominates(one: Criteria, other: Criteria) -> bool:
    """Whether ``one`` is better than ``other`` on a criterion and worse on none."""
    return one != other and all(map(le, one, other))


def _criteria(candidate: Candidate, question: Question) -> Criteria:
    """What the Pareto set compares, less is better."""
    path = candidate.path
    return (
        path.open_questions,
        path.by_consent,
        EVIDENTIAL_ORDER[path.evidential_use],
        _deadline(path),
        path.offices,
        path.specificity,
        candidate.speed if question.urgent else 0,
    )


def _deadline(path: Path) -> float:
    return path.deadline_days if path.deadline_days is not None else NO_DEADLINE


def _soon(path: Path) -> float:
    deadline = _deadline(path)
    return deadline if deadline <= SOON_DAYS else NO_DEADLINE
