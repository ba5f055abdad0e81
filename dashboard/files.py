"""Files to take along, made when a reader asks for one and not before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard.texts import word

CSV, JSON, PDF, TEXT = "text/csv", "application/json", "application/pdf", "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

UNDATED = "undated"
"""How a table for programs says that a source has no date."""


def offer(label: str, made: Callable[[], bytes | str], name: str, media: str, **options: Any) -> None:
    """A button with the text ``label`` that has the file ``name`` made and saved; ``options`` as Streamlit has them."""
    shared = {"key": f"file_{label}", "icon": ":material/download:", "on_click": "ignore"}
    st.download_button(word(label), made, name, media, **(shared | options))
