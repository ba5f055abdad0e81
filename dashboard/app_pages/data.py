"""The data themselves: queries of one's own, sources and their age, what does not fit, what changed, files."""

from __future__ import annotations

import streamlit as st

from dashboard import answers, frame, links
from dashboard.app_pages.data_parts import changes, exports, quality, sources, workbench
from dashboard.texts import word

PAGE = "data"
PARTS = {
    "sources": sources.show,
    "quality": quality.show,
    "changes": changes.show,
    "files": exports.show,
    "sparql": workbench.show,
}
FIRST_EXAMPLE = "parties-budapest"
LONGEST_IN_ADDRESS = 6000
"""Characters of a query from which some programs no longer carry an address."""


def page() -> None:
    """The page."""
    choices = [
        links.Choice("part", "sources", links.one_of(list(PARTS))),
        links.Choice("rule", None),
        links.Choice("since", None),
        links.Choice("until", None),
        links.Choice("example", FIRST_EXAMPLE, links.one_of(list(workbench.examples()))),
        links.Choice("q", None),
    ]
    wrong = links.read(PAGE, choices)
    frame.title(word("data.title"), word("data.under"))
    if wrong:
        st.warning(word("paths.wrong", names=", ".join(wrong)))
    part = st.segmented_control(
        word("state.parts"), list(PARTS), format_func=lambda one: word(f"data.part.{one}"), required=True,
        key=links.key(PAGE, "part"), label_visibility="collapsed",
    )  # fmt: skip
    links.write(PAGE, choices)  # before what takes its time, so that the address is never behind what a reader sees
    PARTS[part or "sources"]()
    if len(st.session_state.get(workbench.QUERY) or "") > LONGEST_IN_ADDRESS:
        st.caption(word("data.too_long", most=LONGEST_IN_ADDRESS))
    frame.cite(f" (release {answers.release()})")
