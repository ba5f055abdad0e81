"""Files for ``neo4j-admin database import full``: the property graph for a server that one transaction cannot fill.

A folder with one CSV file of nodes for each label and one of relationships for each type between two labels, all as the
ontology names them; the first row of each names and types its columns. ``import.sh`` holds the command that reads them,
``schema.cypher`` what comes afterwards: constraints, indexes, and what no import can say. The database is then the one
that a load would have made. A part (a topic) bears the id of a release of its records alone.

Texts stand in quotes, which are doubled within; an empty cell without quotes is what is not on record. The members of a
list stand with a character between them that no list of the release holds, since the import knows no escape for it. Nor
does it know empty lists: another such character stands for them until ``schema.cypher`` has run.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from graph.exports import Content, ExportError
from graph.rdf import content_address, lines, quads
from graph.stores.neo4j.names import ID, RELEASE, quoted, schema_statements
from graph.stores.neo4j.projection import Elements, Values, elements, release_values

COMMAND, AFTER, REPORT = "import.sh", "schema.cypher", "import.report"
"""The command, what is to be run afterwards, and where the import writes what it finds at fault."""

SPARE = (0x1F, 0x1E, *range(0xE000, 0xF900))
"""Code points that lists are written with where no list holds them: separators, then those for private use."""

_OURS = re.compile(r"(nodes-\w+|relationships-\w+-\w+-\w+)\.csv", re.ASCII)

_TYPES: dict[type, str] = {
    str: "string",
    int: "long",
    float: "double",
    bool: "boolean",
    date: "date",
    list: "string[]",
}
"""How the import calls the types of values."""

_SCRIPT = """\
#!/bin/sh
# Imports release {release} while the server does not run:
#   sh {command} [DATABASE [OPTION ...]]
# DATABASE is neo4j where it is left out. It must be new; the option --overwrite-destination replaces one.
# NEO4J_ADMIN names the program where neo4j-admin is not on the path.
# Afterwards start the server and run there: cypher-shell --database DATABASE --file {after}
set -eu
cd "$(dirname "$0")"
database="${{1:-neo4j}}"
[ $# -eq 0 ] || shift
exec "${{NEO4J_ADMIN:-neo4j-admin}}" database import full "$database" \\
  {options} \\
  "$@"
"""

_LOADED = f"MATCH (r:{RELEASE} {{key: 'current'}}) SET r.loadedAt = coalesce(r.loadedAt, datetime())"


class _Signs(NamedTuple):
    """Characters that no list holds: one to stand between members, one for a list without any but empty texts."""

    between: str
    empty: str


class _Table(NamedTuple):
    """One file: how the command and Cypher name it, the headers of its first columns by key, and its rows."""

    file: str
    option: str
    pattern: str
    keys: dict[str, str]
    rows: Collection[Values]


def write(content: Content, target: Path) -> None:
    """Write ``content`` to files in the new folder ``target``.

    Raises:
        ExportError: it holds what the import cannot read.
    """
    graph = elements(content.records)
    signs = _signs(graph)
    stamp = _stamp(content)
    options = ["--id-type=string", "--strict=true", "--bad-tolerance=0", f"--report-file={REPORT}",
               f"--array-delimiter=U+{ord(signs.between):04X}"]  # fmt: skip
    if any("\n" in text or "\r" in text for text in _texts(graph)):
        options.append("--multiline-fields=true")
    afterwards = [*schema_statements().values(), _LOADED]
    target.mkdir()
    for table in _tables(graph, stamp):
        with (target / table.file).open("w", encoding="utf-8", newline="") as file:
            file.writelines(_lines(table, signs))
        options.append(f"{table.option}={table.file}")
        afterwards += _emptied(table, signs)
    told = {"release": stamp["release"], "command": COMMAND, "after": AFTER, "options": " \\\n  ".join(options)}
    (target / COMMAND).write_text(_SCRIPT.format(**told), encoding="utf-8")
    (target / AFTER).write_text("".join(f"{one};\n" for one in afterwards), encoding="utf-8")


def is_ours(name: str) -> bool:
    """Whether an export, or the import of one, makes files of that name."""
    return name in (COMMAND, AFTER, REPORT) or _OURS.fullmatch(name) is not None


def _stamp(content: Content) -> Values:
    """The properties of the ``Release`` node, as after a first load."""
    release, statements = content.release_id, content.statements
    if statements is None:
        written = lines(quads(content.records, content.schema))
        release, statements = content_address(written), len(written)
    return release_values(release=release, statements=statements, built_at=content.built_at) | {"loads": 1}


def _tables(graph: Elements, stamp: Values) -> Iterator[_Table]:
    """The files of nodes, then those of relationships; none without rows."""
    yield _nodes(RELEASE, "key", [stamp])
    for label, nodes in sorted(graph.nodes.items()):
        if nodes:
            yield _nodes(label, ID, nodes.values())
    for (kind, start, end), found in sorted(graph.relationships.items()):
        if found:
            keys = {":start": f":START_ID({start})", ":end": f":END_ID({end})"}
            rows = [{":start": ends.start, ":end": ends.end, **values} for ends, values in found.items()]
            pattern = f"(:{quoted(start)})-[x:{quoted(kind)}]->(:{quoted(end)})"
            yield _Table(f"relationships-{kind}-{start}-{end}.csv", f"--relationships={kind}", pattern, keys, rows)


def _nodes(label: str, key: str, rows: Collection[Values]) -> _Table:
    keys = {key: f"{key}:ID({label})"}
    return _Table(f"nodes-{label}.csv", f"--nodes={label}", f"(x:{quoted(label)})", keys, rows)


def _lines(table: _Table, signs: _Signs) -> Iterator[str]:
    """The header and the rows."""
    types: dict[str, type] = {}
    for row in table.rows:
        types.update((key, type(value)) for key, value in row.items() if key not in table.keys)
    columns = [*table.keys, *sorted(types)]
    yield ",".join([*table.keys.values(), *(f"{key}:{_TYPES[types[key]]}" for key in sorted(types))]) + "\n"
    for row in table.rows:
        yield ",".join(_cell(row[key], signs) if key in row else "" for key in columns) + "\n"


def _cell(value: Any, signs: _Signs) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value).replace("inf", "Infinity")
    if isinstance(value, int | date):
        return str(value)
    listed = isinstance(value, list)
    text: str = (signs.between.join(value) or signs.empty * (1 + len(value))) if listed else value
    return '"' + text.replace('"', '""') + '"'


def _emptied(table: _Table, signs: _Signs) -> Iterator[str]:
    """Statements that give the table's empty lists, and those of one empty text, their value."""
    found = {(key, len(value)) for row in table.rows for key, value in row.items() if value in ([], [""])}
    for key, size in sorted(found):
        name, sign = f"x.{quoted(key)}", f"\\u{ord(signs.empty):04X}" * (1 + size)
        yield f"MATCH {table.pattern} WHERE {name} = ['{sign}'] SET {name} = {[''] * size}"


def _signs(graph: Elements) -> _Signs:
    """Characters that stand in no list.

    Raises:
        ExportError: there are none left.
    """
    used: set[str] = set()
    for values in _values(graph):
        for value in values.values():
            if isinstance(value, list):
                used.update(*value)
    free = [chr(point) for point in SPARE if chr(point) not in used][:2]
    if len(free) < 2:
        raise ExportError("the lists hold all characters that could stand between their members: use comity load")
    return _Signs(*free)


def _texts(graph: Elements) -> Iterator[str]:
    for values in _values(graph):
        for value in values.values():
            if isinstance(value, str):
                yield value
            elif isinstance(value, list):
                yield from value


def _values(graph: Elements) -> Iterator[Values]:
    """The properties of every node and relationship."""
    for nodes in graph.nodes.values():
        yield from nodes.values()
    for relationships in graph.relationships.values():
        yield from relationships.values()
