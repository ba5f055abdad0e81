"""How near two States are: what they have in common, by name and in a stated order, never as a score.

Common regional organisations come first, then common groups of the Inter-Parliamentary Union, then common official
languages. Legal tradition is not on record with a source and therefore not among them.
"""

from __future__ import annotations

import msgspec

from graph.dates import MET, NOT_MET, reached
from graph.network import Network

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

ORDER = ("common regional organisations", "common IPU groups", "common official languages", "name")
"""The order in which nearness is compared: more in common first."""


class Nearness(msgspec.Struct, frozen=True, kw_only=True):
    """What two States have in common: organisation ids, IPU group names, BCP 47 codes."""

    organisations: tuple[str, ...] = ()
    ipu_groups: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[int, int, int]:
        """Sorts the nearest first."""
        return -len(self.organisations), -len(self.ipu_groups), -len(self.languages)


def regions(network: Network, state: str, on: int) -> frozenset[str]:
    """Ids of the regional organisations to which ``state`` belongs on day ``on`` (an ordinal)."""
    return frozenset(organisation for organisation in REGIONAL if belongs(network, organisation, state, on))


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


def nearness(network: Network, one: str, other: str, on: int) -> Nearness:
    """What ``one`` and ``other`` have in common on day ``on`` (an ordinal)."""
    here, there = network.states[one], network.states[other]
    return Nearness(
        organisations=tuple(sorted(regions(network, one, on) & regions(network, other, on))),
        ipu_groups=tuple(sorted(ipu_groups(network, one) & ipu_groups(network, other))),
        languages=tuple(sorted(set(here.official_languages) & set(there.official_languages))),
    )
