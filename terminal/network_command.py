"""``comity network``: the cooperation graph of a day as a whole, or the reach of one State."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from terminal import session
from terminal.commands import ANSWERED, NOTHING
from terminal.options import EMBEDDED, Json, On, Store, Urgent
from terminal.programs import builtins, write_json
from terminal.texts import _

if TYPE_CHECKING:
    from graph.analysis.groups import Group
    from graph.network import Network
    from graph.offers import OfferBook

TOP = 10
"""Rows of each table where ``--top`` does not say."""


def network_command(
    measure: Annotated[
        str | None, typer.Option("--measure", "-m", help=_("What is asked for; any measure if left."))
    ] = None,
    on: On = None,
    urgent: Urgent = False,
    region: Annotated[str | None, typer.Option(help=_("Only States of this IPU group, such as grulac."))] = None,
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
    from graph.analysis.cooperation import cooperation
    from graph.analysis.openings import Asked
    from graph.questions import resolve_concept, resolve_day, resolve_state

    if state is not None and (output is not None or settled):
        raise typer.BadParameter(
            _("tells the reach of one State, which goes with neither --output nor --settled"), param_hint="--state"
        )
    if output is not None:
        from graph.exports import check_graph_target

        check_graph_target(output, force=force)
    book = session.book(store=store)
    network = book.network
    day = resolve_day(on, session.today())
    measures = [resolve_concept(network, "measure", measure)] if measure is not None else _all_measures(network)
    asked = Asked(tuple(measures), day, urgent)
    groups = _groups(network, region, group, asked.day)
    chosen = set.intersection(*(set(held.states) for held in groups)) if groups else None
    gone = [_body(network, body) for body in without or ()]
    if state is not None:
        return _tell_reach(book, asked, resolve_state(network, state), chosen, groups, gone, top, json)
    graph = cooperation(book, asked, chosen, without=gone, settled=settled)
    if output is not None:
        from graph.analysis.drawing import drawing
        from graph.exports import export_graph

        export_graph(drawing(graph), output, force=force)
    from graph.analysis.survey import survey

    found = survey(graph)
    limits: dict[str, Any] = {**_named(groups), "without": gone, "settled": settled}
    if json:
        write_json(limits | _cut_to(builtins(found), top) | ({"file": str(output)} if output else {}))
    else:
        from terminal.network_view import show_survey
        from terminal.screen import out

        show_survey(out(), found, network, limits, top or TOP, str(output) if output else None)
    return ANSWERED if found.ties or found.ties_uncertain else NOTHING


def _body(network: Network, text: str) -> str:
    """Id of the instrument or organisation that is to be left out."""
    from graph.lookup import resolve_near_miss

    found = resolve_near_miss(network, text)
    if found in network.establishments:
        raise typer.BadParameter(_("{id} is a provider, which ties no States").format(id=found), param_hint="--without")
    return found


def _all_measures(network: Network) -> list[str]:
    return sorted(concept.key for concept in network.concepts.values() if concept.scheme == "measure")


def _groups(network: Network, region: str | None, group: str | None, day: int) -> list[Group]:
    from graph.analysis import groups

    found = [groups.region(network, region)] if region is not None else []
    return found + ([groups.members(network, group, day)] if group is not None else [])


def _named(groups: list[Group]) -> dict[str, Any]:
    """The groups as told in JSON: their names, and whose membership is uncertain."""
    uncertain = sorted({state for held in groups for state in held.uncertain})
    return {"groups": [held.name for held in groups], "membership_uncertain": uncertain}


def _cut_to(survey: dict[str, Any], top: int | None) -> dict[str, Any]:
    """The survey with at most ``top`` of each kind of figure."""
    for name in ("states", "bodies", "cut_states", "cut_bodies", "bridges"):
        survey[name] = survey[name][:top]
    survey["communities"]["communities"] = survey["communities"]["communities"][:top]
    return survey


def _tell_reach(
    book: OfferBook,
    asked: Any,
    state: str,
    chosen: set[str] | None,
    groups: list[Group],
    gone: list[str],
    top: int | None,
    json: bool,
) -> int:
    from graph.analysis.reach import LIMITS, reach

    network = book.network
    others = [one.id for one in network.states.values() if one.kind != "union" and (chosen is None or one.id in chosen)]
    found = [reach(book, asked._replace(measures=(measure,)), state, others, gone) for measure in asked.measures]
    limits: dict[str, Any] = {**_named(groups), "without": gone}
    if json:
        head = {"release": network.release, "on": asked.on, "urgent": asked.urgent, "state": state}
        write_json(head | limits | {"reach": builtins(found), "limits": LIMITS})
    else:
        from terminal.network_view import show_reach
        from terminal.screen import out

        show_reach(out(), found, network, limits, asked.on, top)
    return ANSWERED if any(one.reached for one in found) else NOTHING
