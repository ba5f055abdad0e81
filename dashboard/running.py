"""Streamlit as :mod:`dashboard.serving` starts it: what pages need is loaded while nobody is reading yet.

Streamlit runs a page, and loads what it needs, only when the first reader comes, who would wait for it.
"""

from __future__ import annotations

import importlib
import sys
import threading

NEEDED = ("api.client", "babel", "pandas", "altair")
"""What the pages, and Streamlit for tables, load late; what the first page needs first."""


def _load() -> None:
    for name in NEEDED:
        importlib.import_module(name)


if __name__ == "__main__":
    from streamlit.web.cli import main

    threading.Thread(target=_load, daemon=True).start()
    sys.exit(main())
