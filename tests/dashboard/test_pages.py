"""Every page in a browser, on the packaged release: it loads, answers, reopens from its address, and is accessible."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard.conftest import PICTURES, Watched

WORLD, STATE, PATHS = "/", "/state?state=KEN", "/paths?urgent=1"
WHAT_IF, COMPARE = "/what-if", "/compare"
INSTRUMENT, NETWORK, DATA = "/instrument?instrument=cets-201", "/network", "/data?part=sparql"
READY = {
    WORLD: "svg.map", STATE: '[data-testid="stMetric"]', PATHS: ".path .flow",
    WHAT_IF: '[class*="st-key-whatif_adopt_"] button', COMPARE: "table.columns", INSTRUMENT: "svg.map",
    NETWORK: "svg.web", DATA: '[data-testid="stVegaLiteChart"]',
}  # fmt: skip
SLOW_MS = 30_000


def ready(watched: Watched, path: str) -> Page:
    """The page with its first result and its footer, which is drawn last."""
    page = watched.open(path)
    page.wait_for_selector(READY[path], timeout=SLOW_MS)
    page.wait_for_selector('[data-testid="stCaptionContainer"]:has-text("r-")', timeout=SLOW_MS)
    return page


@pytest.mark.parametrize("path", [WORLD, STATE, PATHS, WHAT_IF, COMPARE, INSTRUMENT, NETWORK, DATA])
@pytest.mark.parametrize(
    "watched",
    [(375, "light", "en-GB"), (768, "dark", "en-GB"), (1440, "light", "en-GB"), (1440, "dark", "ar")],
    indirect=True,
    ids=["telephone", "tablet-dark", "desk", "arabic-dark"],
)
def test_a_page_loads_fits_and_has_no_barrier(
    watched: Watched, path: str, axe: str, request: pytest.FixtureRequest
) -> None:
    page = ready(watched, path)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{re.sub('[^a-z0-9-]+', '-', request.node.name)}.png", full_page=True)
    page.evaluate(axe)
    found = page.evaluate(
        """axe.run({include: [['[data-testid="stMain"]']]},
           {runOnly: ['wcag2a', 'wcag2aa'], resultTypes: ['violations']})"""
    )
    barriers = [
        (one["id"], one["impact"], [node["target"] for node in one["nodes"]][:3], one["nodes"][0]["failureSummary"])
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]
    assert barriers == []


def test_the_slider_goes_through_the_years_and_the_address_keeps_the_day(watched: Watched) -> None:
    page = ready(watched, WORLD)
    slider = page.get_by_role("slider", name="Day")
    summary = page.locator(".sum")
    expect(summary).to_contain_text("of 197 States")
    today = summary.inner_text()
    slider.press("Home")
    expect(summary).not_to_have_text(today)
    expect(page).to_have_url(re.compile("on=1990-01-01"), timeout=SLOW_MS)
    first = summary.inner_text()
    again = watched.open("/?on=1990-01-01")
    expect(again.locator(".sum")).to_have_text(first, timeout=SLOW_MS)


def test_quick_steps_through_the_years_are_all_taken(watched: Watched) -> None:
    page = ready(watched, WORLD)
    slider = page.get_by_role("slider", name="Day")
    slider.press("Home")
    for _ in range(12):
        slider.press("ArrowRight", delay=60)
    expect(page).to_have_url(re.compile("on=2002-01-01"), timeout=SLOW_MS)
    expect(page.locator(".ahead")).to_have_text("2002-01-01")


def test_a_state_of_the_ranking_opens_its_page(watched: Watched) -> None:
    page = ready(watched, WORLD)
    first = page.locator(".rank button").first
    name = first.locator("span").first.inner_text()
    first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name, timeout=SLOW_MS)
    expect(page).to_have_url(re.compile("/state"), timeout=SLOW_MS)


def test_the_map_is_used_from_the_keyboard(watched: Watched) -> None:
    page = ready(watched, WORLD)
    world = page.locator("svg.map")
    world.focus()
    world.press("ArrowDown")
    told = page.locator(".told b")
    name = told.inner_text()
    world.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name, timeout=SLOW_MS)


def test_filters_fade_the_others(watched: Watched) -> None:
    page = watched.open("/?group=grulac")
    expect(page.locator(".sum")).to_contain_text("States may ask", timeout=SLOW_MS)
    ranked = page.locator(".rank li")
    expect(ranked.nth(10)).to_be_attached()
    expect(ranked.nth(39)).not_to_be_attached()
    expect(page.locator(".state.faded").nth(100)).to_be_attached()


@pytest.mark.parametrize("part", ["treaties", "law", "offices", "reach", "steps"])
def test_each_part_of_a_state_reopens_from_its_address(watched: Watched, part: str) -> None:
    page = watched.open(f"/state?state=GHA&part={part}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ghana")
    page.wait_for_selector('[data-testid="stCaptionContainer"]:has-text("Release r-")', timeout=60_000)
    expect(page.locator('[data-testid="stException"], [data-testid="stAlertContentError"]')).to_have_count(0)


def test_a_question_of_the_explorer_reopens_from_its_address_and_opens_legs(watched: Watched) -> None:
    page = watched.open("/paths?from=DEU&to=provider:google&measure=subscriber-information&urgent=1")
    expect(page.get_by_text(re.compile(r"^\d+ paths, every condition met on \d+$"))).to_be_visible(timeout=SLOW_MS)
    legs = page.locator(".path").first.locator(".leg button")
    legs.first.click()
    expect(legs.first).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".path").first.locator(".panel h4")).to_contain_text("1. ")
    expect(page.get_by_role("checkbox", name="Urgent")).to_be_checked()


def test_changing_the_question_changes_the_address(watched: Watched) -> None:
    page = ready(watched, PATHS)
    page.locator('label:has-text("As evidence")').click()
    expect(page).to_have_url(re.compile("evidence=1"), timeout=SLOW_MS)


def test_a_state_of_the_address_that_does_not_exist_is_told(watched: Watched) -> None:
    page = watched.open("/state?state=ZZZ")
    expect(page.get_by_text("No State is called ZZZ")).to_be_visible(timeout=SLOW_MS)
