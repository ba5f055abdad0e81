"""How Bloom and Neo4j Browser show the graph, from the ontology: ``python -m graph.stores.neo4j.perspective``.

Writes a Bloom perspective (categories, captions, relationship types, search phrases) and a Browser style sheet with the
same colours. The perspective has the form of those that Bloom 1.4 exported, as published with Neo4j's example graphs.
Never in here: names of classes; what is drawn is what :mod:`graph.stores.neo4j.names` gives.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from graph.stores.neo4j.names import (
    ID,
    RELEASE,
    STATED_BY,
    UNRECORDED,
    Projected,
    by_label,
    by_type,
    relationship_types,
)
from graph.stores.neo4j.phrases import PHRASES, Asked, Phrase
from ontologies.schema import schema

DOCS = Path(__file__).parents[3] / "docs"
PERSPECTIVE, STYLE = DOCS / "bloom-perspective.json", DOCS / "browser-style.grass"

COLOURS = (
    "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7", "#4B132F", "#C9E8F7", "#332288",
    "#54541C", "#70435C", "#ECB78C", "#09411C", "#C5C5C5", "#999933", "#8CC0DC", "#7A7041", "#7F5700", "#8C09FF",
)  # fmt: skip
"""For labels, in the ontology's order: seven colours of Okabe and Ito, then tints and shades of theirs and of Tol's,
each chosen as far as can be from those before it, to normal eyes and in protanopia, deuteranopia and tritanopia."""

OTHER, RECORD, LINK, SOURCED = "#6B6B6B", "#0072B2", "#7F7F7F", "#C5C5C5"
"""Colours of what has no category, and of relationships that are records, that link, and that name sources."""

_FORMATS = {"IntegerValue": "bigint", "DecimalValue": "number", "BooleanValue": "boolean"}
_FORMAT = "1.4.1"
_MADE = 1_795_478_400_000
"""When the form was made, in milliseconds since 1970: fixed, so that the same ontology gives the same file."""

_NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")


class Drawn(NamedTuple):
    """How the nodes of a label look: their colour, the properties in their caption, and all that they may have."""

    label: str
    colour: str
    caption: tuple[str, ...]
    properties: dict[str, str]


def drawn() -> list[Drawn]:
    """Every label, in the ontology's order, then those of no record class."""
    known = [(one.name, _caption(one), _properties(one)) for one in by_label().values()]
    known.append((UNRECORDED, (ID,), {ID: "string"}))
    known.append((RELEASE, ("release",), dict.fromkeys(("release", "builtAt", "ontology"), "string")))
    return [
        Drawn(label, colour, caption, properties)
        for (label, caption, properties), colour in zip(known, COLOURS, strict=True)
    ]


def perspective() -> dict[str, Any]:
    """The Bloom perspective."""
    return {
        "name": "Comity",
        "id": str(uuid.uuid5(_NAMESPACE, f"comity/bloom/{schema().version}")),
        "categories": [_other(), *(_category(number, one) for number, one in enumerate(drawn(), 1))],
        "relationshipTypes": [
            {"properties": properties, "name": name, "id": name, "color": colour}
            for name, colour, properties in _relationships()
        ],
        "palette": {"colors": list(COLOURS), "currentIndex": 0},
        "createdAt": _MADE,
        "lastEditedAt": _MADE,
        "templates": [_template(number, phrase) for number, phrase in enumerate(PHRASES, 1)],
        "hiddenRelationshipTypes": [],
        "hiddenCategories": [],
        "hideUncategorisedData": False,
        "parentPerspectiveId": None,
        "version": _FORMAT,
    }


def style() -> str:
    """The Browser style sheet."""
    rules = [_rule("node", {"diameter": "50px", "color": OTHER, "border-color": darker(OTHER), "border-width": "2px",
                            "text-color-internal": readable_on(OTHER), "font-size": "10px"})]  # fmt: skip
    rules += [
        _rule(f"node.{one.label}", {
            "color": one.colour, "border-color": darker(one.colour), "text-color-internal": readable_on(one.colour),
            "caption": '"' + " ".join(f"{{{name}}}" for name in one.caption) + '"'})
        for one in drawn()
    ]  # fmt: skip
    rules.append(_rule("relationship", {"color": LINK, "shaft-width": "1px", "font-size": "8px", "padding": "3px",
                       "text-color-external": "#000000", "text-color-internal": readable_on(LINK),
                       "caption": '"<type>"'}))  # fmt: skip
    rules += [
        _rule(f"relationship.{name}", {"color": colour, "text-color-internal": readable_on(colour),
                                       "shaft-width": "3px" if colour == RECORD else "1px", "caption": '"<type>"'})
        for name, colour, _ in _relationships()
    ]  # fmt: skip
    return "\n".join(rules)


