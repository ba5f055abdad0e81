"""A proposal tried out: everything that a build does but writing, and what would differ from the release in use."""

from __future__ import annotations

from pathlib import Path

import msgspec

from graph.canonical import canonical
from graph.changes import Changes, changes
from graph.curation import store
from graph.curation.plain import is_reason
from graph.curation.proposal import Correction, Draft, Effect, Fault, Trial
from graph.network import Network
from graph.releases import Release, current
from graph.review import Finding
from ingest.build import Build, Progress, fingerprint
from ingest.curation.new_sources import with_ids
from ingest.curation.overlay import label
from ingest.problems import Problem
from ingest.report import BuildRefused, BuildReport, CorrectionOutdated

MOST_FAULTS = 100
"""Faults that are told of one proposal."""


class ProposalRefused(Exception):
    """A proposal that cannot stand; ``faults`` say why, place by place.

    ``outdated``: the tables say something else than when it was made.
    """

    def __init__(self, faults: tuple[Fault, ...], outdated: bool = False) -> None:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        super().__init__(f"{faults[0]}{more}")
        self.faults = faults
        self.outdated = outdated


class NotUpToDate(RuntimeError):
    """The release in use is not that of the tables and corrections, so that nothing can be compared with it."""


def up_to_date(data_dir: Path, facts_dir: Path, corrections: tuple[Correction, ...]) -> Release:
    """The release in use, which is that of the tables and ``corrections``.

    Raises:
        NoRelease: nothing has been built yet.
        NotUpToDate: it was built from something else.
    """
    release = current(data_dir)
    if release.manifest.fingerprint != fingerprint(facts_dir, corrections):
        raise NotUpToDate(
            f"release {release.id} was not built from the tables, corrections and program that are here: run comity"
            " build first (with the same facts_dir)"
        )
    return release


def tried(data_dir: Path, facts_dir: Path, draft: Draft, name: str, on: str, progress: Progress | None = None) -> Trial:
    """Try ``draft`` out as the proposal ``name``; ``on`` is the ISO day for which standings of parties are compared.

    Raises:
        ProposalRefused: it holds faults, or changes nothing.
        NotUpToDate: the release in use is not that of the tables.
        NoRelease: nothing has been built yet.
    """
    held = store.corrections(data_dir)
    base = up_to_date(data_dir, facts_dir, held)
    records_before, findings_before = base.records(), _findings(base)  # a later build may remove the release
    if not is_reason(draft.reason):
        message = "the reason is empty or holds a control character"
        raise ProposalRefused((Fault(message=message, cure="Say in plain words why the facts change"),))
    changes_made = with_ids(draft).changes
    build = Build(facts_dir, (*held, Correction(proposal=name, changes=changes_made)), progress, name)
    try:
        records = canonical(build.made())
    except BuildRefused as refused:
        raise refusal(refused, name) from None
    assert build.overlay is not None  # noqa: S101 - there is a correction
    differing = changes(Network(records_before, base.id), Network(records, build.report.release or ""), on)
    if not differing.records:
        message = "nothing on record would be another than before: every row says what others say already"
        raise ProposalRefused((Fault(message=message, cure="Compare with comity show, and leave the proposal"),))
    return Trial(
        base=base.id, changes=build.overlay.resolved[name], effect=_effect(build.report, findings_before, differing)
    )


def _findings(release: Release) -> set[tuple[str, str, str]]:
    """What the review has found in a release."""
    return {_of(one) for one in msgspec.convert(release.report().get("findings", []), list[Finding])}


def _effect(report: BuildReport, before: set[tuple[str, str, str]], differing: Changes) -> Effect:
    """What differs, with the findings of the review that come and go."""
    after = {_of(one) for one in report.findings}
    return Effect(
        changes=differing,
        findings=tuple(one for one in report.findings if _of(one) not in before),
        settled=len(before - after),
    )


def _of(finding: Finding) -> tuple[str, str, str]:
    """What makes two findings the same; the rows behind them may be others."""
    return finding.rule, finding.about, finding.says


def refusal(refused: BuildRefused, name: str) -> ProposalRefused:
    """What a refused build says of the proposal ``name``: change by change, then what shows elsewhere."""
    found = [_fault(problem, name) for problem in refused.report.errors]
    faults = sorted(found, key=lambda fault: (fault.change is None, fault.change or 0))
    return ProposalRefused(tuple(faults[:MOST_FAULTS]), isinstance(refused, CorrectionOutdated))


def _fault(problem: Problem, name: str) -> Fault:
    mine = label(name, "")
    if problem.file.startswith(mine):
        table = problem.file.removeprefix(mine)
        return Fault(message=problem.message, cure=problem.cure, change=problem.row, file=table, column=problem.column)
    return Fault(message=problem.message, cure=problem.cure, file=problem.file, row=problem.row, column=problem.column)
