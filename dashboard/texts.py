"""All fixed words of the dashboard, in the language of the reader.

``words/en.json`` is complete. The other languages have the navigation, the labels and the vocabularies; what they lack
is shown in English. Labels of vocabularies come from the API, which has them in English: the keys
``<scheme>.<key>`` translate them. Names of States are those of the Unicode CLDR, by Babel.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from babel import Locale

from dashboard.this_run import once

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
    return once(("language",), _language)


def _language() -> str:
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
    return state_namer()(alpha2, english)


def state_namer() -> Callable[[str | None, str], str]:
    """:func:`state_name` for many States at once."""
    known = {} if language() == ENGLISH else _territories(language())
    return lambda alpha2, english: known.get(alpha2 or "", english)


def names_to_find(alpha2: str | None, english: str) -> list[str]:
    """The names by which a State is found: that shown first, then those of the other languages, and each with letters
    that carry marks (Côte d’Ivoire) without them too, as a picker compares letter by letter."""
    if not alpha2:
        return [english]
    names = [state_name(alpha2, english), english]
    names += [_territories(other).get(alpha2, english) for other in LANGUAGES]
    return list(dict.fromkeys([*names, *map(plain, names)]))


def plain(text: str) -> str:
    """``text`` without the marks on its letters, and with the apostrophe that keyboards have."""
    parts = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return unicodedata.normalize("NFC", "".join(one for one in parts if not unicodedata.combining(one)))


def region_name(english: str) -> str:
    """The name of a region (UN M49, as the CLDR has it) in the reader's language."""
    code = _regions().get(english)
    return english if code is None else _territories(language()).get(code, english)


@cache
def _regions() -> dict[str, str]:
    """Code of each region by its English name; regions have numbers where States have letters."""
    return {name: code for code, name in _territories(ENGLISH).items() if code.isdecimal()}


@cache
def _territories(language: str) -> dict[str, str]:
    return {code: str(name) for code, name in Locale.parse(language).territories.items()}


def grouped_digits(number: int) -> str:
    """A number with its digits in groups of three, apart by a narrow space (ISO 80000-1)."""
    return f"{number:,}".replace(",", "\u202f")


MARKS = {"met": "✓", "not met": "✗", "unknown": "?"}
"""A symbol for each of the three values; the word stands beside it always, as colour or sign alone say too little."""


def tri(status: str) -> str:
    """One of the three values as symbol and word."""
    return f"{MARKS[status]} {word(f'tri.{status}')}"
