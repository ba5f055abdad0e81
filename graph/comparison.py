"""Two books compared, State pair by State pair and measure by measure: what an assumption gains, loses and improves.

A :class:`Cell` sums up one question; how cells are worked out is a parameter (:func:`cells`), so that a faster way can
take its place. Only pairs that an assumption can touch are asked about (:func:`touched_pairs`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

import msgspec

from graph.answers import Answer, Question
from graph.assumptions import OFFENCE, TREATY
from graph.dates import MET, NOT_MET, Tri
from graph.network import EUROPEAN_UNION
from graph.offers import OfferBook
from graph.paths import find_paths
from graph.ranking import EVIDENTIAL_ORDER, NO_DEADLINE
from graph.terms import DEMAND
from graph.what_if import Effect

Pair = tuple[str, str]
"""The State that asks and the State that is asked."""

KINDS = ("gained", "lost", "certain", "uncertain", "sooner", "later", "better", "worse", "more", "fewer", "cured")
"""Kinds of change, all but the last with its contrary: a path where there was none; every condition met where one was
open; a shorter deadline; a first path with fewer open questions, without consent, of better evidential use or named by
the article; more paths; dual criminality met under an instrument where it failed or stayed open (``cured``)."""


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One measure between two States. ``status`` is that of the best path, ``None`` where there is none.

    ``deadline_days`` is the shortest among the paths of that status. ``dual_criminality_open`` names the instruments
    under which dual criminality fails or stays open, ``dual_criminality_met`` those under which it is met throughout.
    The other fields are those of the first path.
    """

    status: Tri | None = None
    paths: int = 0
    channel: str | None = None
    instrument: str | None = None
    evidential_use: str | None = None
    deadline_days: float | None = None
    open_questions: int = 0
    by_consent: bool = False
    specificity: int = 0
    dual_criminality_open: tuple[str, ...] = ()
    dual_criminality_met: tuple[str, ...] = ()


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A measure between two States that is no longer what it was; ``kinds`` as in :data:`KINDS`."""

    requesting: str
    requested: str
    measure: str
    kinds: tuple[str, ...]
    before: Cell
    after: Cell


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """What changes on ``day``. ``compared`` counts the questions asked; ``counts`` the changes of each kind."""

    release: str
    day: str
    assumptions: tuple[str, ...]
    compared: int
    counts: dict[str, int]
    changes: tuple[Change, ...]


class Cells(Protocol):
    """A way to work out the cells of one pair."""

    def __call__(
        self,
        book: OfferBook,
        requesting: str,
        requested: str,
        measures: Sequence[str],
        day: str,
        offence: str | None,
        /,
    ) -> Mapping[str, Cell]:
        """The cell of each of ``measures``."""


def cells(
    book: OfferBook, requesting: str, requested: str, measures: Sequence[str], day: str, offence: str | None = None
) -> dict[str, Cell]:
    """The cell of each of ``measures`` between two States on ``day``, by the path search itself."""
    found = {}
    for measure in measures:
        question = Question(requesting=requesting, requested=requested, measure=measure, offence=offence, on=day)
        found[measure] = _cell(find_paths(book, question, brief=True))
    return found


def _cell(answer: Answer) -> Cell:
    met, open_ = _dual_criminality(answer)
    if not answer.paths:
        return Cell(dual_criminality_open=open_)
    best = answer.paths[0]
    deadlines = [path.deadline_days for path in answer.paths if path.status == best.status]
    basis = next((held.instrument for leg in best.legs for held in leg.basis), None)
    return Cell(
        status=best.status,
        paths=len(answer.paths),
        channel=best.channel,
        instrument=basis,
        evidential_use=best.evidential_use,
        deadline_days=min((days for days in deadlines if days is not None), default=None),
        open_questions=best.open_questions,
        by_consent=best.by_consent,
        specificity=best.specificity,
        dual_criminality_open=open_,
        dual_criminality_met=met,
    )


def _dual_criminality(answer: Answer) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The instruments under which dual criminality is met throughout, and those under which it fails or stays open."""
    met: set[str] = set()
    open_ = {line.instrument for line in answer.why_not if line.text.startswith(tuple(DEMAND.values()))}
    for path in answer.paths:
        for leg in path.legs:
            for held in leg.conditions:
                if held.code == "dual-criminality":
                    (met if held.status == MET else open_).add(leg.basis[0].instrument)
    return tuple(sorted(met - open_)), tuple(sorted(open_))


