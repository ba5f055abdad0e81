"""Footnotes on a screen."""

from __future__ import annotations

from api.wording import sources
from locales.texts import _
from terminal.screen import Screen


class Footnotes(sources.Footnotes):
    """Footnotes that can be written below what refers to them."""

    def show(self, screen: Screen) -> None:
        """Write the sources referred to so far."""
        if not self.listed():
            return
        screen.heading(_("Sources"))
        for number, cite in enumerate(self.listed(), start=1):
            screen.line(f"[{number}] {sources.told_source(cite)}", indent=2)
            screen.link("      ", cite.url)
