"""The cooperation graph of a day as a drawing for other programs: States, bodies, and two kinds of edges.

States are joined by ties (``type`` ``TIED``), and joined to the bodies behind them (``TIED_BY``), so that either view
can be had by keeping one type. Properties are texts, numbers and truth values.
"""

from __future__ import annotations

import networkx as nx  # type: ignore[import-untyped]

from graph.analysis.cooperation import Cooperation


def drawing(graph: Cooperation) -> nx.Graph:
    """Nodes ``state/<id>``, ``instrument/<id>`` and ``organisation/<id>`` with ``label`` and ``class``."""
    network, asked = graph.network, graph.asked
    drawn = nx.Graph(release=network.release, on=asked.on, measures=";".join(asked.measures), urgent=asked.urgent)
    for state in graph.states:
        drawn.add_node(f"state/{state}", label=network.state_name(state), **{"class": "State"})
    keys = {}
    for body in graph.bodies():
        organisation = body in network.organisations
        keys[body] = f"{'organisation' if organisation else 'instrument'}/{body}"
        kind = "Organisation" if organisation else "Instrument"
        drawn.add_node(keys[body], label=graph.name(body), **{"class": kind})
    for one, other, tie in graph.state_graph(perhaps=True).edges(data=True):
        drawn.add_edge(f"state/{one}", f"state/{other}", type="TIED", **tie)
    for (kind, one), (_, other), joined in graph.body_graph().edges(data=True):
        state, body = (one, other) if kind == "state" else (other, one)
        drawn.add_edge(f"state/{state}", keys[body], type="TIED_BY", **joined)
    return drawn
