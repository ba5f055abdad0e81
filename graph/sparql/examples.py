"""Queries to begin with: what researchers ask of a release, each a file in ``queries/`` that begins with its title."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

HERE = Path(__file__).parent / "queries"


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """A query and what it asks, in a sentence; ``id`` is the name of its file."""

    id: str
    title: str
    query: str


@cache
def examples() -> tuple[Example, ...]:
    """All of them, by title."""
    found = (_example(path) for path in HERE.glob("*.rq"))
    return tuple(sorted(found, key=lambda one: (one.title, one.id)))


def _example(path: Path) -> Example:
    text = path.read_text(encoding="utf-8")
    return Example(id=path.stem, title=text.partition("\n")[0].lstrip("# ").strip(), query=text)
