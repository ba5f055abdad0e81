"""How the documentation tells to say who one is, and that its page does so."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx2 as httpx
import pytest
from playwright.sync_api import Page, sync_playwright
from starlette.testclient import TestClient

from api.identity.keys import KeyStore
from api.settings import ApiSettings
from tests.api.conftest import on_a_fixed_day, running


def test_a_bearer_is_needed_for_proposals_and_may_be_left_elsewhere(client: TestClient) -> None:
    told = client.get("/openapi.json").json()
    (name,) = told["components"]["securitySchemes"]
    scheme = told["components"]["securitySchemes"][name]
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    assert told["security"] == [{}, {name: []}]
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            needed = path.startswith("/v1/proposals")
            assert operation.get("security") == ([{name: []}] if needed else None), (method, path)
            assert {"401", "429"} <= operation["responses"].keys() or path == "/sparql", (method, path)


@pytest.fixture
def page() -> Iterator[Page]:
    """A page of Chromium. Without one, the test is skipped, and fails where ``CI`` is set."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("the test of the page needs Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield browser.new_page()
        browser.close()


def test_who_authorizes_on_the_page_asks_as_who_they_are(small_data: Path, tmp_path: Path, page: Page) -> None:
    data = tmp_path / "data"
    shutil.copytree(small_data, data)
    written = KeyStore(data).create("Unit 7", "researcher")[1]
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    with running(on_a_fixed_day(ApiSettings(), data)) as address:
        page.goto(f"{address}/docs")
        page.get_by_role("button", name="Authorize").first.click()
        page.get_by_label("auth-bearer-value").fill(written)
        page.get_by_role("button", name="Apply credentials").click()
        page.get_by_role("button", name="Close", exact=True).click()
        operation = page.locator(".opblock", has=page.locator('[data-path="/v1/queries"]')).first
        operation.locator(".opblock-summary-control").click()
        with page.expect_response(lambda one: one.url.endswith("/v1/queries")) as answered:
            operation.get_by_role("button", name="Execute").click()
        answer = answered.value
        assert answer.status == httpx.codes.OK
        assert answer.request.headers["authorization"] == f"Bearer {written}"
        assert answer.headers["cache-control"].startswith("private")
    assert not complaints
