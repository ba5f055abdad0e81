"""The sections of a briefing on national law: each criterion with its provision, and who closed the same gap."""

from __future__ import annotations

from api.briefing.naming import Names
from api.briefing.notes import Notes
from api.documents.blocks import Block, Paragraph, Table
from api.wording.judgements import status_words
from api.wording.judgements import told as told_evidence
from graph.briefing.answer import Briefing
from graph.dates import MET
from graph.gaps.judgement import GAPS, Evidence, Judgement
from graph.gaps.position import Peers
from graph.gaps.practice import GoodPractice, Practice
from locales.texts import _, plural

EVIDENCE_SHOWN = 2
PROVISIONS_SHOWN = 2
EXAMPLES = 8
"""Criteria without a record for which a near State is named."""

SHOWN_GAPS = GAPS | {"contradictory"}
"""Words for which those who closed the gap are named one by one."""


def legislation(told: Briefing, names: Names, notes: Notes) -> tuple[Block, ...]:
    """Criteria and offences with what decides them, then those without a record."""
    counted = _counted(told, notes)
    recorded = [held for held in told.gaps.legislation if held.status != "no-record" and not _plain_age(held)]
    blocks: list[Block] = []
    if recorded:
        caption = _("Legislative criteria and offences with a record for {name} on {day}{reference}")
        blocks.append(
            Table(
                caption.format(name=names.state(told.state), day=told.on, reference=counted),
                (_("Criterion or offence"), _("On record"), _("Provision or review that says so")),
                tuple((named(held), _word(held), _decided(held, notes)) for held in recorded),
                (30, 17, 53),
            )
        )
    else:
        blocks.append(Paragraph(_("No legislative criterion has a record for the State.") + counted))
    ages = [held for held in told.gaps.legislation if _plain_age(held)]
    if ages:
        words = _("A child is anyone below 18 (or older) in the provisions on: {offences}.")
        cites = [cite for held in ages for evidence in held.evidence for cite in evidence.sources]
        told_ages = words.format(offences="; ".join(held.label for held in ages))
        blocks.append(Paragraph(told_ages + notes.refer(cites), "note"))
    for topic, words in (
        ("criterion", _("No record, which is never a no, on the criteria: {names}.")),
        ("offence", _("No record, which is never a no, on the offences: {names}.")),
        ("age", _("The age of the child is not on record in the provisions on: {names}.")),
    ):
        silent = [held.label for held in told.gaps.legislation if (held.topic, held.status) == (topic, "no-record")]
        if silent:
            blocks.append(Paragraph(words.format(names="; ".join(silent)) + counted, "note"))
    return tuple(blocks)


def _word(held: Judgement) -> str:
    """The word for the status, and why where it decides nothing."""
    word = status_words()[held.status]
    return f"{word}: {held.reason}" if held.status in ("undecided", "contradictory") else word


def named(held: Judgement) -> str:
    """The criterion or offence in words."""
    if held.topic == "offence":
        return _("offence: {offence}").format(offence=held.label)
    return _("age of the child, {offence}").format(offence=held.label) if held.topic == "age" else held.label


def _plain_age(held: Judgement) -> bool:
    return held.topic == "age" and held.status == "satisfied"


def _counted(told: Briefing, notes: Notes) -> str:
    return notes.counted(
        _("Counted in release {release}, again with: comity gaps {state} --topic legislation --on {day}").format(
            release=told.release, state=told.state, day=told.on
        )
    )


def _decided(held: Judgement, notes: Notes) -> str:
    """The provisions, then the reviews, that speak for the day; all there are where none does."""
    speaking = [evidence for evidence in held.evidence if evidence.holds == MET] or list(held.evidence)
    speaking.sort(key=lambda evidence: evidence.kind != "provision")
    brief = held.topic == "criterion"  # the offences tell conduct, age and penalty
    lines = list(
        dict.fromkeys(
            _provision(row, notes) if brief and row.kind == "provision" else told_evidence(row, notes)
            for row in speaking[:EVIDENCE_SHOWN]
        )
    )
    if len(speaking) > EVIDENCE_SHOWN:
        more = len(speaking) - EVIDENCE_SHOWN
        lines.append(plural("{count} more on record", "{count} more on record", more))
    return " · ".join(lines)


