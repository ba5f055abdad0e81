"""Why nothing else serves: each treaty or channel that comes near, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
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
        groups = groupby(ordered, key=lambda held: held.code)
        st.markdown("\n\n".join(_group(code, rows) for code, rows in groups))


def _group(code: str, rows: Iterable[Any]) -> str:
    """The reasons of one kind as Markdown, each with its sources."""
    lines = [f"**{word(f'why.{code}')}**", ""]
    for held in rows:
        article = f" art. {held.article}" if held.article else ""
        lines.append(f"- **{held.name}**{article}: {held.text}")
        lines += [f"    - {frame.source_line(cite)}" for cite in held.sources]
    return "\n".join(lines)


CODES = (
    "reserved", "not-met", "offence-out-of-scope", "signed-only", "not-in-force", "ended", "opted-out", "contested",
    "not-party", "measure-not-covered", "channel-not-stated", "text-not-read", "no-record",
)  # fmt: skip
ORDER = {code: place for place, code in enumerate(CODES)}
