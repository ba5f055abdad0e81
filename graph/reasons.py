"""The answer to why not: everything that almost works between two sides, or one instrument, and the paths it opens."""

from __future__ import annotations

import msgspec

from graph.answers import Answer, Question, WhyNot
from graph.lookup import resolve_near_miss
from graph.offers import OfferBook
from graph.paths import find_paths


class Reasons(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the way. ``opened_paths``: ranks of the paths that the one instrument asked about opens."""

    query: Question
    release: str
    as_of: str
    why_not: tuple[WhyNot, ...]
    assumptions: tuple[str, ...]
    opened_paths: tuple[int, ...]


def reasons(book: OfferBook, question: Question, instrument: str | None = None) -> Reasons:
    """Everything that almost works for ``question``, or only ``instrument`` (an id or a name).

    Raises:
        QuestionError: nothing that a reason can be about is called so.
    """
    wanted = resolve_near_miss(book.network, instrument) if instrument is not None else None
    return reasons_of(find_paths(book, question), wanted)


def reasons_of(answer: Answer, instrument: str | None) -> Reasons:
    """The reasons of ``answer``, only those about the id ``instrument`` where it is given."""
    return Reasons(
        query=answer.query,
        release=answer.release,
        as_of=answer.as_of,
        why_not=tuple(line for line in answer.why_not if instrument in (None, line.instrument)),
        assumptions=answer.assumptions,
        opened_paths=tuple(
            path.rank
            for path in answer.paths
            if instrument and any(basis.instrument == instrument for leg in path.legs for basis in leg.basis)
        ),
    )
