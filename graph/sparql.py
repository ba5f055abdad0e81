"""SPARQL for people outside: read only, bounded in time, rows and memory.

The engine cannot be interrupted, so that every query runs in a process of its own that opens the store read only and
is ended when its time is up. Updates, LOAD and SERVICE are refused; nothing is fetched from anywhere: whatever gets
past the words that are looked for finds that the process may open no file and no socket any more. The default graph
holds the triples of all named graphs, and the prefixes of :func:`prefixes` need not be declared.
"""

from __future__ import annotations

import json
import math
import re
import resource
import signal
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path
from typing import Literal

import msgspec

from graph.releases import Release
from ontologies.iris import ONTOLOGY, THINGS, VOCABULARIES

Kind = Literal["select", "ask", "graph"]

TABLES = ("json", "xml", "csv", "tsv")
"""Formats of rows and of yes-or-no answers."""

GRAPHS = ("turtle", "ntriples", "jsonld", "rdfxml")
"""Formats of the graphs that CONSTRUCT and DESCRIBE give."""

MEMORY_BYTES = 4 << 30
"""Address space of the process that runs a query."""

LONGEST_QUERY = 100_000
"""Characters."""

LARGEST_RESULT = 64_000_000
"""Characters."""

_NOT_CODE = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""' r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n]|\\.)*"' r"|'(?:[^'\\\n]|\\.)*'" r'|<[^<>"{}|^`\\\s]*>|#[^\n]*',
    re.DOTALL,
)  # fmt: skip
"""Strings, IRIs and comments, in which a forbidden word means nothing."""

_WORD = r"(?<![\w?$:-])(?:{})(?![\w:-])"
"""A word of the language: no part of a variable, a prefixed name or a longer word."""

_FORM = re.compile(
    _WORD.format("SELECT|ASK|CONSTRUCT|DESCRIBE|INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|COPY|MOVE|ADD|WITH"), re.IGNORECASE
)
_SERVICE = re.compile(_WORD.format("SERVICE"), re.IGNORECASE)
_READS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


