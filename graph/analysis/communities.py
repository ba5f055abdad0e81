"""Communities of cooperation: groups of States with more ties among themselves than chance would give.

Louvain (Blondel and others 2008) on the certain ties, each weighted with the number of bodies behind it. It was chosen
over greedy modularity because it comes to the same or a higher modularity on the packaged release and is several times
faster. Its result depends on the order in which nodes are visited: the seed is fixed and States stand in the order of
their ids, so that the same release and day always give the same communities.
"""

from __future__ import annotations

from collections import Counter

import msgspec
import networkx as nx  # type: ignore[import-untyped]

from graph.analysis.cooperation import Cooperation
from graph.dates import MET

SEED = 20261124
"""Fixed, so that a release and a day have one answer."""

MARKED, BARELY = 0.3, 0.1
"""Modularity from which communities are clearly marked (Newman and Girvan 2004), and below which hardly at all."""

HOLDING = 3
"""How many bodies are named for each community, each of which joins at least a tenth of the pairs tied within it."""


class Community(msgspec.Struct, frozen=True, kw_only=True):
    """States (ids, sorted) with more ties among each other than with the rest.

    ``inside``: the share (0 to 1) of their certain ties that stay within. ``held_by``: bodies that join
    many pairs within and few elsewhere, the largest first.
    """

    states: tuple[str, ...]
    names: tuple[str, ...]
    inside: float
    held_by: tuple[str, ...]
    text: str


class Communities(msgspec.Struct, frozen=True, kw_only=True):
    """All communities, the largest first; ``modularity`` says how marked they are (0: not at all)."""

    modularity: float
    communities: tuple[Community, ...]
    text: str


def communities(graph: Cooperation) -> Communities:
    """The communities among the States that have a certain tie; the others belong to none."""
    tied = graph.state_graph(perhaps=False)
    certain = tied.subgraph(state for state in graph.states if tied.degree(state))
    if not certain:
        return Communities(modularity=0.0, communities=(), text="No certain ties, hence no communities")
    order = sorted(certain)  # numbers, so that no set of names is ever walked through in the order of its hashes
    numbered = nx.relabel_nodes(certain, {state: number for number, state in enumerate(order)})
    parts = nx.community.louvain_communities(numbered, weight="weight", seed=SEED)
    modularity = round(nx.community.modularity(numbered, parts, weight="weight"), 9)
    members = sorted((tuple(sorted(order[number] for number in part)) for part in parts), key=lambda m: (-len(m), m))
    found = tuple(_community(graph, certain, part) for part in members)
    return Communities(modularity=modularity, communities=found, text=_told(modularity, len(found)))


def _community(graph: Cooperation, certain: nx.Graph, states: tuple[str, ...]) -> Community:
    within = set(states)
    ends = sum(certain.degree(state) for state in states)
    inside = sum(neighbour in within for state in states for neighbour in certain[state])
    held_by = _held_by(graph, within)
    names = tuple(graph.network.state_name(state) for state in states)
    share = round(inside / ends, 9)
    holding = f"; held together by {', '.join(map(graph.name, held_by))}" if held_by else ""
    return Community(
        states=states,
        names=names,
        inside=share,
        held_by=held_by,
        text=f"{len(states)} States or territories; {share:.0%} of their ties stay among them{holding}",
    )


def _held_by(graph: Cooperation, within: set[str]) -> tuple[str, ...]:
    """Bodies that join many of the pairs within and most of whose certain ties lie there, the largest first."""
    inside: Counter[str] = Counter()
    everywhere: Counter[str] = Counter()
    for (one, other), bonds in graph.ties.items():
        for body, bond in bonds.items():
            if bond.verdict.in_force == MET:
                everywhere[body] += 1
                inside[body] += one in within and other in within
    enough = sum(one in within and other in within for one, other in graph.ties) / 10
    most = [body for body, count in inside.items() if 2 * count > everywhere[body] and count >= enough]
    return tuple(sorted(most, key=lambda body: (-inside[body], body))[:HOLDING])


def _told(modularity: float, count: int) -> str:
    if count == 1:
        return "All States with a certain tie form one community"
    if modularity >= MARKED:
        marked = "clearly marked"
    elif modularity >= BARELY:
        marked = "weakly marked: many ties run between them"
    else:
        marked = "hardly marked: nearly as many ties run between them as within"
    return f"{count} communities, {marked} (modularity {modularity:.2f})"
