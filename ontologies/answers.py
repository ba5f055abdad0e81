"""What ``answers.ttl`` says about answers, as plain structs: part by part, member by member.

An answer is no record: it is worked out for a question and in no release. Its parts have classes of their own, which
share the properties of records where these say the same.
"""

from __future__ import annotations

from functools import cache
from typing import cast

import msgspec
from rdflib import RDFS, SDO, Graph, Node
from rdflib import Literal as RdfLiteral
from rdflib.collection import Collection
from rdflib.namespace import OWL

from ontologies.iris import ONTOLOGY, THINGS, VOCABULARIES
from ontologies.schema import COMITY, HERE, FieldSpec, ValueForm, ontology, schema

VERDICTS = {"met": "Met", "not met": "NotMet", "unknown": "Unknown"}
"""The three values and their names in the ontology."""


class PartSpec(msgspec.Struct, frozen=True, kw_only=True):
    """How one part of an answer is carried. ``part`` is the struct that it stands for, ``name`` its class.

    Of a member that is a ``Link`` :attr:`FieldSpec.links_to` names the classes of records that it may be, divided by
    blanks (``Record``: any); of one that is a part, none.
    """

    name: str
    iri: str
    part: str
    fields: dict[str, FieldSpec]


@cache
def answers() -> Graph:
    """The graph of ``answers.ttl``."""
    return Graph().parse(HERE / "answers.ttl", format="turtle")


@cache
def parts() -> dict[str, PartSpec]:
    """All parts of answers, by the name of the struct."""
    graph = ontology() + answers()
    named = {iri: str(name) for iri, name in graph.subject_objects(COMITY.part)}
    members: dict[Node, dict[str, FieldSpec]] = {iri: {} for iri in named}
    for carries in (COMITY.field, COMITY.member):
        for iri, member in graph.subject_objects(carries):
            for holder in _holders(graph, iri) & named.keys():
                members[holder][str(member)] = _member(graph, iri, str(member))
    return {
        part: PartSpec(
            name=str(iri).removeprefix(ONTOLOGY), iri=str(iri), part=part, fields=dict(sorted(members[iri].items()))
        )
        for iri, part in sorted(named.items(), key=lambda one: one[1])
    }


def _holders(graph: Graph, iri: Node) -> set[Node]:
    """The classes that have the property."""
    found: set[Node] = set()
    for domain in (*graph.objects(iri, RDFS.domain), *graph.objects(iri, SDO.domainIncludes)):
        union = graph.value(domain, OWL.unionOf)
        found |= {domain} if union is None else set(Collection(graph, union))
    return found


def _member(graph: Graph, iri: Node, member: str) -> FieldSpec:
    datatype = str(graph.value(iri, COMITY.datatype)).removeprefix(ONTOLOGY)
    scheme = graph.value(iri, COMITY.scheme)
    targets = sorted(_class_name(target) for target in graph.objects(iri, COMITY.linksTo))
    prefix = graph.value(iri, COMITY.iriPrefix)
    if scheme is not None:
        base = f"{VOCABULARIES}{scheme}/"
    elif prefix is not None:
        base = str(prefix)
    elif targets == ["Verdict"]:
        base = ONTOLOGY
    elif len(targets) == 1 and targets[0] in schema().classes:
        base = schema().record(targets[0]).base
    else:
        base = THINGS if datatype == "Link" else ""
    many = graph.value(iri, COMITY.many)
    return FieldSpec(
        field=member,
        iri=str(iri),
        datatype=cast(ValueForm, datatype),
        many=isinstance(many, RdfLiteral) and many.toPython() is True,
        required=False,
        label=str(graph.value(iri, RDFS.label)),
        comment=str(graph.value(iri, RDFS.comment)),
        links_to=" ".join(targets) or None,
        scheme=None if scheme is None else str(scheme),
        iri_base=base,
    )


def _class_name(iri: Node) -> str:
    names: dict[str, str] = {spec.iri: name for name, spec in schema().classes.items()}
    return names.get(str(iri), str(iri).removeprefix(ONTOLOGY))
