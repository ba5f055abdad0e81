"""``/v1/quality``: what does not fit in a release: findings of the review, and conflicts between sources."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from api import schemas
from api.asking import Ask
from api.pages import Page, page
from api.parameters import MOST
from api.problems import not_valid
from api.release_shapes import QualityTold, RuleTold
from graph.profiles import plain
from graph.questions import nearest
from graph.releases import Release
from graph.review import SEVERITIES, Finding, TableReport

router = APIRouter(prefix="/v1/quality", tags=["releases"])


class _Report(msgspec.Struct, frozen=True, kw_only=True):
    """What of the report of a build is told here."""

    tables: list[TableReport] = []
    derived: dict[str, int] = {}
    findings: list[Finding] = []
    shacl: dict[str, Any] | None = None


@router.get("", summary="What does not fit", responses=schemas.ok(schemas.of(QualityTold), "Findings and conflicts."))
async def quality(
    ask: Ask,
    part: Annotated[Page, Depends(page)],
    severity: Annotated[
        Literal["error", "doubt", "gap"] | None, Query(description="Only findings of this severity.")
    ] = None,
    rule: Annotated[str | None, Query(max_length=MOST, description="Only findings of this rule (`rules`).")] = None,
    known: Annotated[
        bool | None, Query(description="Only findings that are explained, or only those that are not.")
    ] = None,
) -> Response:
    """Findings of the review of the facts in pages, rules with their law, conflicts between sources, tables read.

    A finding refuses no release: contradictions of the sources stay visible.
    """
    report = _report(ask.at.release)
    rules = _rules(report.findings)
    if rule is not None and rule not in {one.rule for one in rules}:
        close = nearest(rule, [one.rule for one in rules])
        raise not_valid("rule", f"no finding is of a rule called {rule[:40]!r}; nearest: {', '.join(close) or 'none'}")
    found = [
        one
        for one in report.findings
        if severity in (None, one.severity) and rule in (None, one.rule) and known in (None, one.known is not None)
    ]
    items, following = part.cut(found, ask.at.id)

    def work() -> bytes:
        conflicts = ask.network.records.conflicts
        told = QualityTold(
            release=ask.at.id,
            built_at=ask.at.release.manifest.built_at,
            severities={name: sum(one.severity == name for one in report.findings) for name in SEVERITIES},
            rules=rules,
            conflicts=[plain(ask.network, one) for one in conflicts],
            tables=report.tables,
            derived=report.derived,
            shacl=report.shacl,
            total=len(found),
            items=list(items),
            next=following,
        )
        return msgspec.json.encode(told)

    return ask.at_once(work)


def _report(release: Release) -> _Report:
    return msgspec.convert(release.report(), _Report)


def _rules(findings: list[Finding]) -> list[RuleTold]:
    """The rules that something does not fit, errors first, in the order of the findings."""
    many = Counter((one.rule, one.severity) for one in findings)
    explained = Counter((one.rule, one.severity) for one in findings if one.known is not None)
    first = {(one.rule, one.severity): one for one in reversed(findings)}
    return [
        RuleTold(
            rule=rule,
            severity=severity,
            demands=first[rule, severity].demands,
            source=first[rule, severity].source,
            findings=count,
            known=explained[rule, severity],
        )
        for (rule, severity), count in many.items()
    ]
