"""A comparison as a committee member reads it: what is assumed, what that changes in figures, and for whom."""

from __future__ import annotations

from collections.abc import Sequence

from api.wording.paths import Names
from graph.comparison import Cell, Change
from graph.suppositions import Supposition
from locales.texts import _, plural
from terminal.answer import footer
from terminal.screen import Screen

SHOWN_STATES = 12
"""States named for one measure; ``--json`` has all."""


def show_comparison(screen: Screen, found: Supposition, names: Names, *, one_pair: bool) -> None:
    """Write the assumptions, the figures and the changes: each of them for one pair, else by measure."""
    for assumption in found.assumptions:
        screen.line(_("assumed: {assumption}").format(assumption=assumption), style="bold magenta")
    asked = plural("{count} question compared", "{count} questions compared", found.compared)
    screen.line(_("{asked}, on {day}.").format(asked=asked, day=found.day))
    if not found.changes:
        screen.line(_("Nothing changes."), style="bold yellow")
    elif one_pair:
        _each(screen, found.changes, names)
    else:
        _figures(screen, found)
        _by_measure(screen, found.changes, names)
    footer(screen, found.release, found.day, found.assumptions)


def _kind_words() -> dict[str, str]:
    return {
        "gained": _("gained: a path where there was none"),
        "lost": _("lost: no path where there was one"),
        "certain": _("certain: every condition met, one was open"),
        "uncertain": _("uncertain: a condition open, all were met"),
        "sooner": _("sooner: a shorter deadline"),
        "later": _("later: a longer deadline"),
        "better": _("better: a first path of better standing"),
        "worse": _("worse: a first path of worse standing"),
        "cured": _("cured: dual criminality met where it failed or stayed open"),
        "more": _("more paths"),
        "fewer": _("fewer paths"),
    }


def _figures(screen: Screen, found: Supposition) -> None:
    screen.heading(_("Changes, in State pairs and measures"))
    words = _kind_words()
    for kind, count in found.counts.items():
        if count:
            screen.item(f"{count:>6}", words[kind], indent=2)


def _by_measure(screen: Screen, changes: Sequence[Change], names: Names) -> None:
    """For each measure the pairs that gain or lose a path, then how many are otherwise changed."""
    screen.heading(_("By measure"))
    for measure in sorted({change.measure for change in changes}):
        held = [change for change in changes if change.measure == measure]
        told = []
        for kind, sign in (("gained", "+"), ("lost", "-")):
            pairs = [_pair(screen, change, names) for change in held if kind in change.kinds]
            if pairs:
                more = len(pairs) - SHOWN_STATES
                rest = _(" and {count} more").format(count=more) if more > 0 else ""
                told.append(f"{sign}{len(pairs)}: {', '.join(pairs[:SHOWN_STATES])}{rest}")
        others = sum(not {"gained", "lost"} & set(change.kinds) for change in held)
        if others:
            told.append(plural("{count} pair otherwise changed", "{count} pairs otherwise changed", others))
        screen.item(f"{names.label('measure', measure)}:", "; ".join(told), indent=2)


def _pair(screen: Screen, change: Change, names: Names) -> str:
    return f"{change.requesting}{screen.sign('arrow')}{change.requested}"


def _each(screen: Screen, changes: Sequence[Change], names: Names) -> None:
    """Before and after for each measure that changes."""
    first = changes[0]
    pair = f"{names.state_name(first.requesting)} {screen.sign('arrow')} {names.state_name(first.requested)}"
    screen.heading(pair)
    words = _kind_words()
    for change in changes:
        screen.item(
            f"{names.label('measure', change.measure)}:", "; ".join(words[kind] for kind in change.kinds), indent=2
        )
        screen.line(_("before: {cell}").format(cell=_cell(change.before, names)), indent=4)
        screen.line(_("after:  {cell}").format(cell=_cell(change.after, names)), indent=4)


def _cell(cell: Cell, names: Names) -> str:
    if cell.status is None:
        return _("no path")
    open_ = plural("{count} open question", "{count} open questions", cell.open_questions)
    status = _("every condition met") if cell.status == "met" else open_
    days = cell.deadline_days
    deadline = _("answer in {days:g} days").format(days=days) if days is not None else _("no deadline")
    count = plural("{count} path", "{count} paths", cell.paths)
    return f"{names.label('channel', cell.channel or '')}, {cell.instrument}; {status}; {deadline}; {count}"
