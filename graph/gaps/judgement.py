"""How a State stands to one criterion or offence on a day, with every provision and finding that says so.

Six words are kept apart. ``satisfied``: the record says yes. ``not-satisfied``: a review says no. ``partial``: it says
in part. ``contradictory``: law and review, or two reviews, disagree. ``undecided``: there is a record and it does not
decide for the day (undated, newer than the day, repealed, or an answer in the review's own words). ``no-record``:
nothing is on record, which is never a no.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isinf
from typing import Literal

import msgspec

from graph.answers import Cite
from graph.criminalisation import CSAM_CONDUCTS, DECIDING_CRITERIA, UNSPECIFIED
from graph.dates import MET, NOT_MET, UNKNOWN, Tri
from graph.gaps.criteria import GAP_WHERE_YES, PROVED_BY, READ_WITH, TECHNOLOGY, label
from graph.model import ReviewFinding, StatutoryOffence
from graph.network import Network
from graph.references import reference

Status = Literal["satisfied", "not-satisfied", "partial", "contradictory", "undecided", "no-record"]
STATUSES: tuple[Status, ...] = ("not-satisfied", "partial", "contradictory", "undecided", "no-record", "satisfied")
"""All words, gaps first."""

GAPS: frozenset[Status] = frozenset({"not-satisfied", "partial"})
"""Words that make a gap."""

RESULTS: dict[Status, Tri] = {"satisfied": MET, "not-satisfied": NOT_MET}
"""The words that are certain; every other one is unknown."""


class Evidence(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One provision or finding. ``kind``: ``provision`` or ``finding``.

    ``says``: ``yes``, ``no``, ``partial`` or the review's own word, turned so that ``yes`` always means that the
    criterion is met; ``answer`` is what the record says. ``holds``: whether it speaks for the day: met, not met (not
    yet or no longer in force) or unknown. ``since`` is the date from which it is known: entry into force of the
    statute, else the date of the earliest source (``dated_by``: ``statute`` or ``source``). ``recorded_on`` is the
    earliest date of a source that shows it. A penalty without end is ``life``. ``conduct_open``: the source does not
    tell which conduct with CSAM it means.
    """

    kind: str
    says: str
    holds: Tri
    record: str
    since: str | None = None
    dated_by: str = "source"
    recorded_on: str | None = None
    answer: str | None = None
    offence: str | None = None
    conduct: str | None = None
    conduct_open: bool = False
    statute: str | None = None
    title: str | None = None
    provision: str | None = None
    enacted_on: str | None = None
    in_force_on: str | None = None
    repealed_on: str | None = None
    child_age_below: int | None = None
    max_penalty_years: float | str | None = None
    review: str | None = None
    edition: str | None = None
    note: str | None = None
    sources: tuple[Cite, ...] = ()


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """The place of a State on one criterion, offence or age. ``topic``: ``criterion``, ``offence`` or ``age``.

    ``beside`` are provisions that bear on the criterion and do not decide it.
    """

    topic: str
    key: str
    label: str
    status: Status
    result: Tri
    reason: str
    evidence: tuple[Evidence, ...] = ()
    beside: tuple[Evidence, ...] = ()


def criterion_judgement(network: Network, state: str, criterion: str, on: int) -> Judgement:
    """How ``state`` stands to the review criterion on day ``on`` (an ordinal)."""
    found = [_finding(network, row, since, holds) for row, since, holds in network.law(state).reviews(on)
             if row.criterion == criterion]  # fmt: skip
    proved = PROVED_BY.get(criterion, ())
    provisions = [
        provision_evidence(network, row, since, holds)
        for row, since, holds in network.law(state).provisions(on)
        if row.offence in proved and (criterion != TECHNOLOGY or row.technology_specific)
    ]
    beside = provisions_on(network, state, READ_WITH.get(criterion, ()), on)
    return judged(network, "criterion", criterion, (*provisions, *found), beside)


def offence_judgement(network: Network, state: str, offence: str, on: int) -> Judgement:
    """Whether the law of ``state`` makes the conduct an offence on day ``on`` (an ordinal), and where it says so."""
    deciding = [criterion for criterion, decided in DECIDING_CRITERIA.items() if offence in decided]
    found = [_finding(network, row, since, holds) for row, since, holds in network.law(state).reviews(on)
             if row.criterion in deciding]  # fmt: skip
    keys = (offence, UNSPECIFIED) if offence in CSAM_CONDUCTS else (offence,)
    return judged(network, "offence", offence, (*provisions_on(network, state, keys, on), *found))


