"""Why nothing else serves: each treaty or channel that comes near, and what is missing."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import streamlit as st

from dashboard import frame
from dashboard.texts import word


def panel(answer: Any) -> None:
    """Draw it; open where there is no path."""
    if not answer.why_not:
        return
    with st.expander(word("why_not.title", many=len(answer.why_not)), expanded=not answer.paths):
        st.caption(word("why_not.under"))
        ordered = sorted(answer.why_not, key=lambda held: (ORDER.get(held.code, len(ORDER)), held.name))
        for code, rows in groupby(ordered, key=lambda held: held.code):
            st.markdown(f"**{word(f'why.{code}')}**")
            for held in rows:
                article = f" art. {held.article}" if held.article else ""
                st.markdown(f"- **{held.name}**{article}: {held.text}")
                for cite in held.sources:
                    st.caption(frame.source_line(cite))


CODES = (
    "reserved", "not-met", "offence-out-of-scope", "signed-only", "not-in-force", "ended", "opted-out", "contested",
    "not-party", "measure-not-covered", "channel-not-stated", "text-not-read", "no-record",
)  # fmt: skip
ORDER = {code: place for place, code in enumerate(CODES)}
