"""The catalogues: English is complete, the others add nothing unknown, and blanks are the same in all of them."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from dashboard.app_pages.state_parts.treaties import KINDS
from dashboard.texts import LANGUAGES, catalogue

ROOM = Path(__file__).parent.parent.parent / "dashboard"
VOCABULARIES = ("measure.", "channel.", "offence.", "authority-kind.", "review-criterion.")
NAVIGATION = ("nav.", "part.", "layer.", "place.", "reach.", "tri.", "use.")


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_word_that_is_used_is_in_english() -> None:
    used = set()
    for file in ROOM.rglob("*.py"):
        used |= set(re.findall(r'(?:word|offer)\(\s*"([^"{]+)"', file.read_text(encoding="utf-8")))
    assert len(used) > 80
    used |= {f"treaties.{kind}" for kind in KINDS}
    assert used <= catalogue("en").keys()


@pytest.mark.parametrize("language", sorted(LANGUAGES.keys() - {"en"}))
def test_another_language_has_navigation_and_nothing_unknown(language: str) -> None:
    words, english = catalogue(language), catalogue("en")
    own = {key: text for key, text in words.items() if not key.startswith(VOCABULARIES)}
    assert own.keys() <= english.keys()
    assert {
        key for key in english if key.startswith(NAVIGATION) and not key.endswith((".title", ".under"))
    } <= words.keys()
    assert {key: blanks(text) for key, text in own.items()} == {key: blanks(english[key]) for key in own}


def test_vocabularies_are_translated_whole(api: str) -> None:
    from api.client import Comity, concepts

    with Comity(api) as comity:
        for scheme in ("measure", "channel", "offence", "authority-kind"):
            keys = {f"{scheme}.{row['key']}" for row in comity.ask(concepts(scheme, limit=100)).items}
            for language in LANGUAGES.keys() - {"en"}:
                assert {key for key in catalogue(language) if key.startswith(f"{scheme}.")} == keys
