"""The commands ``gaps`` and ``compare``: where a State stands, and who stands how beside it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from locales.texts import _
from terminal import session
from terminal.commands import ANSWERED
from terminal.options import Json, On
from terminal.programs import write_json


class Topic(StrEnum):
    """What to look for."""

    treaties = "treaties"
    legislation = "legislation"
    all = "all"


def gaps_command(
    state: Annotated[str, typer.Argument(metavar="STATE", help=_("The State: code or name."))],
    on: On = None,
    topic: Annotated[Topic, typer.Option("--topic", help=_("treaties, legislation or all."))] = Topic.all,
    limit: Annotated[int, typer.Option(min=1, help=_("States of good practice for each gap."))] = 3,
    only: Annotated[
        str | None, typer.Option("--only", metavar="KEY", help=_("One criterion or offence, such as grooming-law."))
    ] = None,
    worth: Annotated[
        bool, typer.Option("--worth", help=_("Count the paths that joining each treaty opens; takes seconds."))
    ] = False,
    json: Json = False,
) -> int:
    """Show the gaps of a State."""
    from graph.gaps.report import gaps
    from graph.questions import resolve_day, resolve_state

    book = session.book()
    day = resolve_day(on, session.today())
    valued = None
    if worth:
        from graph.gaps.worth import worth_by_coverage

        valued = worth_by_coverage(book, day)
    asked = resolve_state(book.network, state)
    report = gaps(book.network, asked, day, topic.value, limit, only, valued)
    if json:
        write_json(report)
    else:
        from terminal.gaps import show_gaps
        from terminal.screen import out

        show_gaps(out(), report)
    return ANSWERED


def compare_command(
    names: Annotated[
        list[str], typer.Argument(metavar="NAME...", help=_("2 to 6 States, regions, organisations or IPU groups."))
    ],
    on: On = None,
    json: Json = False,
) -> int:
    """Put States side by side."""
    from graph.gaps.comparison import compare
    from graph.questions import resolve_day

    network = session.book().network
    comparison = compare(network, names, resolve_day(on, session.today()))
    if json:
        write_json(comparison)
    else:
        from terminal.screen import out
        from terminal.side_by_side import show_comparison

        show_comparison(out(), comparison)
    return ANSWERED
