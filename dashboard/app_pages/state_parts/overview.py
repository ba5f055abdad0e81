"""What the record holds about the State in figures, its place among its neighbours, and what to take along."""

from __future__ import annotations

import json
from typing import Any

import streamlit as st

from api.client import gaps
from dashboard import answers, frame, links
from dashboard.tables import csv_of
from dashboard.texts import word

Profile = dict[str, Any]

FIGURE_PX = 163
"""Two figures fit beside each other on a telephone."""


def show(profile: Profile, day: str) -> None:
    """Draw it."""
    found = answers.ask(gaps(profile["id"], on=day))
    in_force = [row for row in profile["instruments"] if row["status"] == "met"]
    open_ = [row for row in profile["instruments"] if row["status"] == "unknown"]
    met = [row for row in found.legislation if row.status == "satisfied"]
    missing = found.legislative_gaps
    blank = [row for row in found.legislation if row.status == "no-record"]
    figures = {
        "treaties_in_force": in_force,
        "treaties_open": open_,
        "law_met": met,
        "law_missing": missing,
        "law_no_record": blank,
    }
    with st.container(horizontal=True):
        for name, rows in figures.items():
            st.metric(word(f"overview.{name}"), len(rows), border=True, width=FIGURE_PX)
    st.caption(word("overview.caveat"))
    _position(found)
    _memberships(profile)
    _downloads(profile, day)


def _position(found: Any) -> None:
    if found.position is None or not found.position.peers:
        return
    st.subheader(word("overview.position"), anchor=False)
    satisfied = found.position.criteria.get("satisfied", 0)
    st.caption(word("overview.position_under", many=satisfied))
    st.dataframe(
        [
            {
                word("overview.among"): peer.name,
                word("overview.members"): peer.members,
                word("overview.median"): peer.median,
                word("overview.rank"): peer.rank,
            }
            for peer in found.position.peers
        ],
        hide_index=True,
        width="stretch",
    )


def _memberships(profile: Profile) -> None:
    st.subheader(word("overview.memberships"), anchor=False)
    if not profile["memberships"]:
        st.info(word("no_record"))
        return
    known = answers.organisations()
    st.dataframe(
        [
            {
                word("overview.organisation"): known[row["organisation"]]["name"],
                word("overview.as"): row["status"],
                word("since"): row["joined_on"] or word("undated"),
                word("source_of"): row["sources"][0]["publisher"] if row["sources"] else word("no_source"),
                word("source_date"): (row["sources"][0]["as_of"] if row["sources"] else None) or word("undated"),
            }
            for row in profile["memberships"]
        ],
        hide_index=True,
        width="stretch",
    )
    frame.sources(profile["sources"])


def _downloads(profile: Profile, day: str) -> None:
    st.subheader(word("take_along"), anchor=False)
    rows = [
        {name: value for name, value in row.items() if not isinstance(value, list | dict)}
        | {"sources": [cite["url"] for cite in row["sources"]]}
        for row in profile["instruments"]
    ]
    name = f"comity-{profile['id']}-{day}"
    with st.container(horizontal=True):
        st.download_button(
            word("download.treaties"), csv_of(rows), f"{name}-treaties.csv", "text/csv", icon=":material/download:",
            on_click="ignore",
        )  # fmt: skip
        st.download_button(
            word("download.json"), json.dumps(profile, ensure_ascii=False, indent=1), f"{name}.json",
            "application/json", icon=":material/download:", on_click="ignore",
        )  # fmt: skip
    st.caption(word("cite"))
    st.code(f"{links.here()} (release {profile['release']})", language=None, wrap_lines=True)
