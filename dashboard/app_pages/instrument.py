"""One instrument: when it binds whom, parties through time, articles by measure, reservations, what it replaces."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from api.client import shown
from dashboard import answers, frame, links
from dashboard.app_pages.instrument_parts import articles, header, parties, reservations
from dashboard.texts import word

PAGE = "instrument"
DEFAULT = "cets-185"
PARTS = {"parties": parties.show, "articles": articles.show, "reservations": reservations.show}


def page() -> None:
    """The page."""
    known = answers.instruments()
    choices = [
        links.Choice("instrument", DEFAULT if DEFAULT in known else next(iter(known)), links.one_of(list(known))),
        links.Choice("on", date.today(), date.fromisoformat),
        links.Choice("part", "parties", links.one_of(list(PARTS))),
    ]
    wrong = links.read(PAGE, choices)
    if "instrument" in wrong:
        st.warning(word("instrument.unknown", given=st.query_params.get("instrument", "")))
    names = named(known)
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        chosen: str = st.selectbox(
            word("instrument.pick"), sorted(names, key=lambda key: names[key].casefold()),
            format_func=names.__getitem__, key=links.key(PAGE, "instrument"),
        )  # fmt: skip
    with right:
        day: date = st.date_input(
            word("on"), key=links.key(PAGE, "on"), min_value=date(1900, 1, 1), max_value=date(2100, 1, 1),
            format="YYYY-MM-DD",
        )  # fmt: skip
    profile = answers.ask(shown("instruments", chosen, on=day.isoformat()))
    header.show(profile)
    part = st.segmented_control(
        word("state.parts"), list(PARTS), format_func=lambda one: word(f"instrument.part.{one}"), required=True,
        key=links.key(PAGE, "part"), label_visibility="collapsed",
    )  # fmt: skip
    links.write(PAGE, choices)  # before what takes its time, so that the address is never behind what a reader sees
    PARTS[part or "parties"](profile, day.isoformat())
    _cite(profile)


def named(known: dict[str, Any]) -> dict[str, str]:
    """A name for each instrument, which no other has."""
    short = [row["short_name"] for row in known.values()]
    twice = {name for name in short if short.count(name) > 1} if len(set(short)) < len(short) else set()
    return {
        key: f"{row['short_name']} ({key})" if row["short_name"] in twice else row["short_name"]
        for key, row in known.items()
    }


def _cite(profile: dict[str, Any]) -> None:
    st.subheader(word("take_along"), anchor=False)
    parties.download(profile)
    frame.cite(f" (release {profile['release']})")
