"""The pages of the dashboard in a browser, beside the least that Streamlit can show, in the same run.

Cold is the first view after the server started, in a browser that has nothing in its cache; warm is a view in another
browser without a cache, when others have asked before; again is a reload. An interaction is timed from the last key or
click until the page shows its result; values are such as nobody has asked for before, so that the API works each out.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Literal
from urllib.request import urlopen

from api.server import serve
from api.settings import ApiSettings
from benchmarks.figures import report, timed
from benchmarks.serving import serving
from dashboard.serving import start
from ingest.build import build

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PEER = Path(__file__).with_name("hello_page.py")
STARTS, VISITS = 2, 3
"""Servers started for each page, and further views of each."""
SLIDES = 5
VIEW_S, ACTION_S = 2.5, 0.5
"""Targets for a first meaningful view and for an interaction."""

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
CHIPS, SUGGESTED = ".st-key-whatif_chips button", '[class*="st-key-whatif_adopt_"] button'
STATES = ("Ghana", "Brazil", "Japan", "Norway", "Fiji")


def run() -> None:
    """Print the figures."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        print("dashboard: not measured, as this machine has no Chromium")
        return
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        build(Path(data))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        with serving(_quiet, data) as api, _until_told(_peer) as peer:
            address = f"http://127.0.0.1:{api.port}"
            least = _views(browser, {"peer": ("/", "text=chosen a")}, lambda: _until_told(_peer))["peer"]
            ours = _views(browser, VIEWS, lambda: _until_told(lambda port: start(address, port)))
            for name, seconds in ours.items():
                ratios = ", ".join(f"{mine / theirs:.1f}" for mine, theirs in zip(seconds, least, strict=True))
                print(f"  {name} to peer, cold, warm and again: {ratios}")
            theirs = _peer_actions(browser, peer)
            with _until_told(lambda port: start(address, port)) as shown:
                for name, mine in _actions(browser, shown).items():
                    print(f"  {name} to peer: {mine / theirs:.1f}")
        browser.close()


def _quiet(data: str, port: int) -> None:
    """The API, without a line for each request."""
    serve(ApiSettings(port=port, log_level="warning"), Path(data))


def _views(
    browser: Browser, views: dict[str, tuple[str, str]], served: Callable[[], AbstractContextManager[str]]
) -> dict[str, tuple[float, float, float]]:
    """Median seconds to the first meaningful view of each page: cold, warm and again."""
    found = {}
    for name, (path, sign) in views.items():
        started, cold, warm, again = [], [], [], []
        for _ in range(STARTS):
            begun = time.perf_counter()
            with served() as address:
                started.append(time.perf_counter() - begun)
                cold.append(_seen(browser, address + path, sign)[0])
                for _ in range(VISITS):
                    first, second = _seen(browser, address + path, sign)
                    warm.append(first)
                    again.append(second)
        report(f"{name}: from the start until it answers", started)
        report(f"{name}: first view, cold", cold, target=VIEW_S)
        report(f"{name}: first view, warm", warm, target=VIEW_S)
        report(f"{name}: again", again, target=VIEW_S)
        found[name] = (median(cold), median(warm), median(again))
    return found


