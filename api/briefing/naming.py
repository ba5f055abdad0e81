"""Names in a briefing: States in its language, from the Unicode CLDR; treaties and bodies as the record has them."""

from __future__ import annotations

from graph.gaps.nearness import Nearness
from graph.network import Network

OWN = "en"
"""The language of the records."""

LONGEST_TITLE = 140
"""Letters up to which a title is spelt out beside an abbreviation."""


class Names:
    """What things are called in ``language`` (BCP 47); the record's English name where the CLDR has none."""

    def __init__(self, network: Network, language: str) -> None:
        self._network = network
        self._territories: dict[str, str] = {}
        if language != OWN:
            from babel import Locale

            self._territories = dict(Locale.parse(language, sep="-").territories)

    def state(self, id_: str) -> str:
        """The name of a State."""
        found = self._network.states.get(id_)
        translated = self._territories.get(found.alpha2) if found and found.alpha2 else None
        return translated or self._network.state_name(id_)

    def instrument(self, id_: str) -> str:
        """The short name of an instrument."""
        return self._network.instruments[id_].short_name

    def full(self, id_: str) -> str:
        """The short name, with the title where the name is an abbreviation."""
        held = self._network.instruments[id_]
        bare = held.short_name.isupper() and len(held.title) <= LONGEST_TITLE and held.title != held.short_name
        return f"{held.short_name}: {held.title}" if bare else held.short_name

    def common(self, near: Nearness) -> str:
        """What makes another State near, as `` (Eastern Africa)``: its subregion, else an organisation in common, else
        the continent or the parliamentary group; empty where nothing is in common on record."""
        organisations = ", ".join(self._network.organisations[body].name for body in near.organisations)
        groups = ", ".join(f"IPU {group}" for group in near.ipu_groups)
        told = near.subregion or organisations or near.continent or groups
        return f" ({told})" if told else ""
