"""The review at the command line: readable, complete for programs, failing on an error that nobody has explained."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from terminal.review import MOST_SHOWN, show_review
from terminal.screen import Screen
from tests.ingest.conftest import WORLD, written
from tests.terminal.conftest import Run


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """Tables in which France signed a day after it ratified."""
    late = {name: text.replace("FRA,party,2001-11-23", "FRA,party,2006-01-11") for name, text in WORLD.items()}
    return written(late, tmp_path / "facts")


def test_an_error_fails_the_check_until_its_reason_is_known(command: Run, facts: Path, tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    built = command("build", "--facts", str(facts), COMITY_DATA_DIR=data)
    assert built.code == 0
    assert "findings of the review (see: comity check --facts)" in " ".join(built.out.split())
    assert command("check", COMITY_DATA_DIR=data).code == 0, "the files are sound"
    told = command("check", "--facts", COMITY_DATA_DIR=data, COLUMNS="200")
    assert told.code == 1
    assert told.err == ""
    lines = [line.strip() for line in told.out.splitlines()]
    start = lines.index("Errors: what cannot be (1 finding; 0 of them known)")
    assert lines[start + 1 : start + 6] == [
        "• signed-after-bound (1)",
        "rule: ratification, acceptance and approval follow the signature [VCLT article 14]",
        "– cets-185/FRA: ratification 2006-01-10, signed 2006-01-11",
        "participation/cets-185/FRA: council-of-europe/participations.csv:2; "
        "by rule: in_force_on: first-of-month-after P3M, counted from bound_on 2006-01-10, article 36(4)",
        "https://www.coe.int/chart (as of 2026-04-25)",
    ]
    reason = "rule,about,reason\nsigned-after-bound,participation/cets-185/FRA,the chart says so\n"
    (facts / "common" / "known-findings.csv").write_text(reason, encoding="utf-8")
    assert command("build", "--facts", str(facts), COMITY_DATA_DIR=data).code == 0
    again = command("check", "--facts", COMITY_DATA_DIR=data)
    assert again.code == 0
    assert "known: the chart says so" in again.out


def test_programs_get_every_finding(command: Run, facts: Path, tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    command("build", "--facts", str(facts), COMITY_DATA_DIR=data)
    done = command("check", "--facts", "--json", COMITY_DATA_DIR=data)
    assert done.code == 1
    (error,) = [one for one in done.json["findings"]["review"] if one["severity"] == "error"]
    assert error["rule"] == "signed-after-bound"
    (witness,) = error["witnesses"]
    assert witness["rows"] == [{"file": "council-of-europe/participations.csv", "row": 2}]
    assert witness["sources"] == [{"url": "https://www.coe.int/chart", "as_of": "2026-04-25"}]
    assert command("check", "--json", COMITY_DATA_DIR=data).json.keys() == {"release", "checks"}


def finding(number: int) -> dict[str, Any]:
    witness = {"record": f"source/s{number}", "sources": [{"url": f"https://example.org/{number}"}]}
    return {
        "severity": "gap", "rule": "source-undated", "demands": "a source says for which day it speaks",
        "source": "the meaning of as_of", "says": f"https://example.org/{number}", "witnesses": [witness],
    }  # fmt: skip


def test_many_findings_of_one_rule_are_cut_with_their_number() -> None:
    stream = io.StringIO()
    show_review(Screen(stream), [finding(number) for number in range(MOST_SHOWN + 3)])
    told = stream.getvalue()
    assert f"source-undated ({MOST_SHOWN + 3})" in told
    assert f"https://example.org/{MOST_SHOWN - 1} (undated)" in told
    assert f"https://example.org/{MOST_SHOWN} " not in told
    assert "3 more: see --json" in told
    assert "Errors: what cannot be (0 findings; 0 of them known)" in told
