"""What the record holds about the State in figures and its place among its neighbours."""

from __future__ import annotations

from typing import Any

import streamlit as st

from api.client import gaps
from dashboard import answers, frame
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


def _position(found: Any) -> None:
    if found.position is None or not found.position.peers:
        return
    st.subheader(word("overview.position"), anchor=False)
    satisfied = found.position.criteria.get("satisfied", 0)
    st.caption(word("overview.position_under", many=satisfied))
    frame.table(
        [
            {
                word("overview.among"): peer.name,
                word("overview.members"): peer.members,
                word("overview.median"): word("no_record") if peer.median is None else f"{peer.median:g}",
                word("overview.rank"): peer.rank,
            }
            for peer in found.position.peers
        ],
    )


def _memberships(profile: Profile) -> None:
    st.subheader(word("overview.memberships"), anchor=False)
    if not profile["memberships"]:
        st.info(word("no_record"))
        return
    known = answers.organisations()
    frame.table(
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
    )
    frame.sources(profile["sources"])
