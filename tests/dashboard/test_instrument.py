"""The page of an instrument: the curve counts what the API says, articles stand in their order, and links reopen it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from api.client import Comity, listed, world
from dashboard.app_pages.instrument import named
from dashboard.app_pages.instrument_parts import articles, parties
from dashboard.app_pages.instrument_parts.curve import curve
from dashboard.texts import catalogue
from tests.dashboard.conftest import Watched

SLOW_MS = 30_000


@pytest.mark.parametrize(
    ("opened", "first"), [("2001-11-23", 2000), ("1959", 1958), ("1887-05", 1926), (None, 1990), ("2027", 2026)]
)
def test_the_curve_begins_before_the_opening_as_far_as_the_api_goes(opened: str | None, first: int) -> None:
    assert parties.first_year(opened, 2026) == first


def test_the_curve_counts_each_state_once_by_its_place(api: str) -> None:
    with Comity(api) as comity:
        told = comity.ask(world(instrument="cets-185", first=2000))
    rows = {row["day"]: row for row in parties.counted(told)}
    assert rows["2001-01-01"]["in-force"] == rows["2001-01-01"]["signed-only"] == 0
    assert rows["2002-01-01"]["signed-only"] > 20 > rows["2002-01-01"]["in-force"]
    assert rows["2005-01-01"]["in-force"] < rows["2025-01-01"]["in-force"]
    assert all(sum(row[place] for place in parties.PLACES) <= len(told.states) for row in rows.values())


def test_the_curve_keeps_its_height_until_the_next_day_and_stacks_its_areas() -> None:
    rows = [
        {"day": "2000-01-01", "in-force": 0, "signed-only": 4},
        {"day": "2005-01-01", "in-force": 10, "signed-only": 2},
        {"day": "2010-01-01", "in-force": 10, "signed-only": 0},
    ]
    areas = {"in-force": ("in force", "#111111"), "signed-only": ("signed", "#222222")}
    drawn = curve(rows, areas, "2007-07-02", "States")
    ours, theirs = re.findall(r"clip-path:polygon\(([^)]*)\)", drawn)
    # Marks at 0, 2 … 12, so that ten States reach to 16.67 % below the top; 2005 lies at 50.01 % of the ten years.
    assert ours.startswith("0.0% 100.0%,50.01% 100.0%,50.01% 16.67%,100.0% 16.67%,100.0% 16.67%,")
    assert theirs.startswith("0.0% 66.67%,50.01% 66.67%,50.01% 0.0%,100.0% 0.0%,100.0% 16.67%,")
    assert re.findall(r'class="y" style="bottom:[\d.]+%">(\d+)<', drawn) == ["0", "2", "4", "6", "8", "10", "12"]
    assert re.findall(r'class="x" style="left:[\d.]+%">(\d+)<', drawn) == [
        "2000",
        "2002",
        "2004",
        "2006",
        "2008",
        "2010",
    ]
    assert 'title="2005-01-01 in force: 10; signed: 2"' in drawn
    assert re.search(r'<b style="left:7[45][\d.]*%"></b>', drawn)
    assert 'aria-label="States: 2000-01-01 – 2010-01-01. in force 10; signed 0"' in drawn


def test_articles_stand_in_the_order_of_their_numbers() -> None:
    found = sorted(({"article": text} for text in ("18", "7(2)", None, "7(1)", "29bis")), key=articles._number)
    assert [one["article"] for one in found] == [None, "7(1)", "7(2)", "18", "29bis"]


def test_every_rule_of_entry_on_record_can_be_told(api: str) -> None:
    with Comity(api) as comity:
        rows = comity.rows(listed("instruments", limit=1000, fields="entry_counts,entry_rule,withdrawal_rule"))
        told = [(row["entry_counts"], row["entry_rule"], row["withdrawal_rule"]) for row in rows]
    who = {f"instrument.who.{counts or 'any'}" for counts, _, _ in told}
    rules = {f"instrument.rule.{rule}" for _, *both in told for rule in both if rule}
    assert who | rules <= catalogue("en").keys()


def test_instruments_of_one_name_are_told_apart() -> None:
    rows = {"a": {"short_name": "Treaty"}, "b": {"short_name": "Treaty"}, "c": {"short_name": "Other"}}
    assert named(rows) == {"a": "Treaty (a)", "b": "Treaty (b)", "c": "Other"}


def test_a_protocol_tells_its_rule_and_leads_to_its_parent(watched: Watched) -> None:
    page = watched.open("/instrument?instrument=cets-224")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Second Additional Protocol")
    expect(
        page.get_by_text(re.compile(r"Needs the consent of 5 parties to the parent treaty.*3 months"))
    ).to_be_visible()
    parent = page.get_by_role("link", name="Budapest Convention on Cybercrime")
    expect(parent).to_have_attribute("href", re.compile(r"instrument\?instrument=cets-185"))
    page.wait_for_selector("svg.map", timeout=SLOW_MS)
    page.get_by_role("radio", name="Reservations").click()
    expect(page).to_have_url(re.compile("part=reservations"), timeout=SLOW_MS)
    expect(page.locator('[data-testid="stException"], [data-testid="stAlertContentError"]')).to_have_count(0)


def test_reservations_reopen_from_their_address_by_effect(watched: Watched) -> None:
    page = watched.open("/instrument?instrument=un-untoc&part=reservations&on=2020-01-01")
    expect(page.get_by_role("heading", name=re.compile(r"^Excludes \(\d+\)$"))).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_text("on 2020-01-01")).to_be_visible()


def test_the_world_of_a_treaty_leads_to_its_page(watched: Watched) -> None:
    page = watched.open("/?layer=instrument&instrument=cets-201")
    page.get_by_role("link", name="Open this treaty").click()
    expect(page).to_have_url(re.compile(r"/instrument\?instrument=cets-201"), timeout=SLOW_MS)