def changed(before: Cell, after: Cell) -> tuple[str, ...]:
    """The kinds of change between two cells, as in :data:`KINDS`; empty where nothing that counts has changed."""
    if before.status is None or after.status is None:
        return () if before.status == after.status else ("gained",) if after.status else ("lost",)
    found = [
        ("certain", "uncertain", _uncertain(before), _uncertain(after)),
        ("sooner", "later", _deadline(before), _deadline(after)),
        ("better", "worse", _standing(before), _standing(after)),
        ("more", "fewer", -before.paths, -after.paths),
    ]
    kinds = [up if new < old else down for up, down, old, new in found if new != old]  # type: ignore[operator]
    cured = set(before.dual_criminality_open) & set(after.dual_criminality_met)
    return tuple(kinds) if not cured else (*kinds, "cured")


def _uncertain(cell: Cell) -> int:
    return int(cell.status != MET)


def _deadline(cell: Cell) -> float:
    return cell.deadline_days if cell.deadline_days is not None else NO_DEADLINE


def _standing(cell: Cell) -> tuple[int, int, int, int]:
    """The first path by the criteria of the ranking, less is better."""
    return (
        int(cell.by_consent),
        cell.open_questions,
        EVIDENTIAL_ORDER[cell.evidential_use or "unknown"],
        cell.specificity,
    )


def touched_pairs(before: OfferBook, after: OfferBook, effects: Iterable[Effect], day: str) -> list[Pair]:
    """The pairs that hold an assumed State and that its assumption can touch on ``day``, each in both directions.

    A deposit, a denunciation and a reservation touch the State and those for whom the instrument is, or may be, in
    force in either book; a reform touches the State and all others; a treaty of two touches these two.
    """
    pairs: set[Pair] = set()
    for effect in effects:
        assumption = effect.assumption
        one = assumption.states[0]
        if assumption.kind == TREATY:
            others = {assumption.states[1]}
        elif assumption.kind == OFFENCE:
            others = {state.id for state in before.network.states.values() if state.kind == "state"}
        else:
            others = _in_force(before, assumption.instrument, day) | _in_force(after, assumption.instrument, day)
        pairs.update(pair for other in others if other != one for pair in ((one, other), (other, one)))
    return sorted(pairs)


def _in_force(book: OfferBook, instrument: str | None, day: str) -> set[str]:
    """The parties that can be asked and for which ``instrument`` is in force on ``day``, or may be."""
    network, on = book.network, date.fromisoformat(day).toordinal()
    return {
        party
        for party in network.parties(instrument or "")
        if party != EUROPEAN_UNION and network.standings(party)[instrument or ""].timeline.on(on).result != NOT_MET
    }


def compare(
    before: OfferBook,
    after: OfferBook,
    pairs: Sequence[Pair],
    measures: Sequence[str],
    day: str,
    *,
    offence: str | None = None,
    by: Cells = cells,
    progress: Callable[[int, int], None] | None = None,
) -> Comparison:
    """Compare two books over ``pairs`` and ``measures`` on ``day``; ``by`` works out the cells of a pair.

    ``progress`` is told how many pairs are done and how many there are.
    """
    changes: list[Change] = []
    for done, (requesting, requested) in enumerate(pairs, start=1):
        old = by(before, requesting, requested, measures, day, offence)
        new = by(after, requesting, requested, measures, day, offence)
        for measure in measures:
            kinds = changed(old[measure], new[measure])
            if kinds:
                changes.append(
                    Change(
                        requesting=requesting,
                        requested=requested,
                        measure=measure,
                        kinds=kinds,
                        before=old[measure],
                        after=new[measure],
                    )
                )
        if progress:
            progress(done, len(pairs))
    return Comparison(
        release=after.network.release,
        day=day,
        assumptions=after.network.assumptions,
        compared=len(pairs) * len(measures),
        counts={kind: sum(kind in change.kinds for change in changes) for kind in KINDS},
        changes=tuple(changes),
    )
