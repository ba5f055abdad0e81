"""The data dictionary, from the ontology: ``python -m ontologies.dictionary`` renews ``docs/data-dictionary.md``.

It tells a reader of tables, exports and answers what each field means and which keys it may hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rdflib import DCTERMS, RDF, SKOS, URIRef

from ontologies.iris import scheme_iri
from ontologies.schema import ANY_RECORD, HERE, ClassSpec, FieldSpec, concepts, schema, vocabularies

PAGE = HERE.parent / "docs" / "data-dictionary.md"

_INTRODUCTION = """\
# Data dictionary

<!-- Written by `python -m ontologies.dictionary` from the ontology and its vocabularies. Change those instead. -->

Ontology version {version}. Every record has an `id`, unique within its class and stable from release to release, and
`sources`, the ids of the sources that state it; where a single field rests on other sources than the record,
`evidence` names them. An empty field means that no source says; it never means "no". Dates are as precise as their
source: `2004`, `2004-07` or `2004-07-01`. In the graph a record is an IRI that ends in its id, and each of its
statements lies in the named graph of its source.

"""

_FORMS = {
    "Text": "text",
    "LanguageText": "text (English)",
    "PartialDateValue": "partial date",
    "IntegerValue": "whole number",
    "DecimalValue": "number",
    "BooleanValue": "yes or no",
    "OutsideIri": "identifier elsewhere",
}

_FACTS = ("served_by", "under_general_clause", "coercive", "offices", "evidential_use", "rank", "notation")
"""Fields of concepts that are shown beside the definition where a vocabulary states them."""


def dictionary_text() -> str:
    """The page in Markdown."""
    classes = list(schema().classes.values())
    schemes = sorted({str(one["scheme"]) for one in concepts()})
    parts = [_INTRODUCTION.format(version=schema().version)]
    parts.append("Classes: " + ", ".join(f"[{spec.name}](#{spec.name.lower()})" for spec in classes) + ".\n\n")
    parts.append("Vocabularies: " + ", ".join(f"[{name}](#vocabulary-{name})" for name in schemes) + ".\n")
    parts += ["\n## Classes\n", *(_class_section(spec) for spec in classes)]
    parts += ["\n## Vocabularies\n", *(_vocabulary_section(name) for name in schemes)]
    return "".join(parts)


def write(path: Path) -> None:
    """Write the page to ``path``."""
    path.write_text(dictionary_text(), encoding="utf-8")


def _class_section(spec: ClassSpec) -> str:
    graph = f"nodes `{spec.node_label}`"
    if spec.projection == "relationship":
        graph = f"relationships `{spec.relationship_type}` from `{spec.from_field}` to `{spec.to_field}`"
    fields = sorted(spec.fields.values(), key=lambda field: (not field.required, field.field))
    rows = ((f"`{field.field}`", _values(field), field.comment, f"<{field.iri}>") for field in fields)
    return (
        f"\n### {spec.name}\n\n{spec.comment}\n\nIRI of the class: <{spec.iri}>. "
        f"Records: `{spec.base}…`. In a property graph: {graph}.\n\n"
        + _table(("Field", "Values", "Meaning", "Property"), rows)
    )


def _values(field: FieldSpec) -> str:
    if field.datatype == "ConceptKey":
        form = f"key of [{field.scheme}](#vocabulary-{field.scheme})"
    elif field.datatype == "Link":
        form = "any record" if field.links_to == ANY_RECORD else f"[{field.links_to}](#{str(field.links_to).lower()})"
    else:
        form = _FORMS[field.datatype]
    return form + (", several" if field.many else "") + (", **always there**" if field.required else "")


def _vocabulary_section(name: str) -> str:
    scheme = URIRef(scheme_iri(name))
    graph = vocabularies()
    if (scheme, RDF.type, SKOS.ConceptScheme) not in graph:
        raise ValueError(f"no vocabulary {name}")
    rows = (
        (f"`{one['key']}`", one["label"], one["definition"] + _facts(one))
        for one in concepts()
        if one["scheme"] == name
    )
    return (
        f'\n<a id="vocabulary-{name}"></a>\n\n### {graph.value(scheme, DCTERMS.title)} (`{name}`)\n\n'
        f"{graph.value(scheme, DCTERMS.description)}\n\n" + _table(("Key", "Name", "Meaning"), rows)
    )


def _facts(concept: dict[str, Any]) -> str:
    labels = {name: field.label for name, field in schema().record("Concept").fields.items()}
    stated = [f"{labels[name]}: {_shown(concept[name])}" for name in _FACTS if name in concept]
    return f" *{'; '.join(stated)}.*" if stated else ""


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *(tuple(cell.replace("|", "\\|") for cell in row) for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    write(PAGE)
