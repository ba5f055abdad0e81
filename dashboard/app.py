"""The frame around all pages, and which there are. Started by ``comity serve``, which runs Streamlit on this file."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from api.client import Refused, Unreachable
from dashboard import frame, this_run
from dashboard.app_pages import compare, data, instrument, network, paths, state, what_if, world
from dashboard.texts import word

ICON = Path(__file__).with_name("icon.svg")  # Streamlit would fetch an icon of its own names from another host

this_run.begin()
st.set_page_config(page_title="Comity", page_icon=str(ICON), layout="wide")
frame.dress()

pages = {
    "world": st.Page(world.page, title=word("nav.world"), icon=":material/public:", default=True),
    "state": st.Page(state.page, title=word("nav.state"), icon=":material/flag:", url_path="state"),
    "instrument": st.Page(
        instrument.page, title=word("nav.instrument"), icon=":material/gavel:", url_path="instrument"
    ),
    "network": st.Page(network.page, title=word("nav.network"), icon=":material/hub:", url_path="network"),
    "paths": st.Page(paths.page, title=word("nav.paths"), icon=":material/conversion_path:", url_path="paths"),
    "whatif": st.Page(what_if.page, title=word("nav.whatif"), icon=":material/science:", url_path="what-if"),
    "compare": st.Page(compare.page, title=word("nav.compare"), icon=":material/view_column:", url_path="compare"),
    "data": st.Page(data.page, title=word("nav.data"), icon=":material/database:", url_path="data"),
}
st.session_state["pages"] = pages
chosen = st.navigation(list(pages.values()), position="top")
try:
    chosen.run()
    frame.footer()
except Unreachable as error:
    frame.unreachable(error)
except Refused as error:
    frame.refused(error)
