"""Cuts: which State, which tie and which instrument or organisation would separate others if it fell away.

The answer has three values. It is certain (``met``) for States that are connected by certain ties and would not be
connected any more even if every uncertain tie held. It is ``unknown`` where States fall apart in one of the two extreme
readings only: no uncertain tie holds, or all of them do. Connected means by any chain of ties; no request travels such
a chain, it tells who belongs to the same web of law.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import msgspec
import networkx as nx  # type: ignore[import-untyped]

from graph.analysis.cooperation import Cooperation, Pair
from graph.dates import MET, NOT_MET, UNKNOWN, Tri

Groups = tuple[tuple[str, ...], ...]
"""Groups of States (ids, sorted), the largest first."""

TOLD = 5
"""How many States a sentence names."""


class Cut(msgspec.Struct, frozen=True, kw_only=True):
    """Something that holds the graph together at one place.

    ``kind``: ``state``, ``tie`` (its two States in ``id``, joined by ``-``), ``instrument`` or ``organisation``.
    ``result``: certain or unknown. ``apart``: the groups that would be cut off, each from the rest and from each other;
    the rest is not listed. ``bodies``: for a tie, what it rests on.
    """

    kind: str
    id: str
    name: str
    result: Tri
    apart: Groups
    bodies: tuple[str, ...] = ()
    text: str


def components(graph: Cooperation, *, perhaps: bool) -> Groups:
    """The States that are connected with each other by chains of ties, the largest group first; lone States too."""
    return _groups(graph.state_graph(perhaps=perhaps))


def cut_states(graph: Cooperation) -> tuple[Cut, ...]:
    """States without which others would not be connected any more (articulation points)."""
    certain, possible = graph.state_graph(perhaps=False), graph.state_graph(perhaps=True)
    found = []
    for state in sorted({*nx.articulation_points(certain), *nx.articulation_points(possible)}):
        result, apart = _parting(certain, possible, without_node=state)
        name = graph.network.state_name(state)
        found.append(_cut(graph, "state", state, name, result, apart, f"Without the ties of {name}"))
    return _ordered(found)


def bridges(graph: Cooperation) -> tuple[Cut, ...]:
    """Ties without which others would not be connected any more, each with the bodies on which it rests."""
    certain, possible = graph.state_graph(perhaps=False), graph.state_graph(perhaps=True)
    found = []
    for pair in sorted(_bridges(certain) | _bridges(possible)):
        result, apart = _parting(certain, possible, without_edges=([pair], [pair]))
        bodies = tuple(graph.ties[pair])
        name = " and ".join(map(graph.network.state_name, pair))
        rests = ", ".join(map(graph.name, bodies))
        lead = f"Without the tie between {name} (by {rests})"
        found.append(_cut(graph, "tie", "-".join(pair), name, result, apart, lead, bodies))
    return _ordered(found)


def cut_bodies(graph: Cooperation) -> tuple[Cut, ...]:
    """Instruments and organisations without which States would not be connected any more.

    With an instrument falls what needs it, such as its protocols.
    """
    certain, possible = graph.state_graph(perhaps=False), graph.state_graph(perhaps=True)
    edges = _bridges(certain) | _bridges(possible)
    lost_certain, lost_possible = _resting_on_one(graph)
    found = []
    for body in sorted(lost_certain.keys() | lost_possible.keys()):
        lost = lost_certain[body], lost_possible[body]
        one_pair = {*lost[0], *lost[1]}
        if len(one_pair) == 1 and not one_pair & edges:
            continue  # a single tie parts nobody unless it is a bridge
        result, apart = _parting(certain, possible, without_edges=lost)
        if result == NOT_MET:
            continue
        kind = "organisation" if body in graph.network.organisations else "instrument"
        name = graph.name(body)
        found.append(_cut(graph, kind, body, name, result, apart, f"Without {name}"))
    return _ordered(found)


def _resting_on_one(graph: Cooperation) -> tuple[dict[str, list[Pair]], dict[str, list[Pair]]]:
    """By body, the pairs whose certain tie needs it, and the pairs of which every tie does."""
    certain: dict[str, list[Pair]] = defaultdict(list)
    possible: dict[str, list[Pair]] = defaultdict(list)
    for pair, bonds in graph.ties.items():
        surely = [bond.needs for bond in bonds.values() if bond.verdict.in_force == MET]
        for needed, lost in ((surely, certain), ([bond.needs for bond in bonds.values()], possible)):
            for body in frozenset.intersection(*needed) if needed else ():
                lost[body].append(pair)
    return certain, possible


def _bridges(graph: nx.Graph) -> set[Pair]:
    return {(one, other) if one < other else (other, one) for one, other in nx.bridges(graph)}


def _parting(
    certain: nx.Graph,
    possible: nx.Graph,
    *,
    without_node: str | None = None,
    without_edges: tuple[Iterable[Pair], Iterable[Pair]] = ((), ()),
) -> tuple[Tri, Groups]:
    """Whether a removal parts States that were connected, and the groups that it cuts off from the largest ones."""
    after_certain = _groups(certain, without_node, without_edges[0])
    after_possible = _groups(possible, without_node, without_edges[1])
    before_certain, before_possible = _groups(certain), _groups(possible)
    for before, after, result in (
        (before_certain, after_possible, MET),
        (before_certain, after_certain, UNKNOWN),
        (before_possible, after_possible, UNKNOWN),
    ):
        apart = _cut_off(before, after, without_node)
        if apart:
            return result, apart
    return NOT_MET, ()


def _cut_off(before: Groups, after: Groups, without: str | None) -> Groups:
    """Of each group of ``before``, the parts into which ``after`` divides it, but for the largest of them."""
    place = {state: number for number, part in enumerate(after) for state in part}
    apart: list[tuple[str, ...]] = []
    for component in before:
        parts: dict[int, list[str]] = defaultdict(list)
        for state in component:
            if state != without:
                parts[place[state]].append(state)
        apart += _by_size(parts.values())[1:]
    return _by_size(apart)


def _groups(graph: nx.Graph, without_node: str | None = None, without_edges: Iterable[Pair] = ()) -> Groups:
    """The connected States of ``graph`` as it would be without the one State or the edges (which it need not have)."""
    lost: dict[str, set[str]] = defaultdict(set)
    for one, other in without_edges:
        lost[one].add(other)
        lost[other].add(one)
    left = set(graph) - {without_node}
    parts = []
    while left:
        part = waiting = [left.pop()]
        while waiting:
            found = [left.intersection(graph[state]) - lost[state] for state in waiting]
            waiting = sorted(set().union(*found))
            left.difference_update(waiting)
            part = part + waiting
        parts.append(part)
    return _by_size(parts)


def _by_size(parts: Iterable[Iterable[str]]) -> Groups:
    return tuple(sorted((tuple(sorted(part)) for part in parts), key=lambda part: (-len(part), part)))


def _cut(
    graph: Cooperation,
    kind: str,
    id: str,
    name: str,
    result: Tri,
    apart: Groups,
    lead: str,
    bodies: tuple[str, ...] = (),
) -> Cut:
    states = [graph.network.state_name(state) for part in apart for state in part]
    listed = ", ".join(states[:TOLD]) + (f" and {len(states) - TOLD} more" if len(states) > TOLD else "")
    would = "would" if result == MET else "would perhaps"
    apart_from = "the rest" if len(apart) == 1 else "the rest, in several parts"
    text = f"{lead}, {listed} {would} not be connected with {apart_from}"
    return Cut(kind=kind, id=id, name=name, result=result, apart=apart, bodies=bodies, text=text)


def _ordered(found: list[Cut]) -> tuple[Cut, ...]:
    """Certain ones first, then those that cut off most States, then by id."""
    return tuple(sorted(found, key=lambda cut: (cut.result != MET, -sum(map(len, cut.apart)), cut.id)))
