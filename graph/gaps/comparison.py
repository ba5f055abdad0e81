"""Two to six columns side by side, each a State or a group of States: criteria, offences, treaties, offices.

A cell of a State holds its word and the evidence; a cell of a group holds how many members have which word. The order
of the columns is that of the question and changes nothing in a cell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import msgspec

from graph.answers import Cite
from graph.dates import MET, NOT_MET, UNKNOWN, Tri, all_of, negation, reached
from graph.gaps.criteria import label
from graph.gaps.judgement import STATUSES, Evidence
from graph.gaps.openings import opening
from graph.gaps.position import group_members, members, region_members
from graph.gaps.report import CAVEAT
from graph.gaps.survey import Survey
from graph.gaps.treaties import relevant, treaty_place
from graph.lookup import find
from graph.model import Instrument, Organisation, State
from graph.network import Network
from graph.questions import QuestionError, folded

FEWEST, MOST = 2, 6
"""How many columns a comparison has."""

IPU = "ipu-"
"""Ids of the groups of the Inter-Parliamentary Union begin so; their members stand with the States."""

OFFICES: dict[str, tuple[str, str]] = {
    "contact-point-24-7": ("24/7 contact point", "contact-point-24-7"),
    "mutual-assistance": ("central authority for mutual assistance", "central-authority"),
    "extradition": ("authority for extradition", "extradition-authority"),
    "police": ("police office", "police-unit"),
}
"""Function of a designation → its name, and the kind of office that serves where no designation is on record."""


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in one column. ``kind``: ``state`` or ``group``; ``states`` are its members, or itself."""

    id: str
    name: str
    kind: str
    states: tuple[str, ...]


class PartnerCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many States may be asked: with every condition ``met``, and more with an open question (``unknown``).

    For a group the medians of its members, and of ``met`` the ``least`` and the ``most``.
    """

    met: float
    unknown: float
    least: int
    most: int


class Cell(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known in one place: the word, its result, and for a group the count of each word.

    ``partners``: for a measure, in the place of a word.
    """

    status: str
    result: Tri
    text: str = ""
    counts: dict[str, int] = {}
    evidence: tuple[Evidence, ...] = ()
    sources: tuple[Cite, ...] = ()
    partners: PartnerCount | None = None


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One thing compared. ``topic``: ``criterion``, ``offence``, ``treaty``, ``office`` or ``measure``.

    ``differs``: whether not all States compared, members of groups among them, have the same word; for a measure
    whether the figures differ.
    """

    topic: str
    key: str
    label: str
    differs: bool
    cells: tuple[Cell, ...]


ReachRows = Callable[[Sequence[Column]], Sequence[Row]]
"""Works out the rows of the topic ``measure`` (:mod:`graph.gaps.reach`)."""


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Columns and rows on the ISO day ``on`` under ``release``."""

    on: str
    release: str
    caveat: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def compare(network: Network, names: Sequence[str], on: str, reached: ReachRows | None = None) -> Comparison:
    """The comparison of what ``names`` mean (States, regions, organisations, IPU groups) on the ISO day ``on``.

    ``reached`` works out the rows of the measures, which stand last; without it there are none.

    Raises:
        QuestionError: too few or too many columns, one named twice, unknown, or without members on record.
    """
    if not FEWEST <= len(names) <= MOST:
        raise QuestionError(f"{len(names)} named; a comparison takes {FEWEST} to {MOST} States or groups")
    day = date.fromisoformat(on).toordinal()
    survey = Survey(network, day)
    columns = tuple(column(survey, name) for name in names)
    twice = [id_ for id_, count in Counter(held.id for held in columns).items() if count > 1]
    if twice:
        raise QuestionError(f"{twice[0]} is named twice: name different States or groups")
    return Comparison(
        on=on,
        release=network.release,
        caveat=CAVEAT,
        columns=columns,
        rows=(
            *_judged(survey, columns),
            *_treaties(survey, columns),
            *_offices(survey, columns),
            *(reached(columns) if reached else ()),
        ),
    )


def column(survey: Survey, text: str) -> Column:
    """The State or the group that ``text`` names, with its member States on the survey's day.

    Raises:
        QuestionError: it names neither, or a group without members on record.
    """
    near = survey.neighbours
    for name in (*near.subregions.values(), *near.continents.values()):
        if folded(name) == folded(text):
            return Column(id=name, name=name, kind="group", states=tuple(region_members(survey, name)))
    found = find(survey.network, text)
    if isinstance(found, State):
        if found.kind == "union":
            raise QuestionError(f"{found.name} is no State: write organisation:eu to compare its members")
        return Column(id=found.id, name=found.name, kind="state", states=(found.id,))
    if isinstance(found, Organisation):
        group = found.id.removeprefix(IPU)
        among = group_members(survey, group) if found.id.startswith(IPU) else members(survey, found.id)
        if not among:
            raise QuestionError(f"no member State of {found.name} is on record for that day")
        return Column(id=found.id, name=found.name, kind="group", states=tuple(among))
    raise QuestionError(f"{text!r} is neither a State nor a region, organisation or IPU group")


