"""What every command needs to begin: the settings, the release, the compiled network, the question, the day.

The clock of the command line is read here and nowhere else. Imports that cost time stand inside the functions.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from terminal import texts

if TYPE_CHECKING:
    from graph.answers import Question
    from graph.offers import OfferBook
    from graph.releases import Release
    from graph.settings import Settings


def settings() -> Settings:
    """The settings that hold here; from now on texts are in their language."""
    from graph.settings import load

    held, _origins = load(Path.cwd())
    texts.speak(held.language)
    return held


def release() -> Release:
    """The current release."""
    from graph.releases import current

    return current(settings().data)


def book(assumptions: Sequence[str] | None = None) -> OfferBook:
    """The compiled network of the current release, with the assumptions laid over it."""
    from graph.network import Network
    from graph.offers import OfferBook

    held = release()
    compiled = OfferBook(Network(held.records(), held.id))
    if not assumptions:
        return compiled
    from graph.what_if import assume

    return assume(compiled, assumptions).book


def question(asked: OfferBook, from_: str, to: str, measure: str, **limits: Any) -> Question:
    """The question in ids and keys, on the day of today where no other is given."""
    from graph.questions import ask

    return ask(asked.network, from_, to, measure, **limits, today=today())


def today() -> date:
    """The only clock of the command line."""
    return date.today()
