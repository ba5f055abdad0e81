"""How near two States are: what they have in common, by name and in a stated order, never as a score.

The same subregion comes first, then common regional organisations, the continent, common groups of the
Inter-Parliamentary Union and common official languages. Legal tradition is not on record with a source and therefore
not among them.
"""

from __future__ import annotations

from functools import cached_property

import msgspec

from graph.dates import MET, NOT_MET, reached
from graph.network import Network
from graph.regions import regions

REGIONAL: dict[str, str] = {
    "arab-league": "Pact of the League of Arab States, article 1",
    "asean": "ASEAN Charter, article 6(2)(a)",
    "au": "Constitutive Act of the African Union, article 29(1)",
    "caricom": "Revised Treaty of Chaguaramas, article 3",
    "cemac": "Treaty establishing CEMAC",
    "cis": "Charter of the Commonwealth of Independent States",
    "council-of-europe": "Statute of the Council of Europe, article 4",
    "eac": "Treaty for the Establishment of the East African Community, article 3",
    "ecowas": "Revised Treaty of ECOWAS, article 2",
    "eu": "Treaty on European Union, article 49",
    "gcc": "Charter of the Gulf Cooperation Council, article 5",
    "mercosur": "Treaty of Asunción, article 20",
    "oas": "Charter of the Organization of American States, article 4",
    "pif": "Agreement establishing the Pacific Islands Forum",
    "saarc": "Charter of SAARC",
    "sadc": "Treaty of the Southern African Development Community",
    "sica": "Tegucigalpa Protocol",
}
"""Organisations on record whose members belong to one part of the world, with the instrument that says so. Bodies
that are open to the world or joined by language (UN, INTERPOL, OECD, Commonwealth, OIF, CPLP) are no regions."""

BELONGS = frozenset({"member", "suspended"})
"""Membership statuses that place a State in a region: a member whose rights are suspended stays where it is."""

ORDER = (
    "same subregion",
    "common regional organisations",
    "same continent",
    "common IPU groups",
    "common official languages",
    "name",
)
"""The order in which nearness is compared: more in common first."""


class Nearness(msgspec.Struct, frozen=True, kw_only=True):
    """What two States have in common: names of regions, organisation ids, IPU group names, BCP 47 codes."""

    subregion: str | None = None
    organisations: tuple[str, ...] = ()
    continent: str | None = None
    ipu_groups: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[int, int, int, int, int]:
        """Sorts the nearest first, in the order of :data:`ORDER`."""
        return (
            -(self.subregion is not None),
            -len(self.organisations),
            -(self.continent is not None),
            -len(self.ipu_groups),
            -len(self.languages),
        )


class Neighbours:
    """Who is near to whom on day ``on`` (an ordinal)."""

    def __init__(self, network: Network, on: int) -> None:
        self.network = network
        self.on = on

    @cached_property
    def subregions(self) -> dict[str, str]:
        """State id → name of its subregion (UN M49, by the Unicode CLDR)."""
        return _inverted(regions(self.network, "subregion"))

    @cached_property
    def continents(self) -> dict[str, str]:
        """State id → name of its continent."""
        return _inverted(regions(self.network, "continent"))

    @cached_property
    def organisations(self) -> dict[str, frozenset[str]]:
        """State id → regional organisations to which it belongs on the day."""
        return {
            state: frozenset(body for body in REGIONAL if belongs(self.network, body, state, self.on))
            for state in self.network.states
        }

    def between(self, one: str, other: str) -> Nearness:
        """What ``one`` and ``other`` have in common."""
        here, there = self.network.states[one], self.network.states[other]
        return Nearness(
            subregion=_same(self.subregions, one, other),
            organisations=tuple(sorted(self.organisations[one] & self.organisations[other])),
            continent=_same(self.continents, one, other),
            ipu_groups=tuple(sorted(ipu_groups(self.network, one) & ipu_groups(self.network, other))),
            languages=tuple(sorted(set(here.official_languages) & set(there.official_languages))),
        )


def belongs(network: Network, organisation: str, state: str, on: int) -> bool:
    """Whether ``state`` is a member of ``organisation`` on day ``on``: joined by then as far as dated, and not left."""
    return any(
        held.status in BELONGS
        and (held.joined_on is None or reached(held.joined_on, on) != NOT_MET)
        and not (held.left_on and reached(held.left_on, on) == MET)
        for held in network.memberships.get((organisation, state), ())
    )


def ipu_groups(network: Network, state: str) -> frozenset[str]:
    """Names of the geopolitical groups of the Inter-Parliamentary Union in which the parliament is, if on record."""
    found = network.states.get(state)
    return frozenset(found.ipu_group.split(";")) if found and found.ipu_group else frozenset()


def _same(places: dict[str, str], one: str, other: str) -> str | None:
    found = places.get(one)
    return found if found is not None and found == places.get(other) else None


def _inverted(found: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {state: name for name, states in found.items() for state in states}