def position(told: Briefing, names: Names, notes: Notes) -> tuple[Block, ...]:
    """The State among its region, organisations and parliamentary groups."""
    held = told.gaps.position
    if held is None or not held.peers:
        return (Paragraph(_("No region, regional organisation or IPU group is on record for the State.")),)
    caption = _("Criteria satisfied on record: {own} of {all} for {name}; a low count may only mean a thin record")
    blocks: list[Block] = [
        Table(
            caption.format(
                own=held.criteria["satisfied"], all=sum(held.criteria.values()), name=names.state(told.state)
            )
            + _counted(told, notes),
            (_("Among"), _("Members"), _("With a record"), _("Median satisfied"), _("Rank")),
            tuple(_peers(peers) for peers in held.peers),
            (44, 13, 15, 15, 13),
            frozenset({1, 2, 3, 4}),
        )
    ]
    if not any(peers.kind == "ipu-group" for peers in held.peers):
        blocks.append(Paragraph(_("Group of the Inter-Parliamentary Union: no record."), "note"))
    return tuple(blocks)


def _peers(peers: Peers) -> tuple[str, ...]:
    median = f"{peers.median:g}" if peers.median is not None else "–"
    rank = f"{peers.rank} / {peers.recorded}" if peers.rank is not None else _("no record")
    return (peers.name, str(peers.members), str(peers.recorded), median, rank)


def law_gaps(told: Briefing, names: Names, notes: Notes) -> tuple[Block, ...]:
    """Each gap in national law with those who closed it; then examples for what has no record."""
    practice = {(held.topic, held.key): held for held in told.gaps.practice}
    found = [held for held in told.gaps.legislation if held.status in SHOWN_GAPS]
    blocks: list[Block] = []
    if found:
        rows = tuple(
            (
                f"{named(held)} ({status_words()[held.status]}): {_decided(held, notes)}",
                _closed(practice[held.topic, held.key], names, notes),
            )
            for held in found
        )
        caption = _("Gaps in national law named by a review, and who closed each, the nearest first")
        blocks.append(Table(caption, (_("Gap"), _("Who closed it, with which provision")), rows, (36, 64)))
    else:
        words = _("No review on record names a gap in the law of {name}. What has no record is no gap, and no proof.")
        blocks.append(Paragraph(words.format(name=names.state(told.state)) + _counted(told, notes)))
    silent = [practice[held.topic, held.key] for held in told.gaps.legislation if held.status == "no-record"]
    silent = sorted((held for held in silent if held.states), key=lambda held: -held.closed_by)[:EXAMPLES]
    if silent:
        examples = tuple(
            (held.label, str(held.closed_by + held.closed_by_review), _example(held.states[0], names, notes))
            for held in silent
        )
        caption = _("No record for {name}: worth a look in its own law; the nearest State with a provision on record")
        headers = (_("Criterion or offence"), _("States"), _("Nearest example to read"))
        shares, numeric = (30, 9, 61), frozenset({1})
        blocks.append(Table(caption.format(name=names.state(told.state)), headers, examples, shares, numeric))
    return tuple(blocks)


def _closed(practice: GoodPractice, names: Names, notes: Notes) -> str:
    lines = [_example(held, names, notes) for held in practice.states]
    if not lines:
        lines = [_by_review(held, names, notes) for held in practice.by_review]
    more = practice.closed_by + practice.closed_by_review - len(lines)
    if not lines:
        return _("No State on record satisfies it.")
    if more:
        lines.append(plural("and {count} State more", "and {count} States more", more))
    return " · ".join(lines)


def _example(held: Practice, names: Names, notes: Notes) -> str:
    provisions = "; ".join(_provision(row, notes) for row in held.provisions[:PROVISIONS_SHOWN])
    return f"{names.state(held.state)}{names.common(held.near)}: {provisions}"


def _provision(evidence: Evidence, notes: Notes) -> str:
    """The law, the provision and when: enough to find it and read it. The law's date is not that of the provision."""
    title = evidence.title or _("law not named")
    law = f"{title}, {evidence.provision}" if evidence.provision else title
    dates = ((_("law of {day}"), evidence.enacted_on), (_("on record since {day}"), evidence.recorded_on))
    when = ", ".join(words.format(day=day) for words, day in dates if day) or _("undated")
    return f"{law} ({when}){notes.refer(evidence.sources)}"


def _by_review(held: Practice, names: Names, notes: Notes) -> str:
    cites = [cite for row in held.reviews for cite in row.sources]
    told = _("{name}, by review alone").format(name=names.state(held.state) + names.common(held.near))
    return told + notes.refer(cites)
