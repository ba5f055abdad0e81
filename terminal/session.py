"""What every command needs to begin: the settings, the release, the compiled network, the question, the day.

The clock of the command line is read here and nowhere else. Imports that cost time stand inside the functions.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from locales import texts
from locales.texts import _
from terminal.options import EMBEDDED, NEO4J

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


def book(assumptions: Sequence[str] | None = None, store: str = EMBEDDED) -> OfferBook:
    """The compiled network of the release in ``store``, with the assumptions laid over it."""
    compiled = _compiled(store)
    if not assumptions:
        return compiled
    from graph.what_if import assume

    return assume(compiled, assumptions).book


def _compiled(store: str) -> OfferBook:
    from graph.network import Network
    from graph.offers import OfferBook

    if store == EMBEDDED:
        held = release()
        return OfferBook(Network(held.records(), held.id))
    if store != NEO4J:
        raise typer.BadParameter(_("choose from {stores}").format(stores=f"{EMBEDDED}, {NEO4J}"), param_hint="--store")
    from graph.stores.neo4j import Neo4jStore, account

    with Neo4jStore(account(settings())) as opened:
        records = opened.records()  # before its release is asked for, which it may have changed meanwhile
        return OfferBook(Network(records, opened.release_id))


def question(asked: OfferBook, from_: str, to: str, measure: str, **limits: Any) -> Question:
    """The question in ids and keys, on the day of today where no other is given."""
    from graph.questions import ask

    return ask(asked.network, from_, to, measure, **limits, today=today())


def today() -> date:
    """The only clock of the command line."""
    return date.today()
