"""What to take along of a State: the briefing, its records as tables, and the address that reopens the view.

Files are made when they are asked for, and not before: a briefing takes seconds.
"""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import streamlit as st

from api.client import briefing, gaps
from dashboard import answers, frame
from dashboard.files import CSV, DOCX, JSON, PDF, UNDATED, offer
from dashboard.tables import csv_of
from dashboard.texts import word

Profile = dict[str, Any]


def show(profile: Profile, day: str) -> None:
    """Draw it."""
    st.subheader(word("take_along"), anchor=False)
    with frame.screen_only("files"):
        _files(profile, day)
    frame.cite(f" (release {profile['release']})")


def _files(profile: Profile, day: str) -> None:
    state = profile["id"]
    name = f"comity-{state}-{day}"
    st.caption(word("briefing.under"))
    with st.container(horizontal=True):
        for form, media in (("pdf", PDF), ("docx", DOCX)):
            made = partial(answers.file, briefing(state, form, on=day))
            offer(f"briefing.{form}", made, f"brief-{state}-{day}.{form}", media)
    with st.container(horizontal=True):
        offer("download.treaties", lambda: csv_of(treaties(profile)), f"{name}-treaties.csv", CSV)
        offer("download.criteria", lambda: csv_of(criteria(state, day)), f"{name}-criteria.csv", CSV)
        offer("download.offices", lambda: csv_of(offices(profile)), f"{name}-offices.csv", CSV)
        offer("download.json", lambda: _json(profile), f"{name}.json", JSON)


def treaties(profile: Profile) -> list[dict[str, Any]]:
    """A row for each treaty of the State, with its dates and sources."""
    return [
        {name: value for name, value in row.items() if not isinstance(value, list | dict)} | _cited(row["sources"])
        for row in profile["instruments"]
    ]


def criteria(state: str, day: str) -> list[dict[str, Any]]:
    """A row for each criterion, offence and age that law is judged by, with the provisions that decide."""
    return [
        {
            "topic": row.topic,
            "key": row.key,
            "label": row.label,
            "status": row.status,
            "reason": row.reason,
            "provisions": [
                " ".join(filter(None, (one.title, one.provision))) for one in row.evidence if one.kind == "provision"
            ],
            "sources": list(dict.fromkeys(cite.url for one in row.evidence for cite in one.sources)),
        }
        for row in answers.ask(gaps(state, on=day)).legislation
    ]


def offices(profile: Profile) -> list[dict[str, Any]]:
    """A row for each office with its contact."""
    return [
        {
            "id": row["id"],
            "name": row["name"],
            "kind": row["kind"],
            **{name: row[name] for name in frame.CONTACT},
            "available_24_7": row["available_24_7"],
            "languages": row["languages"],
            "functions": list(dict.fromkeys(one["function"] for one in row["designations"])),
        }
        | _cited(row["sources"])
        for row in profile["authorities"]
    ]


def _cited(sources: list[dict[str, Any]]) -> dict[str, list[str]]:
    return {
        "sources": [cite["url"] for cite in sources],
        "source_dates": [cite["as_of"] or UNDATED for cite in sources],
    }


def _json(profile: Profile) -> bytes:
    return json.dumps(profile, ensure_ascii=False, indent=1).encode()
