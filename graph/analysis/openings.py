"""What each instrument or organisation opens on a day: which States may ask which others for a measure through it.

Whether a path exists is decided by the rules that :func:`graph.paths.find_paths` applies (offers, conditions,
replacements, memberships). They see a State only through a few features: how it stands on the day to the instruments
concerned, what it declared under them, whether it is in the Union, how it relates to the organisations. States with the
same features are asked about once. An offence is never named here, so that national law leaves its conditions open.
A test compares the result with ``find_paths``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple, TypeVar

from graph import why_not
from graph.answers import Question
from graph.conditions import conditions
from graph.dates import MET, NOT_MET, UNKNOWN, Tri, all_of, any_of
from graph.hubs import relation, through_networks
from graph.network import EUROPEAN_UNION, Network
from graph.offers import Offer, OfferBook
from graph.search import situation
from graph.situations import Situation

V = TypeVar("V")

WITHOUT_EFFECT = frozenset({None, "languages", "designation"})
"""Effects of declarations that no condition looks at."""

IN_FORCE_CODES = frozenset({"in-force", "parent-in-force", "contested", "replaced", "membership"})
"""Conditions that say whether the basis holds between the two on the day; the others are about the request."""


class Verdict(NamedTuple):
    """What a body opens between two States: ``met`` or ``unknown``, twice.

    ``in_force``: is it in force, or are both members, on the day? ``path``: is every condition of some path met?
    """

    in_force: Tri
    path: Tri


BEST = Verdict(MET, MET)


class Opening(NamedTuple):
    """Through ``body`` each State of ``asking`` may ask each other State of ``asked``.

    ``body`` is the id of an instrument or of an organisation (``organisation`` tells which). ``needs``: the
    instruments without which no article of it would serve here, itself among them.
    """

    body: str
    organisation: bool
    needs: frozenset[str]
    asking: tuple[str, ...]
    asked: tuple[str, ...]
    verdict: Verdict


class Asked(NamedTuple):
    """What is asked of every pair of States: one of ``measures``, on the ISO day ``on``; ``urgent`` or not."""

    measures: tuple[str, ...]
    on: str
    urgent: bool = False

    @property
    def day(self) -> int:
        """The day as an ordinal."""
        return date.fromisoformat(self.on).toordinal()

    def question(self, requesting: str, requested: str, measure: str) -> Question:
        """The question of one State to another."""
        return Question(requesting=requesting, requested=requested, measure=measure, on=self.on, urgent=self.urgent)


def openings(book: OfferBook, asked: Asked, states: Iterable[str], asking: str | None = None) -> list[Opening]:
    """Everything that opens on the day between two of ``states``, by body; for ``asking`` alone where it is given."""
    among = sorted(set(states))
    by_measure = {measure: book.for_measure(measure) for measure in asked.measures}
    found: list[Opening] = []
    for instrument in sorted({held for offers in by_measure.values() for held in offers}):
        choices = {measure: offers[instrument] for measure, offers in by_measure.items() if instrument in offers}
        found += _by_instrument(book, asked, instrument, choices, among, asking)
    return found + list(_by_organisations(book, asked, among, asking))


def _by_instrument(
    book: OfferBook,
    asked: Asked,
    instrument: str,
    choices: dict[str, tuple[Offer, ...]],
    among: list[str],
    asking: str | None,
) -> Iterator[Opening]:
    network, day = book.network, asked.day
    parties = [
        state
        for state in among
        if instrument in network.standings(state)
        and network.standings(state)[instrument].timeline.on(day).result != NOT_MET
    ]
    needed = sorted({need for offers in choices.values() for offer in offers for need in offer.needs})
    looked_at = (*needed, *(newer.id for newer in network.replacing if set(newer.replaces) & set(needed)))

    def verdict(one: str, other: str) -> tuple[Verdict, frozenset[str]] | None:
        if not network.joins(instrument, one, other):
            return None
        return _tried(book, asked, instrument, choices, one, other)

    features = {state: _features(network, instrument, needed, looked_at, state, day) for state in parties}
    for ours, theirs, (found, needs) in _between_kinds(features, verdict, asking):
        yield Opening(instrument, False, needs, ours, theirs, found)


def _features(
    network: Network, instrument: str, needed: list[str], looked_at: tuple[str, ...], state: str, day: int
) -> Hashable:
    """All that the rules look at in ``state`` when they try the offers of ``instrument`` (no offence being named)."""
    standings = network.standings(state)
    return (
        network.joins(instrument, state, EUROPEAN_UNION),
        tuple(standings[held].timeline.on(day).result if held in standings else None for held in looked_at),
        tuple(
            (held.instrument, held.kind, held.effect, held.effect_articles, held.except_offences, held.withdrawn_on)
            for need in needed
            for held in network.declarations(need, state)
            if held.effect not in WITHOUT_EFFECT
        ),
    )


def _tried(
    book: OfferBook, asked: Asked, instrument: str, choices: dict[str, tuple[Offer, ...]], one: str, other: str
) -> tuple[Verdict, frozenset[str]] | None:
    """The best that the offers of ``instrument`` give between two States, over the measures; ``None`` where nothing."""
    held: list[Verdict] = []
    needs: frozenset[str] | None = None
    for measure, offers in choices.items():
        case = situation(book, asked.question(one, other, measure), other)
        replacement = case.replaced.get(instrument)
        if replacement is not None and replacement.result == MET:
            continue
        for offer in offers:
            found = _holds(offer, case)
            if found is not None:
                held.append(found)
                needs = frozenset(offer.needs) if needs is None else needs & frozenset(offer.needs)
                if found == BEST and len(needs) == 1:
                    return BEST, needs  # no other offer could make it better or need less than the instrument itself
    if needs is None:
        return None
    return Verdict(any_of(*(found.in_force for found in held)), any_of(*(found.path for found in held))), needs


def _holds(offer: Offer, case: Situation) -> Verdict | None:
    """Whether a path runs by ``offer``, as the search between two States decides it."""
    if why_not.lacking(case, offer) is not None:
        return None
    held = conditions(offer, case)
    if any(condition.status == NOT_MET for condition in held):
        return None
    basis = all_of(*(condition.status for condition in held if condition.code in IN_FORCE_CODES))
    return Verdict(basis, all_of(*(condition.status for condition in held)))


def _by_organisations(book: OfferBook, asked: Asked, among: list[str], asking: str | None) -> Iterator[Opening]:
    network, day = book.network, asked.day
    for organisation in sorted({channel.organisation for channel in network.network_channels}):
        channels = [channel for channel in network.network_channels if channel.organisation == organisation]

        def verdict(one: str, other: str, through: str = organisation) -> Verdict | None:
            results = [
                candidate.path.status
                for measure in asked.measures
                for candidate in through_networks(situation(book, asked.question(one, other, measure), other))[0]
                if candidate.path.hub == through
            ]
            return Verdict(any_of(*results), any_of(*results)) if results else None

        relations = {
            state: tuple(
                relation(network, channel, state, channel.statuses + channel.partner_statuses, day)[:2]
                for channel in channels
            )
            for state in among
        }
        features = {
            state: held for state, held in relations.items() if any(result in (MET, UNKNOWN) for result, _ in held)
        }
        for ours, theirs, found in _between_kinds(features, verdict, asking):
            yield Opening(organisation, True, frozenset({organisation}), ours, theirs, found)


def _between_kinds(
    features: Mapping[str, Hashable], verdict: Callable[[str, str], V | None], asking: str | None
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], V]]:
    """``verdict`` between every two kinds of States: those with equal features are one kind, asked about once."""
    kinds: dict[Hashable, list[str]] = defaultdict(list)
    for state, seen in features.items():
        kinds[seen].append(state)
    sides = list(kinds.values())
    if asking is not None:
        sides = [[asking]] if asking in features else []
    for ours in sides:
        for theirs in kinds.values():
            one = ours[0]
            other = next((state for state in theirs if state != one), None)
            found = verdict(one, other) if other is not None else None
            if found is not None:
                yield tuple(ours), tuple(theirs), found
