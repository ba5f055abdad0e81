"""The rows of one topic as a table: a symbol and a word in each cell, what lies behind it unfolded on demand."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit as st

from dashboard import answers
from dashboard.texts import label, word

MARKS = {
    "in-force": "✓", "satisfied": "✓", "on-record": "✓",
    "not-party": "✗", "not-satisfied": "✗", "opted-out": "✗", "ended": "✗",
    "signed-only": "◐", "bound-not-in-force": "◐", "not-yet": "◐", "partial": "◐",
    "contradictory": "≠", "undecided": "?", "no-record": "–", "closed": "·",
}  # fmt: skip
"""A symbol for each word; the word stands beside it always."""

SCHEMES = {"criterion": "review-criterion", "offence": "offence", "measure": "measure"}
SOURCES_SHOWN = 3
"""Sources named in a cell; the file of the comparison has all."""


def show(rows: Sequence[Any], heads: Sequence[str]) -> None:
    """Draw it."""
    if not rows:
        st.info(word("compare.none"), icon=":material/info:")
        return
    columns = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    head = f'<thead><tr><th scope="col">{escape(word("compare.row"))}</th>{columns}</tr></thead>'
    body = "".join(_line(row, heads) for row in rows)
    st.html(
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(word("compare.table"))}">'
        f'<table class="columns">{head}<tbody>{body}</tbody></table></div>'
    )


def rows(told: Any) -> list[dict[str, Any]]:
    """All rows of all topics, as rows of a file."""
    return [
        {
            "topic": row.topic,
            "key": row.key,
            "label": row.label,
            "differs": row.differs,
            **{column.id: _plain(cell) for column, cell in zip(told.columns, row.cells, strict=True)},
            "sources": sorted({cite.url for cell in row.cells for cite in cell.sources}),
            "on": told.on,
            "release": told.release,
        }
        for row in told.rows
    ]


def _line(row: Any, heads: Sequence[str]) -> str:
    scheme = SCHEMES.get(row.topic)
    name = label(scheme, row.key, row.label) if scheme else _office(row) if row.topic == "office" else row.label
    mark, said = ("≠", "differs") if row.differs else ("=", "same")
    cells = "".join(
        f'<td data-label="{escape(head)}">{_cell(cell)}</td>' for head, cell in zip(heads, row.cells, strict=True)
    )
    title = answers.instruments().get(row.key, {}).get("title") if row.topic == "treaty" else None
    full = f"<small>{escape(title)}</small>" if title and title != name else ""
    return (
        f'<tr class="{said}"><th scope="row">{escape(name)}{full}<small><b aria-hidden="true">{mark}</b> '
        f"{escape(word(f'compare.{said}'))}</small></th>{cells}</tr>"
    )


def _office(row: Any) -> str:
    return word(f"compare.office.{row.key}")


def _cell(cell: Any) -> str:
    if cell.partners is not None:
        return _partners(cell.partners)
    if cell.counts:
        return "<br>".join(f"<b>{many}</b> {_word(status)}" for status, many in cell.counts.items())
    return _word(cell.status) + _behind(cell)


def _word(status: str) -> str:
    text = word(f"compare.{status}") if status in ("closed", "on-record") else word(f"place.{status}")
    return f'<span class="nums">{MARKS[status]}</span> {escape(text)}'


def _partners(held: Any) -> str:
    spread = f"<small>{escape(word('compare.spread', least=held.least, most=held.most))}</small>"
    return f'<span class="nums">✓ {held.met:g} · ? {held.unknown:g}</span>{spread if held.least != held.most else ""}'


def _behind(cell: Any) -> str:
    """Reason, provisions and sources, folded."""
    lines = [*dict.fromkeys(filter(None, map(_provision, cell.evidence)))]
    if not lines and cell.text and cell.status != "no-record":
        lines = [escape(part) for part in cell.text.split("; ")]
    lines += [
        f'<a href="{escape(cite.url)}">{escape(cite.publisher)}</a>, {escape(cite.as_of or word("undated"))}'
        for cite in cell.sources[:SOURCES_SHOWN]
    ]
    more = len(cell.sources) - SOURCES_SHOWN
    lines += [escape(word("compare.sources_more", many=more))] if more > 0 else []
    if not lines or cell.status == "no-record":
        return ""
    items = "".join(f"<li>{line}</li>" for line in lines)
    return f"<details><summary>{escape(word('compare.behind'))}</summary><ul>{items}</ul></details>"


def _provision(held: Any) -> str:
    if held.kind != "provision":
        return escape(f"{held.review} ({held.edition}): {held.answer}") if held.review else ""
    years = word("law.years", years=held.max_penalty_years) if held.max_penalty_years is not None else None
    return escape(", ".join(str(part) for part in (held.title, held.provision, held.conduct, years) if part))


def _plain(cell: Any) -> str:
    if cell.partners is not None:
        return f"{cell.partners.met:g} met; {cell.partners.unknown:g} unknown"
    if cell.counts:
        return "; ".join(f"{many} {status}" for status, many in cell.counts.items())
    return str(cell.status)
