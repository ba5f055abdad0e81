"""Regions and continents of the world, as the Unicode CLDR contains them (UN M49 codes).

``regions.csv`` is taken from ``territoryContainment`` of CLDR 48.2, with Unicode's licence beside it; the names of the
regions come from Babel, which carries the CLDR too. A region is geography here, no statement on anybody's status.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from graph.network import Network

TABLE = Path(__file__).with_name("regions.csv")

LEVELS = ("subregion", "continent")


def regions(network: Network, level: str) -> dict[str, tuple[str, ...]]:
    """The States of each region, by the region's English name; ``level`` is one of :data:`LEVELS`.

    The European Union is in no region.
    """
    from babel import Locale

    names = Locale.parse("en").territories
    by_alpha2 = {state.alpha2: state.id for state in network.states.values() if state.alpha2}
    found: dict[str, list[str]] = defaultdict(list)
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["alpha2"] in by_alpha2:
                code = row[level] or row["continent"]
                found[str(names.get(code, code))].append(by_alpha2[row["alpha2"]])
    return {name: tuple(sorted(states)) for name, states in sorted(found.items())}
