"""A comparison as tables: one for criteria and offences, one for treaties, one for offices."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from api.wording.judgements import status_words
from graph.gaps.comparison import Cell, Comparison, Row
from locales.texts import _, plural
from terminal.answer import footer
from terminal.judgements import marked
from terminal.screen import Screen
from terminal.sources import Footnotes

PROVISIONS_SHOWN = 2
"""Provisions named in a cell; the JSON has all."""

OFFICES_SHOWN = 2
"""Offices named in a cell; the JSON has all."""


def show_comparison(screen: Screen, comparison: Comparison) -> None:
    """Write the tables, then every source referred to."""
    notes = Footnotes()
    names = ", ".join(column.name for column in comparison.columns)
    screen.line(_("{names}: side by side on {day}").format(names=names, day=comparison.on), style="bold")
    screen.line(_("Law on paper: what the law provides, not how it works in practice. No record is never a no."))
    for topic, title in _topics().items():
        rows = [row for row in comparison.rows if row.topic == topic]
        known = [row for row in rows if any(_known(cell) for cell in row.cells)]
        screen.heading(title)
        _table(screen, comparison, known, notes)
        bare = [row.label for row in rows if row not in known]
        if bare:
            screen.item(_("no record for any:"), "; ".join(bare), indent=2)
    notes.show(screen)
    footer(screen, comparison.release, comparison.on)


def _topics() -> dict[str, str]:
    return {
        "criterion": _("Review criteria"),
        "offence": _("Offences"),
        "treaty": _("Treaties"),
        "office": _("Offices"),
    }


def _known(cell: Cell) -> bool:
    return not {cell.status, *cell.counts} <= {"no-record", "closed", "group"}


def _table(screen: Screen, comparison: Comparison, rows: Sequence[Row], notes: Footnotes) -> None:
    if not rows:
        return
    heads = [
        f"{column.name} ({plural('{count} State', '{count} States', len(column.states))})"
        if column.kind == "group"
        else column.name
        for column in comparison.columns
    ]
    table = screen.table("", *heads)
    for row in rows:
        table.add_row(row.label, *(_cell(screen, row.topic, cell, notes) for cell in row.cells))
    screen.show(table)


def _cell(screen: Screen, topic: str, cell: Cell, notes: Footnotes) -> Text:
    if cell.status == "group":
        return Text("\n".join(f"{count} {status_words()[word]}" for word, count in cell.counts.items()))
    text = marked(screen, cell.status, cell.result)
    if cell.status in ("no-record", "closed"):
        return text
    if topic == "office":
        text.append(f": {_shortened(cell.text)}")
    elif topic == "treaty":
        text.append(f": {cell.text}" if cell.status == "undecided" else "")
    else:
        text.append("".join(f"\n{name}" for name in _provisions(cell)))
    return text.append(notes.refer(cell.sources))


def _shortened(offices: str) -> str:
    names = offices.split("; ")
    more = len(names) - OFFICES_SHOWN
    rest = plural(" and {count} more", " and {count} more", more) if more > 0 else ""
    return "; ".join(names[:OFFICES_SHOWN]) + rest


def _provisions(cell: Cell) -> list[str]:
    """The provisions of a cell by law and section, each once."""
    named = [
        f"{row.title}, {row.provision}" if row.provision else row.title
        for row in cell.evidence
        if row.kind == "provision" and row.title
    ]
    return list(dict.fromkeys(named))[:PROVISIONS_SHOWN]
