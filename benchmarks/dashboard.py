"""The pages of the dashboard in a browser, beside the least that Streamlit can show, in the same run.

Cold is the first view after the server started, in a browser that has nothing in its cache; warm is a view in another
browser without a cache, when others have asked before; again is a reload. Interactions are timed in
:mod:`benchmarks.interactions`.
"""

from __future__ import annotations

import os
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
from typing import TYPE_CHECKING
from urllib.request import urlopen

from api.server import serve
from api.settings import ApiSettings
from benchmarks import interactions
from benchmarks.figures import report, timed
from benchmarks.interactions import VIEWS
from benchmarks.serving import serving
from dashboard.serving import start
from ingest.build import build

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PEER = Path(__file__).with_name("hello_page.py")
STARTS, VISITS = 2, 3
"""Servers started for each page, and further views of each."""
VIEW_S = 2.5
"""Target for a first meaningful view."""


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
            page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB")
            theirs = interactions.letters(page, peer)
            with _until_told(lambda port: start(address, port)) as shown:
                for name, mine in interactions.run(page, shown).items():
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
