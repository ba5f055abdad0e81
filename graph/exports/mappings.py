"""How terms of the ontology and keys of the vocabularies match those of other ontologies, in Turtle.

The mappings are the same for every release and every topic; they come with the exports so that whoever takes the data
need not look for them elsewhere.
"""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, parse, serialize

from graph.exports import Content
from graph.exports.statements import PREFIXES
from ontologies.schema import mapping_files


def write(content: Content, target: Path) -> None:
    """Write all mappings to the file ``target``."""
    quads = (quad for file in mapping_files() for quad in parse(path=file, format=RdfFormat.TURTLE))
    triples = sorted({quad.triple for quad in quads}, key=str)
    with target.open("wb") as file:
        serialize(triples, file, RdfFormat.TURTLE, prefixes=PREFIXES)
