"""What a build did, as one JSON-able account: read by the command line, kept with the release."""

from __future__ import annotations

import msgspec

from graph.model import Conflict
from graph.review import Finding, TableReport
from ingest.ledger import Drop
from ingest.problems import Problem
from ingest.sources import Checked


class ShaclReport(msgspec.Struct, frozen=True, kw_only=True):
    """The result of validating the release against the shapes; ``engine`` names the validator."""

    conforms: bool
    engine: str
    triples: int
    violations: int


class BuildReport(msgspec.Struct, kw_only=True):
    """The account of a build. ``release`` is ``None`` when it was refused.

    ``unchanged``: nothing was built because the inputs are those of the current release. ``findings`` are those of
    the review of the facts (:mod:`ingest.review`). ``corrections`` are the ids of the published proposals that were
    laid over the tables. ``seconds`` by stage.
    """

    release: str | None = None
    unchanged: bool = False
    fingerprint: str = ""
    corrections: list[str] = []
    tables: list[TableReport] = []
    problems: list[Problem] = []
    merged: dict[str, int] = {}
    drops: list[Drop] = []
    derived: dict[str, int] = {}
    conflicts: list[Conflict] = []
    findings: list[Finding] = []
    assertions: list[Checked] = []
    shacl: ShaclReport | None = None
    records: dict[str, int] = {}
    seconds: dict[str, float] = {}

    @property
    def errors(self) -> list[Problem]:
        """Problems that refuse the release."""
        return [problem for problem in self.problems if problem.severity == "error"]

    @property
    def warnings(self) -> list[Problem]:
        """Problems that do not."""
        return [problem for problem in self.problems if problem.severity == "warning"]


class BuildRefused(Exception):
    """The tables hold errors; nothing was written and the previous release stays. ``report`` lists them all."""

    def __init__(self, report: BuildReport) -> None:
        errors = report.errors
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        super().__init__(f"{errors[0]}{more}" if errors else "the release was refused")
        self.report = report


class CorrectionOutdated(BuildRefused):
    """A correction does not fit what the tables say by now."""
