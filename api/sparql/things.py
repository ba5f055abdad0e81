"""One thing of the release as it is told: its statements with the sources of each, and where else it is described."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache

import msgspec
import pyoxigraph as ox

from api.sparql.graphs import DCTERMS, RDF_TYPE
from graph.rdf import CATALOGUE, DESCRIPTION
from graph.releases import Release
from graph.stores.oxigraph import OxigraphStore
from ontologies.iris import ONTOLOGY
from ontologies.schema import schema

LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
SAME = "http://www.w3.org/2002/07/owl#sameAs"
ELSEWHERE = (ONTOLOGY + "wikidata", ONTOLOGY + "euAuthority")
"""Properties that say what the same thing is called elsewhere."""

_NAMES = (
    "https://schema.org/name",
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    ONTOLOGY + "shortName",
    "http://purl.org/dc/terms/title",
    ONTOLOGY + "heading",
    "https://schema.org/url",
)
"""Properties by which a thing is called, the best first."""

MENTIONS = 50
"""Things that mention a thing, listed of each property at most."""


Stated = dict[ox.NamedNode | ox.Literal, set[str]]
"""The values of a property, each with the graphs that state it."""


class Value(msgspec.Struct, frozen=True):
    """A value as shown; ``iri`` where it is a thing, ``sources`` the numbers of the sources that state it."""

    text: str
    iri: str | None
    sources: tuple[int, ...]


class Statement(msgspec.Struct, frozen=True):
    """What one property says."""

    iri: str
    label: str
    values: tuple[Value, ...]


class SourceTold(msgspec.Struct, frozen=True):
    """A source with its address and the day that it speaks for, where on record."""

    iri: str
    url: str
    as_of: str | None


class Mention(msgspec.Struct, frozen=True):
    """Things that name this one by a property: how many, and the first of them as IRI and name."""

    label: str
    count: int
    first: tuple[tuple[str, str], ...]


class Thing(msgspec.Struct, frozen=True):
    """A thing for readers."""

    iri: str
    name: str
    kind: str
    statements: tuple[Statement, ...]
    same: tuple[str, ...]
    sources: tuple[SourceTold, ...]
    mentions: tuple[Mention, ...]


@lru_cache(maxsize=2)
def _store(folder: str, release: Release) -> OxigraphStore:
    return OxigraphStore(release)


def store_of(release: Release) -> ox.Store:
    """The store of ``release``, opened once and kept while it is in use."""
    return _store(str(release.folder), release).engine


def is_there(store: ox.Store, iri: str) -> bool:
    """Whether the release says anything of ``iri``."""
    try:
        return next(iter(store.quads_for_pattern(ox.NamedNode(iri), None, None, None)), None) is not None
    except ValueError:  # no IRI
        return False


def triples(store: ox.Store, iri: str) -> Iterator[ox.Triple]:
    """The statements of ``iri``, its sources, what it is called elsewhere, and names of all that it links to."""
    it = ox.NamedNode(iri)
    yield ox.Triple(it, ox.NamedNode(LABEL), ox.Literal(name_of(store, it)))
    for _, predicate, term, graph in store.quads_for_pattern(it, None, None, None):
        yield ox.Triple(it, predicate, term)
        if predicate.value in ELSEWHERE:
            yield ox.Triple(it, ox.NamedNode(SAME), term)
        if _is_source(graph):
            yield ox.Triple(it, ox.NamedNode(DCTERMS + "source"), graph)
        for linked in (predicate, term) if predicate == RDF_TYPE else (term,):
            if isinstance(linked, ox.NamedNode) and (called := _called(store, linked)) is not None:
                yield ox.Triple(linked, ox.NamedNode(LABEL), ox.Literal(called))


def thing(store: ox.Store, iri: str) -> Thing:
    """The thing ``iri`` for readers."""
    it = ox.NamedNode(iri)
    stated: dict[str, Stated] = defaultdict(dict)
    graphs: set[str] = set()
    for _, predicate, term, graph in store.quads_for_pattern(it, None, None, None):
        if not isinstance(term, ox.NamedNode | ox.Literal):
            continue  # the store holds neither blank nodes nor quoted triples
        by = stated[predicate.value].setdefault(term, set())
        if _is_source(graph):
            by.add(graph.value)
            graphs.add(graph.value)
    numbers = {graph: number for number, graph in enumerate(sorted(graphs), start=1)}
    kinds = [term.value for term in stated.pop(RDF_TYPE.value, {})]
    return Thing(
        iri=iri,
        name=name_of(store, it),
        kind=", ".join(sorted(_labels().get(kind, kind) for kind in kinds)),
        statements=tuple(
            Statement(predicate, _labels().get(predicate, predicate), tuple(_values(store, values, numbers)))
            for predicate, values in sorted(stated.items(), key=lambda one: _order(one[0]))
        ),
        same=tuple(sorted(term.value for predicate in ELSEWHERE for term in stated.get(predicate, {}))),
        sources=tuple(_source(store, graph) for graph in numbers),
        mentions=tuple(_mentions(store, it)),
    )


def name_of(store: ox.Store, it: ox.NamedNode) -> str:
    """What a thing is called; the end of its IRI where it has no name."""
    return _called(store, it) or it.value.rpartition("#")[2].rpartition("/id/")[2]


def _called(store: ox.Store, it: ox.NamedNode) -> str | None:
    called = (_first(store, it, predicate) for predicate in _NAMES)
    return next((name for name in called if name is not None), None) or _labels().get(it.value)


def _first(store: ox.Store, it: ox.NamedNode, predicate: str) -> str | None:
    """The first value of a property, as text."""
    quads = store.quads_for_pattern(it, ox.NamedNode(predicate), None, ox.DefaultGraph())
    return next((str(getattr(quad.object, "value", "")) for quad in quads), None)


def _values(
    store: ox.Store, values: dict[ox.NamedNode | ox.Literal, set[str]], numbers: dict[str, int]
) -> Iterator[Value]:
    for term in sorted(values, key=str):
        by = tuple(sorted(numbers[graph] for graph in values[term]))
        if isinstance(term, ox.NamedNode):
            yield Value(name_of(store, term), term.value, by)
        else:
            yield Value(term.value, None, by)


def _mentions(store: ox.Store, it: ox.NamedNode) -> Iterator[Mention]:
    found: dict[str, list[ox.NamedNode]] = defaultdict(list)
    for subject, predicate, _, _ in store.quads_for_pattern(None, None, it, ox.DefaultGraph()):
        if isinstance(subject, ox.NamedNode):
            found[predicate.value].append(subject)
    for predicate, subjects in sorted(found.items()):
        first = sorted(subjects, key=lambda one: one.value)[:MENTIONS]
        named = tuple((one.value, name_of(store, one)) for one in first)
        yield Mention(_labels().get(predicate, predicate), len(subjects), named)


def _source(store: ox.Store, iri: str) -> SourceTold:
    it = ox.NamedNode(iri)
    return SourceTold(iri, _first(store, it, "https://schema.org/url") or iri, _first(store, it, ONTOLOGY + "asOf"))


def _is_source(graph: object) -> bool:
    return isinstance(graph, ox.NamedNode) and graph not in (CATALOGUE, DESCRIPTION)


@cache
def _labels() -> dict[str, str]:
    """Labels of the classes and properties of the ontology."""
    found = {}
    for spec in schema().classes.values():
        found[spec.iri] = spec.label
        found |= {field.iri: field.label for field in spec.fields.values()}
    return found


def _order(predicate: str) -> tuple[int, str]:
    """Names first, then by label."""
    return (_NAMES.index(predicate) if predicate in _NAMES else len(_NAMES)), _labels().get(predicate, predicate)
