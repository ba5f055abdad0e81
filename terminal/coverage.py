"""How coverage looks in a terminal: tables of shares, with the words that keep them from being misread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graph.network import Network
from locales.texts import _, plural
from terminal.screen import Screen

INSTRUMENTS_SHOWN = 30


def show_coverage(screen: Screen, told: Mapping[str, Any], network: Network, today: str) -> None:
    """Write an account or a series, as :mod:`graph.coverage.report` gives them."""
    screen.line(_headline(told, network, today))
    screen.line()
    rows = told["rows"]
    if "series" in told:
        _show_series(screen, rows)
    elif told["by"] == "instrument":
        _show_instruments(screen, rows)
    elif told["by"] == "measure" and told["query"]["state"] is None:
        _show_measures(screen, rows)
    else:
        _show_sides(screen, rows)
    screen.line()
    screen.line(
        _("Provided by law as far as it is on record, not effective. Where nothing is on record there may be a path.")
    )
    screen.line(_("Release {release}. Not legal advice.").format(release=told["release"]), style="dim")


def _headline(told: Mapping[str, Any], network: Network, today: str) -> str:
    query = told["query"]
    measures = [network.label("measure", measure) for measure in query["measures"] or ()]
    parts = [", ".join(measures) or _("all measures")]
    if query["offence"]:
        parts.append(network.label("offence", query["offence"]))
    parts += [word for key, word in (("urgent", _("urgent")), ("evidence", _("evidence needed"))) if query[key]]
    if "series" in told:
        when = _("{first} to {last}").format(first=told["series"][0], last=told["series"][1])
    else:
        when = _("on {day}").format(day=told["on"]) + (f" ({_('today')})" if told["on"] == today else "")
    who = network.state_name(query["state"]) if query["state"] else _("all ordered pairs of States")
    return _("Coverage, {who}: {what}, {when}.").format(who=who, what="; ".join(parts), when=when)


def _show_measures(screen: Screen, rows: Sequence[Mapping[str, Any]]) -> None:
    table = screen.table()
    table.add_column(_("measure"), overflow="fold", ratio=1)
    for title in (_("every condition met"), _("open questions"), _("none on record"), _("network only")):
        table.add_column(title, justify="right")
    for row in rows:
        held = row["asking"]
        table.add_row(
            row["name"], *(_share(held, key) for key in ("met", "unknown", "none")), str(held["only_by_network"])
        )
    screen.show(table)


def _show_sides(screen: Screen, rows: Sequence[Mapping[str, Any]]) -> None:
    """Shares as those who ask and as those who are asked, and among themselves for groups."""
    within = any("within" in row for row in rows)
    table = screen.table()
    table.add_column("", overflow="fold", ratio=1)
    sides = [("asking", _("asks")), ("asked", _("is asked"))] + ([("within", _("within"))] if within else [])
    statuses = {"met": _("met"), "unknown": _("open")} | ({} if within else {"none": _("none")})
    for _key, title in sides:
        for word in statuses.values():
            table.add_column(f"{title}:\n{word}", justify="right", no_wrap=True)
    grouped = any(row["states"] > 1 for row in rows)
    for row in rows:
        states = plural("{count} State", "{count} States", row["states"])
        name = f"{row['name']} ({states})" if grouped else row["name"]
        figures = [_percent(row[side], key) for side, _title in sides for key in statuses]
        table.add_row(name, *figures)
    screen.show(table)
    if within:
        told = _(
            "Shares of the pairs of the members with all States, and among themselves; the rest is none on record."
        )
        screen.line(told, style="dim")


def _show_instruments(screen: Screen, rows: Sequence[Mapping[str, Any]]) -> None:
    table = screen.table()
    table.add_column(_("instrument or network"), overflow="fold", ratio=1)
    for title in (_("cells it opens"), _("it alone opens"), _("it alone opens with every condition met")):
        table.add_column(title, justify="right")
    for row in rows[:INSTRUMENTS_SHOWN]:
        table.add_row(row["name"], *(str(row[key]) for key in ("carried", "alone", "surely_alone")))
    screen.show(table)
    screen.line(_("A cell is an ordered pair of States and a measure."), style="dim")
    rest = len(rows) - INSTRUMENTS_SHOWN
    if rest > 0:
        more = plural("{count} more is in --csv and --json", "{count} more are in --csv and --json", rest)
        screen.line(more, style="dim")


def _show_series(screen: Screen, rows: Sequence[Mapping[str, Any]]) -> None:
    """Each January, and the first and last month."""
    table = screen.table(_("month"))
    for title in (_("every condition met"), _("open questions"), _("none on record")):
        table.add_column(title, justify="right")
    asked = "asked" in rows[0]
    if asked:
        table.add_column(_("is asked: met"), justify="right")
        table.add_column(_("is asked: open"), justify="right")
    shown = [row for place, row in enumerate(rows) if place in (0, len(rows) - 1) or row["on"][5:7] == "01"]
    for row in shown:
        sides = [_share(row["asked"], key) for key in ("met", "unknown")] if asked else []
        table.add_row(row["on"][:7], *(_share(row, key) for key in ("met", "unknown", "none")), *sides)
    screen.show(table)
    screen.line(_("On the first day of the month. Every month is in --csv and --json."), style="dim")


def _share(held: Mapping[str, int], key: str) -> str:
    return f"{held[key]} ({_percent(held, key)})"


def _percent(held: Mapping[str, int], key: str) -> str:
    return f"{100 * held[key] / held['cells']:.1f} %" if held["cells"] else "-"
