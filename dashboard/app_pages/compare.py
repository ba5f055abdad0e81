"""Two to six States or groups side by side: treaties, law, reach and offices, with what differs marked."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from api.client import compare, groups
from dashboard import answers, frame, links
from dashboard.app_pages.compare_parts import summary, table
from dashboard.files import CSV, offer
from dashboard.tables import csv_of
from dashboard.texts import label, state_name, word

PAGE = "compare"
SEPARATOR = ";"
FEWEST, MOST = 2, 6
EXAMPLE = "KEN;GHA;ipu-grulac"
PARTS = ("treaty", "criterion", "offence", "measure", "office")


def page() -> None:
    """The page."""
    names = _names()
    choices = [
        links.Choice("names", EXAMPLE, lambda text: _known(text, names)),
        links.Choice("part", PARTS[0], links.one_of(PARTS)),
        links.Choice("differences", False, links.yes),
        links.Choice("on", date.today(), date.fromisoformat),
    ]
    wrong = links.read(PAGE, choices)
    frame.title(word("compare.title"), word("compare.under"))
    if wrong:
        st.warning(word("paths.wrong", names=", ".join(wrong)))
    chosen, day = _chosen(names)
    if len(chosen) < FEWEST:
        st.info(word("compare.few"), icon=":material/info:")
    else:
        told = answers.ask(compare(chosen, on=day, measures="true"))
        _show(told)
    links.write(PAGE, choices)
    if len(chosen) >= FEWEST:
        frame.cite()


def _chosen(names: dict[str, str]) -> tuple[list[str], str]:
    """The names chosen, in their order, and the ISO day."""
    held = links.key(PAGE, "names")
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    picked = st.session_state[held].split(SEPARATOR)
    if st.session_state.get("compare_picked") != picked:
        st.session_state["compare_picked"] = [one for one in picked if one]
    with left:
        chosen = st.multiselect(
            word("compare.names"), list(names), format_func=names.__getitem__, key="compare_picked",
            max_selections=MOST, placeholder=word("compare.hint"),
        )  # fmt: skip
    st.session_state[held] = SEPARATOR.join(chosen)
    with right:
        day: date = st.date_input(
            word("on"), key=links.key(PAGE, "on"), min_value=date(1900, 1, 1), max_value=date(2100, 1, 1),
            format="YYYY-MM-DD",
        )  # fmt: skip
    return chosen, day.isoformat()


def _show(told: Any) -> None:
    heads = [_head(column) for column in told.columns]
    summary.show(told, heads)
    left, right = st.columns([3.4, 1], vertical_alignment="center")
    with left:
        part = st.segmented_control(
            word("compare.part"), PARTS, format_func=lambda one: word(f"compare.part.{one}"), required=True,
            key=links.key(PAGE, "part"), label_visibility="collapsed",
        ) or PARTS[0]  # fmt: skip
    with right:
        only = st.toggle(word("compare.differences"), key=links.key(PAGE, "differences"))
    rows = [row for row in told.rows if row.topic == part]
    differing = [row for row in rows if row.differs]
    st.caption(word(f"compare.meaning.{part}"))
    st.markdown(word("compare.count", many=len(differing), all=len(rows)))
    table.show(differing if only else rows, heads)
    st.caption(told.caveat)
    offer("compare.csv", lambda: csv_of(table.rows(told)), f"comity-compare-{told.on}.csv", CSV)


def _names() -> dict[str, str]:
    """All that can be a column, by what the API calls it: States, then groups."""
    states = {key: row for key, row in answers.states().items() if row["kind"] != "union"}
    named = {key: state_name(row["alpha2"], row["name"]) for key, row in states.items()}
    found = dict(sorted(named.items(), key=lambda one: one[1].casefold()))
    return found | {one.id: _group(one) for one in answers.ask(groups()).items}


def _group(one: Any) -> str:
    kind = word(f"compare.kind.{one.kind}")
    return f"{_name(one.id, one.name)} ({kind}, {word('compare.members', many=one.members)})"


def _name(id_: str, english: str) -> str:
    if id_.startswith("ipu-"):
        return label("ipu-group", id_.removeprefix("ipu-"), english)
    row = answers.states().get(id_)
    return state_name(row["alpha2"], english) if row else english


def _head(column: Any) -> str:
    name = _name(column.id, column.name)
    return name if column.kind == "state" else f"{name} ({word('compare.members', many=len(column.states))})"


def _known(text: str, names: dict[str, str]) -> str:
    given = [one for one in text.split(SEPARATOR) if one]
    if any(one not in names for one in given) or len(given) > MOST:
        raise ValueError(text)
    return SEPARATOR.join(dict.fromkeys(given))
