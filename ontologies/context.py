"""The JSON-LD context, written from the ontology: ``python -m ontologies.context`` renews ``context.jsonld``.

It reads a record as JSON (field names as keys, ``type`` its class) as the triples of the graph. Fields are scoped to
their class, because ``kind`` means another property for an office than for an instrument. Links and keys may be bare
(``"FRA"``, ``"preservation"``): scoped vocabularies turn them into IRIs; an absolute IRI stays as it is. ``id`` takes
the IRI of the record, since a context that is fetched from elsewhere may not set a base. A partial date that should
keep its datatype is written ``{"@type": "xsd:gYear", "@value": "2004"}``. The parts of answers (``answers.ttl``) stand
beside the records: their objects lie within each other and have no ``id``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ontologies.answers import PartSpec, parts
from ontologies.iris import ONTOLOGY
from ontologies.schema import HERE, ClassSpec, FieldSpec, concepts, schema

XSD = "http://www.w3.org/2001/XMLSchema#"

_COERCED = {"IntegerValue": f"{XSD}integer", "DecimalValue": f"{XSD}double", "BooleanValue": f"{XSD}boolean"}


def context_document() -> dict[str, Any]:
    """The context as a JSON object."""
    terms: dict[str, Any] = {"@version": 1.1, "id": "@id", "type": "@type", "comity": ONTOLOGY, "xsd": XSD}
    sources = {"@id": "http://purl.org/dc/terms/source", "@container": "@set"}
    sources |= _named_in(schema().record("Source").base)
    held: list[ClassSpec | PartSpec] = [*schema().classes.values(), *parts().values()]
    for spec in held:
        terms[spec.name] = {"@id": spec.iri, "@context": {"sources": sources, **_fields(spec)}}
    return {"@context": terms}


def write(path: Path) -> None:
    """Write the context to ``path``."""
    path.write_text(json.dumps(context_document(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _fields(spec: ClassSpec | PartSpec) -> dict[str, Any]:
    return {name: _term(field, spec) for name, field in spec.fields.items()}


def _term(field: FieldSpec, holder: ClassSpec | PartSpec) -> dict[str, Any]:
    term: dict[str, Any] = {"@id": field.iri}
    if field.many:
        term["@container"] = "@set"
    if field.is_iri:
        term |= _named_in(field.iri_base, _taken(field, holder)) if field.iri_base else {"@type": "@id"}
    elif field.datatype == "LanguageText":
        term["@language"] = "en"
    elif field.datatype in _COERCED:
        term["@type"] = _COERCED[field.datatype]
    return term


def _taken(field: FieldSpec, holder: ClassSpec | PartSpec) -> list[str]:
    """Keys of the field's vocabulary that are names of fields too, so that they would be read as those."""
    return [one["key"] for one in concepts() if one["scheme"] == field.scheme and one["key"] in holder.fields]


def _named_in(base: str, taken: Iterable[str] = ()) -> dict[str, Any]:
    """Bare values are completed with ``base``."""
    return {"@type": "@vocab", "@context": {"@vocab": base, **{key: base + key for key in taken}}}


if __name__ == "__main__":
    write(HERE / "context.jsonld")
