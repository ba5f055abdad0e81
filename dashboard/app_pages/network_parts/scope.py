"""Among whom the network is drawn: a group of the IPU, a region, or the members of an organisation."""

from __future__ import annotations

from collections import Counter

from api.client import world
from dashboard import answers
from dashboard.texts import label, word

FEWEST = 3
"""States of a group below which no picture says anything."""

JOINED = ("intergovernmental", "network", "group")
"""Kinds of organisations of which States are members."""

Scope = dict[str, str]
"""Parameters of ``/v1/network`` that narrow it to one group."""


def scopes() -> dict[str, str]:
    """The name of each scope by its key, ``<parameter>:<value>``, in the order in which they are offered."""
    any_treaty = next(iter(answers.instruments()))  # whichever: only where the States belong is read
    told = answers.ask(world(instrument=any_treaty, years=False))
    groups = Counter(group for state in told.states for group in state.ipu_groups)
    regions = Counter(state.region for state in told.states if state.region)
    regions.update(state.continent for state in told.states if state.continent)
    found = {
        f"region:{group}": f"{word('world.group')}: {label('ipu-group', group, group)}"
        for group, many in sorted(groups.items())
        if many >= FEWEST
    }
    found |= {
        f"region:{region}": f"{word('world.region')}: {label('region', region, region)}"
        for region, many in sorted(regions.items())
        if many >= FEWEST
    }
    members = {key: row for key, row in answers.organisations().items() if row["kind"] in JOINED}
    return found | {
        f"group:{key}": f"{word('overview.organisation')}: {row['name']}"
        for key, row in sorted(members.items(), key=lambda one: one[1]["name"].casefold())
    }


def narrowed(key: str) -> Scope:
    """The parameters for the scope ``key``."""
    parameter, _, value = key.partition(":")
    return {parameter: value}
