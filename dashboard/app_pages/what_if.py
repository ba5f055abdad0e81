"""What if: ratifications and reforms that the reader chooses, and the law as it is beside the law as it would be."""

from __future__ import annotations

from typing import Any

import msgspec
import streamlit as st

from api.client import Refused, what_if_counted
from dashboard import answers, frame, links, maps
from dashboard.app_pages.what_if_parts import assumptions, closer, measures, numbers, suggestions
from dashboard.components import world_map
from dashboard.files import CSV, JSON, offer
from dashboard.tables import csv_of
from dashboard.texts import label, state_name, word

PAGE = assumptions.PAGE
NOT_VALID = assumptions.NOT_VALID


def page() -> None:
    """The page."""
    offences = answers.vocabulary("offence")
    choices = [
        links.Choice("assume", assumptions.example()),
        links.Choice("offence", None, links.one_of(list(offences))),
        links.Choice("side", "asking", links.one_of(list(measures.SIDES))),
        links.Choice("of", None, links.one_of(list(answers.states()))),
        links.Choice("with", None, links.one_of(list(answers.states()))),
        links.Choice("steps", "5", links.one_of(suggestions.STEPS)),
        links.Choice("reforms", False, links.yes),
    ]
    links.read(PAGE, choices)
    frame.title(word("whatif.title"), word("whatif.under"))
    told = _told()
    with st.container(border=True):
        assumptions.chips(told.effects if told else ())
        _further()
        st.selectbox(
            word("whatif.offence"), sorted(offences),
            format_func=lambda key: label("offence", key, offences[key]["label"]),
            key=links.key(PAGE, "offence"), index=None, placeholder=word("paths.any_offence"),
            help=word("whatif.offence_help"),
        )  # fmt: skip
    if told is not None:
        state = _chosen(told)
        with st.container(key="whatif_result"):
            _result(told, state)
        suggestions.show(state.state, state.name, told.day)
    links.write(
        PAGE, [links.Choice("assume", None), *choices[1:]]
    )  # always told: the example is of another day tomorrow
    if told is not None:
        _take_along(told)


def _further() -> None:
    """The form for one assumption more, which is drawn only where it is open: it has hundreds of choices."""
    nothing = not assumptions.held()
    folded = st.expander(
        word("whatif.more"), icon=":material/add:", expanded=nothing, key=f"whatif_form_{nothing}", on_change="rerun"
    )
    if folded.open:
        with folded:
            assumptions.form()


def _told() -> Any:
    """What the assumptions change; ``None`` where nothing is assumed or the API refuses, which is said."""
    if not assumptions.held():
        st.info(word("whatif.nothing"), icon=":material/info:")
        return None
    try:
        with st.spinner(word("whatif.counting")):
            return answers.ask_patiently(what_if_counted(assumptions.held(), offence=_offence()))
    except Refused as error:
        if error.status != NOT_VALID:
            raise
        st.error(f"{word('whatif.refused')} {error}", icon=":material/error:")
        return None


def _offence() -> str | None:
    """The offence asked about: the one chosen, else the first that a reform among the assumptions names."""
    chosen: str | None = st.session_state[links.key(PAGE, "offence")]
    parts = (one.split(":") for one in assumptions.held())
    return chosen or next((part[2] for part in parts if part[1] == "offence" and len(part) > 3), None)


def _chosen(told: Any) -> Any:
    """The State whose view is shown: the only one, or the one that the reader chooses among those assumed."""
    known = {one.state: one for one in told.states}
    key = links.key(PAGE, "of")
    if len(known) == 1:
        st.session_state[key] = None
        return told.states[0]
    if st.session_state[key] not in known:
        st.session_state[key] = told.states[0].state
    st.segmented_control(
        word("whatif.of"), list(known), format_func=lambda one: _name(one, known[one].name), required=True, key=key
    )
    return known[st.session_state[key] or told.states[0].state]


def _result(told: Any, state: Any) -> None:
    name = _name(state.state, state.name)
    st.markdown(f":material/science: **{word('whatif.hypothetical')}** {word('whatif.not_facts')}")
    numbers.show(told, state, name)
    st.subheader(word("whatif.map"), anchor=False)
    data = maps.of_gains(told, word("whatif.map_title", state=name))
    result = world_map(data=data, key="whatif_map", on_day_change=lambda: None, on_chosen_change=lambda: None)
    if result.chosen and result.chosen != state.state:
        st.session_state[links.key(PAGE, "with")] = result.chosen
    st.caption(word("whatif.map_under"))
    measures.show(state)
    closer.show(told, state)


def _take_along(told: Any) -> None:
    st.subheader(word("take_along"), anchor=False)
    with st.container(horizontal=True):
        name = f"comity-what-if-{told.day}"
        offer("whatif.csv", lambda: csv_of(measures.rows(told)), f"{name}.csv", CSV)
        offer("download.json", lambda: msgspec.json.format(msgspec.json.encode(told), indent=1), f"{name}.json", JSON)
    frame.cite()


def _name(id_: str, english: str) -> str:
    return state_name(answers.states()[id_]["alpha2"], english)
