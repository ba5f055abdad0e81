"""An answer as JSON-LD: its parts as the ontology names them (``ontologies/answers.ttl``), and the records behind them.

It says what the JSON says, as triples: every leg with its offices, the provisions that carry it, each condition with
its verdict and the records that decided it, the sources by their IRIs. Records that are named come along, so that a
reader needs nothing else. What an assumption makes is marked ``hypothetical`` and links to no record, since no release
holds one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

from graph.answers import HYPOTHETICAL, Answer, Basis, Cite, Office, PartyDates, Path, WhyNot
from graph.canonical import list_fields
from graph.exports.jsonld import document, full, link
from graph.model import Participation, Provision, Record, Source
from graph.network import Network
from graph.once import once
from graph.rdf import date_term
from graph.records import Records
from graph.references import reference
from ontologies.answers import VERDICTS, PartSpec, parts
from ontologies.schema import ANY_RECORD, FieldSpec, context, schema


def linked(network: Network, answer: Answer) -> dict[str, Any]:
    """``answer`` as a JSON-LD document; ``network`` is that of the release, without what is assumed."""
    writer = LinkedAnswers(network)
    told = writer.node(answer)
    return {**context(), "@graph": [told, *writer.records()]}


class _Held(NamedTuple):
    """Records of a release: by reference; sources by address and date; ids by ``instrument/party`` and ``/article``."""

    records: dict[str, Record]
    sources: dict[tuple[str, str | None], Source]
    participations: dict[str, list[str]]
    provisions: dict[str, list[str]]


@once
def _held(network: Network) -> _Held:
    held = _Held({}, {}, defaultdict(list), defaultdict(list))
    for field in list_fields().values():
        for record in getattr(network.records, field):
            held.records[reference(record)] = record
            if isinstance(record, Source):
                held.sources[record.url, record.as_of] = record
            elif isinstance(record, Participation):
                held.participations[f"{record.instrument}/{record.party}"].append(record.id)
            elif isinstance(record, Provision) and record.article:
                held.provisions[f"{record.instrument}/{record.article}"].append(record.id)
    return held


class LinkedAnswers:
    """Writes answers from one release as nodes of one document, and remembers the records that they name."""

    def __init__(self, network: Network) -> None:
        self._held = _held(network)
        self._terms = frozenset(context()["@context"])
        self._named: dict[str, Record] = {}

    def records(self) -> list[dict[str, Any]]:
        """The nodes of the records that have been named so far, each once."""
        by_list: dict[str, list[Record]] = defaultdict(list)
        for record in self._named.values():
            by_list[list_fields()[type(record).__name__]].append(record)
        chosen: dict[str, Any] = {field: tuple(records) for field, records in by_list.items()}
        nodes: list[dict[str, Any]] = document(Records(**chosen), schema())["@graph"]
        return nodes

    def node(self, part: msgspec.Struct, **more: Any) -> dict[str, Any]:
        """The node of an answer or of a part of one; ``more`` are members that the part does not know itself."""
        spec = parts()[type(part).__name__]
        members = {field.encode_name: getattr(part, field.name) for field in msgspec.structs.fields(part)}
        told: dict[str, Any] = {"type": spec.name}
        for name, value in (members | self._further(part) | more).items():
            if name in spec.fields and value is not None:
                written = self._written(value, spec.fields[name], spec)
                if written is not None and written != []:
                    told[name] = written
        if members.get("sources"):
            told["sources"] = self._cited(members["sources"], spec)
        return told

    def _further(self, part: msgspec.Struct) -> dict[str, Any]:
        """Members that linked data say otherwise than JSON, or in addition."""
        match part:
            case Path():
                return {"legs": [self.node(leg, number=number) for number, leg in enumerate(part.legs, 1)]}
            case Office():
                return {"office": part.id}
            case Basis():
                return {
                    "provisions": self._held.provisions.get(f"{part.instrument}/{part.article}", ()),
                    "participations": [self._standing(part.instrument, dates) for dates in part.participations],
                }
            case WhyNot():
                return {"provisions": self._held.provisions.get(f"{part.instrument}/{part.article}", ())} | _assumed(
                    part
                )
        return _assumed(part)

    def _standing(self, instrument: str, dates: PartyDates) -> dict[str, Any]:
        """How a party stands, with the participations on record from which that is read."""
        on_record = dates.basis != HYPOTHETICAL
        records = self._held.participations.get(f"{instrument}/{dates.party}", ()) if on_record else ()
        return self.node(dates, records=records)

    def _written(self, value: Any, field: FieldSpec, spec: PartSpec) -> Any:
        """A value as the context of its field reads it; ``None`` for what has no IRI."""
        if field.many:
            each = (self._one(one, field, spec) for one in value)
            return [one for one in each if one is not None]
        return self._one(value, field, spec)

    def _one(self, value: Any, field: FieldSpec, spec: PartSpec) -> Any:
        if isinstance(value, msgspec.Struct):
            return self.node(value)
        if field.datatype == "PartialDateValue":
            return full(date_term(value))
        if not field.is_iri:
            return value
        iri = self._iri(value, field)
        return link(iri, field.iri_base, spec, self._terms) if iri is not None else None

    def _iri(self, value: str, field: FieldSpec) -> str | None:
        """The IRI of what ``value`` names, which comes along; ``None`` where no record is called so."""
        if field.scheme is not None:
            return field.iri_of(value) if f"concept/{field.scheme}/{value}" in self._held.records else None
        if field.links_to is None:
            return field.iri_of(value)
        if field.links_to == "Verdict":
            return field.iri_of(VERDICTS[value])
        for name in field.links_to.split():
            known = value if name == ANY_RECORD else f"{schema().record(name).slug}/{value}"
            if known in self._held.records:
                return self._name(known)
        return None

    def _name(self, known: str) -> str:
        """Have the record come along; its IRI."""
        record = self._named[known] = self._held.records[known]
        return schema().record(type(record).__name__).iri_of(record.id)

    def _cited(self, cites: Iterable[Cite], spec: PartSpec) -> list[str]:
        base, found = schema().record("Source").base, []
        for cite in cites:
            source = self._held.sources.get((cite.url, cite.as_of))
            if source is not None:
                self._name(f"publisher/{source.publisher}")
                found.append(link(self._name(reference(source)), base, spec, self._terms))
        return found


def _assumed(part: msgspec.Struct) -> dict[str, Any]:
    """The mark of what only an assumption makes."""
    return {"hypothetical": True} if getattr(part, "basis", None) == HYPOTHETICAL else {}
