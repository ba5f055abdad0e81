"""What an article demands besides being in force, learnt by asking :func:`graph.conditions.conditions` about probes.

A probe is a question between two parties for whom every instrument is in force. What they declared and what their law
makes of the offence is set for each probe. What the conditions then say is kept as a small table, so that a whole world
is answered by looking up. No rule of law is written down here a second time. The tables assume only that conditions
depend on: the article and its channel, the question, the declarations of both parties, whether each party's law makes
the conduct an offence, whether it punishes it by the years demanded, and whether both state different ages of the
child. A rule that looks at anything else makes the coverage differ from the path search, which tests compare cell by
cell.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.answers import PartyDates
from graph.conditions import conditions
from graph.criminalisation import Finding, NationalLaw
from graph.dates import MET, NOT_MET, UNKNOWN, Tri
from graph.model import Record
from graph.network import Network, Standing
from graph.offers import Offer
from graph.situations import Situation
from graph.standing import BEGINNING, Step, Timeline

Values = NDArray[np.int8]

NO, OPEN, YES = 0, 1, 2
"""``not met``, ``unknown`` and ``met`` as numbers: the conjunction of conditions is their minimum."""

TRIS: tuple[Tri, ...] = (NOT_MET, UNKNOWN, MET)
VALUE: dict[Tri, int] = {tri: value for value, tri in enumerate(TRIS)}

LAWS = 9
"""Classes of national law towards an offence: ``3 * (is it an offence) + (is it punished by the years demanded)``."""

AGES = ((18, 18), (18, 14))
"""Ages of the child in both laws: the same, or apart. Which ages, and whose is lower, makes no difference."""

IDENTITY = frozenset(
    {"id", "sources", "evidence", "basis", "rule", "note", "instrument", "article", "heading", "channel_articles",
     "short_name", "title", "depositary", "place", "signed_on", "in_force_on", "registration", "official_url",
     "deadline_note"}
)  # fmt: skip
"""Fields that tell one article or treaty from another of the same content. Conditions quote them in their sentences;
the entry into force counts through the standing of the parties."""

NOBODY = ""
"""A party that declared nothing: the id of no State."""


class Flags(NamedTuple):
    """The part of a question that is the same for every cell of a day: offence (key or ``None``), urgent, evidence."""

    offence: str | None = None
    urgent: bool = False
    evidence: bool = False


class Demands(NamedTuple):
    """What one offer demands of two parties.

    ``table[apart, a, b]``: the value for a requesting party of class ``a`` and a requested party of class ``b``, where
    a class is ``declared * laws + law``; ``apart`` is 1 where both laws state different ages of the child, else 0.
    ``laws`` is :data:`LAWS` where national law matters, else 1. ``kinds``: the States whose declarations matter, by
    their class from 1 on; all others are of class 0. ``years``: the maximum penalty that the classes of law are about.
    """

    table: Values
    laws: int
    kinds: tuple[tuple[str, ...], ...]
    years: float | None


class _Law(NationalLaw):
    """National law with set answers, which notes what it is asked."""

    __slots__ = ("_age", "_criminal", "_punished", "asked", "asked_age", "years")

    def __init__(self, law: int, age: int) -> None:
        super().__init__("", (), (), {}, {})
        self._criminal, self._punished, self._age = TRIS[law // 3], TRIS[law % 3], age
        self.asked: set[int] = set()
        self.asked_age = False
        self.years: set[float] = set()

    def afresh(self) -> _Law:
        """The same law, asked nothing yet."""
        self.asked.clear()
        self.asked_age = False
        self.years.clear()
        return self

    def criminalises(self, offence: str, on: int) -> Finding:
        """The set answer."""
        self.asked.add(0)
        return Finding(self._criminal, "", ())

    def child_below(self, offence: str, on: int) -> int | None:
        """The set age."""
        self.asked_age = True
        return self._age

    def punishable_by(self, offence: str, years: float, on: int) -> Finding:
        """The set answer; the years are noted."""
        self.asked.add(1)
        self.years.add(years)
        return Finding(self._punished, "", ())


class _Probe(Situation):
    """A situation whose national laws are set."""

    set_laws: tuple[_Law, _Law]

    def laws(self) -> tuple[NationalLaw, NationalLaw]:
        """The set laws."""
        return self.set_laws


class Prober:
    """Asks the conditions of ``network`` about probes on ``day`` (an ordinal).

    The day matters only for declarations that were withdrawn.
    """

    def __init__(self, network: Network, flags: Flags, day: int) -> None:
        self._network = network
        self._flags = flags
        self._day = day
        self._standings: dict[str, Standing] = {}
        self._shared: dict[Hashable, Demands | None] = {}
        self._contents: dict[tuple[type[Record], str], Hashable] = {}
        self.laws = [[(_Law(law, one), _Law(law, other)) for law in range(LAWS)] for one, other in AGES]

    def demands(self, offer: Offer, measure: str, groups: Sequence[Sequence[str]]) -> Demands | None:
        """What ``offer`` for ``measure`` demands; ``None`` where it serves nobody in such a question.

        ``groups``: the States that declared something under the offer's instruments, those that declared the same in
        one group.

        Raises:
            ValueError: the conditions ask about two different penalties, which the classes of law do not tell apart.
        """
        if self._flags.evidence and offer.evidential_use == "intelligence":
            return None  # graph.search leaves such offers out before it looks at conditions
        if groups:
            return self._learn(offer, measure, groups)
        shape = self._shape(offer, measure)
        if shape not in self._shared:
            self._shared[shape] = self._learn(offer, measure, groups)
        return self._shared[shape]

    def _shape(self, offer: Offer, measure: str) -> Hashable:
        """All that may matter about an offer under which nobody declared anything: hundreds of treaties share it."""
        instrument = self._network.instruments[offer.needs[0]]
        told = offer._replace(needs=(), carrier=None, opener=None, opener_article=None)  # type: ignore[arg-type]
        return measure, told, self._content(offer.carrier), self._content(instrument)

    def _content(self, record: Record) -> Hashable:
        """The fields of ``record`` that may matter to a condition."""
        key = type(record), record.id
        if key not in self._contents:
            fields = (field for field in record.__struct_fields__ if field not in IDENTITY)
            self._contents[key] = tuple(getattr(record, field) for field in fields)
        return self._contents[key]

    def _learn(self, offer: Offer, measure: str, groups: Sequence[Sequence[str]]) -> Demands | None:
        ask = _Asking(self, offer, measure)
        neutral = ask.square(NOBODY, NOBODY)
        plain = ask.told(NOBODY, NOBODY)
        alike: dict[Hashable, list[str]] = {}
        for group in groups:
            told = ask.told(group[0], NOBODY), ask.told(NOBODY, group[0])
            if told != (plain, plain):  # else nothing that this group declared touches the article
                alike.setdefault(repr(told), []).extend(group)
        kinds: dict[tuple[bytes, bytes], list[str]] = {}
        for group in alike.values():
            shown = ask.square(group[0], NOBODY), ask.square(NOBODY, group[0])
            if any(not np.array_equal(one, neutral) for one in shown):
                kinds.setdefault((shown[0].tobytes(), shown[1].tobytes()), []).extend(group)
        table = _joint(ask, neutral, list(kinds.values()))
        if not table.any():
            return None
        laws = LAWS if ask.asked else 1
        if laws == 1:
            table = table[:, ::LAWS, ::LAWS]
        if len(ask.years) > 1:
            raise ValueError(f"{offer.carrier.id} asks about penalties of {sorted(ask.years)} years at once")
        years = next(iter(ask.years), None)
        return Demands(np.ascontiguousarray(table), laws, tuple(map(tuple, kinds.values())), years)

    def situation(
        self, measure: str, parties: tuple[str, str], needs: Sequence[str], laws: tuple[_Law, _Law]
    ) -> _Probe:
        """A probe between ``parties``, for both of whom the instruments ``needs`` are in force."""
        standings = {needed: self._in_force(needed) for needed in needs}
        flags = self._flags
        probe = _Probe(
            network=self._network,
            requesting=parties[0],
            requested=parties[1],
            ours=standings,
            theirs=standings,
            measure=measure,
            offence=flags.offence,
            on=self._day,
            urgent=flags.urgent,
            evidence=flags.evidence,
            other_treaties=(),
            replaced={},
            provider=None,
        )
        probe.set_laws = laws
        return probe

    def _in_force(self, instrument: str) -> Standing:
        held = self._standings.get(instrument)
        if held is None:
            line = Timeline([Step(BEGINNING, MET, "in-force", "")])
            record = self._network.instruments[instrument]
            held = self._standings[instrument] = Standing(PartyDates(party=NOBODY), "", record, (), line)
        return held


class _Asking:
    """All probes of one offer for one measure; notes whether national law was asked about anything."""

    def __init__(self, prober: Prober, offer: Offer, measure: str) -> None:
        self._prober = prober
        self._offer = offer
        self._measure = measure
        self.asked = False
        self.years: set[float] = set()
        self._squares: dict[tuple[str, str], Values] = {}

    def told(self, requesting: str, requested: str) -> list[tuple[str, str]]:
        """Code and status of each condition between two parties, where both laws punish the offence and where neither
        does."""
        found: list[tuple[str, str]] = []
        for laws in (self._prober.laws[0][-1], self._prober.laws[0][0]):
            case = self._prober.situation(self._measure, (requesting, requested), self._offer.needs, laws)
            found += sorted((held.code, held.status) for held in conditions(self._offer, case))
            if case.offence is None:
                break  # no law is looked at
        return found

    def square(self, requesting: str, requested: str) -> Values:
        """Values for all classes of law, ``[apart, LAWS, LAWS]``, between two parties with their declarations.

        Asked once for each two: what a class of declarations comes to beside nobody's both tells it apart and stands
        in the table.
        """
        parties = requesting, requested
        if parties not in self._squares:
            same, by_age = self._square(parties, self._prober.laws[0])
            apart = self._square(parties, self._prober.laws[1])[0] if by_age else same
            self._squares[parties] = np.stack([same, apart])
        return self._squares[parties]

    def _square(self, parties: tuple[str, str], set_laws: list[tuple[_Law, _Law]]) -> tuple[Values, bool]:
        """The values where the ages are those of ``set_laws``, and whether anything asked for the ages."""
        square = np.zeros((3, 3, 3, 3), np.int8)
        axes: set[int] = set()
        by_age = False
        while True:
            seen = set(axes)
            for at in product(*((0, 1, 2) if axis in axes else (2,) for axis in range(4))):
                laws = set_laws[3 * at[0] + at[1]][0].afresh(), set_laws[3 * at[2] + at[3]][1].afresh()
                case = self._prober.situation(self._measure, parties, self._offer.needs, laws)
                where = tuple(place if axis in axes else slice(None) for axis, place in enumerate(at))
                square[where] = min((VALUE[held.status] for held in conditions(self._offer, case)), default=YES)
                seen |= laws[0].asked | {2 + asked for asked in laws[1].asked}
                by_age |= laws[0].asked_age or laws[1].asked_age
                self.years |= laws[0].years | laws[1].years
            if seen == axes:
                break
            axes = seen
        self.asked |= bool(axes)
        return square.reshape(LAWS, LAWS), by_age


def _joint(ask: _Asking, neutral: Values, kinds: Sequence[Sequence[str]]) -> Values:
    """The table over ``declared * LAWS + law`` for both sides, for ages that are the same and that are apart; class 0
    declared nothing of consequence."""
    size = 1 + len(kinds)
    table = np.zeros((len(AGES), size, LAWS, size, LAWS), np.int8)
    members = [(NOBODY,), *kinds]
    for one, other in product(range(size), repeat=2):
        if one == other == 0:
            table[:, 0, :, 0, :] = neutral
            continue
        requested = next((state for state in members[other] if state != members[one][0]), None)
        if requested is not None:  # else the class is one State, which asks nothing of itself
            table[:, one, :, other, :] = ask.square(members[one][0], requested)
    return table.reshape(len(AGES), size * LAWS, size * LAWS)
