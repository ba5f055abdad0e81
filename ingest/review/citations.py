"""The sources themselves: an address that leads somewhere, a date, a publisher, and something that they state."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from graph.dates import before
from ingest.identity import source_id
from ingest.review.finding import Hit, Rule
from ingest.review.material import Material

PACKAGE = "pypi:"
"""Begins the address of a source that is a file in a published package: ``pypi:NAME==VERSION``."""


def source_undated(held: Material) -> Iterator[Hit]:
    """An undated source proves nothing for any day."""
    for record in held.records.sources:
        if record.as_of is None:
            yield Hit((record,), record.url)


def source_from_the_future(held: Material) -> Iterator[Hit]:
    """No source speaks for a day after the review."""
    for record in held.records.sources:
        if before(held.today, record.as_of):
            yield Hit((record,), f"as of {record.as_of}, reviewed on {held.today}: {record.url}")


def address_malformed(held: Material) -> Iterator[Hit]:
    """An address names a scheme and a host and holds no blanks (RFC 3986)."""
    for record in held.records.sources:
        if not record.url.startswith(PACKAGE) and not _leads_somewhere(record.url):
            yield Hit((record,), record.url)


def _leads_somewhere(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    whole = not any(sign.isspace() or sign in '<>"' for sign in address)
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "") and whole


def publisher_unknown(held: Material) -> Iterator[Hit]:
    """Who publishes a source has a name other than its host."""
    for record in held.records.publishers:
        host = (urlsplit(record.url or "").hostname or "").removeprefix("www.")
        if record.name.lower().strip() in {"", "unknown", host, record.id}:
            yield Hit((record,), f"{record.id} is called {record.name!r}")


def source_misnamed(held: Material) -> Iterator[Hit]:
    """The id of a source follows from address and date, so that no later change of either goes unnoticed."""
    for record in held.records.sources:
        expected = source_id(record.url, record.as_of)
        if record.id != expected:
            yield Hit((record,), f"{record.id}; address and date give {expected}")


def source_unused(held: Material) -> Iterator[Hit]:
    """A source is there for what it states."""
    used: set[str] = set()
    for field in held.records.__struct_fields__:
        for record in getattr(held.records, field):
            used.update(record.sources)
            used.update(source for _, sources in record.evidence for source in sources)
    for record in held.records.sources:
        if record.id not in used:
            yield Hit((record,), f"nothing rests on {record.url}")


RULES = (
    Rule(
        key="address-malformed", severity="error", check=address_malformed,
        demands="the address of a source leads somewhere", source="RFC 3986",
    ),
    Rule(
        key="source-from-the-future", severity="error", check=source_from_the_future,
        demands="no source speaks for a day that has not come", source="the meaning of as_of",
    ),
    Rule(
        key="source-misnamed", severity="doubt", check=source_misnamed,
        demands="the id of a source follows from its address and date", source="ingest/identity.py",
    ),
    Rule(
        key="publisher-unknown", severity="gap", check=publisher_unknown,
        demands="a publisher has a name", source="the meaning of publisher",
    ),
    Rule(
        key="source-undated", severity="gap", check=source_undated,
        demands="a source says for which day it speaks", source="the meaning of as_of",
    ),
    Rule(
        key="source-unused", severity="gap", check=source_unused,
        demands="a source states something", source="the meaning of source",
    ),
)  # fmt: skip
