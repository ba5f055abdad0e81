"""The form of the path explorer: who asks whom for what, with defaults that answer at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from api.client import Answer, Call, paths
from dashboard import answers, frame, links
from dashboard.pickers import state_labels
from dashboard.texts import label, word

PAGE = "paths"
PROVIDER = "provider:"

GROUPS = {
    "data": (
        "preservation", "subscriber-information", "traffic-data", "content-data", "emergency-disclosure",
        "preserved-traffic-data-disclosure", "production-order", "stored-data-access", "real-time-traffic-data",
        "interception", "domain-registration-information", "takedown",
    ),
    "persons": (
        "extradition", "witness-testimony", "video-conference", "transfer-of-sentenced-persons",
        "transfer-of-proceedings", "victim-protection",
    ),
}  # fmt: skip
"""Measures in the order in which cases need them; all others follow as ``other``."""


def choices() -> list[links.Choice]:
    """What the form chooses."""
    asked = [*_states(), *(f"{PROVIDER}{one}" for one in answers.providers())]
    return [
        links.Choice("from", "FRA", links.one_of(list(_states()))),
        links.Choice("to", "USA", links.one_of(asked)),
        links.Choice("measure", "preservation", links.one_of(list(answers.vocabulary("measure")))),
        links.Choice("offence", None, links.one_of(list(answers.vocabulary("offence")))),
        links.Choice("on", date.today(), date.fromisoformat),
        links.Choice("urgent", False, links.yes),
        links.Choice("evidence", False, links.yes),
    ]


def form() -> Call[Answer] | None:
    """Draw the form; the question it asks, or ``None`` where a State would ask itself."""
    told, providers = state_labels(), answers.providers()
    asked = told | {f"{PROVIDER}{key}": f"{row['name']} ({word('paths.provider')})" for key, row in providers.items()}
    measures, offences = answers.vocabulary("measure"), answers.vocabulary("offence")
    with frame.screen_only("form", border=True):
        first, second, third = st.columns(3)
        requesting = _pick(first, "from", list(told), told)
        requested = _pick(second, "to", list(asked), asked)
        measure = _pick(third, "measure", grouped(list(measures)), {key: _measure(key, measures) for key in measures})
        first, second, third = st.columns(3, vertical_alignment="bottom")
        offence = first.selectbox(
            word("paths.offence"), sorted(offences),
            format_func=lambda key: label("offence", key, offences[key]["label"]),
            key=links.key(PAGE, "offence"), index=None, placeholder=word("paths.any_offence"),
        )  # fmt: skip
        day: date = second.date_input(
            word("on"), key=links.key(PAGE, "on"), min_value=date(1900, 1, 1), max_value=date(2100, 1, 1),
            format="YYYY-MM-DD",
        )  # fmt: skip
        with third, st.container(horizontal=True):
            urgent = st.checkbox(word("paths.urgent"), key=links.key(PAGE, "urgent"))
            evidence = st.checkbox(
                word("paths.evidence"), key=links.key(PAGE, "evidence"), help=word("paths.evidence_help")
            )
    if requesting == requested:
        return None
    return paths(
        requesting,
        requested,
        measure,
        offence=offence,
        on=day.isoformat(),
        urgent=_said(urgent),
        evidence=_said(evidence),
    )


def grouped(measures: Sequence[str]) -> list[str]:
    """``measures`` group by group."""
    first = [key for keys in GROUPS.values() for key in keys if key in measures]
    return [*first, *(key for key in measures if key not in first)]


def _measure(key: str, measures: dict[str, Any]) -> str:
    group = next((name for name, keys in GROUPS.items() if key in keys), "other")
    return f"{word(f'measures.{group}')}: {label('measure', key, measures[key]['label'])}"


def _pick(where: Any, name: str, options: list[str], told: dict[str, str]) -> str:
    chosen: str = where.selectbox(
        word(f"paths.{name}"),
        options,
        format_func=told.__getitem__,
        key=links.key(PAGE, name),
        filter_mode="contains",
    )
    return chosen


def _said(yes: bool) -> str | None:
    return "true" if yes else None


def _states() -> dict[str, Any]:
    return {key: row for key, row in answers.states().items() if row["kind"] != "union"}
