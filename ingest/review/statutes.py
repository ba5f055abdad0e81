"""National law: the life of a statute, and what an offence in it can look like."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

from graph.dates import before
from graph.model import ReviewFinding, StatutoryOffence
from ingest.review.finding import Hit, Rule
from ingest.review.material import Material

MOST_YEARS = 100
"""A term of imprisonment beyond this many years is more likely a slip than a law; life is written ``inf``."""

PENALTIES = ("csam-minimum-penalty-years", "csam-maximum-penalty-years")
"""Criteria of reviews whose value is a number of years, the minimum first."""

CONSENT_AGE = "age-of-consent"
"""The criterion of reviews whose value is an age."""

AGES = (10, 21)
"""Ages within which laws protect children by a fixed threshold; the Convention on the Rights of the Child has 18."""


def statute_out_of_order(held: Material) -> Iterator[Hit]:
    """Penal law is enacted, then in force, then repealed (no penalty without earlier law: ICCPR article 15(1))."""
    for record in held.records.statutes:
        if before(record.in_force_on, record.enacted_on):
            yield Hit((record,), f"{record.id} in force {record.in_force_on}, enacted {record.enacted_on}")
        elif before(record.repealed_on, record.in_force_on or record.enacted_on):
            began = record.in_force_on or record.enacted_on
            yield Hit((record,), f"{record.id} repealed {record.repealed_on}, began {began}")


def offence_of_repealed_statute(held: Material) -> Iterator[Hit]:
    """What a repealed law punished is an offence no longer, unless another law says so (ICCPR article 15(1))."""
    statutes = {record.id: record for record in held.records.statutes}
    for record in held.records.statutory_offences:
        statute = statutes.get(record.statute or "")
        if statute and before(statute.repealed_on, held.today):
            says = f"{record.state}: {record.offence} rests on {statute.id}, repealed {statute.repealed_on}"
            yield Hit((record, statute), says)


def offence_of_other_state(held: Material) -> Iterator[Hit]:
    """An offence rests on a law of its own State (or, for a territory, of the State that it belongs to)."""
    statutes = {record.id: record for record in held.records.statutes}
    territories = {record.id for record in held.records.states if record.kind == "territory"}
    for record in held.records.statutory_offences:
        statute = statutes.get(record.statute or "")
        if statute and statute.state != record.state and record.state not in territories:
            says = f"{record.state}: {record.offence} rests on {statute.id}, a law of {statute.state}"
            yield Hit((record, statute), says)


def implausible_penalty(held: Material) -> Iterator[Hit]:
    """A maximum penalty in years is above nought and, if not life, no more than :data:`MOST_YEARS`."""
    for record in held.records.statutory_offences:
        years = record.max_penalty_years
        if years is not None and not math.isinf(years) and not 0 < years <= MOST_YEARS:
            yield Hit((record,), f"{record.state}: {record.offence} carries up to {years:g} years")
    for finding in held.records.review_findings:
        years = _number(finding) if finding.criterion in PENALTIES else None
        if years is not None and not 0 < years <= MOST_YEARS:
            yield Hit((finding,), f"{finding.state}: {finding.criterion} {finding.value}")


def implausible_age(held: Material) -> Iterator[Hit]:
    """An age below which a child is protected lies within :data:`AGES` (CRC article 1: eighteen, or majority)."""
    for record in held.records.statutory_offences:
        age = record.child_age_below
        if age is not None and not AGES[0] <= age <= AGES[1]:
            yield Hit((record,), f"{record.state}: {record.offence} protects children below {age}")
    for finding in held.records.review_findings:
        years = _number(finding) if finding.criterion == CONSENT_AGE else None
        if years is not None and not AGES[0] <= years <= AGES[1]:
            yield Hit((finding,), f"{finding.state}: {finding.criterion} {finding.value}")


def _number(finding: ReviewFinding) -> float | None:
    """The value in years; ``None`` for a word such as ``life``."""
    try:
        return float(finding.value)
    except ValueError:
        return None


def penalties_reversed(held: Material) -> Iterator[Hit]:
    """A minimum penalty does not exceed the maximum that the same review gives for the State."""
    maxima: dict[tuple[str, str, str | None], ReviewFinding] = {}
    for finding in held.records.review_findings:
        if finding.criterion == PENALTIES[1]:
            maxima[finding.state, finding.review, finding.edition] = finding
    for finding in held.records.review_findings:
        most = maxima.get((finding.state, finding.review, finding.edition))
        if finding.criterion != PENALTIES[0] or most is None:
            continue
        low, high = _number(finding), _number(most)
        if low is not None and high is not None and low > high:
            yield Hit((finding, most), f"{finding.state}: at least {finding.value} years, at most {most.value}")


def penalties_differ(held: Material) -> Iterator[Hit]:
    """One provision gives one maximum penalty for one conduct."""
    groups: defaultdict[tuple[object, ...], list[StatutoryOffence]] = defaultdict(list)
    for record in held.records.statutory_offences:
        if record.statute and record.provision and record.max_penalty_years is not None:
            law = (record.statute, record.provision, record.offence, record.conduct, record.child_age_below)
            groups[law].append(record)
    for records in groups.values():
        if len({record.max_penalty_years for record in records}) > 1:
            years = " and ".join(f"{record.max_penalty_years:g}" for record in records)
            first = records[0]
            yield Hit(tuple(records), f"{first.statute}, {first.provision}: {first.offence} carries {years} years")


RULES = (
    Rule(
        key="statute-out-of-order", severity="error", check=statute_out_of_order,
        demands="a penal law is enacted, enters into force and is repealed in this order", source="ICCPR article 15(1)",
    ),
    Rule(
        key="offence-of-repealed-statute", severity="doubt", check=offence_of_repealed_statute,
        demands="an offence rests on a law that is not repealed", source="ICCPR article 15(1)",
    ),
    Rule(
        key="offence-of-other-state", severity="error", check=offence_of_other_state,
        demands="an offence rests on a law of its own State", source="the meaning of state and statute",
    ),
    Rule(
        key="implausible-penalty", severity="error", check=implausible_penalty,
        demands=f"a maximum penalty is above 0 and at most {MOST_YEARS} years, or life",
        source="a convention of the tables",
    ),
    Rule(
        key="implausible-age", severity="doubt", check=implausible_age,
        demands=f"an age of protection lies within {AGES[0]} and {AGES[1]}",
        source="CRC article 1 (eighteen, unless majority is attained earlier)",
    ),
    Rule(
        key="penalties-reversed", severity="error", check=penalties_reversed,
        demands="a minimum penalty does not exceed the maximum", source="the meaning of the criteria",
    ),
    Rule(
        key="penalties-differ", severity="doubt", check=penalties_differ,
        demands="one provision gives one maximum penalty for one conduct", source="the meaning of max_penalty_years",
    ),
)  # fmt: skip
