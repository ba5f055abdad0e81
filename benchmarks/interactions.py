"""The usual interactions of the dashboard's pages, each timed where it is seen: in the browser.

From the moment the browser gives a key or click to the page until the frame that shows its result is painted. The
driver's own looking, which waits for a page that is still drawing what stands further down, is no part of it. Values
are such as nobody has asked for before, so that the API works each out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from benchmarks.figures import report

if TYPE_CHECKING:
    from playwright.sync_api import Page

ACTION_S = 0.5
"""Target for an interaction."""

VIEWS = {
    "World": ("/", "svg.map .state.r0, svg.map .state.r1"),
    "State": ("/state?state=KEN", '[data-testid="stMetricValue"]'),
    "Paths": ("/paths?urgent=1", ".path .flow"),
    "What if": ("/what-if?assume=KEN:cets-185:2026-11-26", "ul.figures b"),
    "Compare": ("/compare?names=KEN;GHA;ipu-grulac", "table.columns"),
    "Treaty": ("/instrument?instrument=cets-185", '[data-testid="stMetricValue"]'),
    "Network": ("/network", "svg.web g.node"),
    "Data": ("/data", '[data-testid="stMetricValue"]'),
}
"""The address of each page, and what a reader first has of it."""

MEASURES = (
    "extradition or surrender", "interception of content", "production order", "stored content data",
    "police information",
)  # fmt: skip
STATES = ("Ghana", "Brazil", "Japan", "Norway", "Fiji")
ASSUMING = ("KEN", "ZMB", "BWA", "IDN")
"""States of which something is assumed, each in a view of its own."""

SLIDES = 5
CHIPS, SUGGESTED = ".st-key-whatif_chips button", '[class*="st-key-whatif_adopt_"] button'
SETTLE_MS = 2000
"""After the first view, until all parts of the page are loaded."""

SEEING = """([event, shown]) => {
    const roots = () => [document, ...[...document.querySelectorAll('*')]
        .map((one) => one.shadowRoot).filter(Boolean)];
    window.within = (css) => roots().flatMap((root) => [...root.querySelectorAll(css)]);
    const isShown = new Function(`return ${shown}`);
    if (isShown()) throw new Error(`shown before it was asked for: ${shown}`);
    window.seen = new Promise((tell, fail) => addEventListener(event, (given) => {
        setTimeout(() => fail(new Error(`not shown in a minute: ${shown}`)), 60_000);
        const look = () => isShown()
            ? setTimeout(() => tell(performance.now() - given.timeStamp))  // the frame is painted before it
            : requestAnimationFrame(look);
        requestAnimationFrame(look);
    }, {capture: true, once: true}));
}"""
"""Begins to wait for ``event``, and from then for the frame in which the expression ``shown`` holds; ``within`` looks
into the shadow roots of our own components too."""

FRESH = """document.querySelector('.st-key-whatif_result ul.figures')
    && !document.querySelector('.st-key-whatif_result [data-stale="true"]')"""
"""Whether figures, map and tables were all drawn by this run of the page: Streamlit marks what it has yet to draw."""


def run(page: Page, address: str) -> dict[str, float]:
    """Print the seconds of each interaction of the dashboard at ``address``; the medians by name."""
    seconds: dict[str, list[float]] = {}
    _open(page, address, "World")
    seconds["World: another layer"] = [_layer(page, layer) for layer in ("Treaty", "Law", "Measure") * 3]
    seconds["World: another measure"] = [
        chosen(page, "Measure", one, f"within('svg.map').some((map) => map.ariaLabel.includes('{one}'))")
        for one in MEASURES
    ]
    seconds["World: another year"] = [_slid(page) for _ in range(SLIDES)]
    _open(page, address, "State")
    seconds["State: another State"] = [
        chosen(page, "State", one, f"within('h1').some((head) => head.innerText.includes('{one}'))") for one in STATES
    ]
    _open(page, address, "Paths")
    seconds["Paths: another measure"] = [
        chosen(page, "Measure", one, f"within('p').some((told) => told.textContent.includes('United States · {one}'))")
        for one in MEASURES
    ]
    assumed, taken = [], []
    for state in ASSUMING:
        _open(page, address, "What if", VIEWS["What if"][0].replace("KEN", state))
        page.wait_for_selector(SUGGESTED, timeout=60_000)
        assumed += [_assumed(page) for _ in range(2)]
        taken += [_taken_away(page) for _ in range(2)]
    seconds["What if: a suggestion is assumed"] = assumed
    seconds["What if: an assumption is taken away"] = taken
    seconds["What if: another direction"] = [
        _directed(page, side, is_default)
        for side, is_default in (("Who may ask it", False), ("Whom it may ask", True)) * 3
    ]
    _open(page, address, "Compare")
    seconds["Compare: only differences"] = [_only_differences(page, they_alone) for they_alone in (True, False) * 3]
    _open(page, address, "Treaty")
    seconds["Treaty: another part"] = [
        _switched(page, part, f"within('h3').some((head) => head.innerText.includes('{heading}'))")
        for part, heading in (("Articles", "Measures and the articles"), ("Parties", "Parties through time")) * 3
    ]
    _open(page, address, "Network")
    seconds["Network: with open questions"] = [_tied(page) for _ in range(4)]
    return {name: report(name, held, target=ACTION_S) for name, held in seconds.items()}


def chosen(page: Page, label: str, text: str, shown: str) -> float:
    """Seconds from choosing ``text`` in the picker ``label`` until ``shown`` (in JavaScript) holds."""
    picker = page.get_by_role("combobox", name=label).first
    picker.click()
    picker.fill(text)
    page.get_by_role("option").first.wait_for()
    return _seen(page, "keydown", shown, lambda: picker.press("Enter"))


def _open(page: Page, address: str, name: str, path: str | None = None) -> None:
    page.goto(address + (path or VIEWS[name][0]))
    page.wait_for_selector(VIEWS[name][1], timeout=60_000)
    page.wait_for_timeout(SETTLE_MS)


def _seen(page: Page, event: Literal["keydown", "click"], shown: str, act: Callable[[], object]) -> float:
    """Seconds from ``event``, which ``act`` gives to the page, until ``shown`` holds in a frame that is painted."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=60_000)
    page.evaluate(SEEING, [event, shown])
    act()
    return float(page.evaluate("seen")) / 1000


