"""The gaps of a State as a committee member reads them: position, treaties, legislation, and who closed each gap."""

from __future__ import annotations

from collections.abc import Sequence

from api.wording.judgements import status_words, told, years
from graph.dates import MET, NOT_MET, UNKNOWN
from graph.gaps.judgement import GAPS, STATUSES, Judgement
from graph.gaps.nearness import Nearness
from graph.gaps.position import Position
from graph.gaps.practice import GoodPractice, Practice
from graph.gaps.report import GapReport
from graph.gaps.treaties import TreatyPlace
from locales.texts import _, plural
from terminal.answer import footer, result_word
from terminal.judgements import marked
from terminal.screen import Screen
from terminal.sources import Footnotes

PROVISIONS_SHOWN = 2
"""Provisions of one State shown under good practice; the JSON has all."""


def show_gaps(screen: Screen, report: GapReport) -> None:
    """Write the report."""
    notes = Footnotes()
    head = _("{name} ({state}): gaps on {day}").format(name=report.name, state=report.state, day=report.on)
    screen.line(head, style="bold")
    screen.line(_("Law on paper: what the law provides, not how it works in practice. No record is never a no."))
    if report.position is not None:
        _position(screen, report.position)
    if report.topic in ("treaties", "all"):
        _treaties(screen, report.treaties, notes)
    if report.topic != "treaties":
        _legislation(screen, report, notes)
        _penalties(screen, report, notes)
    notes.show(screen)
    footer(screen, report.release, report.on)


def _position(screen: Screen, position: Position) -> None:
    screen.heading(_("Position"))
    for lead, counts in ((_("review criteria:"), position.criteria), (_("offences:"), position.offences)):
        words = [f"{counts[status]} {status_words()[status]}" for status in reversed(STATUSES) if counts[status]]
        screen.item(lead, ", ".join(words), indent=2)
    if not position.peers:
        screen.line(_("No region, regional organisation or IPU group on record."), indent=2)
        return
    table = screen.table(_("among"), _("members"), _("with a record"), _("median satisfied"), _("rank"))
    for peers in position.peers:
        median = f"{peers.median:g}" if peers.median is not None else ""
        rank = _("no record") if peers.rank is None else f"{peers.rank} / {peers.recorded}"
        table.add_row(peers.name, str(peers.members), str(peers.recorded), median, rank)
    screen.show(table)
    thin = _("Counts of criteria satisfied on record: a low count may only mean a thin record.")
    screen.line(thin, style="dim", indent=2)


def _treaties(screen: Screen, places: Sequence[TreatyPlace], notes: Footnotes) -> None:
    gaps = [place for place in places if place.gap == MET]
    screen.heading(f"{_('Treaty gaps: not binding, and open')} ({len(gaps)})")
    for place in gaps:
        _treaty(screen, place, notes)
    waiting = [place for place in places if place.gap == NOT_MET and place.place != "in-force"]
    if waiting:
        screen.heading(f"{_('Bound, not yet in force, or undecided')} ({len(waiting)})")
        for place in waiting:
            _treaty(screen, place, notes)
    silent = [place for place in places if place.gap == UNKNOWN and place.opening != "unknown"]
    if silent:
        screen.heading(f"{_('No participation on record, and open')} ({len(silent)})")
        for place in silent:
            _treaty(screen, place, notes)
    doubtful = [place for place in places if place.gap == UNKNOWN and place.opening == "unknown"]
    if doubtful:
        screen.heading(f"{_('Not binding; who may join is not on record')} ({len(doubtful)})")
        screen.line("; ".join(f"{place.name} ({status_words()[place.place]})" for place in doubtful), indent=2)
    held = [place for place in places if place.place == "in-force"]
    screen.heading(f"{_('In force')} ({len(held)})")
    for place in held:
        screen.item(screen.sign("met"), f"{place.name}: {place.reason}{notes.refer(place.dates.sources)}", indent=2)


def _treaty(screen: Screen, place: TreatyPlace, notes: Footnotes) -> None:
    result = NOT_MET if place.gap == MET else UNKNOWN
    lead = marked(screen, place.place, result).append(":")
    parts = [f"{place.name} [{place.instrument}]", place.opening_reason]
    if place.place != "no-record":
        parts.insert(1, place.reason)
    if place.needs:
        parts.append(_("first needs {parent}").format(parent=place.needs))
    if place.gap != NOT_MET:
        parts.append(_opens(place))
    if place.worth is not None:
        words = _("pairs of partner and measure: {opened} opened, {secured} made sure, {closed} closed")
        parts.append(words.format(opened=place.worth.opened, secured=place.worth.secured, closed=place.worth.closed))
    screen.item(lead, "; ".join(parts) + notes.refer(place.dates.sources), indent=2)


def _opens(place: TreatyPlace) -> str:
    if not place.parties:
        return _("in force for nobody on record on the day")
    if place.opens is None:
        return plural("{count} party; no article on cooperation on record",
                      "{count} parties; no article on cooperation on record", place.parties)  # fmt: skip
    return plural(
        "opens {count} partner new on this subject", "opens {count} partners new on this subject", place.opens
    )


