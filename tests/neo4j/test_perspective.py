"""How Bloom and Browser show the graph: the whole ontology, in colours that all eyes tell apart; phrases that run."""

from __future__ import annotations

import itertools
import json
import re

import neo4j
import pytest

from graph.stores.neo4j import Connection
from graph.stores.neo4j.names import RELEASE, UNRECORDED, by_label, by_type, relationship_types
from graph.stores.neo4j.perspective import (
    COLOURS,
    PERSPECTIVE,
    STYLE,
    contents,
    contrast,
    drawn,
    readable_on,
)
from graph.stores.neo4j.phrases import PHRASES, Phrase

BLOOM = json.loads(PERSPECTIVE.read_text(encoding="utf-8"))
GRASS = STYLE.read_text(encoding="utf-8")
RULES = dict(re.findall(r"^([\w.]+) \{\n(.*?)^\}", GRASS, re.DOTALL | re.MULTILINE))

LABELS = {*by_label(), UNRECORDED, RELEASE}


def test_the_files_are_fresh() -> None:
    for path, text in contents().items():
        assert path.read_text(encoding="utf-8") == text, "renew it: python -m graph.stores.neo4j.perspective"


def test_every_label_and_relationship_type_stands_in_both() -> None:
    assert {label for one in BLOOM["categories"] for label in one["labels"]} == LABELS
    assert {one["id"] for one in BLOOM["relationshipTypes"]} == relationship_types()
    assert RULES.keys() == {"node", "relationship", *(f"node.{one}" for one in LABELS),
                            *(f"relationship.{one}" for one in relationship_types())}  # fmt: skip


def test_the_perspective_has_the_keys_that_bloom_exports() -> None:
    """As in the exports of Bloom 1.4.0 and 1.4.1 that Neo4j publishes with its example graphs."""
    assert list(BLOOM) == [
        "name", "id", "categories", "relationshipTypes", "palette", "createdAt", "lastEditedAt", "templates",
        "hiddenRelationshipTypes", "hiddenCategories", "hideUncategorisedData", "parentPerspectiveId", "version",
    ]  # fmt: skip
    for one in BLOOM["categories"][1:]:
        assert one.keys() == {"id", "name", "color", "size", "icon", "labels", "properties", "caption", "createdAt",
                              "lastEditedAt"}  # fmt: skip
        assert all(prop.keys() == {"name", "exclude", "isCaption", "dataType"} for prop in one["properties"])
        assert any(prop["isCaption"] for prop in one["properties"])
    for one in BLOOM["relationshipTypes"]:
        assert all(prop.keys() == {"propertyKey", "type", "dataType"} for prop in one["properties"])
    for one in BLOOM["templates"]:
        assert one.keys() == {"name", "id", "createdAt", "text", "cypher", "params", "hasCypherErrors"}
        for param in one["params"]:
            assert param.keys() == {"dataType", "name", "suggestionLabel", "suggestionProp", "cypher"}
    assert [one["id"] for one in BLOOM["categories"]] == list(range(len(LABELS) + 1))


def test_every_property_stands_in_the_perspective() -> None:
    categories = {one["name"]: {prop["name"] for prop in one["properties"]} for one in BLOOM["categories"]}
    types = {one["name"]: {prop["propertyKey"] for prop in one["properties"]} for one in BLOOM["relationshipTypes"]}
    for label, one in by_label().items():
        assert categories[label] == one.property_keys().keys()
    for name, one in by_type().items():
        assert types[name] == one.property_keys().keys()


def test_colours_and_captions_are_the_same_in_both() -> None:
    for one in BLOOM["categories"][1:]:
        rule = RULES[f"node.{one['name']}"]
        assert f"color: {one['color']};" in rule
        captions = {prop["name"] for prop in one["properties"] if prop["isCaption"]}
        assert set(re.findall(r"\{(\w+)\}", rule)) == captions
    for one in BLOOM["relationshipTypes"]:
        assert f"color: {one['color']};" in RULES[f"relationship.{one['name']}"]


def test_the_packaged_graph_has_nothing_without_a_caption(packaged: Connection) -> None:
    for one in drawn():
        rows = packaged.read(
            lambda tx, one=one: tx.run(
                "MATCH (n) WHERE $label IN labels(n) AND all(key IN $caption WHERE n[key] IS NULL) RETURN n.id AS id",
                label=one.label, caption=list(one.caption),
            ).data()
        )  # fmt: skip
        assert not rows, one.label


def test_texts_are_readable() -> None:
    """4.5 to 1 is what WCAG 2.2 asks of small text."""
    assert all(contrast(colour, readable_on(colour)) >= 4.5 for colour in COLOURS)


# Linear RGB as seen without one kind of cone: Machado, Oliveira and Fernandes 2009, severity 1.
SEEN = {
    "all three": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


@pytest.mark.parametrize("eyes", SEEN)
def test_colours_are_told_apart_by(eyes: str) -> None:
    """CIE 1976 difference; 2.3 is just noticeable, and Okabe and Ito's own eight come to 16 at least."""
    for one, other in itertools.combinations(COLOURS, 2):
        distance = sum((a - b) ** 2 for a, b in zip(lab(one, eyes), lab(other, eyes), strict=True)) ** 0.5
        assert distance > 11, f"{one} and {other}: {distance:.1f}"


def lab(colour: str, eyes: str) -> tuple[float, float, float]:
    """CIE L*a*b* of a colour as ``eyes`` see it."""
    shares = [int(colour[first : first + 2], 16) / 255 for first in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares]
    seen = [min(1, max(0, sum(a * b for a, b in zip(row, linear, strict=True)))) for row in SEEN[eyes]]
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    x, y, z = (
        part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116
        for row, most in zip(to_xyz, white, strict=True)
        for part in [sum(a * b for a, b in zip(row, seen, strict=True)) / most]
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("phrase", PHRASES, ids=[one.text for one in PHRASES])
def test_a_phrase_runs_and_returns_what_bloom_draws(packaged: Connection, phrase: Phrase) -> None:
    given = {name: asked.example for name, asked in phrase.asks.items()}
    records = packaged.read(lambda tx: list(tx.run(phrase.cypher, given)))
    assert records, phrase.text
    for record in records:
        assert all(isinstance(one, neo4j.graph.Entity | neo4j.graph.Path | None) for one in record.values())
        assert any(one is not None for one in record.values())
    assert set(re.findall(r"\$(\w+)", phrase.cypher)) == set(re.findall(r"\$(\w+)", phrase.text)) == phrase.asks.keys()


def test_what_a_phrase_suggests_is_there(packaged: Connection) -> None:
    suggested = {(asked.suggested, asked.example) for phrase in PHRASES for asked in phrase.asks.values()}
    for what, example in suggested:
        if isinstance(what, str):
            values = packaged.read(lambda tx, what=what: [row[0] for row in tx.run(what)])
        elif what:
            label, key = what
            assert key in by_label()[label].properties.keys() | by_label()[label].property_keys().keys()
            values = packaged.read(
                lambda tx, label=label, key=key: [
                    row[0] for row in tx.run("MATCH (n) WHERE $label IN labels(n) RETURN n[$key]", label=label, key=key)
                ]
            )
            assert len(set(values)) == len(values), f"{label}.{key} names several"
        else:
            continue
        assert example in values
