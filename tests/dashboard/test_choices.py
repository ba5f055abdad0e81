"""What if and side by side: a suggestion is assumed, a State is seen closer, differences are kept, links reopen."""

from __future__ import annotations

import re
from typing import get_args

from playwright.sync_api import expect

from dashboard.app_pages.compare_parts.table import MARKS
from dashboard.app_pages.what_if_parts.suggestions import GUARANTEES
from dashboard.texts import catalogue
from graph.comparison import KINDS
from graph.gaps.judgement import STATUSES
from graph.gaps.treaties import Place
from graph.next_steps.sets import Guarantee
from tests.dashboard.conftest import Watched

SLOW_MS = 60_000
KENYA = "KEN:cets-185:2026-11-26"


def test_every_word_of_the_api_has_its_symbol_and_text() -> None:
    words = {*get_args(Place), *STATUSES, "closed", "on-record"}
    assert words <= MARKS.keys()
    assert set(get_args(Guarantee)) == GUARANTEES.keys()
    needed = {f"whatif.change.{kind}" for kind in KINDS} | {f"whatif.guarantee.{key}" for key in GUARANTEES.values()}
    needed |= {f"place.{word}" for word in words - {"closed", "on-record"}}
    assert needed <= catalogue("en").keys()


def test_a_suggestion_is_assumed_and_the_link_reopens_it(watched: Watched) -> None:
    page = watched.open(f"/what-if?assume={KENYA}&steps=1")
    figures = page.locator("ul.figures b")
    expect(figures).to_have_count(5, timeout=SLOW_MS)
    expect(page.get_by_text("Hypothetical.")).to_be_visible()
    before = figures.first.inner_text()
    ranked = page.locator("div.card > b")  # in the order of their places, which a telephone shows one below the other
    expect(ranked).to_have_text([re.compile(rf"^{place}\. ") for place in range(1, 5)], timeout=SLOW_MS)
    single = page.locator('[class*="st-key-whatif_adopt_"] button')
    expect(single.first).to_be_visible(timeout=SLOW_MS)
    single.first.click()
    expect(figures.first).not_to_have_text(before, timeout=SLOW_MS)
    expect(page).to_have_url(re.compile(f"assume={KENYA.replace(':', '%3A')}%3BKEN"), timeout=SLOW_MS)
    expect(page.get_by_role("button", name="Copy the link")).to_have_count(1)
    told = figures.all_inner_texts()
    again = watched.open(page.url.removeprefix(watched.address))
    expect(again.locator("ul.figures b")).to_have_text(told, timeout=SLOW_MS)
    expect(again.locator(".st-key-whatif_chips button")).to_have_count(2)


def test_a_state_of_the_map_is_seen_closer(watched: Watched) -> None:
    page = watched.open(f"/what-if?assume={KENYA}")
    page.wait_for_selector(".rank button", timeout=SLOW_MS)
    page.locator(".rank button", has_text="France").click()
    expect(page.get_by_text("Kenya asks France")).to_be_visible(timeout=SLOW_MS)
    expect(page).to_have_url(re.compile("with=FRA"), timeout=SLOW_MS)
    row = page.locator("table.beside tr", has_text="gained").first
    expect(row.locator("td").first).to_contain_text("no path on record")


def test_another_question_is_drawn_in_the_place_of_the_one_before(watched: Watched) -> None:
    page = watched.open("/paths?from=FRA&to=USA&measure=preservation&urgent=1")
    drawn = page.locator(".path .flow").first
    expect(drawn).to_be_visible(timeout=SLOW_MS)
    before = page.locator(".path").count()
    picker = page.get_by_role("combobox", name="Measure").first
    picker.click()
    picker.fill("production order")
    picker.press("Enter")
    expect(page.locator('p:has-text("United States · production order")')).to_be_visible(timeout=SLOW_MS)
    expect(page).to_have_url(re.compile("measure=production-order"), timeout=SLOW_MS)
    expect(page.get_by_role("button", name="Copy the link")).to_have_count(1)
    expect(drawn).to_be_visible(timeout=SLOW_MS)
    most = page.evaluate("""Math.max(...[...document.querySelectorAll('*')].filter((one) => one.shadowRoot)
        .map((one) => one.shadowRoot.querySelectorAll('.path').length))""")
    assert before > 0
    assert most == 1


def test_only_differences_stay_and_the_link_reopens_them(watched: Watched) -> None:
    page = watched.open("/compare?names=FRA;GHA;ipu-grulac&part=criterion")
    rows = page.locator("table.columns tbody tr")
    counted = page.get_by_text(re.compile(r"^\d+ of \d+ rows differ"))
    differing, every = (int(number) for number in re.findall(r"\d+", counted.inner_text(timeout=SLOW_MS)))
    assert 0 < differing < every
    expect(rows).to_have_count(every, timeout=SLOW_MS)
    expect(page.locator("table.columns tr.differs")).to_have_count(differing, timeout=SLOW_MS)
    page.locator('label:has-text("Only differences")').click()
    expect(rows).to_have_count(differing, timeout=SLOW_MS)
    expect(page).to_have_url(re.compile("differences=1"), timeout=SLOW_MS)
    again = watched.open(page.url.removeprefix(watched.address))
    expect(again.locator("table.columns tbody tr")).to_have_count(differing, timeout=SLOW_MS)
    expect(again.locator("table.columns thead th")).to_have_text(["Compared", "France", "Ghana", re.compile("GRULAC")])


def test_what_cannot_be_assumed_is_told_and_can_be_taken_away(watched: Watched) -> None:
    page = watched.open("/what-if?assume=FRA:cets-185:2026-11-26")
    expect(page.get_by_text("France is already bound by Budapest Convention")).to_be_visible(timeout=SLOW_MS)
    expect(page.locator("ul.figures")).to_have_count(0)
    page.locator(".st-key-whatif_chips button").click()
    expect(page.get_by_text("Nothing is assumed.")).to_be_visible(timeout=SLOW_MS)
