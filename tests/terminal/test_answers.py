"""What the commands print over a few records: for people, for pipes, for narrow terminals and for programs."""

from __future__ import annotations

from typing import Any

import pytest

from tests.terminal.conftest import Run

PATH = ("path", "FRA", "USA", "--measure", "preservation")

CODES = {
    "signed-only", "not-party", "not-in-force", "ended", "reserved", "opted-out", "measure-not-covered",
    "offence-out-of-scope", "not-met", "no-record",
}  # fmt: skip


def test_a_path_is_told_from_question_to_sources(run: Run) -> None:
    done = run(*PATH)
    assert done.code == 0
    assert done.err == ""
    told = done.out
    parts = [
        "France → United States: expedited preservation, on 2026-11-24 (today).",
        "2 paths; every condition met on 1 of them.",
        "24/7 contact point",
        "Path 1, leg by leg",
        "Budapest Convention, article 29 (Expedited preservation)",
        "France: signed 2001-11-23, ratification 2006-01-10, in force from 2006-05-01",
        "✓ met: United States, Budapest Convention",
        "languages en (always, declared)",
        "contact Computer Crime and Intellectual Property Section; +1 202 555 0100; round the clock",
        "contact as of 2019: older than a year or undated, check before use",
        "Why not otherwise",
        "Second Protocol [signed-only] France: signed 2022-05-12, not bound",
        "https://example.org/chart?of=signatures&and=ratifications",
        "Release r-small",
        "Not legal advice",
    ]
    positions = [told.find(part) for part in parts]
    assert -1 not in positions, dict(zip(parts, positions, strict=True))
    assert positions == sorted(positions)


def test_the_day_decides_and_no_path_is_exit_1_with_alternatives(run: Run) -> None:
    done = run(*PATH, "--on", "2006-12-31", "--via", "contact-point-24-7", COLUMNS="140")
    assert done.code == 1
    assert "No path is on record" in done.out
    assert "in force from 2007-01-01" in done.out
    done = run("path", "FRA", "USA", "--measure", "content-data", "--via", "police")
    assert done.code == 1
    done = run("path", "FRA", "USA", "-m", "police-information", "--evidence")
    assert done.code == 1
    assert "What can be had instead" in done.out
    assert "--measure preservation" in done.out


@pytest.mark.parametrize("columns", [60, 80, 100, 140])
def test_no_line_is_wider_than_the_terminal_but_addresses(run: Run, columns: int) -> None:
    for words in (PATH, ("show", "cets-185"), ("show", "FRA"), ("why-not", "FRA", "TUV", "-m", "police-information")):
        for line in run(*words, COLUMNS=str(columns)).out.splitlines():
            assert len(line) <= columns or "://" in line, line
            assert line == line.rstrip()


def test_piped_output_has_no_control_codes_and_brackets_survive(run: Run) -> None:
    told = run(*PATH).out
    assert "\x1b" not in told
    assert "[OCLCTIC]" in told


def test_limit_shortens_the_list_and_says_so(run: Run) -> None:
    done = run(*PATH, "--limit", "1")
    assert "1 more path not listed" in done.out
    assert len(run(*PATH, "--limit", "1", "--json").json["paths"]) == 1


def test_the_json_of_a_path_keeps_its_contract(run: Run) -> None:
    answer = run(*PATH, "--offence", "csam-possession", "--urgent", "--json").json
    assert {"query", "release", "as_of", "paths", "why_not"} <= answer.keys()
    assert answer["release"] == "r-small"
    assert answer["as_of"] == "2026-11-24"
    for rank, path in enumerate(answer["paths"], start=1):
        assert path["rank"] == rank
        assert isinstance(path["pareto"], bool)
        assert path["measure"] == "preservation"
        assert path["evidential_use"] in ("evidence", "intelligence", "unknown")
        assert path["status"] in ("met", "unknown")
        assert path["deadline_days"] is None or path["deadline_days"] > 0
        for leg in path["legs"]:
            _check_leg(leg)
    for line in answer["why_not"]:
        assert {"instrument", "code", "party", "text", "sources"} <= line.keys()
        assert line["code"] in CODES


def _check_leg(leg: dict[str, Any]) -> None:
    assert {"from", "to", "channel", "basis", "conditions", "languages", "contact", "sources"} <= leg.keys()
    for end in ("from", "to"):
        assert {"id", "name", "state", "kind"} <= leg[end].keys()
    for basis in leg["basis"]:
        assert {"instrument", "article", "participations"} <= basis.keys()
        for party in basis["participations"]:
            assert {"party", "signed_on", "bound_on", "in_force_on"} <= party.keys()
    for condition in leg["conditions"]:
        assert {"code", "status", "text", "sources"} <= condition.keys()
        assert condition["status"] in ("met", "not met", "unknown")
    for source in leg["sources"]:
        assert {"url", "as_of"} <= source.keys()


def test_asking_a_provider(run: Run) -> None:
    done = run("path", "fr", "provider:google", "--measure", "preservation")
    assert done.code == 0
    assert "direct to the" in done.out
    assert "by consent" in " ".join(done.out.split())
    assert (
        run("path", "fr", "provider:google-us", "-m", "preservation", "--json").json["query"]["provider"] == "google-us"
    )


