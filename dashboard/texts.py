"""All fixed words of the dashboard, in the language of the reader.

``words/en.json`` is complete. The other languages have the navigation, the labels and the vocabularies; what they lack
is shown in English. Labels of vocabularies come from the API, which has them in English: the keys
``<scheme>.<key>`` translate them. Names of States are those of the Unicode CLDR, by Babel.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from babel import Locale

WORDS = Path(__file__).with_name("words")
ENGLISH = "en"
LANGUAGES = {"en": "English", "fr": "Français", "es": "Español", "ar": "العربية"}
RIGHT_TO_LEFT = frozenset({"ar"})


@cache
def catalogue(language: str) -> dict[str, str]:
    """The words of ``language``."""
    found: dict[str, str] = json.loads((WORDS / f"{language}.json").read_text(encoding="utf-8"))
    return found


def language() -> str:
    """The language of this reader: chosen, named in the address, or that of the browser."""
    chosen = st.session_state.get("language") or st.query_params.get("lang")
    return chosen if chosen in LANGUAGES else language_of_browser()


def language_of_browser() -> str:
    """The language that the browser asks for, where there is a catalogue; else English."""
    asked = (st.context.locale or ENGLISH).partition("-")[0]
    return asked if asked in LANGUAGES else ENGLISH


def right_to_left() -> bool:
    """Whether the language runs from right to left."""
    return language() in RIGHT_TO_LEFT


def word(key: str, **blanks: Any) -> str:
    """The text of ``key`` with its ``{blanks}`` filled.

    Raises:
        KeyError: English has no such text.
    """
    told = catalogue(language()).get(key) or catalogue(ENGLISH)[key]
    return told.format(**blanks) if blanks else told


def label(scheme: str, key: str, english: str) -> str:
    """The label of a concept; ``english`` is what the API calls it."""
    return catalogue(language()).get(f"{scheme}.{key}", english)


def state_name(alpha2: str | None, english: str) -> str:
    """The name of a State in the reader's language; ``english`` is that of the record, used where there is no other."""
    if language() == ENGLISH or not alpha2:
        return english
    return str(_territories(language()).get(alpha2, english))


@cache
def _territories(language: str) -> dict[str, str]:
    return dict(Locale.parse(language).territories)


def grouped_digits(number: int) -> str:
    """A number with its digits in groups of three, apart by a narrow space (ISO 80000-1)."""
    return f"{number:,}".replace(",", "\u202f")


MARKS = {"met": "✓", "not met": "✗", "unknown": "?"}
"""A symbol for each of the three values; the word stands beside it always, as colour or sign alone say too little."""


def tri(status: str) -> str:
    """One of the three values as symbol and word."""
    return f"{MARKS[status]} {word(f'tri.{status}')}"
