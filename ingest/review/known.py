"""Findings that a curator has looked at and that stand as they are, each with its reason.

They are kept beside the facts, in ``common/known-findings.csv``: ``rule``, ``about`` (class and id of the record to
look at first, as the finding names it) and ``reason``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from pathlib import Path

import msgspec

from graph.review import Finding
from ingest.problems import Problem, nearest

FILE = "common/known-findings.csv"
COLUMNS = ["rule", "about", "reason"]


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the table: a finding of ``rule`` about the record ``about`` stands for ``reason``."""

    rule: str
    about: str
    reason: str
    row: int


def read_known(facts_dir: Path, rules: Collection[str]) -> tuple[list[Known], list[Problem]]:
    """The rows of the table in ``facts_dir``, none where there is none; every row that cannot be used is an error."""
    path = facts_dir / FILE
    if not path.is_file():
        return [], []
    try:
        lines = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        return [], [Problem(file=FILE, message=f"cannot be read: {error}", cure="Save it as a CSV table in UTF-8")]
    if not lines or lines[0] != COLUMNS:
        return [], [Problem(file=FILE, row=1, message="has other columns", cure=f"Columns are {', '.join(COLUMNS)}")]
    found: list[Known] = []
    problems: list[Problem] = []
    seen: set[tuple[str, str]] = set()
    for row, cells in enumerate(lines[1:], start=2):
        problem = _problem(row, [cell.strip() for cell in cells], rules, seen)
        if problem is not None:
            problems.append(problem)
            continue
        rule, about, reason = (cell.strip() for cell in cells)
        seen.add((rule, about))
        found.append(Known(rule=rule, about=about, reason=reason, row=row))
    return found, problems


def _problem(row: int, cells: list[str], rules: Collection[str], seen: set[tuple[str, str]]) -> Problem | None:
    if len(cells) != len(COLUMNS):
        return Problem(file=FILE, row=row, message=f"has {len(cells)} cells, not 3", cure="Quote texts with commas")
    rule, about, reason = cells
    if rule not in rules:
        near = nearest(rule, rules)
        cure = f"Did you mean {near}?" if near else "Use a rule that comity check --facts names"
        return Problem(file=FILE, row=row, column="rule", message=f"'{rule}' is no rule of the review", cure=cure)
    if not reason:
        return Problem(file=FILE, row=row, column="reason", message="gives no reason", cure="Say why it stands")
    if (rule, about) in seen:
        return Problem(file=FILE, row=row, message="repeats an earlier row", cure="Keep one of the two")
    return None


def with_reasons(findings: list[Finding], known: list[Known]) -> tuple[list[Finding], list[Problem]]:
    """``findings`` with the reasons of ``known``, and a warning for every row of it that fits no finding any more."""
    reasons = {(one.rule, one.about): one for one in known}
    marked: list[Finding] = []
    for finding in findings:
        one = reasons.get((finding.rule, finding.about))
        marked.append(msgspec.structs.replace(finding, known=one.reason) if one else finding)
    met = {(finding.rule, finding.about) for finding in findings}
    stale = [
        Problem(
            file=FILE, row=one.row, severity="warning",
            message=f"nothing about {one.about} is found by the rule {one.rule} any more", cure="Remove the row",
        )
        for one in known
        if (one.rule, one.about) not in met
    ]  # fmt: skip
    return marked, stale
