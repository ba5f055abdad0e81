"""Accounts of coverage in plain dictionaries, one for each line, as the command line and other programs take them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from graph.coverage.demands import Flags
from graph.coverage.gains import Outlook, partners
from graph.coverage.instruments import shares
from graph.coverage.kinds import KINDS
from graph.coverage.matrix import cover
from graph.coverage.plan import Planner
from graph.coverage.series import Series, months, series
from graph.coverage.shares import Account, Figures, Row, organisations
from graph.network import Network
from graph.regions import regions

MEANING = "provided by law as far as it is on record, not effective; no path on record proves nothing"

FIRST_MONTH = "1990-01"

PARLIAMENTARY_GROUP = "parliamentary-group"


def account(
    planner: Planner,
    by: str,
    on: str,
    flags: Flags | None = None,
    measures: Sequence[str] | None = None,
    state: str | None = None,
) -> list[dict[str, Any]]:
    """The coverage of the ISO day ``on`` by one of :data:`graph.coverage.kinds.KINDS`.

    ``measures``: keys; all where ``None``.
    With ``state`` (an id) only pairs with that State. Lines of instruments tell what each carries and alone opens, for
    the whole world.

    Raises:
        ValueError: ``by`` is not one of the kinds, or instruments are asked for with a State.
    """
    network = planner.index.network
    if by == "instrument":
        if state is not None:
            raise ValueError("what an instrument opens is counted for the whole world, not for one State")
        return [
            {"name": _body(network, held.id), **held._asdict()}
            for held in shares(Outlook(planner, on, flags, measures))
        ]
    held = Account(cover(planner, on, flags, measures), partners(planner.index))
    if by == "measure":
        names = {measure: network.label("measure", measure) for measure in held.matrix.measures}
        return _lines(held.by_measure(state).values(), names)
    if by == "state":
        lines = _lines(held.by_state(state).values(), {key: record.name for key, record in network.states.items()})
        return sorted(lines, key=lambda line: str(line["name"]))
    return _lines(held.by_group(_groups(network, by, on), state).values(), {
        key: record.name for key, record in network.organisations.items()
    })  # fmt: skip


def monthly(
    planner: Planner,
    first: str,
    last: str,
    flags: Flags | None = None,
    measures: Sequence[str] | None = None,
    state: str | None = None,
) -> list[dict[str, Any]]:
    """A line for the first day of each month from ``first`` to ``last`` (``YYYY-MM``).

    With ``state`` (an id) the figures are those of the pairs in which it asks; ``asked`` has the others.

    Raises:
        ValueError: a month is not one, or the last is before the first.
    """
    days = months(first, last)
    asking = series(planner, days, flags, measures, state)
    asked = series(planner, days, flags, measures, state, asked=True) if state is not None else None
    lines = []
    for place, day in enumerate(days):
        line: dict[str, Any] = {"on": day, **_month(asking, place)}
        if asked is not None:
            line["asked"] = _month(asked, place)
        line["by_measure"] = {
            measure: {"met": int(asking.met[place, number]), "unknown": int(asking.unknown[place, number])}
            for number, measure in enumerate(asking.measures)
        }
        lines.append(line)
    return lines


def known_until(planner: Planner, today: str) -> str:
    """The last month in which a standing on record changes, or that of ``today`` (ISO) where it is later."""
    days = [int(day) for day in planner.index.standings.days() if day <= date.max.toordinal()]
    last = date.fromordinal(max(days)).isoformat() if days else today
    return max(last, today)[:7]


def _groups(network: Network, by: str, on: str) -> Mapping[str, Iterable[str]]:
    if by in ("region", "continent"):
        return regions(network, "subregion" if by == "region" else by)
    day = date.fromisoformat(on).toordinal()
    if by == "group":
        return organisations(network, day, (PARLIAMENTARY_GROUP,))
    if by == "organisation":
        return organisations(network, day)
    raise ValueError(f"coverage does not go by {by!r}: choose from {', '.join(KINDS)}")


def _lines(rows: Iterable[Row], names: Mapping[str, str]) -> list[dict[str, Any]]:
    lines = []
    for row in rows:
        line: dict[str, Any] = {"id": row.id, "name": names.get(row.id, row.id), "states": row.states}
        line |= {"asking": _figures(row.asking), "asked": _figures(row.asked)}
        if row.within is not None:
            line["within"] = _figures(row.within)
        lines.append(line)
    return lines


def _figures(held: Figures) -> dict[str, int]:
    none = held.cells - held.met - held.unknown
    return {
        "cells": held.cells,
        "met": held.met,
        "unknown": held.unknown,
        "none": none,
        "only_by_network": held.only_by_network,
        "only_by_consent": held.only_by_consent,
    }


def _month(held: Series, place: int) -> dict[str, int]:
    met, unknown = int(held.met[place].sum()), int(held.unknown[place].sum())
    cells = held.pairs * len(held.measures)
    return {"cells": cells, "met": met, "unknown": unknown, "none": cells - met - unknown}


def _body(network: Network, id_: str) -> str:
    """The name of an instrument, or of the body whose channel it is."""
    instrument = network.instruments.get(id_)
    return instrument.short_name if instrument else network.organisations[id_].name
