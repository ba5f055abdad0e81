"""The command ``what-if``: the law as it is beside the law as it would be, for the States that assumptions touch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from terminal import session
from terminal.commands import ANSWERED
from terminal.options import Json, Offence
from terminal.programs import builtins, write_json
from terminal.texts import _

if TYPE_CHECKING:
    from graph.comparison import Pair
    from graph.offers import OfferBook
    from graph.what_if import Overlay

Assumed = Annotated[
    list[str],
    typer.Option(
        "--assume",
        metavar="STATE:INSTRUMENT:DAY",
        help=_("What is assumed; may be repeated. Further forms: docs/what-if.md."),
    ),
]
One = Annotated[str | None, typer.Argument(metavar="[FROM]", help=_("The State that asks; else all that are touched."))]
Other = Annotated[str | None, typer.Argument(metavar="[TO]", help=_("The State that is asked."))]
Measures = Annotated[
    list[str] | None, typer.Option("--measure", "-m", help=_("Only this measure; may be repeated. All if left."))
]
Day = Annotated[
    str | None,
    typer.Option("--on", metavar="DAY", help=_("The day compared; the day the last assumption takes effect if left.")),
]


def what_if_command(
    assume: Assumed,
    from_: One = None,
    to: Other = None,
    measure: Measures = None,
    offence: Offence = None,
    on: Day = None,
    json: Json = False,
) -> int:
    """Compare the law with and without what is assumed."""
    from graph.comparison import compare
    from graph.questions import resolve_concept, resolve_day
    from graph.what_if import assume as lay
    from terminal import progress, screen

    book = session.book()
    network = book.network
    overlay = lay(book, assume)
    measures = sorted({resolve_concept(network, "measure", text) for text in measure or ()}) or _all_measures(book)
    wanted = resolve_concept(network, "offence", offence) if offence else _offence(overlay)
    day = resolve_day(on) if on else overlay.last_day or max(effect.assumption.day for effect in overlay.effects)
    pairs = _pairs(book, overlay, day, from_, to)
    words = {"compare": _("comparing pairs of States")}
    with progress.stages(screen.err(), words) as step:
        found = compare(
            book,
            overlay.book,
            pairs,
            measures,
            day,
            offence=wanted,
            progress=lambda done, total: step("compare", done, total),
        )
    if json:
        effects = [{"assumption": one.assumption.text, "text": one.text, "day": one.day} for one in overlay.effects]
        write_json({**builtins(found), "offence": wanted, "effects": effects})
    else:
        from terminal.comparison import show_comparison

        show_comparison(screen.out(), found, network, one_pair=len(pairs) == 1)
    return ANSWERED


def _all_measures(book: OfferBook) -> list[str]:
    return sorted(concept.key for concept in book.network.concepts.values() if concept.scheme == "measure")


def _offence(overlay: Overlay) -> str | None:
    """The offence that the assumptions speak of, where they speak of one."""
    named = {offence for effect in overlay.effects for offence in effect.assumption.offences}
    return named.pop() if len(named) == 1 else None


def _pairs(book: OfferBook, overlay: Overlay, day: str, from_: str | None, to: str | None) -> Sequence[Pair]:
    from graph.comparison import touched_pairs
    from graph.questions import resolve_state

    if from_ is None:
        return touched_pairs(book, overlay.book, overlay.effects, day)
    if to is None:
        raise typer.BadParameter(_("name both FROM and TO, or neither"), param_hint="TO")
    one, other = resolve_state(book.network, from_), resolve_state(book.network, to)
    if one == other:
        raise typer.BadParameter(_("name two different States"), param_hint="TO")
    return [(one, other)]
