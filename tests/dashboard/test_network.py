"""The page of the network: ties of a State by click and keyboard, the same as a table, and an address to reopen it."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.dashboard.conftest import Watched

SLOW_MS = 30_000
ADDRESS = "/network?among=region%3AWestern%20Africa"


def test_a_state_shows_its_ties_and_opens(watched: Watched) -> None:
    page = watched.open(ADDRESS)
    web = page.locator("svg.web")
    expect(web).to_be_visible(timeout=SLOW_MS)
    expect(web.locator("g.node").nth(1)).to_be_attached()
    expect(page.locator(".rank li")).to_have_count(web.locator("g.node").count())
    first = page.locator(".rank button").first
    name, partners = (first.locator("span").nth(place).inner_text() for place in (0, 1))
    web.focus()
    web.press("ArrowDown")
    expect(page.locator(".told b")).to_have_text(name)
    expect(page.locator(".panel li")).to_have_count(int(partners))
    expect(page.locator(".panel li").first).to_contain_text("may ask each other")
    expect(web.locator("line.near")).to_have_count(int(partners))
    page.locator(".panel button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name, timeout=SLOW_MS)
    expect(page).to_have_url(re.compile(r"/state\?state=[A-Z]{3}&part=reach"))


def test_open_questions_tie_more_and_the_address_keeps_them(watched: Watched) -> None:
    page = watched.open(ADDRESS)
    heading = page.get_by_role("heading", name=re.compile(r"^All \d+ ties$"))
    expect(heading).to_be_visible(timeout=SLOW_MS)
    settled = int(re.sub(r"\D", "", heading.inner_text()))
    expect(page.get_by_text(re.compile("lose every path on which no question is open")).first).to_be_visible()
    page.locator('label:has-text("With open questions")').click()
    expect(page).to_have_url(re.compile("open=1"), timeout=SLOW_MS)
    expect(heading).not_to_have_text(f"All {settled} ties", timeout=SLOW_MS)
    assert int(re.sub(r"\D", "", heading.inner_text())) > settled


def test_a_group_without_members_on_record_is_told(watched: Watched) -> None:
    page = watched.open("/network?among=group%3Aeu&on=1950-01-01")
    expect(page.get_by_text("No network can be drawn for this choice:")).to_be_visible(timeout=SLOW_MS)
