"""A document as one HTML page: no script, nothing from elsewhere, readable on screen, on paper and aloud."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from api.documents.blocks import Document


def html(document: Document) -> str:
    """The page of ``document``. Every text is escaped; blanks are empty fields in the order of the page."""
    return _template().render(document=document)


@cache
def _template() -> Template:
    loader = PackageLoader("api", "documents")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["kind"] = lambda block: type(block).__name__
    environment.filters["drawing"] = Markup  # figures are drawn here and escape their own words
    return environment.get_template("document.html")
