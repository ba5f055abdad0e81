"""The graph's schema as Markdown, drawn from the ontology: ``python -m graph.stores.neo4j.drawing`` renews the docs.

A diagram of the labels and the relationships between them, and a table of properties for each label and for each
relationship type that is a record. Never in here: prose about how to use them.
"""

from __future__ import annotations

from pathlib import Path

from graph.stores.neo4j.names import STATED_BY, Projected, Property, by_label, by_type, projected

BEGIN, END = "<!-- drawn from the ontology: begin -->", "<!-- drawn from the ontology: end -->"
PAGE = Path(__file__).parents[3] / "docs" / "neo4j-schema.md"

_FORMS = {
    "Text": "text",
    "LanguageText": "text (English)",
    "PartialDateValue": "partial date",
    "IntegerValue": "integer",
    "DecimalValue": "float",
    "BooleanValue": "boolean",
    "Link": "id",
    "ConceptKey": "key",
    "OutsideIri": "text",
}


def drawn() -> str:
    """The Markdown between :data:`BEGIN` and :data:`END`."""
    parts = ["```mermaid", "flowchart LR", *_arrows(), "```", ""]
    for one in projected().values():
        heading = f"(:{one.name})" if one.is_node else _pattern(one)
        parts += [f"### `{heading}`", "", one.spec.comment, "", "| property | holds | |", "|---|---|---|"]
        parts += ["| `id` | text | unique |"]
        parts += [_row(prop) for prop in one.properties.values()]
        if one.is_node:
            parts += _relationships(one)
        parts.append("")
    return "\n".join(parts)


def renewed(page: str) -> str:
    """``page`` with what is drawn renewed."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{drawn()}\n{END}{after}"


def _arrows() -> list[str]:
    found = [f"  {one.links[a].target} ==>|{one.name}| {one.links[b].target}"
             for one in by_type().values() for a, b in [one.ends]]  # fmt: skip
    for one in by_label().values():
        links = [(link.type, link.target) for link in one.links.values()]
        concepts = [(prop.concepts, "Concept") for prop in one.properties.values() if prop.concepts]
        found += [f"  {one.name} -->|{kind}| {target}" for kind, target in (*links, *concepts) if target]
    return found


def _pattern(one: Projected) -> str:
    start, end = (one.links[name].target for name in one.ends)
    return f"(:{start})-[:{one.name}]->(:{end})"


def _row(prop: Property) -> str:
    form = _FORMS[prop.field.datatype]
    if prop.field.scheme:
        form += f" of `{prop.field.scheme}`"
    if prop.field.many:
        form = f"list of {form}" if prop.field.datatype != "ConceptKey" else f"list of {form.replace('key', 'keys', 1)}"
    marks = [
        word
        for word, holds in (
            ("always there", prop.field.required),
            ("indexed", prop.field.indexed),
            ("found by words", prop.field.full_text),
        )
        if holds
    ]
    return f"| `{prop.name}` | {form} | {', '.join(marks)} |"


def _relationships(one: Projected) -> list[str]:
    named = [
        f"`-[:{link.type}]->(:{link.target})`" if link.target else f"`-[:{link.type}]->()`"
        for link in one.links.values()
    ]
    named += [f"`-[:{prop.concepts}]->(:Concept)`" for prop in one.properties.values() if prop.concepts]
    return ["", f"Relationships: {', '.join([*named, f'`-[:{STATED_BY}]->(:Source)`'])}"]


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
