"""The treaties of the State through time, and each with its dates, standing on the day and source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import frame, links
from dashboard.texts import tri, word

if TYPE_CHECKING:
    import altair

SHOWN = 40
"""Treaties in the drawing; all are in the table."""
ROW_PX = 22
AROUND_PX = 90
"""Height of legend and axis."""

KINDS = {"in_force": "#3f86cf", "open": "#8a94a3", "signed": "#d99a2b"}
"""How a bar is drawn: in force from a day or as of the day asked about, unknown whether, only signed."""


def show(profile: Mapping[str, Any], day: str) -> None:
    """Draw it."""
    rows = profile["instruments"]
    if not rows:
        st.info(word("no_record"))
        return
    dated = sorted((row for row in rows if row["in_force_on"] or row["signed_on"]), key=_beginning)
    st.subheader(word("treaties.timeline"), anchor=False)
    st.caption(word("treaties.timeline_under", shown=min(len(dated), SHOWN), all=len(rows)))
    if dated:
        st.altair_chart(_timeline(dated[-SHOWN:], day), width="stretch")
    st.subheader(word("treaties.all"), anchor=False)
    frame.sortable(
        [_line(row) for row in sorted(rows, key=lambda row: row["short_name"].casefold())],
        "treaties",
        {word(name): st.column_config.LinkColumn(display_text=word("open")) for name in ("source", "nav.instrument")},
    )


def _beginning(row: Mapping[str, Any]) -> str:
    return row["in_force_on"] or row["signed_on"] or ""


def _timeline(rows: list[Mapping[str, Any]], day: str) -> altair.LayerChart:
    import altair  # takes longer to load than a page; only this drawing needs it

    bars = [
        {
            "treaty": row["short_name"],
            "from": _day(_beginning(row)),
            "to": _day(row["ended_on"]) if row["ended_on"] else _later(row, day),
            "kind": word(f"treaties.{_kind(row)}"),
            "told": row["reason"],
        }
        for row in rows
    ]
    order = [bar["treaty"] for bar in bars]
    kinds = [word(f"treaties.{kind}") for kind in KINDS]
    shared = altair.Chart(altair.InlineData(values=bars)).encode(
        y=altair.Y("treaty:N", sort=order, title=None, axis=altair.Axis(labelLimit=230, labelOverlap=False)),
        tooltip=[
            altair.Tooltip("treaty:N", title=word("treaty")),
            altair.Tooltip("told:N", title=word("record")),
        ],
    )
    drawn = shared.mark_bar(height=10, cornerRadius=3).encode(
        x=altair.X("from:T", title=None),
        x2="to:T",
        color=altair.Color(
            "kind:N", title=None, scale=altair.Scale(domain=kinds, range=list(KINDS.values())),
            legend=altair.Legend(orient="top"),
        ),
    )  # fmt: skip
    rule = altair.Chart(altair.InlineData(values=[{"day": day}])).mark_rule(strokeDash=[4, 3], color="#888")
    asked = rule.encode(x="day:T")
    chart: altair.LayerChart = (drawn + asked).properties(height=AROUND_PX + ROW_PX * len(bars))
    return chart


def _kind(row: Mapping[str, Any]) -> str:
    if row["in_force_on"] or row["status"] == "met":
        return "in_force"
    return "open" if row["status"] == "unknown" else "signed"


def _day(text: str) -> str:
    """A partial date as its first day, for drawing only."""
    return f"{text}-01-01"[:10] if len(text) == 4 else f"{text}-01"[:10]


def _later(row: Mapping[str, Any], day: str) -> str:
    beginning = _day(_beginning(row))
    return max(day, date.fromisoformat(beginning).replace(month=12, day=31).isoformat())


def _line(row: Mapping[str, Any]) -> dict[str, Any]:
    cite = row["sources"][0] if row["sources"] else None
    return {
        word("treaty"): row["short_name"],
        word("in_force_word"): tri(row["status"]),
        word("record"): row["reason"],
        word("signed_on"): row["signed_on"] or "",
        word("in_force_on"): row["in_force_on"] or "",
        word("ended_on"): row["ended_on"] or "",
        word("source"): cite["url"] if cite else None,
        word("source_date"): (cite["as_of"] if cite else None) or word("undated"),
        word("nav.instrument"): links.to("instrument", instrument=row["instrument"]),
    }
