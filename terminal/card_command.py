"""``comity card``: how to ask a State, on one page."""

from __future__ import annotations

from typing import Annotated

import typer

from locales.texts import _
from terminal import session
from terminal.commands import ANSWERED
from terminal.options import Json, On
from terminal.programs import write_json


def card_command(
    state: Annotated[str, typer.Argument(metavar="STATE", help=_("The State that is asked: code or name."))],
    measure: Annotated[
        str | None, typer.Option("--measure", "-m", help=_("What is asked for; any measure if left."))
    ] = None,
    instrument: Annotated[str | None, typer.Option(help=_("Only this instrument, such as cets-185."))] = None,
    on: On = None,
    json: Json = False,
) -> int:
    """Tell how to ask a State."""
    from graph.how_to_ask import card
    from graph.lookup import resolve_instrument
    from graph.questions import resolve_concept, resolve_day, resolve_state

    book = session.book()
    network = book.network
    told = card(
        book,
        resolve_state(network, state),
        resolve_day(on, session.today()),
        resolve_concept(network, "measure", measure) if measure is not None else None,
        resolve_instrument(network, instrument) if instrument is not None else None,
    )
    if json:
        write_json(told)
    else:
        from terminal.card_view import show_card
        from terminal.screen import out

        show_card(out(), told, network)
    return ANSWERED
