"""Whether a State's law makes a conduct an offence on a day, and how heavily it punishes it, in three values.

The answer rests on statutory offences (law texts and official summaries) and on published reviews. A review's
"no" is a fact; a missing row is not. Where a law and a review disagree the answer is unknown and both are cited.
Dual criminality looks at the conduct, whatever each State calls the offence (cets-185 article 25(5),
UNCAC article 43(2)). Where both laws state the age of the child for it and one stops earlier, the conduct is an offence
in both only below the lower age: a question to the requester, as no case is known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from graph.answers import HYPOTHETICAL
from graph.dates import MET, NOT_MET, UNKNOWN, Tri, all_of, any_of, negation, reached, span
from graph.model import ReviewFinding, Statute, StatutoryOffence
from graph.references import reference

UNSPECIFIED = "csam-unspecified"
"""A source speaks of a CSAM offence without naming the conduct."""

MAJORITY = 18
"""Years below which everyone is a child (CRC article 1, cets-201 article 3(a)). Laws that reach further count as this:
no instrument asks for more."""

CSAM_CONDUCTS = frozenset({"csam-production", "csam-distribution", "csam-possession", "csam-access"})

DECIDING_CRITERIA: dict[str, tuple[str, ...]] = {
    "simple-possession": ("csam-possession",),
    "grooming-law": ("grooming",),
}
"""Review criteria that decide about a conduct, and which. "No law specific to CSAM" is not among them: general laws
may reach the conduct, and dual criminality asks for no more."""


class Finding(NamedTuple):
    """A three-valued result with the ids of the sources it rests on, and the records (``<class segment>/<id>``).

    ``basis`` says where it is assumed.
    """

    result: Tri
    text: str
    sources: tuple[str, ...]
    facts: tuple[str, ...] = ()
    basis: str | None = None


class NationalLaw:
    """What the records say about one State's offences."""

    __slots__ = ("_dates", "_findings", "_offences", "_statutes", "name")

    def __init__(
        self,
        name: str,
        offences: Iterable[StatutoryOffence],
        findings: Iterable[ReviewFinding],
        statutes: dict[str, Statute],
        dates: dict[str, str | None],
    ) -> None:
        self.name = name
        self._statutes = statutes
        self._dates = dates
        self._offences = [(offence, _since(offence, statutes, dates)) for offence in offences]
        self._findings = [(finding, _earliest(finding.sources, dates)) for finding in findings]

    def provisions(self, on: int) -> Iterator[tuple[StatutoryOffence, str | None, Tri]]:
        """Every statutory offence, the date from which it is known, and whether it is in force on day ``on``."""
        for row, since in self._offences:
            yield row, since, self._in_force(row, since, on)

    def reviews(self, on: int) -> Iterator[tuple[ReviewFinding, str | None, Tri]]:
        """Every finding, the earliest date of its sources, and whether it speaks for day ``on`` (else unknown)."""
        for finding, since in self._findings:
            yield finding, since, MET if reached(since, on) == MET else UNKNOWN

    def criminalises(self, offence: str, on: int) -> Finding:
        """Whether ``offence`` (key) is an offence here on day ``on``."""
        positive: Tri = NOT_MET
        sources: list[str] = []
        facts: list[str] = []
        for row, since in self._offences:
            if row.basis == HYPOTHETICAL:
                # A reform decides from its day on, whatever a review found in the law before it.
                if row.offence == offence and self._in_force(row, since, on) == MET:
                    reform = f"{self.name}: {offence} is an offence by the reform assumed"
                    return Finding(MET, reform, (), (reference(row),), row.basis)
                continue
            if row.offence == offence:
                positive = any_of(positive, self._in_force(row, since, on))
            elif row.offence == UNSPECIFIED and offence in CSAM_CONDUCTS:
                positive = any_of(positive, UNKNOWN)
            else:
                continue
            sources += row.sources
            facts.append(reference(row))
        verdicts: list[Tri] = []
        for finding, _, speaks in self.reviews(on):
            said = finding_result(finding, offence)
            if said is not None:
                verdicts.append(said if speaks == MET else UNKNOWN)
                sources += finding.sources
                facts.append(reference(finding))
        weighed = self._weigh(offence, positive, verdicts, tuple(dict.fromkeys(sources)))
        return weighed._replace(facts=tuple(facts))

    def _weigh(self, offence: str, positive: Tri, verdicts: Sequence[Tri], sources: tuple[str, ...]) -> Finding:
        denied = any_of(*(negation(verdict) for verdict in verdicts)) if verdicts else NOT_MET
        confirmed = any_of(positive, *verdicts) if verdicts else positive
        if not sources:
            return Finding(UNKNOWN, f"{self.name}: no record on {offence}", ())
        if confirmed == MET and denied == MET:
            return Finding(UNKNOWN, f"{self.name}: sources disagree on {offence}", sources)
        if confirmed == MET:
            return Finding(MET, f"{self.name}: {offence} is an offence", sources)
        if denied == MET and positive == NOT_MET:
            return Finding(NOT_MET, f"{self.name}: {offence} is no offence according to the review cited", sources)
        if not any(self._dates.get(source) for source in sources):
            return Finding(UNKNOWN, f"{self.name}: only undated sources speak of {offence}", sources)
        return Finding(UNKNOWN, f"{self.name}: the record does not decide on {offence} for this day", sources)

    def punishable_by(self, offence: str, years: float, on: int) -> Finding:
        """Whether ``offence`` carries a maximum penalty of at least ``years`` here on day ``on``."""
        heaviest: float | None = None
        could_be_heavier = False
        assumed: str | None = None
        sources: list[str] = []
        facts: list[str] = []
        for row, since in self._offences:
            if row.offence != offence:
                continue
            in_force = self._in_force(row, since, on)
            if in_force == NOT_MET:
                continue
            if in_force == MET and row.max_penalty_years is not None:
                sources += row.sources
                facts.append(reference(row))
                if row.basis == HYPOTHETICAL and row.max_penalty_years > (heaviest or 0.0):
                    assumed = row.basis
                heaviest = max(heaviest or 0.0, row.max_penalty_years)
            else:
                could_be_heavier |= row.max_penalty_years is None or row.max_penalty_years >= years
        if heaviest is None:
            return Finding(UNKNOWN, f"{self.name}: no penalty on record for {offence}", ())
        reads = "life" if heaviest == float("inf") else f"{heaviest:g} year{'' if heaviest == 1 else 's'}"
        said, cited = f"{self.name}: {offence} carries up to {reads}", tuple(dict.fromkeys(sources))
        if assumed:
            said += " by the reform assumed"
        if heaviest >= years:
            return Finding(MET, said, cited, tuple(facts), assumed)
        if could_be_heavier:
            said += " on record, with forms whose penalty is not on record"
            return Finding(UNKNOWN, said, cited, tuple(facts), assumed)
        return Finding(NOT_MET, said, cited, tuple(facts), assumed)

    def child_below(self, offence: str, on: int) -> int | None:
        """The age below which a child is protected from ``offence`` here on day ``on``, in years, at most
        :data:`MAJORITY`; ``None`` where it is not on record.

        The highest age that a provision in force states. A lower one than eighteen counts only where no other provision
        may reach further: what states no age, or may not be in force, leaves it open.
        """
        stated: int | None = None
        further: list[int] = []
        for row, since in self._offences:
            named = row.offence == offence
            if not named and not (row.offence == UNSPECIFIED and offence in CSAM_CONDUCTS):
                continue
            in_force = self._in_force(row, since, on)
            if in_force == NOT_MET:
                continue
            age = MAJORITY if row.child_age_below is None else min(row.child_age_below, MAJORITY)
            if named and in_force == MET and row.child_age_below is not None:
                stated = max(stated or 0, age)
            else:
                further.append(age)
        return None if stated is None or any(age > stated for age in further) else stated

    def _in_force(self, row: StatutoryOffence, since: str | None, on: int) -> Tri:
        started = reached(since, on)
        if since is not None and started == NOT_MET and not self._dated_by_statute(row):
            started = UNKNOWN  # the source's own date proves nothing about the time before it
        statute = self._statutes.get(row.statute) if row.statute else None
        if statute is not None and statute.repealed_on:
            started = all_of(started, negation(reached(statute.repealed_on, on)))
        return started

    def _dated_by_statute(self, row: StatutoryOffence) -> bool:
        statute = self._statutes.get(row.statute) if row.statute else None
        return bool(statute and statute.in_force_on)


