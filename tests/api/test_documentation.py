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

from api import security
from api.application import create_application
from api.documentation import openapi
from api.identity.keys import KeyStore
from api.settings import ApiSettings
from tests.api.conftest import on_a_fixed_day, running


def test_every_route_may_be_asked_with_and_without_a_bearer(client: TestClient) -> None:
    told = client.get("/openapi.json").json()
    (name,) = told["components"]["securitySchemes"]
    scheme = told["components"]["securitySchemes"][name]
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    assert told["security"] == [{}, {name: []}]
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            assert "security" not in operation, (method, path)
            assert {"401", "429"} <= operation["responses"].keys() or path == "/sparql", (method, path)


def test_a_route_for_some_roles_says_that_it_needs_one(tmp_path: Path) -> None:
    application = create_application(ApiSettings(), tmp_path)
    application.add_api_route("/v1/secret", lambda: None, openapi_extra=security.NEEDED)
    told = openapi(application)
    (name,) = told["components"]["securitySchemes"]
    assert told["paths"]["/v1/secret"]["get"]["security"] == [{name: []}]


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
