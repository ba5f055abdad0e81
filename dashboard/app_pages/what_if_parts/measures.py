"""Measure by measure: how many States before and after, and which are new."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit as st

from dashboard import answers, links
from dashboard.app_pages.what_if_parts import beside
from dashboard.texts import label, state_name, word

PAGE = "whatif"
SIDES = {"asking": ("asked_opened", "asked_secured"), "asked": ("asking_opened", "asking_secured")}
"""Where the State asks, its partners are asked, and the other way round."""


def show(state: Any) -> None:
    """Draw it."""
    st.subheader(word("whatif.measures"), anchor=False)
    side = st.segmented_control(
        word("whatif.side"), list(SIDES), format_func=lambda one: word(f"whatif.side.{one}"), required=True,
        key=links.key(PAGE, "side"), label_visibility="collapsed",
    ) or "asking"  # fmt: skip
    moved = [row for row in state.measures if getattr(row, side).gained or getattr(row, side).lost]
    more = [row for row in state.measures if row not in moved and getattr(row, side).improved]
    same = [_measure(row) for row in state.measures if row not in moved and row not in more]
    if moved:
        ordered = sorted(moved, key=lambda row: -getattr(row, side).gained)
        beside.show(_line(state, row, side) for row in ordered)
    else:
        st.info(word("whatif.no_measure"), icon=":material/info:")
    if more:
        with st.expander(word("whatif.only_further", many=len(more))):
            beside.show(_line(state, row, side) for row in more)
    if same:
        with st.expander(word("whatif.same", many=len(same))):
            st.markdown(", ".join(same))


def rows(told: Any) -> list[dict[str, Any]]:
    """All States of which something is assumed, each measure and side, as rows of a file."""
    return [
        {
            "hypothetical": "; ".join(told.assumptions),
            "on": told.day,
            "offence": told.offence,
            "state": state.state,
            "measure": row.measure,
            "side": side,
            **{name: getattr(getattr(row, side), name) for name in row.asking.__struct_fields__},
            "release": told.release,
        }
        for state in told.states
        for row in state.measures
        for side in SIDES
    ]


def _measure(row: Any) -> str:
    return label("measure", row.measure, row.label)


def _line(state: Any, row: Any, side: str) -> beside.Line:
    held = getattr(row, side)
    opened, secured = (
        [_partner(one) for one in state.partners if row.measure in getattr(one, name)] for name in SIDES[side]
    )
    surer = [name for name in secured if name not in opened]
    told = _named("new", opened) + _named("surer", surer)
    more = held.improved - len(surer)
    told += f"<small>{escape(word('whatif.further', many=more))}</small>" if more > 0 else ""
    told += f"<small>✗ {escape(word('whatif.gone', many=held.lost))}</small>" if held.lost else ""
    before, after = (
        _count(getattr(held, f"met_{when}"), getattr(held, f"unknown_{when}"), held.cells)
        for when in ("before", "after")
    )
    return beside.Line(_measure(row), told, before, after)


def _named(key: str, names: Sequence[str]) -> str:
    summary = escape(word(f"whatif.{key}", many=len(names)))
    return f"<details><summary>{summary}</summary>{escape(', '.join(names))}</details>" if names else ""


def _count(met: int, unknown: int, cells: int) -> str:
    share = [round(100 * number / cells, 1) if cells else 0 for number in (met, unknown)]
    return (
        f'<span class="nums">✓ {met} · ? {unknown}</span><span class="twobar" aria-hidden="true">'
        f'<i style="width:{share[0]}%"></i><i class="open" style="width:{share[1]}%"></i></span>'
    )


def _partner(one: Any) -> str:
    return state_name(answers.states()[one.state]["alpha2"], one.name)
