"""How proposals look in a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from locales.texts import _, plural
from terminal.diff_command import show_changes
from terminal.programs import builtins
from terminal.review import show_review
from terminal.screen import Screen

if TYPE_CHECKING:
    from graph.curation.proposal import Change, Effect, ProposalListed, ProposalTold

MOST_RECORDS = 50
"""Records that are written out; the JSON has all."""


def show_list(screen: Screen, found: Sequence[ProposalListed]) -> None:
    """Write the proposals, one line each."""
    if not found:
        screen.line(_("No proposals yet; make one with: comity propose"))
        return
    table = screen.table(_("id"), _("state"), _("proposed"), _("by"), _("changes"), _("reason"))
    for one in found:
        table.add_row(one.id, _states()[one.state], one.proposed.at[:10], one.proposed.by, str(one.count), one.reason)
    screen.show(table)


def show_proposal(screen: Screen, shown: ProposalTold) -> None:
    """Write a proposal: what became of it, the rows it changes, and what follows."""
    show_state(screen, shown)
    screen.item(_("reason:"), shown.reason)
    screen.item(_("proposed:"), f"{shown.proposed.at}, {shown.proposed.by}, {shown.base}")
    for name, step in ((_("published:"), shown.published), (_("withdrawn:"), shown.withdrawn)):
        if step is not None:
            screen.item(name, ", ".join(filter(None, (step.at, step.by, step.release))))
    screen.heading(_("Rows"))
    for number, change in enumerate(shown.changes, start=1):
        _show_change(screen, number, change)
    show_effect(screen, shown.effect)


def show_effect(screen: Screen, effect: Effect) -> None:
    """Write what differs, and what the review finds of it."""
    show_changes(screen, effect.changes, MOST_RECORDS)
    if effect.findings:
        show_review(screen, [builtins(one) for one in effect.findings])
    screen.line()
    fresh = plural("{count} new finding of the review", "{count} new findings of the review", len(effect.findings))
    settled = plural("{count} settled", "{count} settled", effect.settled)
    screen.line(f"{fresh}; {settled}.")


def show_state(screen: Screen, shown: ProposalTold) -> None:
    """Write what became of a proposal."""
    step = {"published": shown.published, "withdrawn": shown.withdrawn}.get(shown.state)
    line = _("Proposal {name}: {state}.").format(name=shown.id, state=_states()[shown.state])
    screen.line(line, style="bold")
    if step is not None and step.release is not None:
        screen.line(_("Release {release} came of it.").format(release=step.release))
    elif shown.state == "withdrawn" and shown.published is not None:
        screen.line(_("The release in use stays as it is until there is another; run: comity build"))


def _show_change(screen: Screen, number: int, change: Change) -> None:
    words = {"add": _("add"), "replace": _("replace"), "withdraw": _("withdraw")}
    cells = ", ".join(f"{name}={cell}" for name, cell in change.where.items())
    named = " ".join(filter(None, (change.id, f"({cells})" if cells else "")))
    screen.line(f"{number}. {words[change.action]}: {change.table} {named}".rstrip())
    before: Mapping[str, str] = change.before or {}
    arrow, dash = screen.sign("arrow"), screen.sign("dash")
    for name, cell in (change.row if change.action != "withdraw" else before).items():
        was = before.get(name)
        told = {"add": cell, "withdraw": f"{cell} {arrow} {dash}"}.get(
            change.action, f"{was or dash} {arrow} {cell or dash}"
        )
        if change.action != "replace" or was != cell:
            screen.item(f"{name}:", told, indent=3)


def _states() -> dict[str, str]:
    return {"open": _("open"), "published": _("published"), "withdrawn": _("withdrawn")}