def provisions_on(network: Network, state: str, offences: Sequence[str], on: int) -> tuple[Evidence, ...]:
    """The provisions of ``state`` on any of ``offences``, in force or not."""
    return tuple(
        provision_evidence(network, row, since, holds)
        for row, since, holds in network.law(state).provisions(on)
        if row.offence in offences
    )


def judged(
    network: Network, topic: str, key: str, evidence: Sequence[Evidence], beside: Sequence[Evidence] = ()
) -> Judgement:
    """The judgement that the evidence allows."""
    status, reason = weigh(evidence)
    return Judgement(
        topic=topic,
        key=key,
        label=label(network, key) if topic == "criterion" else network.label("offence", key),
        status=status,
        result=RESULTS.get(status, UNKNOWN),
        reason=reason,
        evidence=tuple(evidence),
        beside=tuple(beside),
    )


def weigh(evidence: Sequence[Evidence]) -> tuple[Status, str]:
    """The word for the evidence, and why.

    A review's "no" stands only where no provision could speak against it (as in :mod:`graph.criminalisation`).
    """
    if not evidence:
        return "no-record", "no record"
    speaking = [held for held in evidence if held.holds == MET and not held.conduct_open]
    by_law = any(held.kind == "provision" for held in speaking)
    said = {held.says for held in speaking if held.kind == "finding"} & {"yes", "no", "partial"}
    if len(said | ({"yes"} if by_law and said != {"partial"} else set())) > 1:
        between = "the law on record and a review" if by_law else "reviews"
        return "contradictory", f"{between} disagree"
    if "partial" in said:
        return "partial", "covered in part, according to the review"
    if by_law:
        return "satisfied", "by the provision on record"
    if "yes" in said:
        return "satisfied", "by the review"
    if "no" in said:
        if any(held.kind == "provision" and held.holds == UNKNOWN for held in evidence):
            return "undecided", "a review says no, and a provision that may say otherwise is undated or too general"
        named = any(held.says == "no" and held.answer == "yes" for held in speaking)
        return "not-satisfied", "the review names a gap" if named else "the review says no"
    return "undecided", _why_undecided(evidence)


def _why_undecided(evidence: Sequence[Evidence]) -> str:
    if any(held.repealed_on and held.holds == NOT_MET for held in evidence):
        return "a provision on record is not in force on the day"
    if any(held.conduct_open for held in evidence):
        return "an offence with CSAM is on record; which conduct it covers is not"
    own = [held.says for held in evidence if held.says not in ("yes", "no", "partial")]
    if own:
        return f"the review answers in its own words: {own[0]}"
    if all(held.since is None for held in evidence):
        return "only undated sources speak of it"
    return "the record does not reach the day"


def provision_evidence(network: Network, row: StatutoryOffence, since: str | None, holds: Tri) -> Evidence:
    """A statutory provision as evidence."""
    statute = network.statute(row.statute) if row.statute else None
    unspecified = row.offence == UNSPECIFIED
    years = row.max_penalty_years
    return Evidence(
        kind="provision",
        says="yes",
        holds=holds,
        record=reference(row),
        since=since,
        recorded_on=_earliest(network.cites(row.sources)),
        dated_by="statute" if statute and statute.in_force_on else "source",
        offence=row.offence,
        conduct=row.conduct,
        conduct_open=unspecified,
        statute=row.statute,
        title=statute.title if statute else None,
        provision=row.provision,
        enacted_on=statute.enacted_on if statute else None,
        in_force_on=statute.in_force_on if statute else None,
        repealed_on=statute.repealed_on if statute else None,
        child_age_below=row.child_age_below,
        max_penalty_years="life" if years is not None and isinf(years) else years,
        note=row.note,
        sources=network.cites(row.sources),
    )


def _earliest(cites: Sequence[Cite]) -> str | None:
    return min((cite.as_of for cite in cites if cite.as_of), default=None)


def _finding(network: Network, row: ReviewFinding, since: str | None, holds: Tri) -> Evidence:
    turned = {"yes": "no", "no": "yes"} if row.criterion.startswith(GAP_WHERE_YES) else {}
    return Evidence(
        kind="finding",
        says=turned.get(row.value, row.value),
        holds=holds,
        record=reference(row),
        since=since,
        recorded_on=since,
        answer=row.value,
        review=row.review,
        edition=row.edition,
        note=row.note,
        sources=network.cites(row.sources),
    )
