"""The world: for one measure, treaty or criterion, every State on a map and ranked, from 1990 to the known future."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from api.client import world
from dashboard import answers, frame, links, maps
from dashboard.components import world_map
from dashboard.files import CSV, offer
from dashboard.tables import csv_of
from dashboard.texts import label, region_name, word

PAGE = "world"
FIRST, LAST = date(1990, 1, 1), date(2100, 1, 1)
MAP = "world_map"
LAYERS = ("measure", "instrument", "criterion")
DEFAULTS = {"measure": "preservation", "instrument": "cets-185", "criterion": "grooming-law"}
JOINED = ("multilateral", "eu-act")
"""Kinds of instruments that many States join, each by an act of its own."""
QUANTITIES = frozenset({"age-of-consent", "csam-maximum-penalty-years", "csam-minimum-penalty-years"})
"""Criteria answered by a number of years: nobody meets or misses them, and the API draws no world of them."""


def page() -> None:
    """The page."""
    choices = [
        links.Choice("layer", "measure", links.one_of(LAYERS)),
        *(links.Choice(layer, DEFAULTS[layer], links.one_of(list(_options(layer)))) for layer in LAYERS),
        links.Choice("group", None),
        links.Choice("region", None),
        links.Choice("on", date.today(), _day),
    ]
    links.read(PAGE, choices)
    frame.title(word("world.title"), word("world.under"))
    first, second, third, fourth, fifth = st.columns([1.6, 1.9, 1.0, 1.0, 1.0], vertical_alignment="bottom")
    with first:
        picked = st.segmented_control(
            word("world.layer"), LAYERS, format_func=lambda one: word(f"layer.{one}"), required=True,
            key=links.key(PAGE, "layer"),
        )  # fmt: skip
    layer = picked or LAYERS[0]
    options = _options(layer)
    with second:
        chosen = st.selectbox(
            word(f"layer.{layer}"), list(options), format_func=options.__getitem__, key=links.key(PAGE, layer)
        )
    with fifth:
        day = st.date_input(
            word("on"), key=links.key(PAGE, "on"), min_value=FIRST, max_value=LAST, format="YYYY-MM-DD"
        ).isoformat()
    now = answers.ask(world(**{layer: chosen}))
    told = now if day in now.days else answers.ask(world(**{layer: chosen}, on=day))
    groups = sorted({group for state in told.states for group in state.ipu_groups})
    regions = sorted({state.region for state in told.states if state.region})
    with third:
        group = _filter("group", groups, lambda one: label("ipu-group", one, one))
    with fourth:
        region = _filter("region", regions, region_name)
    data = maps.of_years(
        told, day, now.on, f"{word(f'layer.{layer}')}: {options[chosen]}",
        lambda state: (group is None or group in state.ipu_groups) and (region is None or state.region == region),
    )  # fmt: skip
    result = world_map(data=data, key=MAP, on_day_change=_day_chosen, on_chosen_change=lambda: None)
    if result.chosen:
        st.switch_page(st.session_state["pages"]["state"], query_params={"state": result.chosen, **links.spoken()})
    st.caption(word(f"world.meaning.{layer}"))
    if layer == "instrument":
        st.page_link(
            st.session_state["pages"]["instrument"], label=word("world.instrument"), icon=":material/gavel:",
            query_params={"instrument": chosen, **links.spoken()},
        )  # fmt: skip
    offer("download.csv", lambda: csv_of(_rows(told, day)), f"comity-{layer}-{chosen}-{day}.csv", CSV)
    links.write(PAGE, choices)


def _filter(name: str, options: list[str], told: Any) -> str | None:
    held = links.key(PAGE, name)
    if st.session_state[held] not in options:
        st.session_state[held] = None
    return st.selectbox(word(f"world.{name}"), options, format_func=told, key=held, placeholder=word("all"))


def _options(layer: str) -> dict[str, str]:
    """What can be drawn in a layer, by key, in the order of its names."""
    if layer == "instrument":
        joined = ((key, row) for key, row in answers.instruments().items() if row["kind"] in JOINED)
        held = {key: row["short_name"] for key, row in joined}
    else:
        scheme = {"measure": "measure", "criterion": "review-criterion"}[layer]
        held = {
            key: label(scheme, key, row["label"])
            for key, row in answers.vocabulary(scheme).items()
            if key not in QUANTITIES
        }
    return dict(sorted(held.items(), key=lambda one: one[1].casefold()))


def _rows(told: Any, day: str) -> list[dict[str, Any]]:
    place = told.days.index(day)
    return [
        {
            "state": state.id,
            "name": state.name,
            "on": day,
            **_value(told, state, place),
            "release": told.release,
        }
        for state in told.states
    ]


def _value(told: Any, state: Any, place: int) -> dict[str, Any]:
    if told.words:
        return {"place": state.words[place]}
    return {"met": state.met[place], "unknown": state.unknown[place]}


def _day_chosen() -> None:
    st.session_state[links.key(PAGE, "on")] = date.fromisoformat(st.session_state[MAP].day)


def _day(text: str) -> date:
    found = date.fromisoformat(text)
    if not FIRST <= found <= LAST:
        raise ValueError(text)
    return found