def _legislation(screen: Screen, report: GapReport, notes: Footnotes) -> None:
    practice = {(held.topic, held.key): held for held in report.practice}
    told_before: set[tuple[str, ...]] = set()
    for status in STATUSES:
        held = [judgement for judgement in report.legislation if judgement.status == status]
        if not held:
            continue
        screen.heading(f"{_headings()[status]} ({len(held)})")
        if status == "no-record" and not report.only:
            screen.line("; ".join(_bare(judgement, practice) for judgement in held), indent=2)
            continue
        for judgement in held:
            _judgement(screen, judgement, notes)
            asked = report.only and status != "satisfied"
            if asked or status in GAPS or status == "contradictory":
                _practice(screen, practice[judgement.topic, judgement.key], notes, told_before)


def _headings() -> dict[str, str]:
    return {
        "not-satisfied": _("Legislative gaps"),
        "partial": _("Covered in part"),
        "contradictory": _("Sources disagree"),
        "undecided": _("On record, but undecided for the day"),
        "no-record": _("No record"),
        "satisfied": _("Satisfied"),
    }


def _bare(judgement: Judgement, practice: dict[tuple[str, str], GoodPractice]) -> str:
    """What is not on record, with how many States satisfy it."""
    found = practice[judgement.topic, judgement.key]
    count = found.closed_by + found.closed_by_review
    name = _named(judgement)
    return f"{name} ({plural('{count} State', '{count} States', count)})" if count else name


def _named(judgement: Judgement) -> str:
    if judgement.topic == "age":
        return _("age of the child, {offence}").format(offence=judgement.label)
    return judgement.label


def _judgement(screen: Screen, judgement: Judgement, notes: Footnotes) -> None:
    lead = marked(screen, judgement.status, judgement.result).append(":")
    kind = {"criterion": _("criterion"), "offence": _("offence"), "age": _("age")}[judgement.topic]
    screen.item(lead, f"{_named(judgement)} ({kind}) {screen.sign('dash')} {judgement.reason}", indent=2)
    for evidence in judgement.evidence:
        screen.item(screen.sign("bullet"), told(evidence, notes), indent=6)


def _practice(screen: Screen, practice: GoodPractice, notes: Footnotes, told_before: set[tuple[str, ...]]) -> None:
    """Who closed the gap, nearest first; what another gap has already shown is not said twice."""
    first = tuple(record.record for held in practice.states for record in held.provisions)
    total = practice.closed_by
    if first and first in told_before:
        screen.line(_("Closed by the same provisions as above."), indent=6)
        return
    told_before.add(first)
    if total:
        lead = plural("Closed by {count} State with a provision on record; nearest first:",
                      "Closed by {count} States with a provision on record; nearest first:", total)  # fmt: skip
        screen.line(lead, indent=6)
    for held in practice.states:
        screen.item(screen.sign("arrow"), f"{held.name} ({_common(held.near)})", indent=8)
        for evidence in held.provisions[:PROVISIONS_SHOWN]:
            screen.line(told(evidence, notes), indent=11)
    if practice.by_review and not total:
        count = practice.closed_by_review
        screen.line(plural("Closed by {count} State according to a review or summary; nearest first:",
                           "Closed by {count} States according to a review or summary; nearest first:", count),
                    indent=6)  # fmt: skip
        for held in practice.by_review:
            screen.item(screen.sign("arrow"), f"{held.name} ({_common(held.near)})", indent=8)
            for evidence in held.reviews[:PROVISIONS_SHOWN]:
                screen.line(told(evidence, notes), indent=11)
    elif practice.by_review:
        names = ", ".join(held.name for held in practice.by_review)
        more = practice.closed_by_review - len(practice.by_review)
        rest = plural(" and {count} more", " and {count} more", more) if more > 0 else ""
        cited = names + _refer(practice.by_review, notes)
        screen.line(_("By review or summary alone: {names}{rest}").format(names=cited, rest=rest), indent=6)
    if not total and not practice.by_review:
        screen.line(_("No State on record satisfies it."), indent=6)


def _refer(held: Sequence[Practice], notes: Footnotes) -> str:
    return notes.refer(cite for one in held for evidence in one.reviews for cite in evidence.sources)


def _common(near: Nearness) -> str:
    """What the two have in common, in the order in which it counts."""
    place = [name for name in (near.subregion or near.continent,) if name]
    parts = [*place, *near.organisations, *(f"IPU {group}" for group in near.ipu_groups)]
    parts += [_("language {code}").format(code=code) for code in near.languages]
    return _("in common: {things}").format(things=", ".join(parts)) if parts else _("nothing in common on record")


def _penalties(screen: Screen, report: GapReport, notes: Footnotes) -> None:
    if not report.penalties:
        return
    screen.heading(_("Maximum penalties on record"))
    table = screen.table(_("offence"), _("penalty"), _("asked for"), _("by"), _("reached"))
    for held in report.penalties:
        heaviest = years(held.max_penalty_years) if held.max_penalty_years is not None else _("not on record")
        table.add_row(
            held.label + notes.refer(held.sources),
            heaviest,
            _("{years} years or more").format(years=f"{held.required_years:g}"),
            f"{held.instrument} {_('art. {article}').format(article=held.article)}",
            screen.result(held.result, result_word(held.result)),
        )
    screen.show(table)
