"""The ontology as a web page: ``python -m ontologies.document <file.html>``.

pyLODE writes it (profile OntPub). It belongs to the optional extra ``docs`` and is loaded only when a page is made.
"""

from __future__ import annotations

import sys
from pathlib import Path

from rdflib import Graph

from ontologies.answers import answers
from ontologies.schema import ontology


def write(path: Path) -> None:
    """Write the page to ``path``; missing folders are made. The page stands alone.

    Raises:
        ModuleNotFoundError: pyLODE is not installed.
    """
    from pylode import OntPub  # type: ignore[import-untyped]

    graph = Graph()
    graph += ontology() + answers()  # pyLODE adds inferences to the graph it is given
    for prefix, namespace in ontology().namespaces():
        graph.bind(prefix, namespace)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(OntPub(graph, sort_subjects=True).make_html(), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
