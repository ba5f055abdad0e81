"""Node-link JSON, as NetworkX and D3 read it. Infinity, which JSON lacks, is the text ``INF``."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import networkx as nx  # type: ignore[import-untyped]

from graph.exports import Content
from graph.exports.network import network


def write(content: Content, target: Path) -> None:
    """Write ``content`` to the file ``target``."""
    write_graph(network(content), target)


def write_graph(graph: nx.Graph, target: Path) -> None:
    """Write any graph whose properties JSON can hold, or are infinite."""
    data = nx.node_link_data(graph, edges="edges")
    for properties in (*data["nodes"], *data["edges"]):
        for name, value in properties.items():
            properties[name] = _finite(value)
    with target.open("w", encoding="utf-8") as file:
        json.dump(data, file, ensure_ascii=False, allow_nan=False)
        file.write("\n")


def _finite(value: Any) -> Any:
    return "INF" if isinstance(value, float) and math.isinf(value) else value
