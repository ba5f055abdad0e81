"""The planner of a world in which assumptions hold, made from that of the law as it is."""

from __future__ import annotations

from datetime import date

from graph.assumptions import BOUND, TREATY
from graph.coverage.index import Index
from graph.coverage.plan import Planner
from graph.questions import resolve_day
from graph.what_if import Overlay


def supposed(planner: Planner, overlay: Overlay) -> Planner:
    """The planner of ``overlay``, which was laid over the book of ``planner``; the same where nothing is assumed."""
    given = [effect.assumption for effect in overlay.effects]
    if not given:
        return planner
    if any(one.kind == TREATY for one in given):
        return Planner(Index(overlay.book))  # it has an instrument more, which an altered index may not
    parties = {state for one in given for state in one.states}
    instruments = {one.instrument for one in given if one.instrument is not None and one.kind == BOUND}
    return Planner(planner.index.altered(overlay.book, parties, instruments), planner)


def day_to_count(overlay: Overlay, on: str | None, today: date) -> str:
    """The ISO day ``on``; where it is left ``today``, or the later day on which the last assumption takes effect.

    Raises:
        QuestionError: ``on`` is no day.
    """
    return resolve_day(on, today) if on is not None else max(today.isoformat(), overlay.last_day or "")