def finding_result(finding: ReviewFinding, offence: str) -> Tri | None:
    """What a review finding says about ``offence``; ``None`` when it says nothing that decides."""
    if offence not in DECIDING_CRITERIA.get(finding.criterion, ()):
        return None
    if finding.value == "no":
        return NOT_MET
    if finding.value == "yes":
        return MET
    return None


def dual_criminality(one: NationalLaw, other: NationalLaw, offence: str, on: int) -> Finding:
    """Whether ``offence`` is an offence in both States on day ``on``, whatever the age of the child.

    Unknown where both make it one and state different ages. Which of the two asks does not matter: a request may rest
    on another provision of the asking State than those on record.
    """
    here, there = one.criminalises(offence, on), other.criminalises(offence, on)
    sources = tuple(dict.fromkeys(here.sources + there.sources))
    text, facts = f"{here.text}; {there.text}", here.facts + there.facts
    result = all_of(here.result, there.result)
    if result == MET:
        ages = one.child_below(offence, on), other.child_below(offence, on)
        if None not in ages and ages[0] != ages[1]:
            result = UNKNOWN
        text += _on_ages((one.name, other.name), ages)
    return Finding(result, text, sources, facts, here.basis or there.basis)


def _on_ages(names: tuple[str, str], ages: tuple[int | None, int | None]) -> str:
    """What the ages of the child in both laws mean for the request; nothing where neither is on record."""
    known = [age for age in ages if age is not None]
    if not known:
        return ""
    if len(known) == len(ages):
        if ages[0] == ages[1]:
            return f". In both the child is anyone under {ages[0]}"
        told = ", ".join(f"under {age} in {name}" for name, age in zip(names, ages, strict=True))
        return f". Met only where the child is under {min(known)}: {told}"
    told = ", ".join(
        f"{name} not on record" if age is None else f"{name} under {age}" for name, age in zip(names, ages, strict=True)
    )
    return f". Age of the child: {told}"


def _since(row: StatutoryOffence, statutes: dict[str, Statute], dates: dict[str, str | None]) -> str | None:
    statute = statutes.get(row.statute) if row.statute else None
    if statute is not None and statute.in_force_on:
        return statute.in_force_on
    return _earliest(row.sources, dates)


def _earliest(sources: tuple[str, ...], dates: dict[str, str | None]) -> str | None:
    """The date, among those of the sources, whose whole span is over first; ``None`` when all are undated.

    Of two that are over on the same day the more precise one: it speaks for that day already.
    """
    known = [date for source in sources if (date := dates.get(source))]
    return min(known, key=lambda date: (span(date)[1], -span(date)[0])) if known else None
