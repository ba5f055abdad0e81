"""States to pick from, found by their name in any of our languages.

A picker of Streamlit compares what is typed with the labels of its options and nothing else. Therefore all names stand
in the label: that of the reader's language first, with the code, then the others.
"""

from __future__ import annotations

import streamlit as st

from dashboard import answers
from dashboard.texts import language, names_to_find


def state_labels() -> dict[str, str]:
    """The label of each State and territory by its code, in the order of their names."""
    return _labels(answers.release(), language())


@st.cache_resource(max_entries=16, show_spinner=False)
def _labels(release: str, language_: str) -> dict[str, str]:
    named = {
        key: names_to_find(row["alpha2"], row["name"])
        for key, row in answers.states().items()
        if row["kind"] != "union"
    }
    order = sorted(named, key=lambda key: named[key][0].casefold())
    return {key: _label(key, named[key]) for key in order}


def _label(key: str, names: list[str]) -> str:
    first, *others = names
    return " · ".join((f"{first} ({key})", *others))