class SparqlError(ValueError):
    """A query that is refused or fails: one line that says where and what to do."""


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What a query gave: the text in the format asked for, and whether rows were cut off at the limit."""

    kind: Kind
    format: str
    content: str
    rows: int
    truncated: bool


class _Task(msgspec.Struct, frozen=True, kw_only=True):
    """What the process is told."""

    store: str
    query: str
    format: str | None
    max_rows: int
    timeout_s: float


class _Failure(msgspec.Struct, frozen=True, kw_only=True, tag="failure"):
    """What the process says when the query cannot be answered."""

    reason: str


class _Success(msgspec.Struct, frozen=True, kw_only=True, tag="success"):
    """What the process says when the query was answered."""

    result: Result


def run(release: Release, query: str, *, format: str | None = None, timeout_s: float, max_rows: int) -> Result:
    """Answer ``query`` from the embedded store of ``release``.

    ``format`` is one of :data:`TABLES` or :data:`GRAPHS` as fits the query; by default JSON or Turtle. At most
    ``max_rows`` rows or triples come back.

    Raises:
        SparqlError: the query is refused, malformed, too slow, too large, or has another kind of result.
    """
    refuse_unsafe(query)
    if format is not None and format not in TABLES + GRAPHS:
        raise SparqlError(f"unknown format {format!r}: choose from {', '.join(TABLES + GRAPHS)}")
    task = _Task(
        store=str(release.folder / "store"), query=query, format=format, max_rows=max_rows, timeout_s=timeout_s
    )
    try:
        done = subprocess.run(
            [sys.executable, "-m", "graph.sparql"],
            input=msgspec.json.encode(task),
            capture_output=True,
            timeout=timeout_s,
            check=False,
            cwd=Path(__file__).parent.parent,
        )
    except subprocess.TimeoutExpired:
        raise _too_slow(timeout_s) from None
    if done.returncode == -signal.SIGXCPU:
        raise _too_slow(timeout_s)
    if done.returncode != 0:
        raise SparqlError("the query needed more memory than it may use: narrow it or add a LIMIT")
    said = msgspec.json.decode(done.stdout, type=_Success | _Failure)
    if isinstance(said, _Failure):
        raise SparqlError(said.reason)
    return said.result


def refuse_unsafe(query: str) -> None:
    """Raise :class:`SparqlError` for what is no read-only query over this store alone."""
    if any("\ud800" <= sign <= "\udfff" for sign in query):
        raise SparqlError("the query is not valid text: write it in UTF-8")
    if len(query) > LONGEST_QUERY:
        raise SparqlError(f"the query has {len(query)} characters; at most {LONGEST_QUERY} are taken")
    code = _NOT_CODE.sub(" ", query)
    form = _FORM.search(code)
    if form is None:
        raise SparqlError("no query: begin with SELECT, ASK, CONSTRUCT or DESCRIBE")
    if form[0].upper() not in _READS:
        raise SparqlError(f"{form[0].upper()} is refused: the store is read only")
    if _SERVICE.search(code):
        raise SparqlError("SERVICE is refused: queries see this store only")


def prefixes() -> dict[str, str]:
    """Prefixes that queries may use without declaring them."""
    return {
        "comity": ONTOLOGY,
        "id": THINGS,
        "voc": VOCABULARIES,
        "dcat": "http://www.w3.org/ns/dcat#",
        "dcterms": "http://purl.org/dc/terms/",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "https://schema.org/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }


def _serve() -> None:
    """Answer the one task on standard input; the process runs nothing else."""
    task = msgspec.json.decode(sys.stdin.buffer.read(), type=_Task)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Whoever started this process may be gone when the time is up: then this ends it.
    seconds = math.ceil(time.process_time() + task.timeout_s) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    try:
        said: _Success | _Failure = _Success(result=_answer(task))
    except SyntaxError as error:
        said = _Failure(reason=_malformed(str(error)))
    except (ValueError, OSError, RuntimeError) as error:
        said = _Failure(reason=" ".join(str(error).split()))
    if isinstance(said, _Success) and len(said.result.content) > LARGEST_RESULT:
        said = _Failure(reason=f"the result is larger than {LARGEST_RESULT} characters: narrow the query")
    sys.stdout.buffer.write(msgspec.json.encode(said))


def _malformed(told: str) -> str:
    """What the engine says of a malformed query as one short line, with line and column."""
    place = _PLACE.search(told)
    if place is None:
        return f"the query is malformed: {' '.join(told.split())}"
    line, column, reason = place[1], place[2], " ".join(place[3].split())
    if "Prefix not found" in reason:
        reason = f"a prefix before it is not declared; known without declaration: {', '.join(prefixes())}"
    elif len(reason) > 200:
        reason = reason[:200] + " …"
    return f"the query is malformed at line {line}, column {column}: {reason}"


def _too_slow(timeout_s: float) -> SparqlError:
    return SparqlError(f"the query took longer than {timeout_s:g} s: narrow it or raise the time limit")


def _answer(task: _Task) -> Result:
    import pyoxigraph as ox

    store = ox.Store.read_only(task.store)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))  # the store is open; from here on, no file and no socket
    found = store.query(task.query, prefixes=prefixes())
    if isinstance(found, ox.QueryBoolean):
        return _table("ask", json.dumps({"head": {}, "boolean": bool(found)}), 1, False, task.format or "json")
    if isinstance(found, ox.QueryTriples):
        wanted = task.format or "turtle"
        if wanted not in GRAPHS:
            raise SparqlError(f"the query gives a graph: ask for one of {', '.join(GRAPHS)}")
        triples = list(islice(found, task.max_rows + 1))
        truncated = len(triples) > task.max_rows
        shape = {
            "turtle": ox.RdfFormat.TURTLE,
            "ntriples": ox.RdfFormat.N_TRIPLES,
            "jsonld": ox.RdfFormat.JSON_LD,
            "rdfxml": ox.RdfFormat.RDF_XML,
        }[wanted]
        content = ox.serialize(triples[: task.max_rows], format=shape, prefixes=prefixes()) or b""
        return Result(
            kind="graph", format=wanted, content=content.decode(), rows=min(len(triples), task.max_rows),
            truncated=truncated,
        )  # fmt: skip
    names = [variable.value for variable in found.variables]
    rows = list(islice(found, task.max_rows + 1))
    truncated = len(rows) > task.max_rows
    bindings = [
        {name: _term(value) for name in names if (value := row[name]) is not None} for row in rows[: task.max_rows]
    ]
    text = json.dumps({"head": {"vars": names}, "results": {"bindings": bindings}}, ensure_ascii=False)
    return _table("select", text, len(bindings), truncated, task.format or "json")


def _table(kind: Kind, text: str, rows: int, truncated: bool, wanted: str) -> Result:
    """SPARQL results in JSON turned into the table format asked for."""
    import pyoxigraph as ox

    if wanted not in TABLES:
        raise SparqlError(f"the query gives a table: ask for one of {', '.join(TABLES)}")
    if wanted != "json":
        shape = {
            "xml": ox.QueryResultsFormat.XML, "csv": ox.QueryResultsFormat.CSV, "tsv": ox.QueryResultsFormat.TSV,
        }[wanted]  # fmt: skip
        if kind == "ask" and wanted in ("csv", "tsv"):
            return Result(kind=kind, format=wanted, content=str(json.loads(text)["boolean"]).lower(), rows=rows,
                          truncated=truncated)  # fmt: skip
        parsed = ox.parse_query_results(text.encode(), ox.QueryResultsFormat.JSON)
        text = (parsed.serialize(format=shape) or b"").decode()
    return Result(kind=kind, format=wanted, content=text, rows=rows, truncated=truncated)


def _term(value: object) -> dict[str, str]:
    """A term in the JSON of SPARQL results."""
    import pyoxigraph as ox

    if isinstance(value, ox.NamedNode):
        return {"type": "uri", "value": value.value}
    if isinstance(value, ox.BlankNode):
        return {"type": "bnode", "value": value.value}
    if not isinstance(value, ox.Literal):
        raise SparqlError("a row holds a quoted triple: name its parts instead")
    term = {"type": "literal", "value": value.value}
    if value.language:
        term["xml:lang"] = value.language
    elif value.datatype.value != "http://www.w3.org/2001/XMLSchema#string":
        term["datatype"] = value.datatype.value
    return term


if __name__ == "__main__":
    _serve()
