"""The cooperation network of a group of States for a measure: drawn, as a table, and what it hangs on in words."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from api.client import Refused, network, ties
from dashboard import answers, frame, links
from dashboard.app_pages.network_parts import findings, picture
from dashboard.app_pages.network_parts.scope import narrowed, scopes
from dashboard.components import network_graph
from dashboard.files import CSV, offer
from dashboard.tables import csv_of
from dashboard.texts import label, word

PAGE = "network"
DEFAULT = "region:grulac"
FIGURE_PX = 163
"""Two figures fit beside each other on a telephone."""


def page() -> None:
    """The page."""
    measures = answers.vocabulary("measure")
    among = scopes()
    choices = [
        links.Choice("measure", "preservation", links.one_of(list(measures))),
        links.Choice("among", DEFAULT, links.one_of(list(among))),
        links.Choice("on", date.today(), date.fromisoformat),
        links.Choice("open", False, links.yes),
    ]
    wrong = links.read(PAGE, choices)
    frame.title(word("network.title"), word("network.under"))
    if wrong:
        st.warning(word("paths.wrong", names=", ".join(wrong)))
    asked = _form(measures, among)
    links.write(PAGE, choices)
    try:
        survey, told = answers.ask(network(**asked)), answers.ask(ties(**asked))
    except Refused as error:
        if error.status != 422:
            raise
        st.info(f"{word('network.nobody')} {error}", icon=":material/group_off:")
        return
    title = f"{_measure(measures, asked['measure'])}, {among[st.session_state[links.key(PAGE, 'among')]]}"
    _summary(survey, title)
    _draw(survey, told, title)
    findings.bodies(survey)
    findings.cuts(survey)
    findings.communities(survey)
    findings.states(survey)
    _take_along(told, asked)


def _form(measures: dict[str, Any], among: dict[str, str]) -> dict[str, Any]:
    """The choices, as parameters of the API."""
    first, second, third = st.columns([2, 2.4, 1.2], vertical_alignment="bottom")
    with first:
        measure = st.selectbox(
            word("layer.measure"), sorted(measures, key=lambda key: _measure(measures, key).casefold()),
            format_func=lambda key: _measure(measures, key), key=links.key(PAGE, "measure"),
        )  # fmt: skip
    with second:
        scope = st.selectbox(
            word("network.among"), list(among), format_func=among.__getitem__, key=links.key(PAGE, "among")
        )
    with third:
        day: date = st.date_input(
            word("on"), key=links.key(PAGE, "on"), min_value=date(1900, 1, 1), max_value=date(2100, 1, 1),
            format="YYYY-MM-DD",
        )  # fmt: skip
    unsettled = st.toggle(word("network.with_open"), key=links.key(PAGE, "open"), help=word("network.with_open_help"))
    return {"measure": measure, "on": day.isoformat(), "settled": not unsettled, **narrowed(scope)}


def _measure(measures: dict[str, Any], key: str) -> str:
    return label("measure", key, measures[key]["label"])


def _summary(survey: Any, title: str) -> None:
    st.subheader(title, anchor=False)
    pairs = survey.among * (survey.among - 1) // 2
    largest = len(survey.components[0]) if survey.components else 0
    figures = {
        "states": survey.among, "tied": survey.ties, "share": f"{survey.ties / pairs:.0%}" if pairs else "–",
        "tied_open": survey.ties_uncertain,
        "largest": largest, "untied": len(survey.on_their_own),
    }  # fmt: skip
    with st.container(horizontal=True):
        for name, value in figures.items():
            st.metric(word(f"network.figure.{name}"), value, border=True, width=FIGURE_PX)
    st.caption(
        " ".join(
            [word("network.meaning", day=survey.on, release=survey.release)]
            + ([word("network.only_settled")] if survey.settled else [])
        )
    )
    if survey.membership_uncertain:
        st.caption(word("network.uncertain_members", names=", ".join(survey.membership_uncertain)))


def _draw(survey: Any, told: Any, title: str) -> None:
    if not picture.drawable(told):
        st.info(word("network.too_many", many=len(told.ties)), icon=":material/grain:")
        return
    result = network_graph(
        data=picture.drawing(told, survey, title), key="network_graph", on_chosen_change=lambda: None
    )
    if result.chosen:
        chosen = {"state": result.chosen, "part": "reach", **links.spoken()}
        st.switch_page(st.session_state["pages"]["state"], query_params=chosen)


def _take_along(told: Any, asked: dict[str, Any]) -> None:
    st.subheader(word("network.table", many=len(told.ties)), anchor=False)
    bodies = {one.body: one.name for one in told.bodies}
    names = {one.state: picture.named(one.state, one.name) for one in told.states}
    if told.ties:
        frame.sortable(
            [
                {
                    word("network.one"): names[one.one],
                    word("network.way"): _way(one),
                    word("network.other"): names[one.other],
                    word("network.sure"): word("network.certain" if one.result == "met" else "network.open"),
                    word("network.by"): ", ".join(bodies[body] for body in one.bodies),
                }
                for one in told.ties
            ],
            "ties",
        )
    st.subheader(word("take_along"), anchor=False)
    name = f"comity-network-{asked['measure']}-{asked['on']}.csv"
    offer("network.csv", lambda: csv_of(_rows(told, asked)), name, CSV, disabled=not told.ties)
    frame.cite(f" (release {told.release})")
    with st.expander(word("network.limits")):
        st.markdown("\n".join(f"- {text}." for text in told.limits))


def _rows(told: Any, asked: dict[str, Any]) -> list[dict[str, Any]]:
    """The ties as rows of a file."""
    return [
        {
            "one": one.one, "other": one.other, "one_may_ask": one.forth, "other_may_ask": one.back,
            "in_force": one.result, "every_condition": one.settled, "bodies": list(one.bodies), **asked,
            "release": told.release,
        }
        for one in told.ties
    ]  # fmt: skip


def _way(one: Any) -> str:
    if one.forth and one.back:
        return word("network.both")
    return word("network.asks" if one.forth else "network.asked")
