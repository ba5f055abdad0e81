"""``comity network``: the cooperation graph of a day as a whole, or the reach of one State."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from locales.texts import _
from terminal import session
from terminal.commands import ANSWERED, NOTHING
from terminal.options import EMBEDDED, Json, On, Store, Urgent
from terminal.programs import write_json

if TYPE_CHECKING:
    from graph.analysis.question import NetworkQuestion

TOP = 10
"""Rows of each table where ``--top`` does not say."""


def network_command(
    measure: Annotated[
        str | None, typer.Option("--measure", "-m", help=_("What is asked for; any measure if left."))
    ] = None,
    on: On = None,
    urgent: Urgent = False,
    region: Annotated[
        str | None, typer.Option(help=_("Only States of this IPU group or region, such as grulac or Western Africa."))
    ] = None,
    group: Annotated[str | None, typer.Option(help=_("Only members of this organisation, such as eu."))] = None,
    state: Annotated[str | None, typer.Option(help=_("Tell whom this State may ask instead."))] = None,
    without: Annotated[
        list[str] | None, typer.Option(help=_("Leave out this instrument or organisation; may be repeated."))
    ] = None,
    settled: Annotated[bool, typer.Option("--settled", help=_("Only paths on which every condition is met."))] = False,
    top: Annotated[int | None, typer.Option(min=1, help=_("List at most so many of each."))] = None,
    output: Annotated[
        Path | None, typer.Option(help=_("Write the graph to this file too: .graphml, or .json for node-link."))
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=_("Replace the file that is there."))] = False,
    store: Store = EMBEDDED,
    json: Json = False,
) -> int:
    """Survey the cooperation graph of a day."""
    from graph.analysis.question import NetworkQuestion, survey_told
    from graph.questions import resolve_day, resolve_state

    if state is not None and (output is not None or settled):
        raise typer.BadParameter(
            _("tells the reach of one State, which goes with neither --output nor --settled"), param_hint="--state"
        )
    if output is not None:
        from graph.exports import check_graph_target

        check_graph_target(output, force=force)
    book = session.book(store=store)
    network = book.network
    question = NetworkQuestion(
        book,
        resolve_day(on, session.today()),
        measure,
        urgent=urgent,
        region=region,
        group=group,
        without=tuple(without or ()),
    )
    if state is not None:
        return _tell_reach(question, resolve_state(network, state), top, json)
    graph = question.graph(settled=settled)
    if output is not None:
        from graph.analysis.drawing import drawing
        from graph.exports import export_graph

        export_graph(drawing(graph), output, force=force)
    from graph.analysis.survey import survey

    found = survey(graph)
    if json:
        write_json(survey_told(question, found, settled=settled, top=top) | ({"file": str(output)} if output else {}))
    else:
        from terminal.network_view import show_survey
        from terminal.screen import out

        show_survey(
            out(), found, network, question.limits() | {"settled": settled}, top or TOP, str(output) if output else None
        )
    return ANSWERED if found.ties or found.ties_uncertain else NOTHING


def _tell_reach(question: NetworkQuestion, state: str, top: int | None, json: bool) -> int:
    found = question.reach_of(state)
    if json:
        from graph.analysis.question import reach_told

        write_json(reach_told(question, state, found))
    else:
        from terminal.network_view import show_reach
        from terminal.screen import out

        show_reach(out(), found, question.book.network, question.limits(), question.asked.on, top)
    return ANSWERED if any(one.reached for one in found) else NOTHING
