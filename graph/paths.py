"""The main question: by which paths may one State ask another, or a provider, for a measure on a day?

:func:`find_paths` answers it from the compiled network alone, with everything that almost works and why it
does not. Nothing here reads files, clocks or settings.
"""

from __future__ import annotations

import msgspec

from graph import why_not
from graph.answers import HYPOTHETICAL, Alternative, Answer, Leg, Path, Question, WhyNot
from graph.network import Network
from graph.offers import GENERAL, OfferBook
from graph.providers import provider_paths
from graph.ranking import Candidate, rank
from graph.search import situation, state_paths

NEIGHBOURS = (
    "preservation",
    "subscriber-information",
    "preserved-traffic-data-disclosure",
    "stored-data-access",
    "police-information",
    "spontaneous-information",
    GENERAL,
)
"""Measures offered, in this order, where the one asked for is not to be had."""


def find_paths(book: OfferBook, question: Question, *, brief: bool = False) -> Answer:
    """Answer ``question``: ranked paths, and why everything else that comes near does not serve.

    ``question`` must name known ids and keys (see :mod:`graph.questions`); exactly one of ``requested`` and
    ``provider``. ``brief``: without neighbouring measures and without marking what rests on an assumption, for many
    questions at a time.
    """
    candidates, missing = search(book, question)
    if book.base is not None and not brief:
        _label(candidates, search(book.base, question)[0])
    paths = rank(candidates, question)
    return told(book.network, question, paths, missing, () if paths or brief else _alternatives(book, question))


def told(
    network: Network,
    question: Question,
    paths: tuple[Path, ...],
    missing: list[WhyNot],
    alternatives: tuple[Alternative, ...],
) -> Answer:
    """The answer made of its parts, with the reason of last resort where there is nothing to tell."""
    if not paths and not missing:
        missing = [why_not.nothing_known(network, question.measure)]
    return Answer(
        query=question,
        release=network.release,
        as_of=question.on,
        paths=paths,
        why_not=why_not.ordered(missing),
        alternatives=alternatives,
        assumptions=network.assumptions,
    )


def _label(candidates: list[Candidate], without: list[Candidate]) -> None:
    """Mark the paths that rest on an assumption, and those that are not there, or less certain, ``without`` it."""
    before = {candidate.identity: candidate.path.open_questions for candidate in without}
    for candidate in candidates:
        path = candidate.path
        better = path.open_questions < before.get(candidate.identity, path.open_questions + 1)
        path.hypothetical = better or any(_rests_on_assumption(leg) for leg in path.legs)


def _rests_on_assumption(leg: Leg) -> bool:
    return any(condition.basis == HYPOTHETICAL for condition in leg.conditions)


def neighbours(question: Question) -> list[Question]:
    """The same question for each neighbouring measure, in the order in which they are offered."""
    return [
        msgspec.structs.replace(question, measure=measure, evidence=False)
        for measure in NEIGHBOURS
        if measure != question.measure
    ]


def _alternatives(book: OfferBook, question: Question) -> tuple[Alternative, ...]:
    """Neighbouring measures that the same question would find open."""
    found = []
    for other in neighbours(question):
        paths = rank(search(book, other)[0], other)
        if paths:
            best = paths[0]
            found.append(Alternative(measure=other.measure, status=best.status, channel=best.channel, paths=len(paths)))
    return tuple(found)


def search(book: OfferBook, question: Question) -> tuple[list[Candidate], list[WhyNot]]:
    """Unranked candidates and reasons, towards a State or a provider, on the channel asked for."""
    if question.provider is not None:
        candidates, missing = provider_paths(book, question)
    elif question.requested is not None:
        candidates, missing = state_paths(book, situation(book, question, question.requested))
    else:
        raise ValueError("a question names a requested State or a provider")
    if question.via is not None:
        candidates = [candidate for candidate in candidates if candidate.path.channel == question.via]
    return candidates, missing
