"""What Streamlit has not: a map with its years, a network, the drawing of a path. Plain JavaScript, bundled.

Each is drawn by its own script from the data it is given, follows the theme through Streamlit's variables, and can be
used from the keyboard. The words in them come with the data.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent


def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


world_map = st.components.v2.component("comity_world_map", css=_text("world_map.css"), js=_text("world_map.js"))
"""A map of States, ranked beside it, on one of several days. Data: see ``dashboard/maps.py``.

State ``day``: the ISO day chosen. Trigger ``chosen``: the State (alpha-3) that was opened."""

path_graph = st.components.v2.component("comity_path_graph", css=_text("path_graph.css"), js=_text("path_graph.js"))
"""The offices of a path and what runs between them. Data: see ``dashboard/path_drawing.py``."""

network_graph = st.components.v2.component(
    "comity_network_graph", css=_text("network_graph.css"), js=_text("network_graph.js")
)
"""States and their ties, ranked beside the drawing. Data: see ``dashboard/app_pages/network_parts/picture.py``.

Trigger ``chosen``: the State (alpha-3) that was opened."""
