"""The cooperation graph of a day: States and territories, and what joins them.

A *tie* joins two of them where at least one may ask the other by law. It is certain (``met``) where a body that opens a
path is in force for both on the day without doubt, and ``unknown`` where that hangs on a date or a source that proves
nothing. Certain and uncertain ties are kept apart everywhere. The European Union is no node: its agreements appear as
ties between its members and the other side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import networkx as nx  # type: ignore[import-untyped]

from graph.analysis.openings import Asked, Opening, Verdict, openings
from graph.dates import MET, UNKNOWN, Tri, any_of
from graph.network import Network
from graph.offers import OfferBook

Pair = tuple[str, str]
"""Two States, in the order of their ids."""


class Bond(NamedTuple):
    """What one body does for a pair: the best verdict of either way.

    ``needs``: the instruments without which neither way is open. ``forth``: the first of the pair may ask the second;
    ``back``: the second the first.
    """

    verdict: Verdict
    needs: frozenset[str]
    forth: bool
    back: bool


class Cooperation:
    """The openings of a day among ``states`` (ids, sorted), and the ties that follow from them."""

    def __init__(self, network: Network, asked: Asked, states: tuple[str, ...], found: Iterable[Opening]) -> None:
        self.network = network
        self.asked = asked
        self.states = states
        self.openings = tuple(found)
        self.ties: Mapping[Pair, Mapping[str, Bond]] = _ties(self.openings)
        self._graphs: dict[bool, nx.Graph] = {}

    def name(self, body: str) -> str:
        """The name of a body: the short name of an instrument, the name of an organisation."""
        if body in self.network.organisations:
            return self.network.organisations[body].name
        return self.network.instruments[body].short_name

    def state_graph(self, *, perhaps: bool) -> nx.Graph:
        """States joined by ties; only certain ones unless ``perhaps``.

        Edges bear ``result`` (three values), ``weight`` (bodies that serve for certain, with ``perhaps`` all of them),
        the counts ``certain`` and ``uncertain``, and ``both_ways``: may each ask the other? Not to be changed.
        """
        held = self._graphs.get(perhaps)
        if held is None:
            held = self._graphs[perhaps] = nx.freeze(self._state_graph(perhaps))
        return held

    def _state_graph(self, perhaps: bool) -> nx.Graph:
        graph = nx.Graph()
        graph.add_nodes_from(self.states)
        for (one, other), bonds in self.ties.items():
            certain = sum(bond.verdict.in_force == MET for bond in bonds.values())
            if certain or perhaps:
                graph.add_edge(
                    one,
                    other,
                    result=MET if certain else UNKNOWN,
                    weight=len(bonds) if perhaps else certain,
                    certain=certain,
                    uncertain=len(bonds) - certain,
                    both_ways=any(bond.forth for bond in bonds.values()) and any(bond.back for bond in bonds.values()),
                )
        return graph

    def body_graph(self) -> nx.Graph:
        """States and bodies, a State joined to each body through which it may ask or be asked.

        Nodes are ``(state, id)`` and ``(body, id)``; edges bear ``result`` and ``partners``, the States that the body
        ties to this one. Two States on one body need not be tied by it: an agreement of the Union ties its members to
        the other side only. Figures about pairs are therefore taken from the ties and not from this graph.
        """
        held: dict[tuple[str, str], tuple[Tri, int]] = {}
        for pair, bonds in self.ties.items():
            for body, bond in bonds.items():
                for state in pair:
                    result, partners = held.get((state, body), (UNKNOWN, 0))
                    held[state, body] = any_of(result, bond.verdict.in_force), partners + 1
        graph = nx.Graph()
        graph.add_nodes_from(("state", state) for state in self.states)
        graph.add_edges_from(
            (("state", state), ("body", body), {"result": result, "partners": partners})
            for (state, body), (result, partners) in held.items()
        )
        return graph

    def bodies(self) -> tuple[str, ...]:
        """Ids of all bodies that tie any two States, sorted."""
        return tuple(sorted({body for bonds in self.ties.values() for body in bonds}))


def cooperation(
    book: OfferBook,
    asked: Asked,
    states: Iterable[str] | None = None,
    *,
    without: Iterable[str] = (),
    settled: bool = False,
) -> Cooperation:
    """The cooperation graph of a day among ``states`` (all States and territories where left).

    ``without``: ids of instruments and organisations that are left out; whatever needs one of them (a protocol its
    treaty) is left out too. An instrument that one of these replaces does not revive. ``settled``: only paths on which
    every condition is met, no question being open.
    """
    network = book.network
    chosen = None if states is None else set(states)
    among = tuple(
        sorted(
            state.id
            for state in network.states.values()
            if state.kind != "union" and (chosen is None or state.id in chosen)
        )
    )
    gone = frozenset(without)
    found = (
        opening
        for opening in openings(book, asked, among)
        if not opening.needs & gone and (opening.verdict.path == MET or not settled)
    )
    return Cooperation(network, asked, among, found)


def _ties(found: Iterable[Opening]) -> dict[Pair, dict[str, Bond]]:
    """Every pair that some opening joins, in order, with what each body does for it."""
    ties: dict[Pair, dict[str, Bond]] = defaultdict(dict)
    for opening in found:
        body, (basis, path), needs = opening.body, opening.verdict, opening.needs
        for one in opening.asking:
            for other in opening.asked:
                if one == other:
                    continue
                bonds = ties[(one, other) if one < other else (other, one)]
                held = bonds.get(body)
                if held is None:
                    bonds[body] = Bond(opening.verdict, needs, one < other, one > other)
                else:  # the other way of the same pair
                    best = Verdict(any_of(held.verdict.in_force, basis), any_of(held.verdict.path, path))
                    bonds[body] = Bond(best, held.needs & needs, held.forth or one < other, held.back or one > other)
    return {pair: dict(sorted(ties[pair].items())) for pair in sorted(ties)}
