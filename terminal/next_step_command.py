"""The command ``next-step``: which ratification or reform gains a State, or a group of States, most."""

from __future__ import annotations

from typing import Annotated

import typer

from graph.next_steps import MOST_STEPS
from locales.texts import _
from terminal import session
from terminal.commands import ANSWERED, NOTHING
from terminal.options import Assume, Json, Offence, On
from terminal.programs import write_json

Steps = Annotated[
    int, typer.Option(min=1, max=MOST_STEPS, help=_("The most steps in a set; 1 ranks single steps only."))
]
Top = Annotated[int, typer.Option(min=1, help=_("Lines to list; the JSON for one State has all."))]
Measures = Annotated[
    list[str] | None,
    typer.Option("--measure", "-m", help=_("Only this measure; say it again for more. All if left.")),
]
Reforms = Annotated[
    bool, typer.Option("--reforms", help=_("Count too what a reform of the State's law would change; takes seconds."))
]
Everything = Annotated[
    bool, typer.Option("--all", help=_("Rank also treaties of which it is not on record who may join."))
]


def next_step_command(
    name: Annotated[
        str,
        typer.Argument(metavar="STATE|GROUP", help=_("A State, region, organisation or IPU group, or: world.")),
    ],
    steps: Steps = 1,
    on: On = None,
    top: Top = 10,
    measure: Measures = None,
    offence: Offence = None,
    reforms: Reforms = False,
    rank_all: Everything = False,
    assume: Assume = None,
    json: Json = False,
) -> int:
    """Rank the next steps."""
    from graph.coverage.supposed import day_to_count, supposed
    from graph.next_steps.groups import asked as meant
    from graph.next_steps.groups import group_steps
    from graph.questions import resolve_concept
    from graph.what_if import assume as lay

    book = session.book()
    network = book.network
    overlay = lay(book, assume or ())
    day = day_to_count(overlay, on, session.today())
    asked = meant(network, name, day)
    keys = list(dict.fromkeys(resolve_concept(network, "measure", wanted) for wanted in measure or ())) or None
    conduct = resolve_concept(network, "offence", offence) if offence is not None else None
    if asked.kind == "group" and (steps > 1 or reforms):
        raise typer.BadParameter(_("sets and reforms are for one State: name a State"), param_hint="--steps/--reforms")
    from graph.coverage.index import Index
    from graph.coverage.plan import Planner

    planner = supposed(Planner(Index(book)), overlay)
    if asked.kind == "group":
        found = group_steps(planner, (asked.id, asked.name), asked.states, day, top, keys, conduct, rank_all)
        if json:
            write_json(found)
        else:
            from terminal.next_step import show_group
            from terminal.screen import out

            show_group(out(), found, network)
        return ANSWERED if found.steps or found.joint else NOTHING
    from graph.next_steps.answer import next_steps

    told = next_steps(planner, asked.states[0], day, steps, keys, conduct, reforms, rank_all)
    if json:
        write_json(told)
    else:
        from terminal.next_step import show_state
        from terminal.screen import out

        show_state(out(), told, network, top)
    return ANSWERED if told.ranked or told.not_on_record or told.waiting or told.reforms else NOTHING
