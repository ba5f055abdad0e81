"""``comity coverage``: for what share of pairs of States the law on record provides a path, and since when."""

from __future__ import annotations

import csv as table
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from locales.texts import _
from terminal import session
from terminal.commands import ANSWERED, NOTHING
from terminal.options import Evidence, Json, Offence, On, Urgent
from terminal.programs import write_json

Measures = Annotated[
    list[str] | None,
    typer.Option("--measure", "-m", help=_("Only this measure; say it again for more. All if left.")),
]
By = Annotated[
    str,
    typer.Option(help=_("Figures by measure, state, region, continent, group, organisation or instrument.")),
]
First = Annotated[str | None, typer.Option("--from", metavar="MONTH", help=_("First month of the series, YYYY-MM."))]
Last = Annotated[
    str | None,
    typer.Option("--to", metavar="MONTH", help=_("Last month of the series; the end of the known future if left.")),
]


def coverage_command(
    state: Annotated[
        str | None, typer.Argument(metavar="[STATE]", help=_("Only pairs with this State: code or name."))
    ] = None,
    measure: Measures = None,
    on: On = None,
    by: By = "measure",
    series: Annotated[bool, typer.Option("--series", help=_("Month by month instead of one day."))] = False,
    from_: First = None,
    to: Last = None,
    offence: Offence = None,
    urgent: Urgent = False,
    evidence: Evidence = False,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help=_("Write the figures to this CSV file."))] = None,
    force: Annotated[bool, typer.Option("--force", help=_("Replace the CSV file that is there."))] = False,
    json: Json = False,
) -> int:
    """Tell the coverage of a day, or month by month."""
    _check(by, series, state, on, from_, to)
    if csv is not None:
        _check_target(csv, force)
    from graph.coverage.index import Index
    from graph.coverage.plan import Planner
    from graph.coverage.question import CoverageQuestion, coverage, lines

    book = session.book()
    network = book.network
    question = CoverageQuestion(
        state=state,
        measures=tuple(measure or ()),
        on=on,
        by=by,
        series=series,
        first=from_,
        last=to,
        offence=offence,
        urgent=urgent,
        evidence=evidence,
    )
    told = coverage(Planner(Index(book)), question, session.today())
    if json:
        write_json(told)
    elif csv is None:
        from terminal.coverage import show_coverage
        from terminal.screen import out

        show_coverage(out(), told, network, session.today().isoformat())
    if csv is not None:
        _write(csv, lines(told["rows"]))
    return ANSWERED if any(_provided(row) for row in told["rows"]) else NOTHING


def _check(by: str, series: bool, state: str | None, on: str | None, first: str | None, last: str | None) -> None:
    """Refuse options that do not go together before anything is computed.

    Raises:
        BadParameter: they do not.
    """
    from graph.coverage.kinds import KINDS

    if by not in KINDS:
        raise typer.BadParameter(_("choose from {kinds}").format(kinds=", ".join(KINDS)), param_hint="--by")
    if by == "instrument" and state is not None:
        raise typer.BadParameter(_("what an instrument opens is counted for the whole world: leave STATE"))
    if series and (by != "measure" or on is not None):
        raise typer.BadParameter(_("a series has no --by and no --on; use --from and --to"), param_hint="--series")
    if not series and (first or last):
        raise typer.BadParameter(_("months are for a series: add --series"), param_hint="--from/--to")


def _provided(row: Mapping[str, Any]) -> bool:
    """Whether there is a path in any cell of the line."""
    counts = row.get("asking", row)
    return bool(counts.get("met") or counts.get("unknown") or counts.get("carried") or _asked(row))


def _asked(row: Mapping[str, Any]) -> int:
    asked = row.get("asked", {})
    return int(asked.get("met", 0) + asked.get("unknown", 0))


def _check_target(target: Path, force: bool) -> None:
    if not target.parent.is_dir():
        raise typer.BadParameter(_("{folder} is not a folder").format(folder=target.parent), param_hint="--csv")
    if target.is_dir() or (target.exists() and not force):
        told = _("{file} is there already: choose another name, or replace it with --force").format(file=target)
        raise typer.BadParameter(told, param_hint="--csv")


def _write(target: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write ``rows`` as CSV, whole or not at all."""
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with draft.open("w", encoding="utf-8", newline="") as file:
            writer = table.DictWriter(file, list(rows[0]) if rows else [])
            writer.writeheader()
            writer.writerows(rows)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
