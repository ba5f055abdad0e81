"""GraphML, for Gephi, yEd, igraph and NetworkX. Several values of a property are joined with ``;``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import networkx as nx  # type: ignore[import-untyped]

from graph.exports import Content
from graph.exports.network import network

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold (section 2.2)."""


def write(content: Content, target: Path) -> None:
    """Write ``content`` to the file ``target``."""
    write_graph(network(content), target)


def write_graph(graph: nx.Graph, target: Path) -> None:
    """Write any graph of :mod:`graph.exports.network`'s kinds of values; its properties are made simple in place."""
    for properties in (graph.graph, *(found for _, found in graph.nodes(data=True))):
        _simplify(properties)
    for _, _, properties in graph.edges(data=True):
        _simplify(properties)
    nx.write_graphml(graph, target)


def _simplify(properties: dict[str, Any]) -> None:
    for name, value in properties.items():
        if isinstance(value, tuple):
            value = ";".join(value)
        properties[name] = _NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value
