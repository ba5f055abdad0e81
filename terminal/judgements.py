"""Judgements on a screen: the word with its sign."""

from __future__ import annotations

from rich.text import Text

from api.wording.judgements import status_words
from graph.dates import Tri
from terminal.screen import Screen


def marked(screen: Screen, status: str, result: Tri) -> Text:
    """A word with its sign: a dash where nothing is on record or to be had, for a question mark means undecided."""
    word = status_words()[status]
    if status in ("no-record", "closed"):
        return Text(f"{screen.sign('dash')} {word}")
    return screen.result(result, word)
