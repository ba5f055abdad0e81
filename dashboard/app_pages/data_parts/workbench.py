"""The workbench for researchers: a query in SPARQL, from an example or one's own, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from api.client import Refused, queries
from dashboard import answers, links
from dashboard.app_pages.data_parts import results
from dashboard.texts import word

PAGE = "data"
QUERY, EXAMPLE, EDITED = (links.key(PAGE, name) for name in ("q", "example", "edited"))
"""The query that was asked, where it is none of the examples; the example; and the text in the editor."""
FROM = links.key(PAGE, "edited_from")
"""The query that the text in the editor began with."""


def examples() -> dict[str, Any]:
    """The queries to begin with, by id."""
    return {one.id: one for one in answers.ask(queries()).items}


def show() -> None:
    """Draw it."""
    known = examples()
    st.caption(word("data.sparql_under"))
    st.selectbox(
        word("data.example"), list(known), format_func=lambda key: known[key].title, key=EXAMPLE, on_change=_begin_anew
    )
    asked: str = st.session_state.get(QUERY) or known[st.session_state[EXAMPLE]].query
    if st.session_state.get(FROM) != asked or EDITED not in st.session_state:
        st.session_state[FROM] = st.session_state[EDITED] = asked
    with st.form("data_sparql", border=False):
        st.text_area(word("data.query"), key=EDITED, height=280)
        st.form_submit_button(word("data.run"), icon=":material/play_arrow:", on_click=_ask, args=(known,))
    try:
        result = answers.sparql(asked)
    except Refused as error:
        st.error(f"{word('data.query_refused')} {error}", icon=":material/error:")
        st.caption(word("data.query_help"))
        return
    results.show(result)


def _begin_anew() -> None:
    """Another example: it is asked, whatever stood in the editor."""
    st.session_state[QUERY] = None


def _ask(known: Mapping[str, Any]) -> None:
    """Ask what stands in the editor; an example unchanged is told by its id in the address."""
    text = st.session_state[EDITED]
    same = text.strip() == known[st.session_state[EXAMPLE]].query.strip()
    st.session_state[QUERY] = None if same else text
    st.session_state[FROM] = known[st.session_state[EXAMPLE]].query if same else text
