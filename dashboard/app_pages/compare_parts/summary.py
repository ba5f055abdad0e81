"""Each column in a few figures, before the details."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit as st

from dashboard.texts import word

FIGURES = (("treaty", "in-force"), ("criterion", "satisfied"), ("offence", "satisfied"), ("office", "on-record"))
"""What is counted of a column: the rows of a topic that have this word."""


def show(told: Any, heads: Sequence[str]) -> None:
    """Draw it."""
    lines = [
        (word(f"compare.sum.{topic}"), [_count(told, topic, good, place) for place in range(len(heads))])
        for topic, good in FIGURES
    ]
    lines.append((word("compare.sum.measure"), [_reach(told, place) for place in range(len(heads))]))
    cards = "".join(
        f"<li><b>{escape(head)}</b>"
        + "".join(f"<p><span>{escape(name)}</span><b>{escape(values[place])}</b></p>" for name, values in lines)
        + "</li>"
        for place, head in enumerate(heads)
    )
    st.html(f'<ul class="cards">{cards}</ul>')
    st.caption(word("compare.sum_under", day=told.on, release=told.release))


def _count(told: Any, topic: str, good: str, place: int) -> str:
    """How many rows have the word ``good``; for a group the mean number among its members."""
    rows = [row.cells[place] for row in told.rows if row.topic == topic]
    column = told.columns[place]
    if column.kind == "state":
        return f"{sum(cell.status == good for cell in rows)} / {len(rows)}"
    mean = sum(cell.counts.get(good, 0) for cell in rows) / len(column.states)
    return f"⌀ {mean:.1f} / {len(rows)}"


def _reach(told: Any, place: int) -> str:
    """For how many measures somebody may be asked with every condition met; of a group by the median member."""
    held = [row.cells[place].partners.met for row in told.rows if row.topic == "measure"]
    return f"{sum(met > 0 for met in held)} / {len(held)}"
