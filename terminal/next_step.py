"""How next steps look in a terminal: what each opens, makes certain and loses, what it needs, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from graph.network import Network
from graph.next_steps.answer import BestSet, NextSteps, Ranked
from graph.next_steps.candidates import Step
from graph.next_steps.cells import Gain
from graph.next_steps.groups import GroupSteps
from graph.next_steps.reforms import Reform
from graph.next_steps.waiting import Waiting
from locales.texts import _, plural
from terminal.answer import footer
from terminal.screen import Screen
from terminal.sources import Footnotes


def show_state(screen: Screen, told: NextSteps, network: Network, top: int) -> None:
    """Write the answer for one State, at most ``top`` lines in a table."""
    notes = Footnotes()
    head = _("{name} ({state}): best next steps on {day}").format(name=told.name, state=told.state, day=told.on)
    screen.line(head, style="bold")
    for assumption in told.assumptions:
        screen.line(_("assumed: {assumption}").format(assumption=assumption), style="dim", indent=2)
    _unit(screen, told.measures, told.offence, network)
    screen.heading(_("Ratifications, provided by law, on record"))
    if told.ranked:
        _ranked(screen, told.ranked[:top], notes)
    else:
        screen.line(_("None that the State may join on record changes a cell on the day."), indent=2)
    if len(told.ranked) > top:
        screen.line(_("{count} more; --top lists them").format(count=len(told.ranked) - top), style="dim")
    if told.best is not None:
        _best(screen, told.best, network)
    _waiting(screen, told.waiting, notes)
    if told.not_on_record:
        screen.heading(_("Who may join is not on record (not ranked with the others; --all does)"))
        _ranked(screen, told.not_on_record[:top], notes)
    if told.idle:
        names = "; ".join(step.name for step in told.idle)
        screen.heading(_("Open, and changing no cell on record ({count})").format(count=len(told.idle)))
        screen.line(names, indent=2)
    if told.reforms:
        _reforms(screen, told.reforms)
    notes.show(screen)
    footer(screen, told.release, told.on, told.assumptions)


def show_group(screen: Screen, told: GroupSteps, network: Network) -> None:
    """Write the answer for a group of States."""
    notes = Footnotes()
    members = plural("{count} State", "{count} States", len(told.members))
    head = _("{name} ({members}): best next steps on {day}").format(name=told.name, members=members, day=told.on)
    screen.line(head, style="bold")
    for assumption in told.assumptions:
        screen.line(_("assumed: {assumption}").format(assumption=assumption), style="dim", indent=2)
    _unit(screen, told.measures, told.offence, network)
    screen.heading(_("Single ratifications of members, provided by law, on record"))
    if told.steps:
        _ranked(screen, told.steps, notes, network)
    else:
        screen.line(_("None that a member may join on record changes a cell on the day."), indent=2)
    if told.joint:
        screen.heading(_("If every member that may join and is not bound on record joined"))
        table = _table(screen, _("treaty"), _("States"), _("deposits"))
        for joint in told.joint:
            table.add_row(f"{joint.name} [{joint.instrument}]", str(len(joint.states)), str(joint.deposits),
                          *_figures(joint.gain))  # fmt: skip
        screen.show(table)
    notes.show(screen)
    footer(screen, told.release, told.on, told.assumptions)


def _unit(screen: Screen, measures: Sequence[str], offence: str | None, network: Network) -> None:
    names = ", ".join(network.label("measure", measure) for measure in measures) or _("all measures")
    what = f"{names}; {network.label('offence', offence)}" if offence else names
    screen.line(
        _(
            "Counted in cells: a partner, a measure, and who asks whom ({what}). In order of cells opened, then made"
            " certain, then fewer lost, then fewer deposits. As if in force for the State on the day. Provided by law,"
            " on record: not what is effective."
        ).format(what=what)
    )


def _table(screen: Screen, *first: str) -> Table:
    table = screen.table()
    table.add_column(first[0], overflow="fold", ratio=1)
    for title in (*first[1:], _("opened"), _("made certain"), _("lost")):
        table.add_column(title, justify="right")
    return table


def _figures(gain: Gain) -> tuple[str, str, str]:
    """Cells opened, made certain, lost (with those that lose certainty only)."""
    lost = str(gain.closed)
    if gain.unsettled:
        lost = _("{lost} (and {count} less certain)").format(lost=lost, count=gain.unsettled)
    return str(gain.opened), str(gain.secured), lost


def _ranked(screen: Screen, ranked: Sequence[Ranked], notes: Footnotes, network: Network | None = None) -> None:
    """A table of steps, and what each needs below it; with ``network`` the States are named."""
    table = _table(screen, _("step"))
    for number, held in enumerate(ranked, 1):
        who = f"{network.state_name(held.step.state)}: " if network else ""
        deposits = len(held.step.deposits)
        count = f" ({plural('{count} deposit', '{count} deposits', deposits)})" if deposits > 1 else ""
        table.add_row(f"{number}. {who}{held.step.name}{count}", *_figures(held.gain))
    screen.show(table)
    for number, held in enumerate(ranked, 1):
        parts = [*_needs(held.step), _sides(held)]
        screen.item(f"{number}.", f"[{held.step.instrument}] {'; '.join(parts)}{notes.refer(held.step.sources)}")


def _needs(step: Step) -> list[str]:
    """How the State stands to it, what must come first, who may join, when it would be in force."""
    parts = [step.place_reason, step.opening_reason]
    if len(step.deposits) > 1:
        parts.append(_("first needs {parent}").format(parent=", ".join(step.deposits[:-1])))
    parts.append(_entry(step))
    return parts


def _entry(step: Step) -> str:
    if step.entry_rule and step.entry_delay:
        article = _("art. {article}").format(article=step.entry_article) if step.entry_article else step.entry_rule
        if step.in_force_on:
            return _("deposited on the day, in force from {day} ({article})").format(
                day=step.in_force_on, article=article
            )
        return _("its entry into force follows {article}; the day is not on record").format(article=article)
    return _("its rule of entry into force is not on record")


def _sides(held: Ranked) -> str:
    return _("asking {one}, asked {other}").format(one=_short(held.asking), other=_short(held.asked))


def _short(gain: Gain) -> str:
    return f"+{gain.opened}/+{gain.secured}/-{gain.closed}"


def _best(screen: Screen, best: BestSet, network: Network) -> None:
    screen.heading(_("The best set of at most {count} steps").format(count=best.most))
    if not best.instruments:
        screen.line(_("No set changes a cell for the better."), indent=2)
    for instrument in best.deposits:
        screen.item(screen.sign("bullet"), f"{network.instruments[instrument].short_name} [{instrument}]", indent=2)
    opened, secured, lost = _figures(best.gain)
    screen.line(
        _("Together: {opened} cells opened, {secured} made certain, {lost} lost.").format(
            opened=opened, secured=secured, lost=lost
        ),
        indent=2,
    )
    screen.line(_guarantee(best), indent=2)


def _guarantee(best: BestSet) -> str:
    if best.guarantee == "exact":
        count = plural("{count} set was compared", "{count} sets were compared", best.tried)
        return _("Exact: {compared}, all that could change a cell.").format(compared=count)
    bound = _("no set opens more than {opened} or makes certain more than {secured}").format(
        opened=best.bound.opened, secured=best.bound.secured
    )
    if best.guarantee == "greedy, no guarantee":
        return _("Step by step, no guarantee; {bound}.").format(bound=bound)
    return _("Step by step: at least 63 % of the best; {bound}.").format(bound=bound)


def _waiting(screen: Screen, waiting: Sequence[Waiting], notes: Footnotes) -> None:
    if not waiting:
        return
    screen.heading(_("Not in force yet: worth as of the day it is, among those that have consented on record"))
    table = _table(screen, _("step"), _("consents with this one"))
    for one in waiting:
        count = f"{one.consented} / {one.needed}" if one.needed else _("not on record")
        table.add_row(one.step.name, count, *_figures(one.gain))
    screen.show(table)
    for one in waiting:
        parts = [one.told]
        if one.needed is not None and one.consented is not None and one.enters_on is None:
            more = max(one.needed - one.consented, 0)
            parts.append(plural("needs {count} more deposit", "needs {count} more deposits", more))
        if len(one.step.deposits) > 1:
            parts.append(_("first needs {parent}").format(parent=", ".join(one.step.deposits[:-1])))
        lead = f"[{one.step.instrument}]"
        screen.item(screen.sign("bullet"), f"{lead} {'; '.join(parts)}{notes.refer(one.step.sources)}")


def _reforms(screen: Screen, reforms: Sequence[Reform]) -> None:
    screen.heading(_("Reforms: another unit, cells under that offence alone"))
    table = _table(screen, _("offence"))
    for reform in reforms:
        table.add_row(f"{reform.offence.label} ({reform.offence.reason})", *_figures(reform.gain))
    screen.show(table)
    for reform in reforms:
        screen.line(f"comity what-if --assume {reform.assumption}", indent=2)
