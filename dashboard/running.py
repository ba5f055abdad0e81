"""Streamlit as :mod:`dashboard.serving` starts it: what pages need is loaded before it answers.

Streamlit runs a page, and loads what it needs, only when the first reader comes, who would wait for it. The API in turn
works out what holds for all pairs of States only when somebody asks, so that it is asked here, as soon as it is up.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
import threading
import time
from contextlib import suppress
from datetime import date

from dashboard import app_pages
from dashboard.serving import API

NEEDED = ("api.client", "babel", "pandas", "altair")
"""What Streamlit for tables and curves, and the pages for each question, would load late."""

ATTEMPTS = 60
"""Seconds during which an API that is started beside this one may come up."""


def _ask_ahead(address: str) -> None:
    """Ask the API what World and What if ask when nothing is chosen yet. What it refuses, the pages will tell."""
    from api.client import Comity, Refused, Unreachable, what_if_counted, world

    for _ in range(ATTEMPTS):
        try:
            with Comity(address) as api:
                with suppress(Refused):
                    api.ask(world(measure="preservation"))
                with suppress(Refused):
                    api.ask(what_if_counted([f"KEN:cets-185:{date.today()}"]))
            return
        except Unreachable:
            time.sleep(1)


if __name__ == "__main__":
    from streamlit.web.cli import main

    for name in (*NEEDED, *(page.name for page in pkgutil.iter_modules(app_pages.__path__, f"{app_pages.__name__}."))):
        importlib.import_module(name)
    if API in os.environ:
        threading.Thread(target=_ask_ahead, args=(os.environ[API],), daemon=True).start()
    sys.exit(main())
