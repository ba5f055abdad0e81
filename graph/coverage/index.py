"""What coverage needs of a network whatever the day: timelines as arrays, and every offer with the States it can join.

Built once for a release; :meth:`Index.altered` makes the index of a network that differs in a few parties or
instruments from what is there already, which is how a hypothesis is tried.

Instruments open to many parties are *wide*: their offers are worked out as whole matrices. Treaties between a few
parties are *narrow*: their offers are worked out pair by pair, all treaties at once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.coverage.memberships import Hub, hubs
from graph.coverage.timelines import Timelines, steps_of
from graph.dates import span
from graph.model import Declaration
from graph.network import Network
from graph.offers import Offer, OfferBook

FEW_PARTIES = 4
"""Parties up to which a closed treaty is worked out pair by pair."""

NARROW_NEEDS = 2
"""Instruments that an offer of a narrow treaty may need."""

CLOSED_KINDS = frozenset({"bilateral", "executive-agreement"})
"""Kinds of instrument that no further State can join."""

SAID_OTHERWISE = frozenset({"id", "party", "articles", "summary", "sources", "evidence", "basis", "rule", "note"})
"""Fields that tell one declaration from another of the same content."""


class Group(NamedTuple):
    """States that declared the same, and what."""

    states: tuple[str, ...]
    content: str


Groups = tuple[Group, ...]


class Line(NamedTuple):
    """One offer for one measure, its instruments by position.

    ``replacers``: for each needed instrument that others replace for the measure, these others in order.
    """

    offer: Offer
    measure: int
    needs: tuple[int, ...]
    replacers: tuple[tuple[int, ...], ...]


class Pairs(NamedTuple):
    """The ordered pairs of States that narrow lines can join: position of the line, of the States, of the measure."""

    line: NDArray[np.intp]
    requesting: NDArray[np.intp]
    requested: NDArray[np.intp]
    measure: NDArray[np.intp]


class Index:
    """The network of ``book`` in arrays. States, measures and instruments are named by their position."""

    def __init__(self, book: OfferBook) -> None:
        network = book.network
        self.book = book
        self.states: tuple[str, ...] = tuple(sorted(network.states))
        self.position = {state: place for place, state in enumerate(self.states)}
        self.measures = tuple(sorted(held.key for held in network.concepts.values() if held.scheme == "measure"))
        self.instruments = tuple(sorted(network.instruments))
        self.place = {instrument: place for place, instrument in enumerate(self.instruments)}
        self._rows = {state: _standings(network, state) for state in self.states}
        self._offers = book  # an altered index keeps the offers of the first
        self._timelines: dict[str, tuple[NDArray[np.intp], Timelines]] = {}
        self._set_standings(self.states)
        self.hubs: tuple[Hub, ...] = hubs(network, self.states, self.measures)
        self._set_lines()
        self.pairs = self._pairs()
        self._set_masks()
        self._set_declarations()

    @property
    def network(self) -> Network:
        """The network that the index was made of."""
        return self.book.network

    def altered(self, book: OfferBook, parties: Iterable[str] = (), instruments: Iterable[str] = ()) -> Index:
        """The index of the network of ``book``, which differs from this one's in records of ``parties`` only, or of
        ``instruments`` (their dates, status, parties).

        States, measures, provisions and network channels must be the same; participations, declarations, memberships
        and offences of the parties named may differ in every way.
        """
        network, before = book.network, self.network
        changed = set(parties) & set(self.states)
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        other.book = book
        rows = {state: _standings(network, state) for state in changed}
        for instrument in instruments:
            for state in {*before.parties(instrument), *network.parties(instrument)} & set(self.states) - changed:
                kept = {one: steps for one, steps in rows.get(state, self._rows[state]).items() if one != instrument}
                rows[state] = kept | _standings(network, state, {instrument})
        other._rows, other._timelines = self._rows | rows, {**self._timelines}
        other._set_standings(rows)
        if changed:
            other.hubs = hubs(network, self.states, self.measures, self.hubs, changed)
        come_or_gone = {
            (instrument, state) for state, held in rows.items() for instrument in held.keys() ^ self._rows[state].keys()
        }
        if any(network.instruments[instrument].kind in CLOSED_KINDS for instrument, _ in come_or_gone):
            other._set_lines()
        elsewhere = any(network.joins_as(state) != before.joins_as(state) for state in changed)
        if elsewhere or other.wide is not self.wide:
            other.pairs = other._pairs()
        if elsewhere or any(not network.joins(instrument, state, state) for instrument, state in come_or_gone):
            other._set_masks()
        declared_anew = any(network.declared_by(state) != before.declared_by(state) for state in changed)
        if declared_anew or other.wide is not self.wide:
            other._set_declarations()
        return other

    def demands_like(self, other: Index) -> bool:
        """Whether offers, declarations and the pairs that treaties join are those of ``other``, from which this index
        was altered: then only standings, national law and memberships may differ."""
        return all(
            getattr(self, held) is getattr(other, held)
            for held in ("wide", "narrow", "pairs", "_masks", "_groups", "states")
        )

    def period(self, day: int) -> int:
        """The first day of the stretch of time around ``day`` in which no withdrawal of a declaration takes effect."""
        place = bisect_right(self._withdrawals, day)
        return self._withdrawals[place - 1] if place else 0

    def dated(self, line: Line) -> bool:
        """Whether a declaration under the instruments of ``line`` was withdrawn, so that the period matters to it."""
        return any(self.instruments[need] in self._withdrawn for need in line.needs)

    def declared(self, line: Line) -> Groups:
        """The States that declared something under the instruments of ``line``, in groups that declared the same."""
        return self._groups.get(line.needs, ())

    def joinable(self, instrument: int) -> NDArray[np.bool_] | None:
        """The ordered pairs that ``instrument`` can join, ``None`` where it joins all its parties."""
        return self._masks.get(instrument)

    def parties(self, instrument: int) -> tuple[int, ...]:
        """States with a participation on record, by position."""
        if instrument not in self._parties:
            key = self.instruments[instrument]
            self._parties[instrument] = tuple(
                place for state, place in self.position.items() if key in self._rows[state]
            )
        return self._parties[instrument]

    def _set_standings(self, changed: Iterable[str]) -> None:
        """Put the rows of all States together; only those of the ``changed`` ones are turned into arrays."""
        self._timelines |= {
            state: (np.array([self.place[held] for held in rows], np.intp), Timelines(list(rows.values())))
            for state, rows in ((state, self._rows[state]) for state in changed)
        }
        held = [self._timelines[state] for state in self.states]
        self.standings = Timelines.one_below_the_other([lines for _, lines in held])
        sizes = [len(instruments) for instruments, _ in held]
        self.where = np.concatenate([instruments for instruments, _ in held]), np.repeat(range(len(held)), sizes)
        self._parties: dict[int, tuple[int, ...]] = {}

    def _set_lines(self) -> None:
        network = self.book.network
        replaced = {older for newer in network.replacing for older in newer.replaces}
        wide: list[Line] = []
        narrow: list[Line] = []
        for position, measure in enumerate(self.measures):
            offered = self._offers.for_measure(measure)
            newer = [held for held in network.replacing if held.id in offered]
            for instrument, offers in offered.items():
                kind = network.instruments[instrument].kind
                few = kind in CLOSED_KINDS and len(self.parties(self.place[instrument])) <= FEW_PARTIES
                for offer in offers:
                    chains = (
                        tuple(self.place[held.id] for held in newer if need in held.replaces) for need in offer.needs
                    )
                    needs = tuple(self.place[need] for need in offer.needs)
                    line = Line(offer, position, needs, tuple(filter(None, chains)))
                    pairwise = few and len(needs) <= NARROW_NEEDS and not replaced & set(offer.needs)
                    (narrow if pairwise else wide).append(line)
        self.wide, self.narrow = tuple(wide), tuple(narrow)

    def _set_masks(self) -> None:
        """The pairs that the wide instruments join which do not join all their parties."""
        network = self.book.network
        self._masks: dict[int, NDArray[np.bool_]] = {}
        for place in {line.needs[0] for line in self.wide}:
            instrument, parties = self.instruments[place], self.parties(place)
            if parties and not network.joins(instrument, self.states[parties[0]], self.states[parties[0]]):
                mask = np.zeros((len(self.states),) * 2, np.bool_)
                for one in parties:
                    for other in parties:
                        mask[one, other] = network.joins(instrument, self.states[one], self.states[other])
                self._masks[place] = mask

    def _pairs(self) -> Pairs:
        """The pairs that narrow lines join."""
        joined: dict[int, list[tuple[int, int]]] = {}
        found: list[tuple[int, int, int, int]] = []
        for position, line in enumerate(self.narrow):
            own = line.needs[0]
            if own not in joined:
                joined[own] = [
                    (one, other)
                    for one in self.parties(own)
                    for other in self.parties(own)
                    if one != other
                    and self.book.network.joins(self.instruments[own], self.states[one], self.states[other])
                ]
            found += ((position, one, other, line.measure) for one, other in joined[own])
        return Pairs(*np.array(found, np.intp).reshape(-1, 4).T.copy())

    def _set_declarations(self) -> None:
        network = self.book.network
        declared: dict[str, dict[str, tuple[object, ...]]] = defaultdict(dict)
        days: set[int] = set()
        self._withdrawn: set[str] = set()
        for party in self.states:
            for instrument, records in network.declared_by(party).items():
                effective = [record for record in records if record.effect is not None]
                if effective:
                    declared[instrument][party] = tuple(map(_content, effective))
                for withdrawn in (record.withdrawn_on for record in effective if record.withdrawn_on):
                    self._withdrawn.add(instrument)
                    first, last = span(withdrawn)
                    days |= {first, last, last + 1}
        self._withdrawals = sorted(days)
        self._groups: dict[tuple[int, ...], Groups] = {}
        for needs in {line.needs for line in (*self.wide, *self.narrow)}:
            said: dict[str, list[object]] = defaultdict(list)
            for need in needs:
                for party, what in declared[self.instruments[need]].items():
                    said[party].append((need, what))
            alike: dict[str, list[str]] = defaultdict(list)
            for party, everything in said.items():
                alike[repr(everything)].append(party)
            if alike:
                self._groups[needs] = tuple(Group(tuple(sorted(group)), what) for what, group in alike.items())


def _standings(network: Network, state: str, among: Container[str] | None = None) -> dict[str, list[tuple[int, int]]]:
    """The steps of the State's standing to every instrument, or to those ``among``."""
    return {
        instrument: steps_of(held.timeline)
        for instrument, held in network.standings(state).items()
        if among is None or instrument in among
    }


def _content(declaration: Declaration) -> tuple[object, ...]:
    """The fields of a declaration that may matter to a condition."""
    fields = (field for field in declaration.__struct_fields__ if field not in SAID_OTHERWISE)
    return tuple(getattr(declaration, field) for field in fields)
