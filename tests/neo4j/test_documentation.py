"""The pages for researchers: what is drawn is the ontology as it is, and every query runs and finds something."""

from __future__ import annotations

import re

import pytest

from graph.stores.neo4j import Connection
from graph.stores.neo4j.drawing import PAGE, drawn, renewed
from graph.stores.neo4j.names import by_label, by_type, relationship_types, words_index

SCHEMA = PAGE.read_text(encoding="utf-8")
TEXT = PAGE.with_name("neo4j.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"\n\d+\. ([^\n]+)\n\n```cypher\n(.*?)```", TEXT, re.DOTALL)


def test_what_is_drawn_is_the_ontology() -> None:
    assert renewed(SCHEMA) == SCHEMA, "renew it: python -m graph.stores.neo4j.drawing"
    for name in (*by_label(), *by_type(), *(relationship_types() - {"STATED_BY", "ABOUT"})):
        assert name in drawn()


def test_there_are_twenty_queries() -> None:
    assert len(QUERIES) == TEXT.count("```cypher") == 20
    assert words_index() in TEXT


@pytest.mark.parametrize(("title", "text"), QUERIES, ids=[re.sub(r"\W+", "-", title)[:40] for title, _ in QUERIES])
def test_a_query_finds_something(packaged: Connection, title: str, text: str) -> None:
    parameters = dict(re.findall(r"^:param (\w+) => '([^']*)'$", text, re.MULTILINE))
    query = "\n".join(line for line in text.splitlines() if not line.startswith(":param"))
    rows = packaged.read(lambda tx: tx.run(query, parameters).data())
    assert rows, title
    assert all(any(value is not None for value in row.values()) for row in rows)


def test_a_query_on_a_name_that_is_not_there_would_be_noticed(packaged: Connection) -> None:
    """Cypher finds nothing where a label or property is misspelt, so that 'finds something' is a test of the names."""
    assert not packaged.read(lambda tx: tx.run("MATCH (i:Instrument) WHERE i.shortname IS NOT NULL RETURN i").data())
    used = {name for _, text in QUERIES for name in re.findall(r"[(\[]\w*:([A-Z]\w+)", text)}
    assert used <= {*by_label(), *relationship_types(), "Release"}
    keys = {key for one in (*by_label().values(), *by_type().values()) for key in one.property_keys()}
    known = keys | {"release", "builtAt", "loadedAt", "statements", "ontology"}
    for title, text in QUERIES:
        body = re.sub(r"'[^']*'|db\.index\.fulltext\.\w+", "", text)
        for name in re.findall(r"\b[a-z]+\.([a-zA-Z]\w*)", body):
            assert name in known, f"{title}: {name}"
