"""Validating a release against the shapes of the ontology, and naming the rows behind every violation.

The graph that is validated is a plain rdflib graph of all statements without their named graphs: validators are
slow and partly wrong on other stores.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph
from rdflib import RDF, SH, BNode, Graph, Literal, Node, URIRef

from graph.model import Record
from ingest.identity import segment
from ingest.problems import Problem
from ingest.report import ShaclReport
from ontologies.iris import thing_id
from ontologies.schema import Schema

Origins = Mapping[tuple[type[Record], str], list[tuple[str, int]]]
"""Files and rows behind each record, by class and id."""

ENGINE = "pySHACL"


def as_graph(quads: Iterable[pyoxigraph.Quad]) -> Graph:
    """The statements of ``quads`` as one rdflib graph."""
    graph = Graph()
    known: dict[object, Node] = {}
    add = graph.add
    for quad in quads:
        terms: list[Node] = []
        for term in (quad.subject, quad.predicate, quad.object):
            node = known.get(term)
            if node is None:
                node = known[term] = _node(term)
            terms.append(node)
        add((terms[0], terms[1], terms[2]))
    return graph


def _node(term: object) -> Node:
    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    return BNode(str(term))


def validate(
    graph: Graph, shapes: Path, schema: Schema, record_types: Iterable[type[Record]], origins: Origins
) -> tuple[ShaclReport, list[Problem]]:
    """Validate ``graph`` against ``shapes``; every violation becomes an error that names record, file and row."""
    from pyshacl import validate as shacl_validate

    triples = len(graph)
    conforms, results, _ = shacl_validate(
        graph,
        shacl_graph=_read(shapes),
        inference="none",
        advanced=False,
        inplace=True,
        do_owl_imports=False,
        meta_shacl=False,
    )
    if not isinstance(results, Graph):
        raise RuntimeError(f"the validator failed: {results}")
    problems = _problems(results, schema, {segment(cls): cls for cls in record_types}, origins)
    report = ShaclReport(conforms=bool(conforms), engine=ENGINE, triples=triples, violations=len(problems))
    return report, problems


@cache
def _read(shapes: Path) -> Graph:
    """The graph of ``shapes``, which are the same for every release that a process builds."""
    return Graph().parse(shapes, format="turtle")


def _problems(results: Graph, schema: Schema, classes: Mapping[str, type[Record]], origins: Origins) -> list[Problem]:
    fields = {spec.iri: name for one in schema.classes.values() for name, spec in one.fields.items()}
    found: set[Problem] = set()
    for result in results.subjects(RDF.type, SH.ValidationResult):
        focus = str(results.value(result, SH.focusNode))
        path = results.value(result, SH.resultPath)
        said: Any = results.value(result, SH.resultMessage) or "violates the shapes"
        value = results.value(result, SH.value)
        severity = results.value(result, SH.resultSeverity)
        file, row = _place(focus, classes, origins)
        shown = f" (value {value})" if value is not None and str(value) not in str(said) else ""
        found.add(
            Problem(
                file=file,
                row=row,
                column=fields.get(str(path)),
                message=f"{focus}: {said}{shown}",
                cure="Correct the row so that the record fits its shape in ontologies/shapes.ttl",
                severity="error" if severity in (None, SH.Violation) else "warning",
            )
        )
    return sorted(found)


def _place(focus: str, classes: Mapping[str, type[Record]], origins: Origins) -> tuple[str, int | None]:
    try:
        slug, record_id = thing_id(focus)
    except ValueError:
        return "(release)", None
    if slug not in classes:
        return "(release)", None
    return next(iter(origins.get((classes[slug], record_id), [])), ("(derived)", None))
