"""What Streamlit has not: a map with its years, the drawing of a path, buttons to copy and print.

Plain JavaScript, bundled with the page. Each is drawn by its own script from the data it is given, follows the theme
through Streamlit's variables, and can be used from the keyboard. The words in them come with the data.
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

buttons = st.components.v2.component("comity_buttons", css=_text("buttons.css"), js=_text("buttons.js"))
"""Copies a text, prints the page. Data: ``copy`` with ``label``, ``text`` and ``done``; ``print``, the label. Each may
be left."""
