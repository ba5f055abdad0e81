"""The compiled cooperation network of one release: records indexed for asking, immutable once built.

Indexes are cheap to make from :class:`graph.model.Records`. What a question needs beyond them (timelines,
offers, national law) is worked out on first use and kept, so that a single question on a cold start pays only
for the States that it names. Nothing here ranks or judges; that is :mod:`graph.paths`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import TypeVar

from graph.answers import Cite, Condition, PartyDates, WhyNot
from graph.criminalisation import NationalLaw
from graph.dates import span
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
    Records,
    RequestRule,
    ReviewFinding,
    Source,
    State,
    Statute,
    StatutoryOffence,
    reference,
)
from graph.standing import Timeline, timeline

R = TypeVar("R", bound=Record)

EUROPEAN_UNION = "EUE"


class Standing:
    """One party's place in one instrument: its timeline, and the pieces of answers that follow from it."""

    __slots__ = ("_conditions", "cites", "dates", "facts", "instrument", "name", "party", "readings", "timeline")

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
        self._conditions: list[Condition | None] = [None] * len(line.steps)

    def condition_on(self, day: int) -> Condition:
        """Whether the instrument is in force for the party on ``day`` (an ordinal), as a condition."""
        index = self.timeline.index_on(day)
        condition = self._conditions[index]
        if condition is None:
            step = self.timeline.steps[index]
            code = "contested" if step.code == "contested" else "in-force"
            text = f"{self.name}, {self.instrument.short_name}: {step.text}"
            condition = Condition(
                code=code, status=step.result, text=text, party=self.party, facts=self.facts, sources=self.cites
            )
            self._conditions[index] = condition
        return condition

    def why_not_on(self, day: int) -> WhyNot:
        """Why the instrument is not in force for the party on ``day`` (an ordinal)."""
        step = self.timeline.on(day)
        return WhyNot(
            instrument=self.instrument.id,
            name=self.instrument.short_name,
            code=step.code,
            party=self.party,
            text=f"{self.name}: {step.text}",
            facts=self.facts,
            sources=self.cites,
        )


class Network:
    """Indexes over the records of release ``release``."""

    def __init__(self, records: Records, release: str) -> None:
        self.release = release
        self.records = records
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
        self._declarations: dict[tuple[str, str], list[Declaration]] = defaultdict(list)
        for declaration in records.declarations:
            self._declarations[declaration.instrument, declaration.party].append(declaration)
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
            cited = self._cites[sources] = tuple(self._cite_one(source) for source in sources)
        return cited

    def source_date(self, sources: tuple[str, ...]) -> str | None:
        """The newest date for which one of ``sources`` speaks."""
        if sources not in self._newest:
            dates = [date for source in sources if (date := self._source_dates.get(source))]
            self._newest[sources] = max(dates, key=lambda date: span(date)[1]) if dates else None
        return self._newest[sources]

    def standings(self, state: str) -> dict[str, Standing]:
        """Every instrument to which ``state`` has a recorded relation, by instrument id."""
        held = self._standings.get(state)
        if held is None:
            held = self._standings[state] = {
                instrument: self._standing(state, self.instruments[instrument], tuple(readings))
                for instrument, readings in self._participations.get(state, {}).items()
            }
        return held

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
        return self._in_union(one) != self._in_union(other)

    def _in_union(self, state: str) -> bool:
        return state == EUROPEAN_UNION or bool(self.memberships.get(("eu", state)))

    def declarations(self, instrument: str, party: str) -> list[Declaration]:
        """What ``party`` declared under ``instrument``."""
        return self._declarations.get((instrument, party), [])

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
        line = timeline(readings, instrument, self._named_on)
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
            basis=first.basis,
            rule=first.rule,
            contested=first.contested,
            sources=cites,
        )
        return Standing(dates, self.state_name(party), instrument, readings, line)

    def _named_on(self, participation: Participation) -> str | None:
        """The earliest dated source that gives the party its standing."""
        dates = [date for source in participation.sources_of("standing") if (date := self._source_dates.get(source))]
        return min(dates, key=lambda date: span(date)[1]) if dates else None

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
