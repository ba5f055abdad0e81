"""What the tests of the dashboard share: an API on the packaged release, the dashboard beside it, and a browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright

from api.application import create_application
from api.settings import ApiSettings
from dashboard.serving import start
from tests.api.conftest import running

BUILD = Path(__file__).parent.parent.parent / "build"
PICTURES = BUILD / "screenshots"
AXE = "axe-core@4.14.1"
START_S = 40
PATIENCE_MS = 30_000
"""What is not there at once is waited for so long: a busy machine takes its time."""
LEAVE_MS = 10_000
FORGET = "() => { localStorage.clear(); sessionStorage.clear(); return true; }"
ENGINE = ("--no-sandbox", "--disable-gpu", "--js-flags=--no-turbofan")
"""Scripts are not optimized to the last: for a page that is read for seconds this costs more than it saves."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give all tests of a browser to one process (``--dist loadgroup``), so that one dashboard is started."""
    for item in items:
        if {"dashboard", "api"} & set(getattr(item, "fixturenames", ())) and "tests/dashboard" in str(item.path):
            item.add_marker(pytest.mark.xdist_group("dashboard"))


@pytest.fixture(scope="package")
def api(packaged_data: Path) -> Iterator[str]:
    """Where the API answers from the packaged release."""
    with running(create_application(ApiSettings(), packaged_data)) as address:
        yield address


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        found: int = one.getsockname()[1]
        return found


@contextmanager
def showing(api: str) -> Iterator[str]:
    """The address of a dashboard that asks the API at ``api``."""
    port = free_port()
    process = start(api, port)
    try:
        until = time.monotonic() + START_S
        while True:
            assert process.poll() is None
            assert time.monotonic() < until
            try:
                if httpx.get(f"http://127.0.0.1:{port}/_stcore/health").status_code == httpx.codes.OK:
                    break
            except httpx.TransportError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture(scope="package")
def dashboard(api: str) -> Iterator[str]:
    """Where the dashboard is shown."""
    with showing(api) as address:
        yield address


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium of this machine. Without one, tests are skipped, and fail where ``CI`` is set."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        _missing("the tests of the pages need Chromium")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=found, args=ENGINE)
        yield one
        one.close()


def _missing(what: str) -> None:
    pytest.fail(what) if os.environ.get("CI") else pytest.skip(what)


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe, the accessibility checker; from npm into the build folder."""
    folder = BUILD / "axe"
    script = folder / "package" / "axe.min.js"
    if not script.exists():
        npm = shutil.which("npm")
        if npm is None:
            _missing("the accessibility tests need npm")
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run([npm, "pack", "--silent", AXE], cwd=folder, check=True, capture_output=True, timeout=120)
        with tarfile.open(next(folder.glob("*.tgz"))) as packed:
            packed.extractall(folder, filter="data")
    return script.read_text(encoding="utf-8")


class Tabs:
    """One tab of the browser for each language, which a test after the other reads in.

    A document that is loaded where the one before had the same scripts finds them compiled, which is half of the
    processor time of a page. What a document has in the browser, and its session in the dashboard, end with it; what
    outlives it is cleared by :meth:`leave`.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: dict[str, BrowserContext] = {}

    def enter(self, width: int, theme: str, locale: str) -> Page:
        """The tab of that language, empty, as a reader with such a screen has it."""
        if locale not in self._contexts:
            self._contexts[locale] = self._browser.new_context(locale=locale)
            self._contexts[locale].new_page()
        (page,) = self._contexts[locale].pages
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme)
        page.mouse.move(0, 0)
        return page

    def leave(self, page: Page) -> None:
        """Leave the document, and what it kept or was allowed. A tab that has crashed is given up."""
        try:
            page.wait_for_function(FORGET, timeout=LEAVE_MS)
            page.goto("about:blank", timeout=LEAVE_MS)
            page.context.clear_cookies()
            page.context.clear_permissions()
        except Error:
            self._contexts = {locale: one for locale, one in self._contexts.items() if one is not page.context}
            page.context.close()


class Watched:
    """A page, and what went wrong on it: complaints of the console, and requests to any other host."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        self.outside: list[str] = []
        self._heard = {"console": self._console, "pageerror": self._error, "request": self._request}
        for event, told in self._heard.items():
            page.on(event, told)

    def open(self, path: str) -> Page:
        """Go to ``path`` and wait for its heading."""
        self.page.goto(f"{self.address}{path}", wait_until="commit")
        self.page.wait_for_selector("h1", timeout=30_000)
        return self.page

    def close(self) -> None:
        """Listen no longer."""
        for event, told in self._heard.items():
            self.page.remove_listener(event, told)

    def _error(self, error: Any) -> None:
        self.complaints.append(str(error))

    def _console(self, message: Any) -> None:
        asked = (message.location or {}).get("url", "")
        # Streamlit looks for its server below the path of a page first, and is told 404.
        if message.type == "error" and "/_stcore/" not in asked:
            self.complaints.append(f"{message.text} {asked}")

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.address, self.address.replace("http", "ws", 1), "data:", "blob:")):
            self.outside.append(request.url)


@pytest.fixture(scope="package")
def tabs(browser: Browser) -> Tabs:
    """The tabs that all tests share."""
    return Tabs(browser)


@pytest.fixture
def watched(tabs: Tabs, dashboard: str, request: pytest.FixtureRequest) -> Iterator[Watched]:
    """A page of a reader; parametrize with ``(width, theme, locale)``. At the end nothing may have gone wrong."""
    width, theme, locale = getattr(request, "param", (1440, "light", "en-GB"))
    page = tabs.enter(width, theme, locale)
    one = Watched(page, dashboard)
    yield one
    one.close()
    tabs.leave(page)
    assert one.outside == []
    assert one.complaints == []
