"""What each column may hold: which table makes which record, and the kind of every field.

Types follow from the hints of :mod:`graph.model`; which fields are dates, which hold keys of which vocabulary and
which refer to which records the ontology says. Only what neither can say is written here. Parsing is not done here.
"""

from __future__ import annotations

import types
from functools import cache
from typing import Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from graph import model
from graph.model import Record
from graph.records import RECORD_TYPES
from graph.restricted import RestrictedContact
from ontologies.schema import FieldSpec, schema

Kind = Literal["text", "date", "whole number", "number", "yes or no", "list"]

TABLES: dict[str, type[Record]] = {
    "publishers": model.Publisher,
    "sources": model.Source,
    "states": model.State,
    "organisations": model.Organisation,
    "memberships": model.Membership,
    "network-channels": model.NetworkChannel,
    "instruments": model.Instrument,
    "participations": model.Participation,
    "provisions": model.Provision,
    "declarations": model.Declaration,
    "request-rules": model.RequestRule,
    "authorities": model.Authority,
    "designations": model.Designation,
    "statutes": model.Statute,
    "statutory-offences": model.StatutoryOffence,
    "review-findings": model.ReviewFinding,
    "providers": model.Provider,
    "establishments": model.Establishment,
}
"""Table name → the class of its rows. A suffix ``-added`` marks a further table of the same class."""

WITH_OWN_ID: frozenset[type[Record]] = frozenset(
    {
        model.Publisher, model.Source, model.State, model.Organisation, model.Instrument, model.Authority,
        model.Statute, model.Provider, model.Establishment, model.NetworkChannel, RestrictedContact,
    }
)  # fmt: skip
"""Classes whose tables carry an ``id`` column; ids of the others are made when they are reconciled."""

WITHOUT_SOURCE: frozenset[type[Record]] = frozenset({model.Publisher, model.Source, RestrictedContact})
"""Classes that describe the sources themselves, or name theirs in words."""

BORROWED: dict[str, tuple[type[Record], str]] = {"kind": (model.Authority, "kind"), "as_of": (model.Source, "as_of")}
"""Fields of restricted contacts, which are in no ontology, that hold the same as a field of a record."""

LITERAL_VALUES: dict[tuple[type[Record], str], tuple[str, ...]] = {
    (model.State, "un_member"): ("yes", "no", "observer"),
    (model.Instrument, "entry_rule"): ("first-of-month-after", "days-after", "months-after"),
    (model.Instrument, "entry_counts"): ("members", "parent-parties", "signatories", "states"),
    (model.Instrument, "withdrawal_rule"): ("first-of-month-after", "days-after", "months-after"),
}
"""Fields with a closed set of values that are no concepts."""

BASES = ("stated", "derived")

_MADE_ELSEWHERE = frozenset({"sources", "evidence", "contested"})


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """A column of a table: its kind, whether it must be filled, and the vocabulary of its keys."""

    name: str
    kind: Kind
    required: bool
    scheme: str | None = None
    values: tuple[str, ...] = ()


@cache
def columns(record_type: type[Record]) -> dict[str, Field]:
    """Every column that a table of ``record_type`` may have, by name."""
    hints = get_type_hints(record_type)
    specified = _specified(record_type)
    found: dict[str, Field] = {}
    for field in msgspec.structs.fields(record_type):
        if field.name in _MADE_ELSEWHERE or (field.name == "id" and record_type not in WITH_OWN_ID):
            continue
        spec = specified.get(field.name)
        dated = spec is not None and spec.datatype == "PartialDateValue"
        found[field.name] = Field(
            name=field.name,
            kind="date" if dated else _kind(hints[field.name]),
            required=field.default is msgspec.NODEFAULT,
            scheme=spec.scheme if spec else None,
            values=BASES if field.name == "basis" else LITERAL_VALUES.get((record_type, field.name), ()),
        )
    if record_type not in WITHOUT_SOURCE:
        found["source"] = Field(name="source", kind="list", required=True)
    return found


def _specified(record_type: type[Record]) -> dict[str, FieldSpec]:
    """What the ontology says of the fields of a class."""
    if record_type is not RestrictedContact:
        return schema().record(record_type.__name__).fields
    return {name: schema().record(owner.__name__).fields[field] for name, (owner, field) in BORROWED.items()}


def _kind(hint: object) -> Kind:
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    if get_origin(hint) is tuple:
        return "list"
    if hint is bool:
        return "yes or no"
    if hint is int:
        return "whole number"
    if hint is float:
        return "number"
    return "text"


@cache
def references(record_type: type[Record]) -> tuple[tuple[str, type[Record]], ...]:
    """Fields that hold the id of another record, with that record's class."""
    classes = {cls.__name__: cls for cls in RECORD_TYPES}
    fields = schema().record(record_type.__name__).fields
    return tuple((name, classes[spec.links_to]) for name, spec in fields.items() if spec.links_to in classes)


def table_class(stem: str) -> type[Record] | None:
    """The record class of the table file named ``stem`` (without ``.csv``)."""
    return TABLES.get(stem.removesuffix("-added"))
