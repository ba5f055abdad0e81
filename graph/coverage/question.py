"""A question about coverage as a person asks it, and its answer in plain dictionaries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from graph.coverage import report
from graph.coverage.demands import Flags
from graph.coverage.kinds import KINDS
from graph.coverage.plan import Planner
from graph.questions import QuestionError, resolve_concept, resolve_day, resolve_state


class CoverageQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked, in any usual names. ``state``: only pairs with it. ``measures``: all where none is named.

    ``series``: month by month from ``first`` to ``last`` (``YYYY-MM``), instead of the day ``on`` ``by`` a kind.
    """

    state: str | None = None
    measures: tuple[str, ...] = ()
    on: str | None = None
    by: str = "measure"
    series: bool = False
    first: str | None = None
    last: str | None = None
    offence: str | None = None
    urgent: bool = False
    evidence: bool = False

    def check(self) -> None:
        """Refuse what does not go together, before anything is computed.

        Raises:
            QuestionError: it does not.
        """
        if self.by not in KINDS:
            raise QuestionError(f"coverage goes by one of: choose from {', '.join(KINDS)}")
        if self.by == "instrument" and self.state is not None:
            raise QuestionError("what an instrument opens is counted for the whole world: leave the State")
        if self.series and (self.by != "measure" or self.on is not None):
            raise QuestionError("a series goes by measure and has no day: it goes from a month to a month")
        if not self.series and (self.first or self.last):
            raise QuestionError("months are for a series: ask for a series, or for a day")


def coverage(planner: Planner, question: CoverageQuestion, today: date) -> dict[str, Any]:
    """The answer: ``release``, ``query``, ``meaning`` and ``rows``, for a day or month by month.

    Raises:
        QuestionError: a name, key, day or month is not valid, or things do not go together.
    """
    question.check()
    network = planner.index.network
    place = resolve_state(network, question.state) if question.state is not None else None
    keys = list(dict.fromkeys(resolve_concept(network, "measure", one) for one in question.measures)) or None
    conduct = resolve_concept(network, "offence", question.offence) if question.offence is not None else None
    day = resolve_day(question.on, today)
    flags = Flags(conduct, question.urgent, question.evidence)
    query = {
        "state": place,
        "measures": keys,
        "offence": conduct,
        "urgent": question.urgent,
        "evidence": question.evidence,
    }
    told: dict[str, Any] = {"release": network.release, "query": query, "meaning": report.MEANING}
    if not question.series:
        return told | {
            "on": day,
            "by": question.by,
            "rows": report.account(planner, question.by, day, flags, keys, place),
        }
    first, last = question.first or report.FIRST_MONTH, question.last or report.known_until(planner, day)
    try:
        rows = report.monthly(planner, first, last, flags, keys, place)
    except ValueError as error:
        raise QuestionError(str(error)) from None
    return told | {"series": [first, last], "rows": rows}


def lines(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """``rows`` of an answer as lines of a table: without nesting, a series with a line for each month and measure."""
    found: list[dict[str, Any]] = []
    for row in rows:
        if "by_measure" in row:
            found += [{"on": row["on"], "measure": key, **counts} for key, counts in row["by_measure"].items()]
        else:
            found.append(_flat(row))
    return found


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in row.items():
        flat |= {f"{key}_{name}": count for name, count in value.items()} if isinstance(value, dict) else {key: value}
    return flat
