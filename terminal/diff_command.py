"""The command ``diff``: what changed between two releases on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from locales import texts
from locales.texts import _
from terminal import session
from terminal.commands import ANSWERED
from terminal.options import Json, On
from terminal.programs import write_json

if TYPE_CHECKING:
    from graph.changes import Changes, RecordChange
    from terminal.screen import Screen

Top = Annotated[int, typer.Option(min=1, help=_("Records to list; the JSON has all."))]

WIDEST = 60
"""Columns that a value may take before it is cut."""


def diff_command(
    old: Annotated[str, typer.Argument(metavar="OLD", help=_("A release on disk, or: previous."))] = "previous",
    new: Annotated[str, typer.Argument(metavar="NEW", help=_("Another one, or: current."))] = "current",
    on: On = None,
    top: Top = 50,
    json: Json = False,
) -> int:
    """Compare two releases."""
    from graph.changes import changes
    from graph.earlier import release_named
    from graph.network import Network
    from graph.questions import resolve_day

    data = session.settings().data
    day = resolve_day(on, session.today())
    one, other = release_named(data, old), release_named(data, new)
    found = changes(Network(one.records(), one.id), Network(other.records(), other.id), day)
    if json:
        write_json(found)
    else:
        from terminal.screen import out

        show_changes(out(), found, top)
    return ANSWERED


def show_changes(screen: Screen, found: Changes, top: int) -> None:
    """Write what changed: the parties first, then counts, then the records."""
    from graph.changes import in_words

    screen.line(_("From {old} to {new}").format(old=found.since, new=found.until), style="bold")
    if not found.records:
        screen.line(_("Nothing differs."))
        return
    if found.standings:
        screen.heading(_("How parties stand on {day}").format(day=found.on))
        for one in found.standings:
            arrow = screen.sign("arrow")
            said = f"{in_words(one.before)} {arrow} {in_words(one.after)}"
            screen.item(screen.sign("bullet"), f"{one.party_name}, {one.instrument_name}: {said}", indent=2)
    screen.heading(_("Records"))
    table = screen.table(_("class"), _("added"), _("removed"), _("changed"))
    for name, counts in found.counts.items():
        table.add_row(name, *(str(counts.get(kind, 0)) for kind in ("added", "removed", "changed")))
    screen.show(table)
    for change in found.records[:top]:
        _show_record(screen, change)
    rest = len(found.records) - top
    if rest > 0:
        screen.line()
        screen.line(texts.plural("{count} more record not listed", "{count} more records not listed", rest))


def _show_record(screen: Screen, change: RecordChange) -> None:
    words = {"added": _("added"), "removed": _("removed"), "changed": _("changed")}
    name = f" ({change.label})" if change.label != change.id else ""
    screen.line()
    screen.line(f"{words[change.kind]}: {change.record_class} {change.id}{name}")
    if change.kind == "changed":
        for field in change.fields:
            before, after = _short(field.before), _short(field.after)
            screen.item(f"{field.field}:", f"{before} {screen.sign('arrow')} {after}", indent=2)


def _short(value: Any) -> str:
    """A value on one line; what is not on record is told as that."""
    if value is None:
        return _("no record")
    text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 3]}..."