def _switched(page: Page, name: str, shown: str) -> float:
    return _seen(page, "click", shown, page.get_by_role("radio", name=name).click)


def _layer(page: Page, layer: str) -> float:
    return _switched(page, layer, f"within('svg.map').some((map) => map.ariaLabel.startsWith('{layer}:'))")


def _slid(page: Page) -> float:
    """From a key on the slider until the map tells another day."""
    slider, day = page.get_by_role("slider"), page.locator(".ahead").inner_text()
    other = f"within('.ahead').some((told) => told.innerText !== '{day}')"
    return _seen(page, "keydown", other, lambda: slider.press("ArrowLeft"))


def _assumed(page: Page) -> float:
    """From a click on the second suggestion until the figures with it are there."""
    chips = page.locator(CHIPS).count()
    more = f"within('{CHIPS}').length > {chips} && {FRESH}"
    return _seen(page, "click", more, page.locator(SUGGESTED).nth(1).click)


def _taken_away(page: Page) -> float:
    """From a click on the last assumption until the figures without it are there."""
    chips = page.locator(CHIPS).count()
    fewer = f"within('{CHIPS}').length < {chips} && {FRESH}"
    return _seen(page, "click", fewer, page.locator(CHIPS).nth(chips - 1).click)


def _directed(page: Page, side: str, is_default: bool) -> float:
    """From the choice of a direction until the address tells it, which is written when all is drawn."""
    return _switched(page, side, f"{'!' if is_default else ''}location.search.includes('side=')")


def _only_differences(page: Page, they_alone: bool) -> float:
    rows = "within('table.columns tbody tr:not(.differs)').length"
    switch = page.locator('label:has-text("Only differences")')
    return _seen(page, "click", f"{rows} === 0" if they_alone else f"{rows} > 0", switch.click)


def _tied(page: Page) -> float:
    """From the switch of open questions until the network counts other ties."""
    heading = page.locator("h3").filter(has_text=re.compile(r"^All [\d,]+ ties$")).inner_text()
    other = f"within('h3').some((head) => /^All .* ties$/.test(head.innerText) && head.innerText !== '{heading}')"
    return _seen(page, "click", other, page.locator('label:has-text("With open questions")').click)


def letters(page: Page, address: str) -> float:
    """Seconds of the one interaction of the peer, at the median."""
    page.goto(address)
    page.wait_for_selector("text=chosen a")
    seconds = [
        chosen(page, "Letter", one, f"within('p').some((told) => told.innerText === 'chosen {one}')") for one in "bcdef"
    ]
    return report("peer: another letter", seconds, target=ACTION_S)
