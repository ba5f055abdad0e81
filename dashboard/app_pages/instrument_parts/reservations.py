"""Reservations and declarations: first those that change something, by their effect; the others folded away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard import answers, frame
from dashboard.texts import label, state_name, word

Profile = Mapping[str, Any]

EFFECTS = (
    "excludes", "dual-criminality", "central-authority-only", "limits", "text-not-read", "territories-left-out",
    "territory-in-doubt", "languages",
)  # fmt: skip
"""Effects on cooperation, the weightiest first. A text that nobody has read may change something: it stays open."""


def show(profile: Profile, day: str) -> None:
    """Draw it."""
    held = profile["declarations"]
    if not held:
        st.info(word("instrument.no_declarations"))
        return
    effects = answers.vocabulary("declaration-effect")
    by_effect = {effect: [row for row in held if row["effect"] == effect] for effect in EFFECTS}
    rest = [row for row in held if row["effect"] not in EFFECTS]
    st.caption(word("instrument.declarations_under", many=len(held) - len(rest), all=len(held)))
    for effect, rows in by_effect.items():
        if rows:
            concept = effects[effect]
            st.subheader(
                f"{label('declaration-effect', effect, concept['label']).capitalize()} ({len(rows)})", anchor=False
            )
            st.caption(concept["definition"])
            _table(rows, effect)
    if rest:
        with st.expander(word("instrument.without_effect", many=len(rest))):
            _table(rest, "rest")


def _table(rows: list[Mapping[str, Any]], name: str) -> None:
    frame.sortable(
        sorted((_line(row) for row in rows), key=lambda line: str(line[word("instrument.party")]).casefold()),
        name,
        {
            word("source"): st.column_config.LinkColumn(display_text=word("open")),
            word("instrument.says"): st.column_config.TextColumn(width="large"),
        },
    )


def _line(row: Mapping[str, Any]) -> dict[str, Any]:
    kinds = answers.vocabulary("declaration-kind")
    state = answers.states().get(row["party"])
    cite = row["sources"][0] if row["sources"] else None
    return {
        word("instrument.party"): state_name(state["alpha2"], state["name"]) if state else row["party"],
        word("instrument.article"): ", ".join(row["effect_articles"] or row["articles"]),
        word("instrument.says"): row["summary"],
        word("instrument.kind"): label("declaration-kind", row["kind"], kinds[row["kind"]]["label"]),
        word("instrument.withdrawn"): row["withdrawn_on"] or "",
        word("source"): cite["url"] if cite else None,
        word("source_date"): (cite["as_of"] if cite else None) or word("undated"),
    }
