"""Comity's graph in notebooks that use py2neo: a graph that only reads, OGM classes from the ontology, data frames.

Needs the extra ``comity[py2neo]``. py2neo has had no upkeep since 2023, and nothing else here depends on it: new work
had better use :class:`graph.stores.neo4j.Connection`. Its limits are told in ``docs/neo4j.md``.

Attributes of the OGM classes have the names that Cypher uses: ``state.officialName``, ``provision.UNDER_INSTRUMENT``,
and, against the arrow, ``state.Statute_OF_STATE``. What no source states is ``None``, which never means "no".
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from graph.settings import Settings
from graph.stores.neo4j.connection import Account, Connection, Neo4jProblem, account, explained
from graph.stores.neo4j.names import (
    ID,
    STATED_BY,
    UNRECORDED,
    Projected,
    by_label,
    by_type,
    projected,
    quoted,
)
from graph.stores.neo4j.reading import steadily

try:
    import pandas  # type: ignore[import-untyped]
    import py2neo  # type: ignore[import-untyped]
    from py2neo import errors as py2neo_errors
    from py2neo.data import PropertyDict  # type: ignore[import-untyped]
    from py2neo.ogm import Model, Property, RelatedFrom, RelatedObjects, RelatedTo  # type: ignore[import-untyped]
except ImportError as missing:
    raise ImportError(f"{missing.name} is not installed: pip install 'comity[py2neo]'") from None

_UNREACHABLE = (
    py2neo_errors.ConnectionUnavailable,
    py2neo_errors.ConnectionBroken,
    py2neo_errors.ConnectionLimit,
    py2neo_errors.ServiceUnavailable,
    py2neo_errors.ProtocolError,
    OSError,
)


class ReadingGraph(py2neo.Graph):  # type: ignore[misc]
    """A ``py2neo.Graph`` all of whose transactions the server keeps from writing. ``release`` is what it held."""

    def __init__(self, account: Account) -> None:
        """Connect.

        Raises:
            Neo4jProblem: the server cannot be used, by anybody or by py2neo, or holds no release.
        """
        self.account = account
        # The official driver looks first: py2neo waits for a silent server for ever and hides a wrong password.
        with Connection(account) as connection:
            self.release = steadily(connection, lambda tx: None)[0].id
            version = connection.server_version
        try:
            super().__init__(account.uri, name=account.database, auth=(account.user, account.password))
        except _UNREACHABLE as error:
            raise Neo4jProblem(
                f"py2neo cannot talk to Neo4j {version} at {account.uri}, though the official driver can: use "
                f"graph.stores.neo4j.Connection. It says: {_words(error)}"
            ) from error

    def auto(self, readonly: bool = True) -> Any:
        """A transaction for one statement, which cannot write whatever ``readonly`` is."""
        return super().auto(readonly=True)

    def begin(self, readonly: bool = True) -> Any:
        """A transaction, which cannot write whatever ``readonly`` is."""
        return super().begin(readonly=True)

    def run(self, cypher: str, parameters: dict[str, Any] | None = None, **more: Any) -> Any:
        """The cursor of a statement.

        Raises:
            Neo4jProblem: it would write, has a mistake, or the server is gone.
        """
        with _one_line(self.account):
            return super().run(cypher, parameters, **more)

    def query(self, cypher: str, parameters: dict[str, Any] | None = None, timeout: float | None = None) -> Any:
        """As :meth:`run`, tried again after passing failures."""
        with _one_line(self.account):
            return super().query(cypher, parameters, timeout)

    def update(self, cypher: Any, parameters: Any = None, timeout: float | None = None) -> None:
        """What py2neo does its own reading by; nothing can be written with it."""
        with _one_line(self.account):
            super().update(cypher, parameters, timeout)

    def frame(self, cypher: str, **parameters: Any) -> Any:
        """What a statement returns as a ``pandas.DataFrame``.

        Columns have pandas' nullable types, so that what no source states is ``<NA>`` and stays so in comparisons.
        Days are ISO texts, like partial dates: columns of dates would say "no" of what is unknown.

        Raises:
            Neo4jProblem: as :meth:`run`.
        """
        cursor = self.run(cypher, parameters)
        table = cursor.to_data_frame(columns=cursor.keys())
        for name in table.columns:
            if pandas.api.types.is_object_dtype(table[name]):
                table[name] = pandas.Series([_written(value) for value in table[name]], dtype=object)
        return table.convert_dtypes()

    def close(self) -> None:
        """Let go of the server."""
        self.service.connector.close()


def opened(settings: Settings) -> ReadingGraph:
    """The graph of the reader's account in the settings.

    Raises:
        Neo4jProblem: no server is set, or it cannot be used.
    """
    return ReadingGraph(account(settings))


@cache
def models() -> dict[str, type[Model]]:
    """An OGM class for each node label, made from the ontology."""
    made = {label: type(Model)(label, (Model,), _attributes(one)) for label, one in by_label().items()}
    made[UNRECORDED] = type(Model)(UNRECORDED, (Model,), {"__primarykey__": ID, ID: Property(ID)})
    for start, kind, end in _arrows():
        _add(made[start], kind, _To(None, kind))
        for label in (end,) if end else by_label():
            _add(made[label], f"{start}_{kind}", _From(made[start], kind))
    return made


class _Readings(RelatedObjects):  # type: ignore[misc]
    """Related objects of a node, one for each relationship.

    py2neo keeps one relationship to each node and does not tell apart where incoming ones come from; here contradicting
    sources may give a State several readings of one participation, and half the classes point to a State.
    """

    def __init__(self, subject: Model, kind: str, source: type[Model] | None) -> None:
        super().__init__(subject, subject.__node__, -1 if source else 1, kind, source)
        label = quoted(subject.__primarylabel__)
        pattern = f"-[r:{quoted(kind)}]->(other)"
        if source:
            pattern = f"<-[r:{quoted(kind)}]-(other:{quoted(source.__primarylabel__)})"
        # Properties, as for each relationship that is returned py2neo fetches both of its nodes one by one.
        self._statement = (
            f"MATCH (:{label} {{id: $id}}){pattern} RETURN properties(r) AS stated, other ORDER BY other.id, r.id"
        )

    def __db_pull__(self, tx: Any) -> None:
        self._related_objects[:] = [
            (_wrapped(other), PropertyDict(stated)) for stated, other in tx.run(self._statement, id=self.node[ID])
        ]

    def get(self, obj: Model, key: str, default: Any = None) -> Any:
        """A property of the relationship to ``obj``.

        Raises:
            ValueError: there are several readings of it, which :meth:`triples` gives.
        """
        values = [found[key] for _, (_, found), other in self.triples() if other == obj]
        if any(value != values[0] for value in values):
            raise ValueError(f"{self.relationship_type} to {obj} has {len(values)} readings of {key}: use triples()")
        return default if not values or values[0] is None else values[0]


class _To(RelatedTo):  # type: ignore[misc]
    """Objects that relationships of a type lead to."""

    def __get__(self, instance: Model, owner: type[Model]) -> Any:
        return self if instance is None else _related(instance, self.relationship_type, None)


class _From(RelatedFrom):  # type: ignore[misc]
    """Objects of one class that relationships of a type come from."""

    def __get__(self, instance: Model, owner: type[Model]) -> Any:
        return self if instance is None else _related(instance, self.relationship_type, self.related_class)


def _related(instance: Model, kind: str, source: type[Model] | None) -> _Readings:
    kept: dict[Any, _Readings] = instance.__ogm__._related
    key = (kind, source)
    if key not in kept:
        kept[key] = _Readings(instance, kind, source)
    return kept[key]


def _attributes(one: Projected) -> dict[str, Any]:
    keys = {key: Property(key) for key in one.property_keys()}
    return {"__primarykey__": ID, "__doc__": one.spec.comment, "__module__": __name__, **keys}


def _add(model: type[Model], name: str, what: Any) -> None:
    if hasattr(model, name):
        raise TypeError(f"{model.__name__}.{name} would be two things")
    setattr(model, name, what)


def _arrows() -> Iterator[tuple[str, str, str | None]]:
    """Label, type and label of every kind of relationship; ``None`` where it may lead to any record."""
    for one in by_type().values():
        start, end = (one.links[name].target for name in one.ends)
        yield str(start), one.name, end
    for one in by_label().values():
        for link in one.links.values():
            yield one.name, link.type, link.target
        for prop in one.properties.values():
            if prop.concepts:
                yield one.name, prop.concepts, projected()["Concept"].name
        yield one.name, STATED_BY, projected()["Source"].name


def _wrapped(node: Any) -> Model:
    (label,) = (one for one in node.labels if one in models())
    return models()[label].wrap(node)


def _written(value: Any) -> Any:
    """Days and times as ISO texts; everything else as it is."""
    return value.iso_format() if hasattr(value, "iso_format") else value


@contextmanager
def _one_line(account: Account) -> Iterator[None]:
    try:
        yield
    except py2neo_errors.Neo4jError as error:
        if error.code == "Neo.ClientError.Statement.AccessMode":
            raise Neo4jProblem(
                f"this graph only reads, the database at {account.uri} is changed by loading: {_words(error)}"
            ) from error
        raise Neo4jProblem(explained(error, account)) from error
    except _UNREACHABLE as error:
        raise Neo4jProblem(
            f"no Neo4j answers at {account.uri} any more: start it and connect again. It says: {_words(error)}"
        ) from error


def _words(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]
