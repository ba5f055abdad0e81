"""The ontology's vocabularies as records, so that a release carries the concepts that its facts use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from graph.model import Concept


def concept_records(concepts: Iterable[Mapping[str, Any]]) -> list[Concept]:
    """Concept records of the dictionaries that ``ontologies.concepts()`` gives, sorted by id."""
    known = {field.name for field in msgspec.structs.fields(Concept)}
    found = [
        msgspec.convert(
            {name: value for name, value in concept.items() if name in known and value is not None}, Concept
        )
        for concept in concepts
    ]
    return sorted(found, key=lambda concept: concept.id)


def keys_by_scheme(concepts: Iterable[Concept]) -> dict[str, frozenset[str]]:
    """The keys of each vocabulary."""
    found: dict[str, set[str]] = {}
    for concept in concepts:
        found.setdefault(concept.scheme, set()).add(concept.key)
    return {scheme: frozenset(keys) for scheme, keys in found.items()}
