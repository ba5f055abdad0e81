"""The numbered notes of a briefing: sources, and how a figure was counted."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from api.documents.blocks import Note
from api.wording.sources import Footnotes, told_source
from graph.answers import Cite

MOST = 2
"""Sources that stand with one statement; a page has no room for more, and the JSON has them all."""


NO_BREAK = "\u00a0"

KEPT = "%/:?#[]@!$&'()*+,;=~"
"""What an address keeps as it is; letters that no typeface may have are written as octets (RFC 3987, section 3.1)."""


class Notes(Footnotes):
    """Footnotes that keep the official and the newest sources of a statement, and notes on what was counted."""

    def refer(self, cites: Iterable[Cite]) -> str:
        """The references to at most :data:`MOST` of ``cites``, which stay on the line of what they are about."""
        return super().refer(best(cites)).replace(" ", NO_BREAK)

    def counted(self, how: str) -> str:
        """The reference to a note that says how a figure was counted, and by what it can be counted again."""
        return super().refer([Cite(url="", as_of=None, publisher=how)]).replace(" ", NO_BREAK)

    def numbered(self) -> tuple[Note, ...]:
        """All notes in their order."""
        return tuple(
            Note(told_source(cite), quote(cite.url, safe=KEPT)) if cite.url else Note(cite.publisher)
            for cite in self.listed()
        )


def best(cites: Iterable[Cite]) -> list[Cite]:
    """At most :data:`MOST` sources: official ones first, then those with the latest date."""
    newest = sorted(dict.fromkeys(cites), key=lambda cite: (cite.as_of or "", cite.url), reverse=True)
    return sorted(newest, key=lambda cite: not cite.official)[:MOST]
