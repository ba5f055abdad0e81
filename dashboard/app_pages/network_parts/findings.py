"""What the network hangs on, in words: bodies that carry it, cuts, communities, States between others."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard import frame, links
from dashboard.app_pages.network_parts.picture import named
from dashboard.texts import tri, word

FIRST = 8
"""Lines that are shown at first; tables have all."""


def bodies(survey: Any) -> None:
    """Instruments and organisations, and what would be lost without each."""
    st.subheader(word("network.bodies"), anchor=False)
    if not survey.bodies:
        st.info(word("network.no_settled_tie" if survey.settled else "network.no_tie"))
        return
    weighty = sorted(survey.bodies, key=lambda one: (-one.alone, -one.pairs, one.body))
    for one in weighty[:FIRST]:
        name = f"[{one.name}]({_address(one.body)})" if one.kind == "instrument" else one.name
        key = "network.shared" if not one.alone else "network.without_settled" if survey.settled else "network.without"
        st.markdown(f"- {word(key, body=f'**{name}**', pairs=one.pairs, alone=one.alone)}")
    with st.expander(word("network.all_bodies", many=len(weighty))):
        frame.table(
            [
                {
                    word("network.body"): one.name,
                    word("overview.members"): one.states,
                    word("network.pairs"): one.pairs,
                    word("network.pairs_open"): one.pairs_uncertain,
                    word("network.alone"): one.alone,
                    word("network.betweenness"): f"{one.betweenness:.4f}",
                }
                for one in weighty
            ],
        )


def _address(instrument: str) -> str:
    return links.to("instrument", instrument=instrument)


def cuts(survey: Any) -> None:
    """Whatever parts others if it falls away."""
    st.subheader(word("network.cuts"), anchor=False)
    st.caption(word("network.cuts_under"))
    found = (*survey.cut_bodies, *survey.cut_states, *survey.bridges)
    if not found:
        st.info(word("network.no_cuts"))
    for one in found[:FIRST]:
        st.markdown(f"- {tri(one.result)}: {one.text}")
    if len(found) > FIRST:
        with st.expander(word("paths.more", many=len(found) - FIRST)):
            st.markdown("\n".join(f"- {tri(one.result)}: {one.text}" for one in found[FIRST:]))


def communities(survey: Any) -> None:
    """Groups with more ties inside than chance would give."""
    st.subheader(word("network.communities"), anchor=False)
    st.caption(f"{word('network.communities_under')} {survey.communities.text}.")
    for place, one in enumerate(survey.communities.communities, 1):
        names = ", ".join(named(state, name) for state, name in zip(one.states, one.names, strict=True))
        st.markdown(f"- **{word('network.community', number=place, many=len(one.states))}**: {one.text}.  \n  {names}")


def states(survey: Any) -> None:
    """The figures of each State."""
    st.subheader(word("network.states"), anchor=False)
    st.caption(word("network.states_under"))
    frame.sortable(
        [
            {
                word("state.pick"): named(one.state, one.name),
                word("network.partners"): one.partners,
                word("network.partners_open"): one.partners_uncertain,
                word("network.bodies_of"): one.bodies,
                word("network.between"): one.pairs_between,
                word("reach.page"): links.to("state", state=one.state, part="reach"),
            }
            for one in survey.states
        ],
        "network_states",
        {
            word("reach.page"): st.column_config.LinkColumn(display_text=word("open")),
            word("network.between"): st.column_config.NumberColumn(format="%.1f"),
        },
    )
