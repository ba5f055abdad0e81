"""What readers take along: briefings, tables, drafts, text and paper; and the pickers that find a State by any name."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import docx
import pypdf
import pytest
from playwright.sync_api import Page, expect
from pyoxigraph import RdfFormat, parse

from tests.dashboard.conftest import Watched

SLOW_MS = 30_000
FOOTER = '[data-testid="stCaptionContainer"]:has-text("Release r-")'


def saved(page: Page, name: str) -> bytes:
    """The file behind the first button of that name."""
    with page.expect_download(timeout=SLOW_MS) as coming:
        page.get_by_role("button", name=name).first.click()
    return Path(coming.value.path()).read_bytes()


def test_a_state_is_found_by_a_name_in_another_language_and_taken_along(watched: Watched) -> None:
    page = watched.open("/state?state=KEN")
    page.wait_for_selector(FOOTER, timeout=SLOW_MS)
    picker = page.get_by_role("combobox", name="State").first
    picker.click()
    picker.fill("aleman")
    expect(page.get_by_role("option")).to_have_count(1)
    picker.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Germany", timeout=SLOW_MS)
    expect(page.get_by_text("state=DEU (release r-")).to_be_visible(timeout=SLOW_MS)
    told = pypdf.PdfReader(io.BytesIO(saved(page, "Briefing (PDF)"))).pages[0].extract_text()
    assert "Germany" in told
    laws = list(csv.DictReader(io.StringIO(saved(page, "Law as CSV").decode())))
    assert {"satisfied", "no-record"} <= {row["status"] for row in laws}
    assert all(row["sources"] for row in laws if row["status"] == "satisfied")


@pytest.mark.parametrize(
    ("path", "name", "column"),
    [
        ("/what-if?assume=KEN:cets-185:2026-11-26", "Measures as CSV", "measure"),
        ("/compare?names=KEN;GHA", "The whole comparison as CSV", "topic"),
        ("/instrument?instrument=cets-185", "Parties as CSV", "party"),
        ("/network", "Ties as CSV", "in_force"),
        ("/data?part=sources", "Sources as CSV", "publisher"),
        ("/data?part=sparql", "Rows as CSV", "state"),
    ],
)
def test_a_table_of_a_page_is_taken_along(watched: Watched, path: str, name: str, column: str) -> None:
    page = watched.open(path)
    page.wait_for_selector(FOOTER, timeout=SLOW_MS)
    rows = list(csv.DictReader(io.StringIO(saved(page, name).decode())))
    assert len(rows) > 20
    assert column in rows[0]


@pytest.mark.parametrize(
    ("path", "name", "held"),
    [
        ("/what-if?assume=KEN:cets-185:2026-11-26", "All of it as JSON", "release"),
        ("/data?part=sparql", "Result as JSON", "results"),
    ],
)
def test_what_a_page_tells_is_taken_along_for_programs(watched: Watched, path: str, name: str, held: str) -> None:
    page = watched.open(path)
    page.wait_for_selector(FOOTER, timeout=SLOW_MS)
    assert json.loads(saved(page, name))[held]


def test_a_graph_is_shown_and_taken_along(watched: Watched) -> None:
    query = "CONSTRUCT { ?record a ?class } WHERE { ?record a ?class } LIMIT 7"
    page = watched.open(f"/data?{urlencode({'part': 'sparql', 'q': query})}")
    page.wait_for_selector(FOOTER, timeout=SLOW_MS)
    assert len(list(parse(saved(page, "Graph as Turtle"), RdfFormat.TURTLE))) == 7


def test_a_path_is_drafted_copied_and_printed(watched: Watched) -> None:
    watched.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = watched.open("/paths?from=FRA&to=USA&measure=preservation&urgent=1")
    page.wait_for_selector(".path .flow", timeout=SLOW_MS)
    page.wait_for_selector(FOOTER, timeout=SLOW_MS)
    draft = docx.Document(io.BytesIO(saved(page, "Draft of the request (DOCX)")))
    assert "expedited preservation" in draft.paragraphs[0].text
    page.get_by_role("button", name="Copy as text").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("FRA → USA: preservation")
    page.evaluate("window.print = () => { document.title = 'printed'; }")
    page.get_by_role("button", name="Print", exact=True).click()
    expect(page).to_have_title("printed", timeout=SLOW_MS)
    paper = printed(page)
    assert "France → United States · expedited preservation · Urgent" in paper
    assert "in force from 2006-05-01" in paper  # of the legs, which are folded on the screen
    assert "signed-only" not in paper
    assert "Requested State" not in paper  # the form stays on the screen


def printed(page: Page) -> str:
    """The words on paper, on as many sheets as it takes."""
    sheets: Any = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    assert len(sheets) > 1
    return " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())


def test_a_table_is_printed_as_far_as_paper_goes_and_says_where_the_rest_is(watched: Watched) -> None:
    page = watched.open("/data?part=sources")
    page.wait_for_selector("p.paper", state="attached", timeout=SLOW_MS)
    paper = printed(page)
    assert re.search(r"The first 500 of 2\d{3} rows; all of them are in the file", paper)
    assert paper.count("https://") > 400
    page = watched.open("/instrument?instrument=cets-201")
    page.wait_for_selector("table.paper", state="attached", timeout=SLOW_MS)
    paper = printed(page)
    assert "Albania" in paper
    assert "The first 500" not in paper