def _seen(browser: Browser, address: str, sign: str) -> tuple[float, float]:
    """Seconds until ``sign`` is there, in a browser without a cache and after a reload."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    page = context.new_page()

    def come() -> None:
        page.goto(address, wait_until="commit")
        page.wait_for_selector(sign, timeout=60_000)

    seconds = timed(come), timed(come)
    context.close()
    return seconds


def _peer_actions(browser: Browser, address: str) -> float:
    page = browser.new_page()
    page.goto(address)
    page.wait_for_selector("text=chosen a")
    seconds = [_chosen(page, "Letter", letter, f"text=chosen {letter}") for letter in "bcdef"]
    page.close()
    return report("peer: another letter", seconds, target=ACTION_S)


def _actions(browser: Browser, address: str) -> dict[str, float]:
    page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB")
    seconds: dict[str, list[float]] = {}
    _open(page, address, "World")
    page.wait_for_timeout(2000)  # until all parts of the page are loaded
    seconds["World: another layer"] = [
        _timed_click(page, layer, f'svg.map[aria-label^="{layer}:"]') for layer in ("Treaty", "Law", "Measure") * 3
    ]
    seconds["World: another measure"] = [
        _chosen(page, "Measure", measure, f'svg.map[aria-label*="{measure}"]') for measure in MEASURES
    ]
    seconds["World: another year"] = [_slid(page) for _ in range(SLIDES)]
    _open(page, address, "State")
    page.wait_for_timeout(2000)
    seconds["State: another State"] = [_chosen(page, "State", state, f'h1:has-text("{state}")') for state in STATES]
    _open(page, address, "Paths")
    page.wait_for_timeout(2000)
    seconds["Paths: another measure"] = [
        _chosen(page, "Measure", measure, f'p:has-text("United States · {measure}")') for measure in MEASURES
    ]
    _open(page, address, "What if")
    page.wait_for_selector(SUGGESTED, timeout=60_000)
    page.wait_for_timeout(2000)
    seconds["What if: a suggestion is assumed"] = [_assumed(page, 1) for _ in range(3)]
    seconds["What if: an assumption is taken away"] = [_taken_away(page) for _ in range(3)]
    seconds["What if: another direction"] = [
        _directed(page, side, is_default)
        for side, is_default in (("Who may ask it", False), ("Whom it may ask", True)) * 3
    ]
    _open(page, address, "Compare")
    page.wait_for_timeout(2000)
    seconds["Compare: only differences"] = [
        _timed_switch(page, "Only differences", "table.columns tbody tr:not(.differs)", state)
        for state in ("detached", "attached") * 3
    ]
    _open(page, address, "Treaty")
    page.wait_for_timeout(2000)
    seconds["Treaty: another part"] = [
        _timed_click(page, part, f'h3:has-text("{heading}")')
        for part, heading in (("Articles", "Measures and the articles"), ("Parties", "Parties through time")) * 3
    ]
    _open(page, address, "Network")
    page.wait_for_timeout(2000)
    seconds["Network: with open questions"] = [_tied(page) for _ in range(4)]
    page.close()
    return {name: report(name, held, target=ACTION_S) for name, held in seconds.items()}


def _open(page: Page, address: str, name: str) -> None:
    path, sign = VIEWS[name]
    page.goto(address + path)
    page.wait_for_selector(sign, timeout=60_000)


def _chosen(page: Page, label: str, text: str, sign: str) -> float:
    """Seconds from choosing ``text`` in the picker ``label`` until ``sign`` is there."""
    picker = page.get_by_role("combobox", name=label).first
    picker.click()
    picker.fill(text)
    page.get_by_role("option").first.wait_for()
    return timed(lambda: (picker.press("Enter"), page.wait_for_selector(sign, timeout=60_000)))


def _timed_click(page: Page, button: str, sign: str) -> float:
    wanted = page.get_by_role("radio", name=button)
    return timed(lambda: (wanted.click(), page.wait_for_selector(sign, timeout=60_000)))


def _timed_switch(page: Page, label: str, sign: str, state: Literal["attached", "detached"]) -> float:
    wanted = page.locator(f'label:has-text("{label}")')
    return timed(lambda: (wanted.click(), page.wait_for_selector(sign, timeout=60_000, state=state)))


def _assumed(page: Page, place: int) -> float:
    """Seconds from a click on the suggestion at ``place`` until the figures with it are there."""
    chips, suggestion = page.locator(CHIPS), page.locator(SUGGESTED).nth(place)
    suggestion.hover()  # to come near it is no part of the interaction
    before = chips.count()
    return timed(lambda: (_press(page), chips.nth(before).wait_for(), page.wait_for_selector("ul.figures b")))


def _taken_away(page: Page) -> float:
    """Seconds from a click on the last assumption until the figures without it are there."""
    last = page.locator(CHIPS).nth(page.locator(CHIPS).count() - 1)
    last.hover()
    return timed(lambda: (_press(page), last.wait_for(state="detached"), page.wait_for_selector("ul.figures b")))


def _press(page: Page) -> None:
    """A click where the pointer is."""
    page.mouse.down()
    page.mouse.up()


def _directed(page: Page, side: str, is_default: bool) -> float:
    """Seconds from the choice of a direction until the address tells it, which is written when all is drawn."""
    wanted = page.get_by_role("radio", name=side)
    return timed(lambda: (wanted.click(), page.wait_for_url(lambda url: ("side=" not in url) == is_default)))


def _tied(page: Page) -> float:
    """Seconds from the switch of open questions until the network counts other ties."""
    wanted = page.locator('label:has-text("With open questions")')
    ties = page.locator("h3").filter(has_text=re.compile(r"^All [\d,]+ ties$"))
    others = ties.filter(has_not_text=ties.inner_text())
    return timed(lambda: (wanted.click(), others.wait_for()))


def _slid(page: Page) -> float:
    """Seconds from a key on the slider until the map tells another day."""
    slider = page.get_by_role("slider")
    day = page.locator(".ahead").inner_text()
    return timed(lambda: (slider.press("ArrowLeft"), page.locator(f'.ahead:not(:text("{day}"))').wait_for()))


def _peer(port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "streamlit", "run", str(PEER), "--server.port", str(port)]
    told = {"STREAMLIT_SERVER_HEADLESS": "true", "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
            "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "none", "STREAMLIT_SERVER_ADDRESS": "127.0.0.1"}  # fmt: skip
    return subprocess.Popen(command, env={**os.environ, **told}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


@contextmanager
def _until_told(begin: Callable[[int], subprocess.Popen[bytes]]) -> Iterator[str]:
    """The address of the server that ``begin`` starts on a free port, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = begin(port)
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + 60
        while True:
            try:
                urlopen(f"{address}/_stcore/health", timeout=1).close()
                break
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)
