"""One partner closer: the best path for each measure as it is, and as it would be."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from api.client import what_if
from dashboard import answers, links
from dashboard.app_pages.what_if_parts import assumptions, beside
from dashboard.texts import label, state_name, tri, word

PAGE = "whatif"

DECISIVE = frozenset({"gained", "lost", "certain", "uncertain", "cured"})
"""Changes that decide whether help can be had; the others make it quicker, better or open more ways."""


def show(told: Any, state: Any) -> None:
    """Draw it."""
    known = {key: row for key, row in answers.states().items() if row["kind"] == "state" and key != state.state}
    names = {key: state_name(row["alpha2"], row["name"]) for key, row in known.items()}
    chosen = links.key(PAGE, "with")
    if st.session_state[chosen] not in names:
        st.session_state[chosen] = None
    st.subheader(word("whatif.closer"), anchor=False)
    partner = st.selectbox(
        word("whatif.with"), sorted(names, key=lambda key: names[key].casefold()), format_func=names.__getitem__,
        key=chosen, index=None, placeholder=word("whatif.with_hint"),
    )  # fmt: skip
    if partner is None:
        return
    found = answers.ask(what_if(assumptions.held(), from_=state.state, to=partner, offence=told.offence, on=told.day))
    own = state_name(answers.states()[state.state]["alpha2"], state.name)
    st.markdown(word("whatif.closer_under", state=own, partner=names[partner], many=len(found.changes)))
    if not found.changes:
        return
    decisive = [one for one in found.changes if DECISIVE & set(one.kinds)]
    other = [one for one in found.changes if one not in decisive]
    if decisive:
        beside.show(map(_line, decisive))
    if other:
        with st.expander(word("whatif.closer_more", many=len(other)), expanded=not decisive):
            beside.show(map(_line, other))
    st.page_link(
        st.session_state["pages"]["paths"], label=word("whatif.paths_now"), icon=":material/conversion_path:",
        query_params={"from": state.state, "to": partner, **links.spoken()},
    )  # fmt: skip


def _line(change: Any) -> beside.Line:
    measures = answers.vocabulary("measure")
    name = label("measure", change.measure, measures[change.measure]["label"])
    kinds = ", ".join(word(f"whatif.change.{kind}") for kind in change.kinds)
    return beside.Line(name, f"<small>{escape(kinds)}</small>", _cell(change.before), _cell(change.after))


def _cell(held: Any) -> str:
    if held.status is None:
        return f"– {escape(word('whatif.no_path'))}"
    channels, known = answers.vocabulary("channel"), answers.instruments()
    told = [tri(held.status), word("paths.count", many=held.paths)]
    if held.channel:
        told.append(label("channel", held.channel, channels[held.channel]["label"]))
    if held.instrument:
        told.append(known.get(held.instrument, {}).get("short_name", held.instrument))
    if held.deadline_days is not None:
        told.append(word("paths.deadline", days=f"{held.deadline_days:g}"))
    return "<br>".join(map(escape, told))
