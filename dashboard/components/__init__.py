"""What Streamlit has not: a map with its years, a network, the drawing of a path, buttons to copy and print.

Plain JavaScript, bundled with the page. Each is drawn by its own script from the data it is given, follows the theme
through Streamlit's variables, and can be used from the keyboard. The words in them come with the data.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import streamlit as st

_HERE = Path(__file__).parent


def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _component(name: str) -> Callable[..., Any]:
    """The component drawn by the script and style of that name. It takes its data as one JSON text in bytes: a mapping
    Streamlit would search for tables, for which it loads pandas."""
    mount = st.components.v2.component(f"comity_{name}", css=_text(f"{name}.css"), js=_text(f"{name}.js"))

    def drawn(data: dict[str, Any], **options: Any) -> Any:
        return mount(data=msgspec.json.encode(data), **options)

    return drawn


world_map = _component("world_map")
"""A map of States, ranked beside it, on one of several days. Data: see ``dashboard/maps.py``.

State ``day``: the ISO day chosen. Trigger ``chosen``: the State (alpha-3) that was opened."""

path_graph = _component("path_graph")
"""The offices of a path and what runs between them. Data: see ``dashboard/app_pages/path_parts/cards.py``."""

network_graph = _component("network_graph")
"""States and their ties, ranked beside the drawing. Data: see ``dashboard/app_pages/network_parts/picture.py``.

Trigger ``chosen``: the State (alpha-3) that was opened."""

buttons = _component("buttons")
"""Copies a text, prints the page. Data: ``copy`` with ``label``, ``text`` and ``done``; ``print``, the label. Each may
be left."""
