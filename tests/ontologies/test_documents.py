"""What is written from the ontology is up to date and can be built."""

from __future__ import annotations

from pathlib import Path

import pytest

from ontologies import document
from ontologies.dictionary import PAGE, dictionary_text
from ontologies.schema import concepts, schema


def test_the_data_dictionary_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == dictionary_text(), "run python -m ontologies.dictionary"


def test_the_data_dictionary_names_every_field_and_key() -> None:
    page = dictionary_text()
    for spec in schema().classes.values():
        assert f"### {spec.name}\n" in page
        assert all(f"| `{name}` |" in page for name in spec.fields)
    assert all(f"| `{one['key']}` |" in page for one in concepts())


def test_the_html_page_is_built(tmp_path: Path) -> None:
    pytest.importorskip("pylode", reason="the extra docs is not installed")
    page = tmp_path / "ontology.html"
    document.write(page)
    html = page.read_text(encoding="utf-8")
    assert "Comity ontology" in html
    for spec in schema().classes.values():
        assert spec.iri in html
    for loaded in ('<script src="http', '<link rel="stylesheet" href="http', "@import url(http"):
        assert loaded not in html, "the page loads nothing from elsewhere"
