"""The compiled cooperation network of one release: records indexed for asking, immutable once built.

Indexes are cheap to make from :class:`graph.records.Records`. What a question needs beyond them (timelines,
offers, national law) is worked out on first use and kept, so that a single question on a cold start pays only
for the States that it names. Nothing here ranks or judges; that is :mod:`graph.paths`.
"""

from __future__ import annotations

import copy
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import NamedTuple, TypeVar

import msgspec

from graph.answers import HYPOTHETICAL, Cite, Condition, PartyDates, WhyNot
from graph.criminalisation import NationalLaw
from graph.dates import Tri, span
from graph.model import (
    Authority,
    Concept,
    Declaration,
    Designation,
    Establishment,
    Instrument,
    Membership,
    Participation,
    Provision,
    Publisher,
    Record,
    RequestRule,
    ReviewFinding,
    Source,
    State,
    Statute,
    StatutoryOffence,
)
from graph.records import Records
from graph.references import reference
from graph.standing import Timeline, timeline

R = TypeVar("R", bound=Record)

EUROPEAN_UNION = "EUE"

MOST_CITED = 1 << 13
"""Combinations of sources whose quotations are kept; then keeping begins anew."""


class Alterations(NamedTuple):
    """Records that stand in for those of a network, or beside them: what an assumption changes, and nothing else.

    ``participations`` by instrument and party, ``declarations`` likewise, ``provisions`` by instrument, ``offences`` by
    State (added to those on record), ``statutes`` by id. ``assumptions`` says what is assumed, one line each.
    """

    assumptions: tuple[str, ...] = ()
    instruments: Mapping[str, Instrument] = {}
    participations: Mapping[tuple[str, str], list[Participation]] = {}
    declarations: Mapping[tuple[str, str], list[Declaration]] = {}
    provisions: Mapping[str, list[Provision]] = {}
    offences: Mapping[str, list[StatutoryOffence]] = {}
    statutes: Mapping[str, Statute] = {}


class Standing:
    """One party's place in one instrument: its timeline, and the pieces of answers that follow from it."""

    __slots__ = (
        "_as_parent", "_conditions", "_reasons", "_results", "_starts", "cites", "dates", "facts", "instrument", "name",
        "party", "readings", "timeline",
    )  # fmt: skip

    def __init__(
        self,
        dates: PartyDates,
        name: str,
        instrument: Instrument,
        readings: tuple[Participation, ...],
        line: Timeline,
    ) -> None:
        self.party = dates.party
        self.name = name
        self.instrument = instrument
        self.readings = readings
        self.timeline = line
        self.dates = dates
        self.cites = dates.sources
        self.facts = tuple(reference(reading) for reading in readings)
        self._starts = line.starts
        self._results = [step.result for step in line.steps]
        self._conditions: list[Condition | None] = [None] * len(line.steps)
        self._as_parent: list[Condition | None] = [None] * len(line.steps)
        self._reasons: list[WhyNot | None] = [None] * len(line.steps)

    def result_on(self, day: int) -> Tri:
        """Whether the instrument is in force for the party on ``day`` (an ordinal)."""
        return self._results[bisect_right(self._starts, day) - 1]

    def condition_on(self, day: int) -> Condition:
        """Whether the instrument is in force for the party on ``day`` (an ordinal), as a condition."""
        index = bisect_right(self._starts, day) - 1
        condition = self._conditions[index]
        if condition is None:
            step = self.timeline.steps[index]
            code = "contested" if step.code == "contested" else "in-force"
            basis = self.basis_on(day)
            text = f"{self.name}, {self.instrument.short_name}: {step.text}{' (assumed)' if basis else ''}"
            condition = Condition(
                code=code,
                status=step.result,
                text=text,
                party=self.party,
                basis=basis,
                facts=self.facts,
                sources=self.cites,
            )
            self._conditions[index] = condition
        return condition

    def as_parent_on(self, day: int) -> Condition:
        """The same for an instrument that is the parent of the one whose article is used."""
        index = bisect_right(self._starts, day) - 1
        condition = self._as_parent[index]
        if condition is None:
            condition = self.condition_on(day)
            if condition.code == "in-force":
                condition = msgspec.structs.replace(condition, code="parent-in-force")
            self._as_parent[index] = condition
        return condition

    def why_not_on(self, day: int) -> WhyNot:
        """Why the instrument is not in force for the party on ``day`` (an ordinal)."""
        index = bisect_right(self._starts, day) - 1
        reason = self._reasons[index]
        if reason is None:
            step = self.timeline.steps[index]
            basis = self.basis_on(day)
            reason = self._reasons[index] = WhyNot(
                instrument=self.instrument.id,
                name=self.instrument.short_name,
                code=step.code,
                party=self.party,
                text=f"{self.name}: {step.text}{' (assumed)' if basis else ''}",
                basis=basis,
                facts=self.facts,
                sources=self.cites,
            )
        return reason

    def basis_on(self, day: int) -> str | None:
        """``hypothetical`` where an assumption says how the party stands on ``day`` (an ordinal), else ``None``.

        A participation whose end is assumed is on record until then.
        """
        if self.dates.basis != HYPOTHETICAL:
            return None
        ends = (self.dates.rule or "").startswith("ended_on:")
        return None if ends and self.timeline.on(day).code != "ended" else HYPOTHETICAL


