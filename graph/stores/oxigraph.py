"""The embedded store: the release in Oxigraph, in a folder beside the other files of the release.

The folder is written once, before the release is put in place, and opened only for reading, so that any number of
processes may use it at once. Its default graph is the union of the named graphs, written out: the union that the engine
offers while it answers repeats a triple for each graph that holds it, which makes counts wrong, and overrides FROM.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import pyoxigraph as ox

from graph import rdf
from graph.records import Records
from graph.stores.base import Found, StoreStatus
from ontologies.schema import Schema, schema

if TYPE_CHECKING:
    from graph.releases import Release

_LOOK_UP = """
SELECT DISTINCT ?thing ?class ?label ?words WHERE {
  ?thing a ?class ; ?property ?label .
  FILTER(isLiteral(?label) && CONTAINS(LCASE(STR(?label)), ?words))
}
"""

_COUNT = f"""
SELECT (COUNT(*) AS ?statements) WHERE {{ GRAPH ?source {{ ?s ?p ?o }} FILTER(?source != {rdf.DESCRIPTION}) }}
"""


def fill(folder: Path, lines: Iterable[bytes]) -> None:
    """Write a store of the N-Quads ``lines``, all in named graphs, into ``folder``, which must not exist."""
    quads = list(lines)
    triples = {line.rpartition(b" <")[0] + b" .\n" for line in quads}
    store = ox.Store(str(folder))
    store.bulk_load(b"".join(quads), ox.RdfFormat.N_QUADS)
    store.bulk_load(b"".join(triples), ox.RdfFormat.N_TRIPLES)
    store.optimize()
    store.flush()


class OxigraphStore:
    """A release in its embedded store."""

    def __init__(self, release: Release) -> None:
        self._release = release
        self._engine: ox.Store | None = ox.Store.read_only(str(release.folder / "store"))

    @property
    def engine(self) -> ox.Store:
        """The engine itself, for trusted queries; queries from outside go through :mod:`graph.sparql`."""
        if self._engine is None:
            raise ValueError("the store is closed")
        return self._engine

    @property
    def release_id(self) -> str:
        """The id of the release that the store holds."""
        return self._release.id

    def records(self) -> Records:
        """All records, in canonical form, read from the engine itself."""
        named = (quad for quad in self.engine if quad.graph_name != ox.DefaultGraph())
        return rdf.records(named, schema())

    def select(self, query: str, **bindings: str) -> list[dict[str, str]]:
        """Rows of a query of our own, values as text; ``bindings`` replace variables by strings."""
        substitutions: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
            ox.Variable(name): ox.Literal(value) for name, value in bindings.items()
        }
        solutions = self.engine.query(query, substitutions=substitutions)
        assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 - for the type checker: only SELECT comes here
        names = [variable.value for variable in solutions.variables]
        return [
            {name: str(getattr(row[name], "value", "")) for name in names if row[name] is not None} for row in solutions
        ]

    def look_up(self, words: str, *, limit: int = 20) -> list[Found]:
        """Records whose names hold ``words`` (any case), names that begin with them first."""
        known = schema()
        named = _full_text_properties(known)
        values = " ".join(f"<{iri}>" for iri in sorted(named))
        query = _LOOK_UP.replace("FILTER", f"VALUES ?property {{ {values} }} FILTER")
        wanted = words.lower().strip()
        by_class = {spec.iri: spec for spec in known.classes.values()}
        found = {
            Found(record=by_class[row["class"]].name, id=by_class[row["class"]].id_of(row["thing"]), label=row["label"])
            for row in self.select(query, words=wanted)
            if row["class"] in by_class
        }
        ordered = sorted(
            found, key=lambda hit: (not hit.label.lower().startswith(wanted), len(hit.label), hit.record, hit.id)
        )
        return ordered[:limit]

    def status(self) -> StoreStatus:
        """Which release the store holds, and how much of it."""
        return StoreStatus(
            kind="oxigraph",
            place=str(self._release.folder / "store"),
            release=self.release_id,
            statements=int(self.select(_COUNT)[0]["statements"]),
        )

    def close(self) -> None:
        """Let go of the engine; the store is of no use afterwards."""
        self._engine = None

    def __enter__(self) -> Self:
        """Use the store in a ``with`` block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        self.close()


def _full_text_properties(known: Schema) -> set[str]:
    return {field.iri for spec in known.classes.values() for field in spec.fields.values() if field.full_text}
