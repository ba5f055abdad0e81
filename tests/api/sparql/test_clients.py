"""Programs that others have written work with ``/sparql``: SPARQLWrapper, rdflib, curl and YASGUI in a browser."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)

from ontologies.iris import THINGS

DOCS = Path(__file__).parents[3] / "docs" / "sparql.md"
NAMES = """PREFIX comity: <https://w3id.org/comity/ontology#> PREFIX schema: <https://schema.org/>
SELECT ?state ?name WHERE { ?state a comity:State ; schema:name ?name } ORDER BY ?name LIMIT 3"""
BUILD = NAMES.replace("SELECT ?state ?name", "CONSTRUCT { ?state schema:name ?name }")


@pytest.mark.parametrize(("method", "sending"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
def test_sparqlwrapper(address: str, method: str, sending: str) -> None:
    def asked(query: str, form: str) -> object:
        wrapper = SPARQLWrapper(f"{address}/sparql")
        wrapper.setMethod(method)
        wrapper.setRequestMethod(sending)
        wrapper.setQuery(query)
        wrapper.setReturnFormat(form)
        return wrapper.queryAndConvert()

    rows = asked(NAMES, JSON)["results"]["bindings"]  # type: ignore[index]
    names = [row["name"]["value"] for row in rows]
    assert names == ["Afghanistan", "Albania", "Algeria"]
    assert all(name in asked(NAMES, XML).toxml() for name in names)  # type: ignore[attr-defined]
    assert all(name.encode() in asked(NAMES, form) for name in names for form in (CSV, TSV))  # type: ignore[operator]
    for form in (RDFXML, JSONLD):
        assert {str(name) for name in asked(BUILD, form).objects()} == set(names)  # type: ignore[attr-defined]
    turtle = asked(BUILD, TURTLE)
    assert {str(name) for name in rdflib.Graph().parse(data=turtle, format="turtle").objects()} == set(names)  # type: ignore[arg-type]


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_rdflib_store(address: str, method: str, form: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{address}/sparql", method=method, returnFormat=form))
    names = [str(row[1]) for row in graph.query(NAMES)]  # type: ignore[index]
    assert names == ["Afghanistan", "Albania", "Algeria"]
    name = graph.value(rdflib.URIRef(THINGS + "state/FRA"), rdflib.SDO.name)
    assert str(name) == "France"


def commands() -> list[str]:
    """The curl commands of the documentation."""
    blocks = re.findall(r"```sh\n(curl .*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) >= 5
    return blocks


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize("command", commands())
def test_curl_as_the_documentation_says(address: str, command: str) -> None:
    here = command.replace("http://127.0.0.1:8000", address)
    assert here != command
    done = subprocess.run(["bash", "-euc", here], capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    assert "urn:comity:problem" not in done.stdout


BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def test_yasgui_in_a_browser(address: str) -> None:
    """The page asks and shows rows, loads nothing from elsewhere, breaks no policy, and works by the keyboard alone."""
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if browser is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium is installed")
        pytest.skip("no Chromium is installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = chromium.new_page()
        complaints: list[str] = []
        asked: list[str] = []
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}/sparql")
        page.click(".yasqe .CodeMirror")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector(".yasr table tbody tr", timeout=20_000)
        assert "Albania" in page.inner_text(".yasr table tbody")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.tagName") == "BUTTON"  # the key leaves the text
        page.select_option("#queries", index=1)
        title = page.locator("#queries option").nth(1).inner_text()
        assert title in page.inner_text(".yasqe .CodeMirror-code")
        chromium.close()
    assert complaints == []
    assert all(url.startswith(address) or url.startswith("data:") for url in asked)
    assert f"{address}/sparql" in asked
