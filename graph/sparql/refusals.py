"""What is refused before a query runs, and how an error is told: in one line that says where and what to do."""

from __future__ import annotations

import re
import signal
from typing import Literal

from ontologies.iris import ONTOLOGY, THINGS, VOCABULARIES

Cause = Literal[
    "malformed", "too-long", "read-only", "form", "rows", "size", "time", "memory", "evaluation", "unavailable"
]
"""Why there is no answer; ``form``: the result has another kind than the formats asked for."""

LONGEST_QUERY = 100_000
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
    """A query that is refused or fails: one line that says where and what to do.

    ``line`` and ``column`` count from 1 and are given where the query is malformed and the place is known.
    """

    def __init__(self, reason: str, cause: Cause, line: int | None = None, column: int | None = None) -> None:
        super().__init__(reason)
        self.cause: Cause = cause
        self.line = line
        self.column = column


def refuse_unsafe(query: str) -> None:
    """Raise :class:`SparqlError` for what is no read-only query over this store alone."""
    try:
        query.encode()
    except UnicodeEncodeError:  # halves of characters
        raise SparqlError("the query is not valid text: write it in UTF-8", "malformed") from None
    if len(query) > LONGEST_QUERY:
        raise SparqlError(f"the query has {len(query)} characters; at most {LONGEST_QUERY} are taken", "too-long")
    code = _NOT_CODE.sub(" ", query)
    form = _FORM.search(code)
    if form is None:
        raise SparqlError("no query: begin with SELECT, ASK, CONSTRUCT or DESCRIBE", "malformed")
    if form[0].upper() not in _READS:
        raise SparqlError(f"{form[0].upper()} is refused: the store is read only", "read-only")
    if "SERVICE" in code.upper() and _SERVICE.search(code):  # looking for a plain text costs a tenth
        raise SparqlError("SERVICE is refused: queries see this store only", "read-only")


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


def malformed(told: str) -> SparqlError:
    """What the engine says of a malformed query as one short line, with line and column."""
    place = _PLACE.search(told)
    if place is None:
        return SparqlError(f"the query is malformed: {' '.join(told.split())}", "malformed")
    line, column, reason = int(place[1]), int(place[2]), " ".join(place[3].split())
    if "Prefix not found" in reason:
        reason = f"a prefix before it is not declared; known without declaration: {', '.join(prefixes())}"
    elif len(reason) > 200:
        reason = reason[:200] + " …"
    return SparqlError(f"the query is malformed at line {line}, column {column}: {reason}", "malformed", line, column)


def too_slow(timeout_s: float) -> SparqlError:
    """The query has used its time up."""
    return SparqlError(f"the query took longer than {timeout_s:g} s: narrow it or raise the time limit", "time")


def died(returncode: int | None, timeout_s: float) -> SparqlError:
    """What it means that the process that ran the query ended with ``returncode`` (negative: by a signal)."""
    if returncode == -signal.SIGXCPU:
        return too_slow(timeout_s)
    if returncode in (-signal.SIGSEGV, -signal.SIGBUS):
        return SparqlError("the query is nested too deeply: write it flatter", "memory")
    return SparqlError("the query needed more memory than it may use: narrow it or add a LIMIT", "memory")
