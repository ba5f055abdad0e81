"""Reach: which States and territories one State may ask on a day, measure by measure, directly or through a body.

The answer is that of :func:`graph.paths.find_paths` for every other State. *Directly* means by an instrument that both
are bound by; *through an organisation* means by membership of a network such as INTERPOL. Who is not reached is not on
record as reachable, which is no statement that help cannot be had.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from graph.analysis.openings import Asked, Opening, openings
from graph.dates import MET, Tri, any_of
from graph.offers import OfferBook

LIMITS = (
    "Law on paper: a path by law is on record for the day, which never says that help was given or will be",
    "On record: where no path is on record nothing is known here, which is not to say that nobody can be asked",
    "No offence is named: conditions that depend on it, on the case or on national law stay open questions",
)
"""What every reader must know."""


class Reached(msgspec.Struct, frozen=True, kw_only=True):
    """A State that may be asked. ``None``: no such path on record.

    ``directly`` and ``by_organisation``: is every condition of some path met, or are questions open? ``in_force``: is
    the basis of some path certain on the day? ``bodies``: ids of the instruments and organisations that open paths.
    """

    state: str
    name: str
    directly: Tri | None
    by_organisation: Tri | None
    in_force: Tri
    bodies: tuple[str, ...]


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """Whom ``state`` may ask for ``measure``: the States reached by id, and the ids of those with no path on record."""

    state: str
    measure: str
    label: str
    reached: tuple[Reached, ...]
    no_record: tuple[str, ...]
    text: str


def reach(book: OfferBook, asked: Asked, state: str, states: Iterable[str], without: Iterable[str] = ()) -> Reach:
    """Whom among ``states`` the State may ask for the one measure of ``asked``; ``without`` bodies, as if not there."""
    (measure,) = asked.measures
    network, gone = book.network, frozenset(without)
    others = sorted(set(states) - {state})
    by_state: dict[str, list[Opening]] = {other: [] for other in others}
    for opening in openings(book, asked, [state, *others], asking=state):
        if not opening.needs & gone:
            for other in opening.asked:
                if other != state:
                    by_state[other].append(opening)
    found = tuple(
        Reached(
            state=other,
            name=network.state_name(other),
            directly=_best(opening for opening in opened if not opening.organisation),
            by_organisation=_best(opening for opening in opened if opening.organisation),
            in_force=any_of(*(opening.verdict.in_force for opening in opened)),
            bodies=tuple(sorted({opening.body for opening in opened})),
        )
        for other, opened in by_state.items()
        if opened
    )
    nobody = tuple(other for other, opened in by_state.items() if not opened)
    label = network.label("measure", measure)
    text = _told(network.state_name(state), label, found, len(nobody))
    return Reach(state=state, measure=measure, label=label, reached=found, no_record=nobody, text=text)


def _best(opened: Iterable[Opening]) -> Tri | None:
    results = [opening.verdict.path for opening in opened]
    return any_of(*results) if results else None


def _told(name: str, label: str, found: tuple[Reached, ...], nobody: int) -> str:
    directly = sum(one.directly is not None for one in found)
    settled = sum(MET in (one.directly, one.by_organisation) for one in found)
    asked = f"{len(found)} {'State or territory' if len(found) == 1 else 'States or territories'}"
    return (
        f"{name} may ask {asked} for {label}: {directly} directly, "
        f"{len(found) - directly} only through an organisation; every condition is met for {settled}. "
        f"For {nobody} no path is on record"
    )
