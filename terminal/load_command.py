"""``comity load``: the current release into the Neo4j server of the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from locales.texts import _
from terminal import session
from terminal.commands import ANSWERED
from terminal.options import Json
from terminal.programs import builtins, write_json

if TYPE_CHECKING:
    from graph.stores.neo4j import LoadReport
    from terminal.screen import Screen


def load_command(json: Json = False) -> int:
    """Load the current release."""
    from graph.stores.neo4j import Connection, account, load
    from terminal import progress, screen

    writer = account(session.settings(), loading=True)
    release = session.release()
    with Connection(writer) as connection, progress.stages(screen.err(), _stage_words()) as step:
        report = load(release, connection, step)
    if json:
        write_json(builtins(report) | {"nothing_to_do": report.nothing_to_do})
    else:
        _show(screen.out(), report, f"{writer.uri}/{writer.database}")
    return ANSWERED


def _stage_words() -> dict[str, str]:
    return {
        "compare": _("comparing with what the database holds"),
        "index": _("making the indexes"),
        "removed": _("removing what the release does not hold"),
        "changed": _("changing what differs"),
        "made": _("making what is not there"),
    }


def _show(screen: Screen, report: LoadReport, place: str) -> None:
    """Write what was done, and how many nodes and relationships of each kind are there now."""
    if report.nothing_to_do:
        told = _("Nothing to do: {place} holds release {release}, whole (compared in {seconds:.1f} s).")
    else:
        told = _(
            "Release {release} is now in {place}: {made} made, {changed} changed, {removed} removed in {seconds:.1f} s."
        )
    figures = {name: f"{getattr(report, name):,}" for name in ("made", "changed", "removed")}
    screen.line(told.format(release=report.release, place=place, seconds=report.seconds, **figures))
    if report.previous not in (None, report.release):
        screen.line(_("It held release {release} before.").format(release=report.previous))
    screen.line()
    table = screen.table(_("nodes and relationships"))
    table.add_column(_("count"), justify="right")
    for name, count in report.counts.items():
        if name.endswith((")", "]")):  # the others are properties
            table.add_row(name.strip("(:)[]"), f"{count:,}")
    screen.show(table)