def _judged(survey: Survey, columns: Sequence[Column]) -> list[Row]:
    def cell(topic: str, key: str) -> Callable[[str], Cell]:
        def judged(state: str) -> Cell:
            held = survey.judgement(state, topic, key)
            if held is None:
                return Cell(status="no-record", result=UNKNOWN)
            cites = tuple(dict.fromkeys(cite for row in held.evidence for cite in row.sources))
            return Cell(status=held.status, result=held.result, text=held.reason, evidence=held.evidence, sources=cites)

        return judged

    asked = [("criterion", key) for key in survey.criteria] + [("offence", key) for key in survey.offences]
    labels = {"criterion": partial(label, survey.network), "offence": partial(survey.network.label, "offence")}
    return [_row(topic, key, labels[topic](key), columns, cell(topic, key), STATUSES[::-1]) for topic, key in asked]


def _treaties(survey: Survey, columns: Sequence[Column]) -> list[Row]:
    """Instruments that matter and to which at least one State compared has a relation on record."""
    network, on = survey.network, survey.on
    present = {instrument for column in columns for state in column.states for instrument in network.standings(state)}

    def cell(instrument: Instrument) -> Callable[[str], Cell]:
        def place(state: str) -> Cell:
            standing = network.standings(state).get(instrument.id)
            way = opening(network, instrument, state, on)
            if standing is None and way.word == "closed":
                return Cell(status="closed", result=UNKNOWN, text=way.reason)
            word, reason = treaty_place(network, instrument, state, on)
            result: Tri = MET if word == "in-force" else UNKNOWN if word in ("no-record", "undecided") else NOT_MET
            cites = standing.cites if standing else network.cites(instrument.sources)
            return Cell(status=word, result=result, text=reason, sources=cites)

        return place

    return [
        _row("treaty", held.id, held.short_name, columns, cell(held))
        for held in relevant(network)
        if held.id in present
    ]


def _offices(survey: Survey, columns: Sequence[Column]) -> list[Row]:
    return [
        _row("office", function, label, columns, lambda state, function=function: _office(survey, state, function))  # type: ignore[misc]
        for function, (label, _kind) in OFFICES.items()
    ]


def _office(survey: Survey, state: str, function: str) -> Cell:
    """Whether an office for ``function`` is on record for the day."""
    network, on = survey.network, survey.on
    found: dict[str, tuple[str, ...]] = {}
    for named in network.designations.get(state, ()):
        begun = reached(named.valid_from, on) if named.valid_from else MET
        ended = negation(reached(named.valid_until, on)) if named.valid_until else MET
        if named.function == function and all_of(begun, ended) != NOT_MET:
            found.setdefault(network.authorities[named.authority].name, named.sources)
    kind = OFFICES[function][1]
    for office in network.authorities.values():
        if office.state == state and office.kind == kind:
            found.setdefault(office.name, office.sources)
    if not found:
        return Cell(status="no-record", result=UNKNOWN, text="no record")
    sources = tuple(dict.fromkeys(cite for ids in found.values() for cite in network.cites(ids)))
    return Cell(status="on-record", result=MET, text="; ".join(sorted(found)), sources=sources)


def _row(
    topic: str,
    key: str,
    label: str,
    columns: Sequence[Column],
    cell: Callable[[str], Cell],
    words: Sequence[str] = (),
) -> Row:
    cells = tuple(_cell(column, cell, words) for column in columns)
    held = {word for one in cells for word in (one.counts or (one.status,))}
    return Row(topic=topic, key=key, label=label, differs=len(held) > 1, cells=cells)


def _cell(column: Column, cell: Callable[[str], Cell], words: Sequence[str]) -> Cell:
    """The State's own cell, or the count of each word among the members of a group (in the order of ``words``)."""
    if column.kind == "state":
        return cell(column.states[0])
    held = [cell(state) for state in column.states]
    counted = Counter(one.status for one in held)
    order = [word for word in words if counted[word]] or sorted(counted, key=lambda word: (-counted[word], word))
    results = {one.result for one in held}
    return Cell(
        status="group",
        result=results.pop() if len(results) == 1 else UNKNOWN,
        counts={word: counted[word] for word in order},
    )
