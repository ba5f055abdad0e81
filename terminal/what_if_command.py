"""The command ``what-if``: the law as it is beside the law as it would be, for the States that assumptions touch."""

from __future__ import annotations

from typing import Annotated

import typer

from locales.texts import _
from terminal import session
from terminal.commands import ANSWERED
from terminal.options import Json, Offence
from terminal.programs import write_json

Assumed = Annotated[
    list[str],
    typer.Option(
        "--assume",
        metavar="STATE:INSTRUMENT:DAY",
        help=_("What is assumed; may be repeated. Further forms: docs/what-if.md."),
    ),
]
One = Annotated[str | None, typer.Argument(metavar="[FROM]", help=_("The State that asks; else all that are touched."))]
Other = Annotated[str | None, typer.Argument(metavar="[TO]", help=_("The State that is asked."))]
Measures = Annotated[
    list[str] | None, typer.Option("--measure", "-m", help=_("Only this measure; may be repeated. All if left."))
]
Day = Annotated[
    str | None,
    typer.Option("--on", metavar="DAY", help=_("The day compared; the day the last assumption takes effect if left.")),
]


def what_if_command(
    assume: Assumed,
    from_: One = None,
    to: Other = None,
    measure: Measures = None,
    offence: Offence = None,
    on: Day = None,
    json: Json = False,
) -> int:
    """Compare the law with and without what is assumed."""
    from graph.suppositions import suppose
    from terminal import progress, screen

    book = session.book()
    words = {"compare": _("comparing pairs of States")}
    with progress.stages(screen.err(), words) as step:
        found = suppose(
            book,
            assume,
            from_,
            to,
            measures=measure or (),
            offence=offence,
            on=on,
            progress=lambda done, total: step("compare", done, total),
        )
    if json:
        write_json(found)
    else:
        from terminal.comparison import show_comparison

        show_comparison(screen.out(), found, book.network, one_pair=from_ is not None)
    return ANSWERED
