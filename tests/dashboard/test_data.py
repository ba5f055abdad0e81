"""The page of the data: ages, results as tables and charts, and queries that run, fail with a line and reopen."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from api.client import Comity, exports, quality, release
from dashboard.app_pages.data_parts.results import rows_of, summed
from dashboard.app_pages.data_parts.sources import AGES, age_in_days
from dashboard.texts import catalogue
from tests.dashboard.conftest import Watched

SLOW_MS = 30_000
TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("as_of", "days"),
    [("2026-11-20", 6), ("2026-10", 26), ("2025", 330), ("2024-02", 1001), ("2025-12", 330), ("2026", 0), (None, None)],
)
def test_the_age_of_a_source_counts_from_the_last_day_that_it_may_mean(as_of: str | None, days: int | None) -> None:
    assert age_in_days(as_of, TODAY) == days


def test_bindings_become_rows_with_numbers_and_are_summed() -> None:
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    told = {
        "head": {"vars": ["who", "many"]},
        "results": {
            "bindings": [
                {"who": {"type": "uri", "value": "https://w3id.org/comity/id/state/FRA"},
                 "many": {"type": "literal", "value": "2", "datatype": integer}},
                {"who": {"type": "uri", "value": "https://w3id.org/comity/id/state/FRA"},
                 "many": {"type": "literal", "value": "3", "datatype": integer}},
                {"many": {"type": "literal", "value": "1", "datatype": integer}},
            ]
        },
    }  # fmt: skip
    rows = rows_of(told)
    assert [row["many"] for row in rows] == [2, 3, 1]
    assert rows[2]["who"] is None
    assert summed(rows, "who", "many") == [{"name": "state/FRA", "value": 5}, {"name": "–", "value": 1}]
    assert summed(rows, "who", None) == [{"name": "state/FRA", "value": 2}, {"name": "–", "value": 1}]


def test_every_file_and_severity_of_the_api_has_a_name(api: str) -> None:
    with Comity(api) as comity:
        formats = {f"data.format.{one.format}" for one in comity.ask(exports()).items}
        severities = {f"data.severity.{severity}" for severity in comity.ask(quality(limit=1)).severities}
        ages = comity.ask(release()).sources_by_age.keys()
    assert formats | severities | {f"data.age.{AGES[age]}" for age in ages} <= catalogue("en").keys()


def test_a_query_of_ones_own_runs_reopens_and_a_broken_one_is_told_by_line(watched: Watched) -> None:
    page = watched.open("/data?part=sparql")
    expect(page.get_by_text(re.compile(r"^\d+ rows$"))).to_be_visible(timeout=SLOW_MS)
    editor = page.get_by_role("textbox", name="Query")
    editor.fill("SELECT ?name { ?state a comity:State ; schema:name ?name } ORDER BY ?name LIMIT 7")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_text("7 rows", exact=True)).to_be_visible(timeout=SLOW_MS)
    editor.fill("SELECT ?name { ?state a comity:State ; schema:name ?name } ORDER BY ?name LIMIT 6")
    page.get_by_role("button", name="Run").click()  # at once, before anything has come to rest
    expect(page.get_by_text("6 rows", exact=True)).to_be_visible(timeout=SLOW_MS)
    expect(page).to_have_url(re.compile("q=SELECT.*LIMIT.6"), timeout=SLOW_MS)
    again = watched.open(page.url.removeprefix(watched.address))
    expect(again.get_by_text("6 rows", exact=True)).to_be_visible(timeout=SLOW_MS)
    broken = watched.open(f"/data?part=sparql&q={quote('SELECT ?a WHERE { ?a ?b }')}")
    expect(broken.get_by_text("malformed at line 1, column")).to_be_visible(timeout=SLOW_MS)


def test_another_example_is_run_at_once(watched: Watched) -> None:
    page = watched.open("/data?part=sparql&example=findings-by-criterion")
    expect(page.get_by_role("textbox", name="Query")).to_have_value(re.compile("GROUP BY"), timeout=SLOW_MS)
    expect(page.get_by_text(re.compile(r"^\d+ rows$"))).to_be_visible(timeout=SLOW_MS)
    page.wait_for_selector('[data-testid="stVegaLiteChart"]', timeout=SLOW_MS)


@pytest.mark.parametrize(
    ("part", "shown"), [("quality", "Contradictions"), ("changes", "What changed"), ("files", "The release as files")]
)
def test_each_part_reopens_from_its_address(watched: Watched, part: str, shown: str) -> None:
    page = watched.open(f"/data?part={part}")
    expect(page.get_by_role("heading", name=shown)).to_be_visible(timeout=SLOW_MS)
    page.wait_for_selector('[data-testid="stCaptionContainer"]:has-text("Release r-")', timeout=SLOW_MS)
    expect(page.locator('[data-testid="stException"], [data-testid="stAlertContentError"]')).to_have_count(0)
