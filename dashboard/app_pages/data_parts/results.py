"""The result of a query as a table, as a chart, and as files."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

import altair
import streamlit as st

from api.client import Result
from dashboard import frame
from dashboard.files import CSV, offer
from dashboard.tables import csv_of
from dashboard.texts import word

SHOWN = 5000
"""Rows that the table shows; files have all."""
BARS = 40
"""Bars of a chart; more could not be read."""
TURTLE_SHOWN = 20_000
"""Characters of a graph that are shown; the file has all."""

Row = dict[str, Any]


def show(result: Result) -> None:
    """Draw what the query came to."""
    if "json" not in result.media:
        _graph(result)
        return
    told = json.loads(result.content)
    if "boolean" in told:
        st.success(word("data.ask_yes" if told["boolean"] else "data.ask_no"))
        return
    columns, rows = told["head"]["vars"], rows_of(told)
    st.markdown(f"**{word('data.rows', many=len(rows))}**")
    if not rows:
        st.info(word("data.no_rows"))
        return
    frame.sortable(
        rows[:SHOWN],
        "rows",
        {name: st.column_config.LinkColumn() for name in columns if all(_is_link(row[name]) for row in rows[:SHOWN])},
    )
    if len(rows) > SHOWN:
        st.caption(word("data.rows_shown", shown=SHOWN))
    with st.container(horizontal=True):
        offer("data.result_csv", lambda: csv_of(rows), "comity-query.csv", CSV)
        offer("data.result_json", lambda: result.content, "comity-query.json", result.media)
    _chart(columns, rows)


def rows_of(told: Any) -> list[Row]:
    """The bindings of a result as rows; numbers as numbers, what is not bound as ``None``."""
    columns = told["head"]["vars"]
    return [{name: _value(row.get(name)) for name in columns} for row in told["results"]["bindings"]]


def _value(bound: Any) -> Any:
    if bound is None:
        return None
    kind = bound.get("datatype", "").rpartition("#")[2]
    if kind in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger"):
        return int(bound["value"])
    if kind in ("decimal", "double", "float"):
        return float(bound["value"])
    return bound["value"]


def _is_link(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(("https://", "http://"))


def _graph(result: Result) -> None:
    text = result.content.decode()
    st.code(text[:TURTLE_SHOWN], language=None, wrap_lines=True)
    if len(text) > TURTLE_SHOWN:
        st.caption(word("data.graph_shown", shown=TURTLE_SHOWN, all=len(text)))
    offer("data.result_graph", lambda: result.content, "comity-query.ttl", result.media)


def _chart(columns: Sequence[str], rows: list[Row]) -> None:
    st.subheader(word("data.chart"), anchor=False)
    numbers = [name for name in columns if any(_is_number(row[name]) for row in rows)]
    names = [name for name in columns if name not in numbers] or list(columns)
    names.sort(key=lambda name: _fitness(rows, name))
    left, middle, right = st.columns(3)
    with left:
        by = st.selectbox(word("data.chart_by"), names, key="data_chart_by")
    with middle:
        how = st.selectbox(
            word("data.chart_value"), [None, *numbers], key="data_chart_value",
            format_func=lambda one: one or word("data.chart_count"), index=1 if numbers else 0,
        )  # fmt: skip
    with right:
        kinds = ("bars", "line")
        kind = st.selectbox(
            word("data.chart_kind"), kinds, format_func=lambda one: word(f"data.chart_{one}"), key="data_chart_kind"
        )
    points = summed(rows, by, how)
    value = how or word("data.chart_count")
    drawn = points if kind == "line" else sorted(points, key=lambda one: -one["value"])[:BARS]
    chart = altair.Chart(altair.InlineData(values=drawn))
    tooltip = [altair.Tooltip("name:N", title=by), altair.Tooltip("value:Q", title=value)]
    if kind == "line":
        shape = chart.mark_line(point=True, color="#3f86cf").encode(
            x=altair.X("name:O", title=by, axis=altair.Axis(labelOverlap=True, labelLimit=120)),
            y=altair.Y("value:Q", title=value, axis=altair.Axis(tickMinStep=1)), tooltip=tooltip,
        )  # fmt: skip
    else:
        shape = chart.mark_bar(cornerRadius=3, color="#3f86cf").encode(
            x=altair.X("value:Q", title=value, axis=altair.Axis(tickMinStep=1)),
            y=altair.Y("name:N", sort=None, title=by, axis=altair.Axis(labelLimit=220, labelOverlap=False)),
            tooltip=tooltip,
        )
    st.altair_chart(shape.properties(height=300 if kind == "line" else 60 + 20 * len(drawn)), width="stretch")
    if kind == "bars" and len(points) > BARS:
        st.caption(word("data.chart_cut", shown=BARS, all=len(points)))


def _fitness(rows: list[Row], name: str) -> tuple[bool, int]:
    """The fewer values a column has the better it sums up, unless it has but one."""
    many = len({row[name] for row in rows})
    return many < 2, many


def _short(value: Any) -> str:
    """An IRI by its last parts; the whole of it is in the table."""
    text = "–" if value is None else str(value)
    return "/".join(text.rstrip("/").split("/")[-2:]) if _is_link(text) else text


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def summed(rows: list[Row], by: str, how: str | None) -> list[dict[str, Any]]:
    """For each value of the column ``by`` the sum of the column ``how``, or how many rows there are."""
    totals: Counter[str] = Counter()
    for row in rows:
        name = _short(row[by])
        amount = 1 if how is None else row[how]
        if _is_number(amount):
            totals[name] += amount
    return [{"name": name, "value": totals[name]} for name in sorted(totals)]
