"""The law of the State by criterion and offence: met where, missing where, and which States closed the same gap."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from api.client import gaps
from dashboard import answers, frame
from dashboard.texts import label, state_name, word

MARKS = {
    "satisfied": "✓",
    "not-satisfied": "✗",
    "partial": "◐",
    "contradictory": "≠",
    "undecided": "?",
    "no-record": "–",
}
ORDER = ("not-satisfied", "partial", "contradictory", "undecided", "satisfied", "no-record")


def show(profile: Mapping[str, Any], day: str) -> None:
    """Draw it."""
    found = answers.ask(gaps(profile["id"], on=day))
    practice = {(held.topic, held.key): held for held in found.practice}
    st.caption(found.caveat)
    for topic, scheme in (("criterion", "review-criterion"), ("offence", "offence")):
        st.subheader(word(f"law.{topic}"), anchor=False)
        rows = [row for row in found.legislation if row.topic == topic]
        blank = []
        for row in sorted(rows, key=lambda row: ORDER.index(row.status)):
            shown = practice.get((row.topic, row.key))
            if row.evidence or row.beside or (shown and shown.states):
                _judgement(row, scheme, shown)
            else:
                blank.append(label(scheme, row.key, row.label))
        if blank:
            st.markdown(f"{MARKS['no-record']} {word('law.blank')}")
            frame.chips(blank)


def _judgement(row: Any, scheme: str, practice: Any) -> None:
    with st.expander(f"{MARKS[row.status]} **{label(scheme, row.key, row.label)}**: {word(f'place.{row.status}')}"):
        st.markdown(row.reason)
        for held in (*row.evidence, *row.beside):
            _evidence(held)
        if practice and practice.states:
            st.markdown(f"**{word('law.practice')}**")
            known = answers.states()
            for one in practice.states:
                name = state_name(known[one.state]["alpha2"], one.name)
                provisions = "; ".join(filter(None, (_provision(held) for held in one.provisions)))
                st.markdown(f"- {name}: {provisions or word('law.by_review')}")


def _evidence(held: Any) -> None:
    told = _provision(held) if held.kind == "provision" else f"{held.review} ({held.edition}): {held.answer}"
    st.markdown(f"- {told}")
    for cite in held.sources:
        st.caption(frame.source_line(cite))


def _provision(held: Any) -> str:
    parts = [held.title, held.provision, held.conduct]
    if held.max_penalty_years is not None:
        parts.append(word("law.years", years=held.max_penalty_years))
    return ", ".join(part for part in parts if part)
