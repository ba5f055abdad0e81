"""The review of the facts: rules of consistency, run over the records of a release before it is written.

Each rule is a small function that names its legal source. What it meets is a finding for a curator, never a reason to
refuse a release: the law knows exceptions, and a contradiction in the sources is shown as that. Nothing is corrected
here; that is done in the tables, with a source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.model import Record
from graph.records import Records
from graph.review import SEVERITIES, CitedSource, Finding, Place, Witness
from ingest.identity import segment
from ingest.review import (
    citations,
    consent,
    declarations,
    designations,
    duplicates,
    force,
    memberships,
    protocols,
    statutes,
)
from ingest.review.finding import Hit, Rule
from ingest.review.material import Material

RULES: tuple[Rule, ...] = (
    *consent.RULES, *force.RULES, *protocols.RULES, *designations.RULES, *declarations.RULES, *memberships.RULES,
    *statutes.RULES, *duplicates.RULES, *citations.RULES,
)  # fmt: skip
"""All rules, in the order in which findings of one severity are listed."""

Origins = Mapping[tuple[type[Record], str], Iterable[tuple[str, int]]]
"""Files and rows behind each record, by class and id (see :class:`ingest.ledger.Ledger`)."""


def review(records: Records, origins: Origins, today: str, rules: Iterable[Rule] = RULES) -> list[Finding]:
    """Everything in ``records`` that does not fit one of ``rules``: errors first, then by rule and record.

    ``today`` (YYYY-MM-DD) is the day of the review.
    """
    material = Material(records, today)
    found = [_finding(rule, hit, material, origins) for rule in rules for hit in rule.check(material)]
    order = {rule.key: position for position, rule in enumerate(RULES)}
    return sorted(found, key=lambda one: (SEVERITIES.index(one.severity), order.get(one.rule, -1), one.about))


def _finding(rule: Rule, hit: Hit, material: Material, origins: Origins) -> Finding:
    first, *others = hit.about
    sources = first.sources_of(hit.field) if hit.field else first.sources
    return Finding(
        severity=hit.severity or rule.severity,
        rule=rule.key,
        demands=rule.demands,
        source=rule.source,
        says=hit.says,
        witnesses=(
            _witness(first, sources, material, origins),
            *(_witness(other, other.sources, material, origins) for other in others),
        ),
    )


def _witness(record: Record, sources: Iterable[str], material: Material, origins: Origins) -> Witness:
    cited = (material.sources[one] for one in sources if one in material.sources)
    return Witness(
        record=f"{segment(type(record))}/{record.id}",
        rows=tuple(Place(file=file, row=row) for file, row in origins.get((type(record), record.id), ())),
        sources=tuple(CitedSource(url=source.url, as_of=source.as_of) for source in cited),
        derived=record.rule if record.basis == "derived" else None,
    )