class Network:
    """Indexes over the records of release ``release``."""

    def __init__(self, records: Records, release: str) -> None:
        self.release = release
        self.records = records
        self.assumptions: tuple[str, ...] = ()
        self.states: dict[str, State] = _by_id(records.states)
        self.instruments: dict[str, Instrument] = _by_id(records.instruments)
        self.organisations = _by_id(records.organisations)
        self.authorities: dict[str, Authority] = _by_id(records.authorities)
        self.establishments: dict[str, Establishment] = _by_id(records.establishments)
        self.providers = _by_id(records.providers)
        self.network_channels = records.network_channels
        self.concepts: dict[str, Concept] = _by_id(records.concepts)
        self._sources: dict[str, Source] = _by_id(records.sources)
        self._publishers: dict[str, Publisher] = _by_id(records.publishers)
        self._source_dates = {source.id: source.as_of for source in records.sources}
        self._participations: dict[str, dict[str, list[Participation]]] = defaultdict(lambda: defaultdict(list))
        for participation in records.participations:
            self._participations[participation.party][participation.instrument].append(participation)
        self.provisions: dict[str, list[Provision]] = _grouped(records.provisions, "instrument")
        self.replacing = tuple(held for held in records.instruments if held.replaces)
        self.protocols: dict[str, list[Instrument]] = _grouped(records.instruments, "parent")
        self._declarations: dict[str, dict[str, list[Declaration]]] = defaultdict(lambda: defaultdict(list))
        for declaration in records.declarations:
            self._declarations[declaration.party][declaration.instrument].append(declaration)
        self.request_rules: dict[str, list[RequestRule]] = _grouped(records.request_rules, "instrument")
        self.designations: dict[str, list[Designation]] = _grouped(records.designations, "state")
        self.memberships: dict[tuple[str, str], list[Membership]] = defaultdict(list)
        for membership in records.memberships:
            self.memberships[membership.organisation, membership.state].append(membership)
        self._union_agreements = frozenset(
            instrument
            for instrument in self._participations.get(EUROPEAN_UNION, ())
            if self.instruments[instrument].kind == "bilateral" or self.instruments[instrument].extends_to_members
        )
        self._standings: dict[str, dict[str, Standing]] = {}
        self._laws: dict[str, NationalLaw] = {}
        self._cites: dict[tuple[str, ...], tuple[Cite, ...]] = {}
        self._cite: dict[str, Cite] = {}
        self._newest: dict[tuple[str, ...], str | None] = {}
        self._oldest: dict[tuple[str, ...], str | None] = {}
        self.kept: defaultdict[Callable[..., object], dict[tuple[object, ...], object]] = defaultdict(dict)

    def altered(self, by: Alterations) -> Network:
        """A network in which the alterations hold; this one is left as it is, and what they do not touch is shared."""
        other = copy.copy(self)
        other.kept = defaultdict(dict)  # see :mod:`graph.once`
        other.assumptions = self.assumptions + by.assumptions
        other.instruments = {**self.instruments, **by.instruments}
        if by.instruments:
            others = [held for held in self.replacing if held.id not in by.instruments]
            other.replacing = (*others, *(held for held in by.instruments.values() if held.replaces))
        other.provisions = {**self.provisions, **by.provisions}
        other._declarations = {**self._declarations}
        for (instrument, party), declared in by.declarations.items():
            other._declarations[party] = {**other.declared_by(party), instrument: declared}
        touched: dict[str, set[str]] = defaultdict(set)
        for instrument, party in by.participations:
            touched[party].add(instrument)
        for instrument in by.instruments:
            for party in self.parties(instrument):
                touched[party].add(instrument)
        other._participations = {**self._participations}
        other._standings = {**self._standings}
        for party, instruments in touched.items():
            held = dict(self._participations.get(party, {}))
            held.update(
                {one: by.participations[one, party] for one in instruments if (one, party) in by.participations}
            )
            other._participations[party] = held
            if party in self._standings:
                renewed = {one: other._standing(party, other.instruments[one], tuple(held[one])) for one in instruments}
                other._standings[party] = {**self._standings[party], **renewed}
        if by.offences:
            other._statutes = {**self._statutes, **by.statutes}
            other._offences = {**self._offences}
            for state, rows in by.offences.items():
                other._offences[state] = [*self._offences.get(state, ()), *rows]
            other._laws = {state: law for state, law in self._laws.items() if state not in by.offences}
        else:
            other._laws = {**self._laws}
        return other

    def concept(self, scheme: str, key: str) -> Concept | None:
        """The concept ``key`` of ``scheme``, or ``None``."""
        return self.concepts.get(f"{scheme}/{key}")

    def label(self, scheme: str, key: str) -> str:
        """The preferred English label of a concept; the key itself where it has none."""
        concept = self.concept(scheme, key)
        return concept.label if concept else key

    def state_name(self, state: str) -> str:
        """The short English name of a State; its id where unknown."""
        found = self.states.get(state)
        return found.name if found else state

    def cites(self, sources: tuple[str, ...]) -> tuple[Cite, ...]:
        """Sources as quoted in answers, in the order given."""
        cited = self._cites.get(sources)
        if cited is None:
            if len(self._cites) >= MOST_CITED:
                self._cites.clear()
            cited = self._cites[sources] = tuple(self._cite_one(source) for source in sources)
        return cited

    def source_date(self, sources: tuple[str, ...]) -> str | None:
        """The newest date for which one of ``sources`` speaks."""
        if sources not in self._newest:
            dates = [date for source in sources if (date := self._source_dates.get(source))]
            self._newest[sources] = max(dates, key=lambda date: span(date)[1]) if dates else None
        return self._newest[sources]

    def first_date(self, sources: tuple[str, ...]) -> str | None:
        """The date for which the earliest of ``sources`` speaks; what they say is proven from then on."""
        if sources not in self._oldest:
            dates = [date for source in sources if (date := self._source_dates.get(source))]
            self._oldest[sources] = min(dates, key=lambda date: span(date)[1]) if dates else None
        return self._oldest[sources]

    def standings(self, state: str) -> dict[str, Standing]:
        """Every instrument to which ``state`` has a recorded relation, by instrument id."""
        held = self._standings.get(state)
        if held is None:
            held = self._standings[state] = {
                instrument: self._standing(state, self.instruments[instrument], tuple(readings))
                for instrument, readings in self._participations.get(state, {}).items()
            }
        return held

    def parties(self, instrument: str) -> dict[str, list[Participation]]:
        """Every State with a recorded relation to ``instrument``, and the readings of it."""
        return {party: held[instrument] for party, held in sorted(self._participations.items()) if instrument in held}

    def cooperates(self, instrument: str) -> bool:
        """Whether an article of ``instrument`` on record lets States ask each other for anything."""
        return any(provision.role == "cooperation" for provision in self.provisions.get(instrument, ()))

    def joins(self, instrument: str, one: str, other: str) -> bool:
        """Whether ``instrument`` can work between two of its parties.

        An agreement of the European Union with other States works between a member State and one of these, never
        between two member States or two of the others (Treaty on the Functioning of the EU, article 216(2)).
        """
        if instrument not in self._union_agreements:
            return True
        return self.joins_as(one) != self.joins_as(other)

    def joins_as(self, state: str) -> bool:
        """On which side of an agreement of the European Union ``state`` is: whether it belongs to the Union."""
        return state == EUROPEAN_UNION or bool(self.memberships.get(("eu", state)))

    def declarations(self, instrument: str, party: str) -> list[Declaration]:
        """What ``party`` declared under ``instrument``."""
        return self.declared_by(party).get(instrument, [])

    def declared_by(self, party: str) -> Mapping[str, list[Declaration]]:
        """What ``party`` declared, by instrument; most declared little or nothing."""
        return self._declarations.get(party, {})

    def statute(self, id_: str) -> Statute | None:
        """The statute of that id, if it is on record."""
        return self._statutes.get(id_)

    def law(self, state: str) -> NationalLaw:
        """The offences of ``state`` as far as the records go."""
        law = self._laws.get(state)
        if law is None:
            offences, findings = self._offences.get(state, []), self._findings.get(state, [])
            name = self.state_name(state)
            law = self._laws[state] = NationalLaw(name, offences, findings, self._statutes, self._source_dates)
        return law

    @cached_property
    def _statutes(self) -> dict[str, Statute]:
        return _by_id(self.records.statutes)

    @cached_property
    def _offences(self) -> dict[str, list[StatutoryOffence]]:
        return _grouped(self.records.statutory_offences, "state")

    @cached_property
    def _findings(self) -> dict[str, list[ReviewFinding]]:
        return _grouped(self.records.review_findings, "state")

    def _standing(self, party: str, instrument: Instrument, readings: tuple[Participation, ...]) -> Standing:
        line = timeline(readings, instrument, self.named_on)
        first = readings[0]
        sources = tuple(dict.fromkeys(source for reading in readings for source in reading.sources))
        cites = self.cites(sources)
        dates = PartyDates(
            party=party,
            signed_on=first.signed_on,
            bound_on=first.bound_on,
            in_force_on=first.in_force_on,
            ended_on=first.ended_on,
            action=first.action,
            basis=HYPOTHETICAL if instrument.basis == HYPOTHETICAL else first.basis,
            rule=first.rule,
            contested=first.contested,
            sources=cites,
        )
        return Standing(dates, self.state_name(party), instrument, readings, line)

    def named_on(self, participation: Participation) -> str | None:
        """The earliest dated source that gives the party its standing."""
        return self.first_date(participation.sources_of("standing"))

    def _cite_one(self, source_id: str) -> Cite:
        cite = self._cite.get(source_id)
        if cite is None:
            source = self._sources[source_id]
            publisher = self._publishers[source.publisher]
            cite = self._cite[source_id] = Cite(source.url, source.as_of, publisher.name, publisher.official)
        return cite


def _by_id(records: Iterable[R]) -> dict[str, R]:
    return {record.id: record for record in records}


def _grouped(records: Iterable[R], field: str) -> dict[str, list[R]]:
    groups: dict[str, list[R]] = defaultdict(list)
    for record in records:
        key = getattr(record, field)
        if key is not None:
            groups[key].append(record)
    return dict(groups)
