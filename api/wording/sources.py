"""Sources as numbered footnotes: every statement points to where it is from, each address is written once."""

from __future__ import annotations

from collections.abc import Iterable

from graph.answers import Cite
from locales.texts import _


def told_source(cite: Cite) -> str:
    """``Council of Europe, 2024-06-20 (official)``."""
    dated = cite.as_of or _("undated")
    kind = _("official") if cite.official else _("not an official publication")
    return f"{cite.publisher}, {dated} ({kind})"


class Footnotes:
    """Numbers sources in the order in which they are first referred to."""

    def __init__(self) -> None:
        self._numbers: dict[Cite, int] = {}

    def refer(self, cites: Iterable[Cite]) -> str:
        """The references to ``cites``, such as `` [1, 3]``; empty without sources."""
        numbers = sorted({self._numbers.setdefault(cite, len(self._numbers) + 1) for cite in cites})
        return f" [{', '.join(map(str, numbers))}]" if numbers else ""

    def listed(self) -> list[Cite]:
        """The sources referred to so far; the first has the number 1."""
        return list(self._numbers)
