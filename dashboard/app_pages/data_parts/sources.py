"""The sources that the release rests on, with the day for which each speaks and how old that is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import altair
import streamlit as st

from api.client import release
from dashboard import answers, frame
from dashboard.files import CSV, offer
from dashboard.tables import csv_of
from dashboard.texts import word

AGES = {"up to a year old": "year", "one to three years old": "three", "three to ten years old": "ten",
        "older than ten years": "older", "undated": "undated"}  # fmt: skip
"""The words of the API, and the keys of ours."""

COLOURS = ("#0b62a8", "#56a0dd", "#9cc7ee", "#d99a2b", "#8a94a3")
FIGURE_PX = 163


def show() -> None:
    """Draw it."""
    held = answers.ask(release())
    ages = held.sources_by_age
    st.subheader(word("data.freshness"), anchor=False)
    with st.container(horizontal=True):
        for name, value in (
            ("sources", held.records["sources"]), ("publishers", held.records["publishers"]),
            ("undated", ages.get("undated", 0)),
        ):  # fmt: skip
            st.metric(word(f"data.figure.{name}"), value, border=True, width=FIGURE_PX)
    _chart(ages)
    st.caption(
        word("data.freshness_under", day=date.today().isoformat(), release=held.id, newest=held.newest_source or "–")
    )
    _table()


def _chart(ages: Mapping[str, int]) -> None:
    names = [word(f"data.age.{AGES[age]}") for age in ages]
    rows = [{"age": name, "sources": many} for name, many in zip(names, ages.values(), strict=True)]
    base = altair.Chart(altair.InlineData(values=rows)).encode(
        x=altair.X("sources:Q", title=word("data.figure.sources")),
        y=altair.Y("age:N", sort=names, title=None, axis=altair.Axis(labelLimit=200)),
    )
    bars = base.mark_bar(cornerRadius=3).encode(
        color=altair.Color("age:N", scale=altair.Scale(domain=names, range=list(COLOURS)), legend=None)
    )
    numbers = base.mark_text(align="left", dx=4, color="#888").encode(text="sources:Q")
    st.altair_chart((bars + numbers).properties(height=180), width="stretch")


def _table() -> None:
    st.subheader(word("data.all_sources"), anchor=False)
    publishers = {row["id"]: row for row in answers.rows("publishers", fields="id,name,official")}
    today = date.today()
    rows = [_line(row, publishers, today) for row in answers.rows("sources", fields="id,url,publisher,as_of")]
    newest_first = sorted(rows, key=lambda row: row["as_of"] or "", reverse=True)
    names = {name: word(f"data.column.{name}") for name in ("publisher", "official", "as_of", "days", "url")}
    frame.sortable(
        [{names[name]: row[name] for name in names} for row in newest_first],
        "sources",
        {
            names["url"]: st.column_config.LinkColumn(width="large"),
            names["publisher"]: st.column_config.TextColumn(width="medium"),
        },
    )
    offer("data.sources_csv", lambda: csv_of(newest_first), "comity-sources.csv", CSV)


def _line(row: Mapping[str, Any], publishers: Mapping[str, Any], today: date) -> dict[str, Any]:
    publisher = publishers.get(row["publisher"], {"name": row["publisher"], "official": False})
    return {
        "publisher": publisher["name"],
        "official": "✓" if publisher["official"] else "",
        "as_of": row["as_of"],
        "days": age_in_days(row["as_of"], today),
        "url": row["url"],
    }


def age_in_days(as_of: str | None, today: date) -> int | None:
    """Days since the last day that a partial date may mean; ``None`` where there is none. Never below nought."""
    if as_of is None:
        return None
    year, month, day = (*map(int, as_of.split("-")), 0, 0)[:3]
    if day:
        last = date(year, month, day)
    elif month:
        last = date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)
    else:
        last = date(year, 12, 31)
    return max(0, (today - last).days)
