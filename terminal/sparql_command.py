"""``comity sparql``: a query to the release, its result as a table or in a format of SPARQL."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from locales.texts import _
from terminal import session
from terminal.commands import ANSWERED, complain
from terminal.options import Json, text_of
from terminal.programs import parsed


def sparql_command(
    query: Annotated[str | None, typer.Argument(help=_("The query; or use --file."))] = None,
    file: Annotated[Path | None, typer.Option("--file", "-f", help=_("Read the query from a file."))] = None,
    format_: Annotated[
        str, typer.Option("--format", help=_("table, json, csv, tsv, xml, or turtle and others."))
    ] = "table",
    timeout: Annotated[float | None, typer.Option(min=0.1, help=_("Seconds that the query may take."))] = None,
    max_rows: Annotated[int | None, typer.Option(min=1, help=_("Rows or triples to return at most."))] = None,
    json: Json = False,
) -> int:
    """Answer a query."""
    from graph.sparql import run

    if (query is None) == (file is None):
        raise typer.BadParameter(_("give either a query or a file"), param_hint="QUERY")
    text = query if file is None else text_of(file, "--file")
    settings = session.settings()
    wanted = "json" if json else format_
    result = run(
        session.release(),
        text or "",
        format=None if wanted == "table" else wanted,
        timeout_s=timeout or settings.sparql_timeout_s,
        max_rows=max_rows or settings.sparql_max_rows,
    )
    if wanted == "table" and result.kind != "graph":
        from terminal.accounts import show_result
        from terminal.screen import out

        show_result(out(), parsed(result.content))
    else:
        sys.stdout.write(result.content if result.content.endswith("\n") else result.content + "\n")
    if result.truncated:
        complain(_("cut off after {count} rows; --max-rows sets the limit").format(count=result.rows))
    return ANSWERED
