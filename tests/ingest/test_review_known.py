"""The review as part of a build: findings name rows and sources, known ones carry their reason, stale ones are told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.releases import current
from graph.review import CitedSource, Finding, Place
from ingest.build import build
from ingest.recheck import reviewed
from ingest.report import BuildRefused, BuildReport
from ingest.review import RULES

Change = Callable[[str, str, str], None]
PARTIES = "council-of-europe/participations"
KNOWN = "rule,about,reason\n"
FRANCE = "signed-after-bound,participation/cets-185/FRA"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def wrong(change: Change) -> None:
    """France: signature a day after the ratification of 2006-01-10."""
    change(PARTIES, "cets-185,FRA,party,2001-11-23", "cets-185,FRA,party,2006-01-11")


def of_rule(report: BuildReport, rule: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule == rule]


def test_a_finding_names_every_row_and_source_behind_the_record(facts: Path, data: Path, change: Change) -> None:
    # The United States stand on rows 3 and 4: a chart of 2026 and a list of 2014. A signature of 2006-10 follows the
    # ratification of 2006-09-29; only the chart states it, so that it alone is named.
    change(PARTIES, "cets-185,USA,party,2001-11-23", "cets-185,USA,party,2006-10")
    (finding,) = of_rule(build(data, facts), "signed-after-bound")
    assert (finding.severity, finding.about) == ("error", "participation/cets-185/USA")
    (witness,) = finding.witnesses
    assert witness.rows == (Place(file=f"{PARTIES}.csv", row=3), Place(file=f"{PARTIES}.csv", row=4))
    assert str(witness.rows[0]) == "council-of-europe/participations.csv:3"
    assert witness.sources == (CitedSource(url="https://www.coe.int/chart", as_of="2026-04-25"),)
    assert finding.says == "cets-185/USA: ratification 2006-09-29, signed 2006-10"


def test_findings_are_kept_with_the_release_and_refuse_nothing(facts: Path, data: Path, wrong: None) -> None:
    report = build(data, facts)
    assert report.release == current(data).id
    assert reviewed(current(data)) == report.findings
    assert [finding.severity for finding in of_rule(report, "signed-after-bound")] == ["error"]


def test_a_known_finding_carries_its_reason(facts: Path, data: Path, wrong: None) -> None:
    before = build(data, facts)
    (facts / "common" / "known-findings.csv").write_text(KNOWN + FRANCE + ",the chart says so\n", encoding="utf-8")
    after = build(data, facts)
    assert not after.unchanged
    assert after.release == before.release, "a reason is no fact"
    assert [finding.known for finding in of_rule(after, "signed-after-bound")] == ["the chart says so"]
    assert reviewed(current(data)) == after.findings


def test_a_reason_for_nothing_is_a_warning(facts: Path, data: Path) -> None:
    (facts / "common" / "known-findings.csv").write_text(KNOWN + FRANCE + ",was wrong once\n", encoding="utf-8")
    (warning,) = build(data, facts).warnings
    assert (warning.file, warning.row) == ("common/known-findings.csv", 2)
    assert "any more" in warning.message
    assert warning.cure == "Remove the row"


@pytest.mark.parametrize(
    ("text", "row", "said"),
    [
        ("rule,about\n", 1, "Columns are rule, about, reason"),
        ("", 1, "Columns are"),
        (KNOWN + "signed-after-bond,participation/cets-185/FRA,why\n", 2, "Did you mean signed-after-bound?"),
        (KNOWN + FRANCE + ",\n", 2, "gives no reason"),
        (KNOWN + FRANCE + "\n", 2, "has 2 cells, not 3"),
        (KNOWN + f"{FRANCE},one\n{FRANCE},other\n", 3, "repeats an earlier row"),
        (KNOWN + '"', None, "cannot be read"),
    ],
)
def test_a_row_that_cannot_be_used_refuses_the_release(
    facts: Path, data: Path, text: str, row: int | None, said: str
) -> None:
    (facts / "common" / "known-findings.csv").write_text(text, encoding="utf-8")
    with pytest.raises(BuildRefused) as refused:
        build(data, facts)
    (error,) = refused.value.report.errors
    assert (error.file, error.row) == ("common/known-findings.csv", row)
    assert said in str(error)


def test_a_derived_record_says_by_which_rule(facts: Path, data: Path, change: Change) -> None:
    # France has no day in the table; it follows from the deposit. Said to have ended in 2000, before it began.
    row = "cets-185,FRA,party,2001-11-23,2006-01-10,ratification,"
    change(PARTIES, "action,in_force_on,source\n", "action,ended_on,source\n")
    change(PARTIES, f"{row},", f"{row}2000,")
    (finding,) = of_rule(build(data, facts), "ended-before-in-force")
    assert finding.witnesses[0].derived is not None
    assert finding.witnesses[0].derived.startswith("in_force_on: first-of-month-after P3M")


def test_rules_have_keys_of_their_own() -> None:
    assert len({rule.key for rule in RULES}) == len(RULES)
