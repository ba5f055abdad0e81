"""Gaps in treaties, and which ratification would open most for the State, counted exactly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from api.client import gaps, next_step
from dashboard import answers, frame
from dashboard.texts import word


def show(profile: Mapping[str, Any], day: str) -> None:
    """Draw it."""
    st.subheader(word("steps.title"), anchor=False)
    st.caption(word("steps.under"))
    with st.spinner(word("steps.counting")):
        told = answers.ask(next_step(profile["id"], on=day))
    if not told["ranked"]:
        st.info(word("steps.none"))
    for place, row in enumerate(told["ranked"][:8], 1):
        step, gain = row["step"], row["gain"]
        with st.container(border=True):
            left, right = st.columns([3, 2])
            with left:
                st.markdown(f"**{place}. {step['name']}**")
                st.caption(f"{step['place_reason']} · {step['opening_reason']}")
                frame.sources(step["sources"])
            with right:
                st.markdown(word("steps.gain", opened=gain["opened"], secured=gain["secured"], closed=gain["closed"]))
    st.subheader(word("steps.gaps"), anchor=False)
    found = answers.ask(gaps(profile["id"], on=day))
    rows = [held for held in found.treaties if held.gap == "met"]
    if not rows:
        st.info(word("steps.no_gaps"))
        return
    frame.table(
        [
            {
                word("treaty"): held.name,
                word("record"): held.reason,
                word("steps.opening"): held.opening_reason,
                word("steps.parties"): held.parties,
            }
            for held in rows
        ],
    )
