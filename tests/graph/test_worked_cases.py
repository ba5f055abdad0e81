"""Every worked case in ``tests/cases``: the law worked out by hand against the answer of the packaged release.

A case is a folder ``<FROM>-<TO>-<measure>-<date>`` with ``question.json``, ``expected.json`` and ``why.md``. Keys of
``expected.json``: ``first`` and ``paths`` (patterns, in rank order), ``exact_paths``, ``absent`` (patterns that no
path may fit) and ``why_not`` (parts of lines that must be there).
"""

from __future__ import annotations

import json
from pathlib import Path as File
from typing import Any

import pytest

from graph.answers import Answer, Path
from graph.offers import OfferBook
from graph.paths import find_paths
from graph.questions import ask

CASES = sorted((File(__file__).parent.parent / "cases").glob("*/question.json"))


def fits(path: Path, pattern: dict[str, Any]) -> bool:
    """Whether ``path`` shows everything that ``pattern`` names."""
    border = [leg for leg in path.legs if leg.kind == "border"]
    conditions = [condition for leg in path.legs for condition in leg.conditions]
    checks = {
        "channel": lambda wanted: path.channel == wanted,
        "status": lambda wanted: path.status == wanted,
        "measure": lambda wanted: path.measure == wanted,
        "evidential_use": lambda wanted: path.evidential_use == wanted,
        "deadline_days": lambda wanted: path.deadline_days == wanted,
        "basis": lambda wanted: all(_rests_on(path, article) for article in wanted),
        "conditions": lambda wanted: all(
            any(held.code == code and held.status == status for held in conditions) for code, status in wanted.items()
        ),
        "languages": lambda wanted: set(wanted) <= {held.language for leg in path.legs for held in leg.languages},
        "from_authority": lambda wanted: any(wanted in leg.from_.name for leg in border),
        "to_authority": lambda wanted: any(
            wanted in leg.to.name or any(wanted in other.authority for other in leg.also) for leg in border
        ),
        "provider": lambda wanted: any(wanted in (leg.to.name + (leg.to.id or "")) for leg in path.legs),
    }
    return all(checks[key](wanted) for key, wanted in pattern.items())


def _rests_on(path: Path, wanted: str) -> bool:
    """``cets-185/29`` names an article (paragraphs may follow), ``cets-185`` any article of it."""
    instrument, _, article = wanted.partition("/")
    return any(
        basis.instrument == instrument and (not article or (basis.article or "").startswith(article))
        for leg in path.legs
        for basis in leg.basis
    )


def in_order(answer: Answer, patterns: list[dict[str, Any]]) -> bool:
    """Whether each pattern is fitted by a path that ranks after the one found for the pattern before."""
    paths = iter(answer.paths)
    return all(any(fits(path, pattern) for path in paths) for pattern in patterns)


def summary(answer: Answer) -> str:
    """The answer on a few lines, for a failing case."""
    paths = [
        f"{path.rank}. {path.channel} {path.status} "
        f"{[f'{basis.instrument}/{basis.article}' for leg in path.legs for basis in leg.basis]} "
        f"{[(held.code, held.status) for leg in path.legs for held in leg.conditions]}"
        for path in answer.paths
    ]
    reasons = [f"   {line.code} {line.instrument} {line.party}: {line.text}" for line in answer.why_not]
    return "\n".join(["", *paths, *reasons])


@pytest.mark.parametrize("question_file", CASES, ids=lambda file: file.parent.name)
def test_the_answer_is_what_the_law_gives(question_file: File, packaged_book: OfferBook) -> None:
    given = json.loads(question_file.read_text(encoding="utf-8"))
    expected = json.loads((question_file.parent / "expected.json").read_text(encoding="utf-8"))
    options = {key: given[key] for key in ("offence", "urgent", "evidence", "via") if key in given}
    question = ask(packaged_book.network, given["from"], given["to"], given["measure"], on=given["on"], **options)
    answer = find_paths(packaged_book, question)
    told = summary(answer)
    if "first" in expected:
        assert answer.paths, told
        assert fits(answer.paths[0], expected["first"]), told
    assert in_order(answer, expected.get("paths", [])), told
    if "exact_paths" in expected:
        assert len(answer.paths) == expected["exact_paths"], told
    for pattern in expected.get("absent", []):
        assert not any(fits(path, pattern) for path in answer.paths), (pattern, told)
    for wanted in expected.get("why_not", []):
        assert any(all(getattr(line, key) == value for key, value in wanted.items()) for line in answer.why_not), (
            wanted,
            told,
        )


def test_there_are_thirty_cases_and_each_says_why() -> None:
    assert len(CASES) >= 30
    for question_file in CASES:
        why = question_file.parent / "why.md"
        assert "http" in why.read_text(encoding="utf-8"), f"{why} names no source"


def test_together_the_cases_cover_every_channel_and_every_reason() -> None:
    expected = [json.loads((file.parent / "expected.json").read_text(encoding="utf-8")) for file in CASES]
    codes = {line["code"] for case in expected for line in case.get("why_not", [])}
    assert codes >= {
        "signed-only", "not-party", "not-in-force", "ended", "reserved", "opted-out", "measure-not-covered",
        "offence-out-of-scope", "not-met", "no-record",
    }  # fmt: skip
    channels = {
        pattern.get("channel")
        for case in expected
        for pattern in [*case.get("paths", []), *([case["first"]] if "first" in case else [])]
    }
    assert channels >= {"central-authority", "judicial-direct", "contact-point-24-7", "police", "provider-direct"}
