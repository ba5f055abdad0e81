"""Whom the State can reach for a measure: surely, with an open question, or by no path on record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from api.client import reach
from dashboard import answers, links, maps
from dashboard.components import world_map
from dashboard.texts import label, word

PAGE = "state"
SCALE = ("met", "unknown", "none")


def show(profile: Mapping[str, Any], day: str) -> None:
    """Draw it."""
    measures = answers.vocabulary("measure")
    measure = st.selectbox(
        word("layer.measure"), sorted(measures, key=lambda key: label("measure", key, measures[key]["label"])),
        format_func=lambda key: label("measure", key, measures[key]["label"]), key=links.key(PAGE, "measure"),
    )  # fmt: skip
    told = answers.ask(reach(profile["id"], measure=measure, on=day))
    states = {key: row for key, row in answers.states().items() if row["kind"] == "state" and key != profile["id"]}
    held = dict.fromkeys(states, "none")
    for row in told.reach:
        held |= {one.state: "met" if one.directly == "met" else "unknown" for one in row.reached if one.state in states}
    data = maps.of_words(word("reach.title", state=profile["name"]), day, told.release, held, states, SCALE)
    result = world_map(data=data, key="reach_map", on_day_change=lambda: None, on_chosen_change=lambda: None)
    st.caption(word("reach.under"))
    if result.chosen:
        chosen = {"from": profile["id"], "to": result.chosen, "measure": measure}
        st.switch_page(st.session_state["pages"]["paths"], query_params=chosen | links.spoken())
