"""N-Quads: everything, one statement a line, sorted, in the graph of the source that states it."""

from __future__ import annotations

from pathlib import Path

from graph.exports import Content
from graph.exports.statements import all_quads
from graph.rdf import lines


def write(content: Content, target: Path) -> None:
    """Write ``content`` to the file ``target``."""
    with target.open("wb") as file:
        file.writelines(lines(all_quads(content)))