def test_why_not_lists_all_with_sources(run: Run) -> None:
    done = run("why-not", "FRA", "USA", "--measure", "preservation")
    assert done.code == 0
    assert "[signed-only] United States: signed 2022-05-12, not bound according to" in done.out
    only = run("why-not", "FRA", "USA", "-m", "preservation", "--instrument", "Second Protocol", "--json").json
    assert {line["instrument"] for line in only["why_not"]} == {"cets-224"}
    assert only["opened_paths"] == []
    opened = run("why-not", "FRA", "USA", "-m", "preservation", "--instrument", "cets-185")
    assert "It opens a path: see path, rank 1." in opened.out


def test_show_an_instrument_with_its_parties_and_counts(run: Run) -> None:
    shown = run("show", "cets-185", "--on", "2006-06-01", "--json").json
    assert shown["class"] == "instrument"
    assert shown["counts"] == {"signed_only": 1, "bound": 1, "in_force": 1, "unknown": 0}
    fields = {"party", "signed_on", "bound_on", "action", "in_force_on", "ended_on", "status", "basis", "sources"}
    assert all(fields <= party.keys() for party in shown["parties"])
    assert {party["party"]: party["status"] for party in shown["parties"]} == {
        "FRA": "met", "KOR": "not met", "USA": "not met",
    }  # fmt: skip
    assert run("show", "cets-185", "--on", "2022-10-15", "--json").json["counts"]["signed_only"] == 0
    assert run("show", "cets-185", "--on", "2022-11-01", "--json").json["counts"]["signed_only"] == 1
    assert "On 2006-06-01: 1 in force, 1 bound" in run("show", "budapest convention", "--on", "2006-06-01").out


@pytest.mark.parametrize(
    ("thing", "kind", "told"),
    [
        ("france", "state", "csam-defined; yes; icmec"), ("mlat", "instrument", "Sources contradict each other"),
        ("USA", "state", "csam-possession; up to imprisonment for life"), ("provider:google", "provider", "Google LLC"),
        ("google-us", "establishment", "preservation"), ("usa-ccips", "authority", "contact-point-24-7"),
        ("fra-oclctic", "authority", "مكتب مركزي"), ("interpol", "organisation", "FRA; member"),
        ("usa-2252a", "statute", "csam-possession"), ("measure/preservation", "concept", "expedited preservation"),
    ],
)  # fmt: skip
def test_show_every_kind_of_thing(run: Run, thing: str, kind: str, told: str) -> None:
    assert run("show", thing, "--json").json["class"] == kind
    done = run("show", thing)
    assert (done.code, done.err) == (0, "")
    assert told in done.out


def test_any_path_can_be_told_leg_by_leg(run: Run) -> None:
    assert "Path 1, leg by leg" in run("path", "FRA", "USA", "-m", "preservation").out
    assert "Path 2, leg by leg" in run("path", "FRA", "USA", "-m", "preservation", "--rank", "2").out


def test_explain_unfolds_the_path_and_the_reasons_down_to_rules_records_and_sources(run: Run) -> None:
    done = run(*PATH, "--explain")
    assert done.code == 0
    assert done.err == ""
    parts = [
        "2 paths; every condition met on 1 of them.",
        "Why this path holds",
        "✓ met: Path 1: expedited preservation by 24/7 contact point",
        "basis Budapest Convention, article 29 (Expedited preservation)",
        "[in-force]",
        "rule: An instrument obliges a State from the day on which it is in force for it",
        "[participation/cets-185/FRA]",
        "Why not otherwise",
        "[signed-only]",
        "rule: Signature alone does not bind (Vienna Convention on the Law of Treaties, articles",
        "Sources",
        "https://example.org/chart?of=signatures&and=ratifications",
        "Not legal advice",
    ]
    positions = [done.out.find(part) for part in parts]
    assert -1 not in positions, dict(zip(parts, positions, strict=True))
    assert positions == sorted(positions)
    other = run(*PATH, "--explain", "--rank", "2").out
    assert "Path 2: " in other
    assert "Path 1: " not in other


@pytest.mark.parametrize("columns", [60, 100])
def test_an_explanation_fits_the_terminal(run: Run, columns: int) -> None:
    done = run(*PATH, "--explain", COLUMNS=str(columns))
    assert all(len(line) <= columns for line in done.out.splitlines() if "https://" not in line)


def test_explain_for_programs(run: Run) -> None:
    told = run(*PATH, "--explain", "--json").json
    assert [tree["kind"] for tree in told["explanations"]["paths"]] == ["path"] * len(told["paths"])
    assert [tree["code"] for tree in told["explanations"]["why_not"]] == [line["code"] for line in told["why_not"]]
    assert "explanations" not in run(*PATH, "--json").json


def test_why_not_explains_one_instrument(run: Run) -> None:
    asked = ("why-not", *PATH[1:], "--instrument", "cets-224", "--explain")
    done = run(*asked)
    assert done.code == 0
    assert "[signed-only]" in done.out
    assert "rule: Signature alone does not bind" in done.out
    told = run(*asked, "--json").json
    assert {tree["code"] for tree in told["explanations"]["why_not"]} == {line["code"] for line in told["why_not"]}
    assert told["explanations"]["paths"] == []