def contents() -> dict[Path, str]:
    """What stands in each file."""
    return {PERSPECTIVE: _lines(perspective()), STYLE: style()}


def readable_on(colour: str) -> str:
    """Black or white, whichever has more contrast on ``colour`` (WCAG 2.2, 1.4.3)."""
    return "#000000" if contrast(colour, "#000000") >= contrast(colour, "#FFFFFF") else "#FFFFFF"


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def darker(colour: str) -> str:
    """A shade of ``colour``, for the border."""
    return "#" + "".join(f"{round(value * 0.7):02X}" for value in _channels(colour))


def _luminance(colour: str) -> float:
    shares = [value / 255 for value in _channels(colour)]
    red, green, blue = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> list[int]:
    return [int(colour[first : first + 2], 16) for first in (1, 3, 5)]


def _caption(one: Projected) -> tuple[str, ...]:
    """The required name; else what is always there, and the first text that words find."""
    single = [prop for prop in one.properties.values() if not prop.field.many]
    named = [prop.name for prop in single if prop.field.full_text]
    always = [prop.name for prop in single if prop.field.required]
    chosen = [name for name in named if name in always][:1] or [*always[:3], *named[:1]]
    return tuple(dict.fromkeys(chosen)) or (ID,)


def _properties(one: Projected) -> dict[str, str]:
    """Property keys with their type as Bloom calls it; days and lists count as texts."""
    many = {prop.name for prop in one.properties.values() if prop.field.many}
    return {key: "string" if key in many else _FORMATS.get(kind, "string") for key, kind in one.property_keys().items()}


def _relationships() -> Iterator[tuple[str, str, list[dict[str, str]]]]:
    for name in sorted(relationship_types()):
        record = by_type().get(name)
        keys = {} if record is None else _properties(record)
        colour = SOURCED if name == STATED_BY else RECORD if record else LINK
        yield name, colour, [{"propertyKey": key, "type": name, "dataType": kind} for key, kind in keys.items()]


def _other() -> dict[str, Any]:
    return {"id": 0, "name": "Other", "color": OTHER, "size": 1, "icon": "no-icon", "labels": [], "properties": [],
            "caption": [""]}  # fmt: skip


def _category(number: int, one: Drawn) -> dict[str, Any]:
    properties = [
        {"name": name, "exclude": False, "isCaption": name in one.caption, "dataType": kind}
        for name, kind in one.properties.items()
    ]
    return {"id": number, "name": one.label, "color": one.colour, "size": 1, "icon": "no-icon", "labels": [one.label],
            "properties": properties, "caption": [""], "createdAt": _MADE, "lastEditedAt": _MADE}  # fmt: skip


def _template(number: int, phrase: Phrase) -> dict[str, Any]:
    return {"name": phrase.text, "id": f"tmpl:{number}", "createdAt": _MADE, "text": phrase.text,
            "cypher": phrase.cypher.strip(), "params": [_param(name, one) for name, one in phrase.asks.items()],
            "hasCypherErrors": False}  # fmt: skip


def _param(name: str, asked: Asked) -> dict[str, str | None]:
    label, key = asked.suggested if isinstance(asked.suggested, tuple) else (None, None)
    cypher = asked.suggested if isinstance(asked.suggested, str) else None
    return {"dataType": "String", "name": f"${name}", "suggestionLabel": label, "suggestionProp": key, "cypher": cypher}


def _lines(whole: dict[str, Any]) -> str:
    """JSON with each element of a list on a line of its own."""
    parts = []
    for key, value in whole.items():
        written = json.dumps(value, ensure_ascii=False)
        if isinstance(value, list) and value:
            written = "[\n" + ",\n".join(f"  {json.dumps(one, ensure_ascii=False)}" for one in value) + "\n ]"
        parts.append(f" {json.dumps(key)}: {written}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _rule(selector: str, values: dict[str, str]) -> str:
    return "\n".join([f"{selector} {{", *(f"  {name}: {value};" for name, value in values.items()), "}", ""])


if __name__ == "__main__":
    for path, text in contents().items():
        path.write_text(text, encoding="utf-8")
