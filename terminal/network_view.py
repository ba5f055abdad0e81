"""The survey of a cooperation graph as tables with a sentence each, and the reach of a State as lists of names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from graph.analysis import reach as reaching
from graph.analysis.cuts import Cut
from graph.analysis.reach import Reach, Reached
from graph.analysis.survey import Survey
from graph.dates import MET
from locales.texts import _, plural
from terminal.answer import footer, result_word
from terminal.screen import Screen


class Names(Protocol):
    """What is called how."""

    @property
    def release(self) -> str:
        """The id of the release."""

    def label(self, scheme: str, key: str) -> str:
        """The label of a concept."""

    def state_name(self, state: str) -> str:
        """The name of a State."""


def show_survey(
    screen: Screen, survey: Survey, names: Names, limits: Mapping[str, Any], top: int, file: str | None
) -> None:
    """Write the whole survey, at most ``top`` of each kind; ``file`` is where the graph was written."""
    one = len(survey.measures) == 1
    asked = names.label("measure", survey.measures[0]) if one else _("any measure")
    head = _("Cooperation graph for {measure}, on {day}").format(measure=asked, day=survey.on)
    screen.line(head + (f"; {_('urgent')}." if survey.urgent else "."), style="bold")
    _narrowed(screen, names, limits)
    screen.line(survey.text + ".")
    if not survey.ties and not survey.ties_uncertain:
        screen.line(_("No such tie is on record."))
        _limits(screen, survey.limits)
        footer(screen, survey.release, survey.on)
        return
    _bodies(screen, survey, top)
    _states(screen, survey, top)
    _communities(screen, survey, names, top)
    _cuts(screen, _("States that hold others in the graph"), survey.cut_states, top)
    _cuts(screen, _("Instruments and organisations that hold others in the graph"), survey.cut_bodies, top)
    _cuts(screen, _("Single ties that hold others in the graph"), survey.bridges, top)
    if survey.on_their_own:
        screen.heading(_("No such tie on record"))
        screen.line(_listed(names, survey.on_their_own), indent=2)
    if file is not None:
        screen.heading(_("Written"))
        screen.link("  ", file)
    _limits(screen, survey.limits)
    footer(screen, survey.release, survey.on)


def _narrowed(screen: Screen, names: Names, limits: Mapping[str, Any]) -> None:
    """What the graph was narrowed to."""
    if limits["groups"]:
        screen.item(_("only States of:"), "; ".join(limits["groups"]), indent=2)
    if limits["membership_uncertain"]:
        screen.item(_("membership uncertain on the day:"), _listed(names, limits["membership_uncertain"]), indent=2)
    if limits["without"]:
        screen.item(_("left out:"), ", ".join(limits["without"]), indent=2)
    if limits.get("settled"):
        screen.item(_("only paths:"), _("every condition met"), indent=2)


def _bodies(screen: Screen, survey: Survey, top: int) -> None:
    screen.heading(_("What carries it: instruments and organisations"))
    table = screen.table(_("body"))
    for title in (_("States"), _("pairs"), _("uncertain"), _("alone"), _("betweenness")):
        table.add_column(title, justify="right")
    for body in survey.bodies[:top]:
        table.add_row(
            body.name,
            str(body.states),
            str(body.pairs),
            str(body.pairs_uncertain),
            str(body.alone),
            f"{body.betweenness:.4f}",
        )
    screen.show(table)
    _more(screen, len(survey.bodies), top)


def _states(screen: Screen, survey: Survey, top: int) -> None:
    screen.heading(_("Who stands between: States and territories"))
    table = screen.table(_("State"))
    for title in (_("partners"), _("uncertain"), _("bodies"), _("pairs between"), _("betweenness")):
        table.add_column(title, justify="right")
    for state in survey.states[:top]:
        table.add_row(
            state.name,
            str(state.partners),
            str(state.partners_uncertain),
            str(state.bodies),
            f"{state.pairs_between:.1f}",
            f"{state.betweenness:.4f}",
        )
    screen.show(table)
    _more(screen, len(survey.states), top)


def _communities(screen: Screen, survey: Survey, names: Names, top: int) -> None:
    screen.heading(_("Communities"))
    screen.line(survey.communities.text + ".", indent=2)
    for community in survey.communities.communities[:top]:
        screen.item(screen.sign("bullet"), f"{community.text}: {', '.join(community.names)}", indent=2)
    _more(screen, len(survey.communities.communities), top)


def _cuts(screen: Screen, title: str, cuts: Sequence[Cut], top: int) -> None:
    screen.heading(title)
    if not cuts:
        screen.line(_("none: whichever fell away, the others would stay connected"), indent=2)
    for cut in cuts[:top]:
        screen.item(screen.result(cut.result, result_word(cut.result)).append(":"), cut.text, indent=2)
    _more(screen, len(cuts), top)


def show_reach(
    screen: Screen, found: Sequence[Reach], names: Names, limits: Mapping[str, Any], on: str, top: int | None
) -> None:
    """Write whom a State may ask: for one measure with names, for several as a table of counts."""
    head = _("Whom {state} may ask, on {day}.").format(state=names.state_name(found[0].state), day=on)
    screen.line(head, style="bold")
    _narrowed(screen, names, limits)
    if len(found) == 1:
        _one_measure(screen, found[0], names)
    else:
        _each_measure(screen, found, top)
    _limits(screen, reaching.LIMITS)
    footer(screen, names.release, on)


def _one_measure(screen: Screen, reach: Reach, names: Names) -> None:
    screen.line(reach.text + ".")
    parts: dict[str, list[Reached]] = {
        _("Every condition met, directly"): [],
        _("Every condition met, through an organisation"): [],
        _("Open questions, directly"): [],
        _("Open questions, only through an organisation"): [],
    }
    settled, by_body, open_, open_by_body = parts.values()
    for one in reach.reached:
        if one.directly == MET:
            settled.append(one)
        elif one.by_organisation == MET:
            by_body.append(one)
        else:
            (open_ if one.directly else open_by_body).append(one)
    for title, states in parts.items():
        if states:
            screen.heading(f"{title} ({len(states)})")
            screen.line(", ".join(map(_marked, states)), indent=2)
    if reach.no_record:
        screen.heading(f"{_('No path on record')} ({len(reach.no_record)})")
        screen.line(_listed(names, reach.no_record), indent=2)
    if any(one.in_force != MET for one in reach.reached):
        screen.line(_("(?) the basis is not certain to be in force for both on that day"), style="dim")


def _marked(one: Reached) -> str:
    return one.name if one.in_force == MET else f"{one.name} (?)"


def _each_measure(screen: Screen, found: Sequence[Reach], top: int | None) -> None:
    table = screen.table(_("measure"))
    for title in (_("States"), _("directly"), _("by a body only"), _("all met"), _("no record")):
        table.add_column(title, justify="right")
    widest = sorted(found, key=lambda reach: (-len(reach.reached), reach.label))
    for reach in widest[:top]:
        directly = sum(one.directly is not None for one in reach.reached)
        settled = sum(MET in (one.directly, one.by_organisation) for one in reach.reached)
        counts = (len(reach.reached), directly, len(reach.reached) - directly, settled, len(reach.no_record))
        table.add_row(reach.label, *map(str, counts))
    screen.show(table)
    _more(screen, len(found), top or len(found))
    screen.line(_("With --measure each State is named."), style="dim")


def _limits(screen: Screen, limits: Iterable[str]) -> None:
    screen.heading(_("What this does not say"))
    for limit in limits:
        screen.item(screen.sign("bullet"), limit, indent=2)


def _more(screen: Screen, count: int, top: int) -> None:
    if count > top:
        screen.line(plural("{count} more: --top", "{count} more: --top", count - top), style="dim", indent=2)


def _listed(names: Names, states: Iterable[str]) -> str:
    return ", ".join(names.state_name(state) for state in states)
