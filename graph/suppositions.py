"""The question what if: the law as it is beside the law under assumptions, as a person asks it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from graph.comparison import Change, Pair, compare, touched_pairs
from graph.offers import OfferBook
from graph.questions import QuestionError, resolve_concept, resolve_day, resolve_state
from graph.what_if import Overlay, assume


class AssumedEffect(msgspec.Struct, frozen=True, kw_only=True):
    """What an assumption does, in words, and from which day on (``None``: never, as far as the rules on record go)."""

    assumption: str
    text: str
    day: str | None


class Supposition(msgspec.Struct, frozen=True, kw_only=True):
    """What changes under ``assumptions`` on ``day``; fields as in :class:`graph.comparison.Comparison`.

    ``offence`` is the one that the questions name, if any.
    """

    release: str
    day: str
    assumptions: tuple[str, ...]
    compared: int
    counts: dict[str, int]
    changes: tuple[Change, ...]
    offence: str | None
    effects: tuple[AssumedEffect, ...]


def suppose(
    book: OfferBook,
    assumptions: Sequence[str],
    from_: str | None = None,
    to: str | None = None,
    *,
    measures: Sequence[str] = (),
    offence: str | None = None,
    on: str | None = None,
    most_pairs: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Supposition:
    """Compare the paths between ``from_`` and ``to``, or between all pairs that the assumptions touch.

    ``measures``: all where none is named. ``on``: the day on which the last assumption takes effect where left. The
    offence is that of which the assumptions speak, where they speak of one. ``most_pairs`` bounds the work.

    Raises:
        QuestionError: an assumption, name, key or day is not valid; one side only is named; too many pairs are touched.
    """
    network = book.network
    overlay = assume(book, assumptions)
    keys = sorted({resolve_concept(network, "measure", text) for text in measures}) or sorted(
        concept.key for concept in network.concepts.values() if concept.scheme == "measure"
    )
    conduct = resolve_concept(network, "offence", offence) if offence else offence_of(overlay)
    day = resolve_day(on) if on else overlay.last_day or max(effect.assumption.day for effect in overlay.effects)
    pairs = _pairs(book, overlay, day, from_, to)
    if most_pairs is not None and len(pairs) > most_pairs:
        raise QuestionError(
            f"the assumptions touch {len(pairs)} pairs of States, {most_pairs} at most: name FROM and TO"
        )
    found = compare(book, overlay.book, pairs, keys, day, offence=conduct, progress=progress)
    effects = tuple(
        AssumedEffect(assumption=one.assumption.text, text=one.text, day=one.day) for one in overlay.effects
    )
    return Supposition(**msgspec.structs.asdict(found), offence=conduct, effects=effects)


def offence_of(overlay: Overlay) -> str | None:
    """The offence that the assumptions speak of, where they speak of one."""
    named = {offence for effect in overlay.effects for offence in effect.assumption.offences}
    return named.pop() if len(named) == 1 else None


def _pairs(book: OfferBook, overlay: Overlay, day: str, from_: str | None, to: str | None) -> Sequence[Pair]:
    if from_ is None and to is None:
        return touched_pairs(book, overlay.book, overlay.effects, day)
    if from_ is None or to is None:
        raise QuestionError("name both FROM and TO, or neither")
    one, other = resolve_state(book.network, from_), resolve_state(book.network, to)
    if one == other:
        raise QuestionError("name two different States")
    return [(one, other)]
