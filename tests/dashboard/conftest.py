"""What the tests of the dashboard share: an API on the packaged release, the dashboard beside it, and a browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tarfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from api.application import create_application
from api.settings import ApiSettings
from dashboard.serving import start
from tests.api.conftest import running

BUILD = Path(__file__).parent.parent.parent / "build"
PICTURES = BUILD / "screenshots"
AXE = "axe-core@4.14.1"
START_S = 40

Open = Callable[..., Page]


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
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
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


class Watched:
    """A page, and what went wrong on it: complaints of the console, and requests to any other host."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        self.outside: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._request)

    def open(self, path: str) -> Page:
        """Go to ``path`` and wait for its heading."""
        self.page.goto(f"{self.address}{path}", wait_until="commit")
        self.page.wait_for_selector("h1", timeout=30_000)
        return self.page

    def _console(self, message: Any) -> None:
        asked = (message.location or {}).get("url", "")
        # Streamlit looks for its server below the path of a page first, and is told 404.
        if message.type == "error" and "/_stcore/" not in asked:
            self.complaints.append(f"{message.text} {asked}")

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.address, self.address.replace("http", "ws", 1), "data:", "blob:")):
            self.outside.append(request.url)


@pytest.fixture
def watched(browser: Browser, dashboard: str, request: pytest.FixtureRequest) -> Iterator[Watched]:
    """A page of a reader; parametrize with ``(width, theme, locale)``. At the end nothing may have gone wrong."""
    width, theme, locale = getattr(request, "param", (1440, "light", "en-GB"))
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, locale=locale)
    one = Watched(context.new_page(), dashboard)
    yield one
    context.close()
    assert one.outside == []
    assert one.complaints == []
