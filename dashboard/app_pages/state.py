"""One State: memberships, treaties through time, law by criterion, offices, gaps and who closed them, reach, steps."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from api.client import shown
from dashboard import answers, frame, links
from dashboard.app_pages.state_parts import law, offices, overview, reach, steps, take_along, treaties
from dashboard.pickers import state_labels
from dashboard.texts import label, state_name, word

PAGE = "state"
DEFAULT = "FRA"
PARTS = {
    "overview": overview.show,
    "treaties": treaties.show,
    "law": law.show,
    "offices": offices.show,
    "reach": reach.show,
    "steps": steps.show,
}


def page() -> None:
    """The page."""
    known = {key: row for key, row in answers.states().items() if row["kind"] != "union"}
    measures = answers.vocabulary("measure")
    choices = [
        links.Choice("state", DEFAULT, links.one_of(list(known))),
        links.Choice("on", date.today(), date.fromisoformat),
        links.Choice("part", "overview", links.one_of(list(PARTS))),
        links.Choice("measure", "preservation", links.one_of(list(measures))),
    ]
    wrong = links.read(PAGE, choices)
    if "state" in wrong:
        st.warning(word("state.unknown", given=st.query_params.get("state", "")))
    labels = state_labels()
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        state = st.selectbox(
            word("state.pick"), list(labels), format_func=labels.__getitem__, key=links.key(PAGE, "state"),
            filter_mode="contains",
        )  # fmt: skip
    with right:
        day: date = st.date_input(
            word("on"), key=links.key(PAGE, "on"), min_value=date(1900, 1, 1), max_value=date(2100, 1, 1),
            format="YYYY-MM-DD",
        )  # fmt: skip
    profile = answers.ask(shown("states", state, on=day.isoformat()))
    _header(profile, state_name(known[state]["alpha2"], known[state]["name"]))
    part = st.segmented_control(
        word("state.parts"), list(PARTS), format_func=lambda one: word(f"part.{one}"), required=True,
        key=links.key(PAGE, "part"), label_visibility="collapsed",
    )  # fmt: skip
    PARTS[part or "overview"](profile, day.isoformat())
    links.write(PAGE, choices)
    take_along.show(profile, day.isoformat())


def _header(profile: dict[str, Any], name: str) -> None:
    frame.title(name, _under(profile))
    known = answers.organisations()
    held = (row["organisation"] for row in profile["memberships"] if row["status"] == "member" and not row["left_on"])
    frame.chips([known[one]["name"] for one in dict.fromkeys(held)])


def _under(profile: dict[str, Any]) -> str:
    told = [profile["official_name"] or profile["name"], profile["id"]]
    groups = (profile["ipu_group"] or "").split(";") if profile["ipu_group"] else []
    told += [f"{word('world.group')}: {label('ipu-group', group, group)}" for group in groups]
    told.append(word("on_day", day=profile["on"]))
    return " · ".join(told)
