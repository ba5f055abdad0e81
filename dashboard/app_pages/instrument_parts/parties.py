"""The parties of an instrument: how many through the years, where they are, and each with its dates and sources."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from api.client import world
from dashboard import answers, frame, links, maps
from dashboard.app_pages.instrument_parts.curve import curve
from dashboard.components import world_map
from dashboard.files import CSV, UNDATED, offer
from dashboard.tables import csv_of
from dashboard.texts import label, state_name, tri, word

Profile = Mapping[str, Any]

PAGE = "instrument"
MAP = "instrument_map"
JOINED = ("multilateral", "eu-act", "scheme")
"""Kinds of instruments of which a curve and a map say something: many may join them."""
FIRST_YEAR = 1990
FURTHEST = 100
"""Years before today that the API goes back at most."""

PLACES = {
    "in-force": "#2f6db3",
    "bound-not-in-force": "#8fb8e6",
    "undecided": "#8a94a3",
    "signed-only": "#d99a2b",
    "ended": "#c2571a",
}
"""What the curve counts, from below, and in which colour; distinct in lightness too."""


def show(profile: Profile, day: str) -> None:
    """Draw it."""
    if profile["kind"] in JOINED:
        first = first_year(profile["signed_on"], date.today().year)
        told = answers.ask(world(instrument=profile["id"], first=first))
        if day not in told.days:
            told = answers.ask(world(instrument=profile["id"], first=min(first, int(day[:4])), on=day))
        _curve(told, day)
        _map(profile, told, day)
    _list(profile)


def first_year(opened: str | None, this_year: int) -> int:
    """The year in which the curve begins: the one before the instrument was opened, as far as the API goes back."""
    begins = int(opened[:4]) - 1 if opened else FIRST_YEAR
    return min(max(begins, this_year - FURTHEST), this_year)


def counted(told: Any) -> list[dict[str, Any]]:
    """For each day how many States have each place that is drawn."""
    places = {text: told.words.index(text) for text in PLACES}
    return [
        {
            "day": day,
            **{text: sum(state.words[step] == text for state in told.states) for text in places},
        }
        for step, day in enumerate(told.days)
    ]


def _curve(told: Any, day: str) -> None:
    st.subheader(word("instrument.curve"), anchor=False)
    rows = counted(told)
    drawn = [text for text in PLACES if any(row[text] for row in rows)]
    if not drawn:
        st.info(word("no_record"))
        return
    labels = {text: word(f"place.{text}") for text in drawn}
    areas = {text: (labels[text], PLACES[text]) for text in drawn}
    st.html(curve(rows, areas, day, word("overview.members")))
    st.caption(word("instrument.curve_under", day=day, release=told.release))
    with st.expander(word("as_table")):
        frame.table([{word("on"): row["day"]} | {labels[text]: row[text] for text in drawn} for row in rows])


def _map(profile: Profile, told: Any, day: str) -> None:
    st.subheader(word("instrument.map"), anchor=False)
    data = maps.of_years(told, day, told.on, f"{word('layer.instrument')}: {profile['short_name']}", lambda state: True)
    result = world_map(data=data, key=MAP, on_day_change=_day_chosen, on_chosen_change=lambda: None)
    if result.chosen:
        st.switch_page(
            st.session_state["pages"]["state"],
            query_params={"state": result.chosen, "part": "treaties", **links.spoken()},
        )
    st.caption(word("world.meaning.instrument"))


def _day_chosen() -> None:
    st.session_state[links.key(PAGE, "on")] = date.fromisoformat(st.session_state[MAP].day)


def _list(profile: Profile) -> None:
    st.subheader(word("instrument.list", many=len(profile["parties"])), anchor=False)
    if not profile["parties"]:
        st.info(word("instrument.no_parties"))
        return
    actions = answers.vocabulary("action")
    rows = sorted(((_name(row), row) for row in profile["parties"]), key=lambda one: one[0].casefold())
    frame.sortable(
        [_line(name, row, actions) for name, row in rows],
        "parties",
        {
            word("source"): st.column_config.LinkColumn(display_text=word("open")),
            word("nav.state"): st.column_config.LinkColumn(display_text=word("open")),
        },
    )
    st.caption(word("instrument.list_under"))
    _contested(profile)


def _name(row: Mapping[str, Any]) -> str:
    state = answers.states().get(row["party"])
    return state_name(state["alpha2"], row["name"]) if state else str(row["name"])


def _line(name: str, row: Mapping[str, Any], actions: Mapping[str, Any]) -> dict[str, Any]:
    cite = row["sources"][0] if row["sources"] else None
    action = row["action"]
    return {
        word("instrument.party"): name,
        word("in_force_word"): tri(row["status"]),
        word("record"): row["reason"],
        word("signed_on"): row["signed_on"] or "",
        word("instrument.act"): label("action", action, actions[action]["label"]) if action else "",
        word("instrument.bound_on"): row["bound_on"] or "",
        word("in_force_on"): row["in_force_on"] or "",
        word("ended_on"): row["ended_on"] or "",
        word("source"): cite["url"] if cite else None,
        word("source_date"): (cite["as_of"] if cite else None) or word("undated"),
        word("nav.state"): links.to("state", state=row["party"], part="treaties"),
    }


def _contested(profile: Profile) -> None:
    """Parties about which the sources contradict each other, with what each says."""
    for row in profile["parties"]:
        if row["contested"]:
            with st.expander(word("instrument.contested", party=_name(row))):
                for reading in row["readings"]:
                    dates = word(
                        "paths.dates", signed=reading["signed_on"] or "–", bound=reading["bound_on"] or "–",
                        force=reading["in_force_on"] or "–",
                    )  # fmt: skip
                    cites = ", ".join(f"[{cite['publisher']}]({cite['url']})" for cite in reading["sources"])
                    st.markdown(f"- {reading['standing']}: {dates} ({cites})")


def download(profile: Profile) -> None:
    """The parties as a file."""
    name = f"comity-{profile['id']}-{profile['on']}-parties.csv"
    offer("instrument.csv", lambda: csv_of(_parties(profile)), name, CSV, disabled=not profile["parties"])


def _parties(profile: Profile) -> list[dict[str, Any]]:
    """The parties as rows of a file."""
    return [
        {name: row[name] for name in (
            "party", "name", "standing", "signed_on", "action", "bound_on", "in_force_on", "ended_on", "status",
            "reason", "contested",
        )}
        | {
            "sources": [cite["url"] for cite in row["sources"]],
            "sources_as_of": [cite["as_of"] or UNDATED for cite in row["sources"]],
            "on": profile["on"],
            "release": profile["release"],
        }
        for row in profile["parties"]
    ]  # fmt: skip
