"""The headline numbers: how many questions of a State have an answer by law, before and after."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.texts import grouped_digits, word

FIGURE_PX = 205
"""Wide enough for a number of seven digits with its label."""


def show(told: Any, state: Any, name: str) -> None:
    """Draw it."""
    total = state.total
    st.caption(word("whatif.numbers_under", state=name, day=told.day, cells=grouped_digits(total.cells)))
    before, after = total.met_before + total.unknown_before, total.met_after + total.unknown_after
    partners = [one for one in state.partners if one.asked_opened or one.asking_opened]
    figures = [
        ("with_path", after, _change(after - before), "whatif.with_path_help"),
        ("met", total.met_after, _change(total.met_after - total.met_before), "whatif.met_help"),
        ("improved", total.improved, None, "whatif.improved_help"),
        ("partners", len(partners), None, "whatif.partners_help"),
        ("cured", total.cured if told.offence else None, None, "whatif.cured_help"),
    ]
    with st.container(horizontal=True):
        for key, value, change, help_ in figures:
            st.metric(
                word(f"whatif.{key}"), "–" if value is None else grouped_digits(value), change, border=True,
                width=FIGURE_PX, help=word(help_), delta_color="off" if change in (None, "±0") else "normal",
            )  # fmt: skip
    lines = [word("whatif.before", path=grouped_digits(before), met=grouped_digits(total.met_before))]
    if total.closed or total.unsettled:
        lines.append(
            word("whatif.lost", closed=grouped_digits(total.closed), unsettled=grouped_digits(total.unsettled))
        )
    world = told.total
    if world.gained != total.gained or world.lost != total.lost:
        lines.append(word("whatif.world", opened=grouped_digits(world.opened), secured=grouped_digits(world.secured)))
    first = sum(one.first_asked or one.first_asking for one in state.partners)
    if first:
        lines.append(word("whatif.first", many=first))
    st.markdown(" ".join(lines))


def _change(number: int) -> str:
    return f"{number:+d}" if number else "±0"
