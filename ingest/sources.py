"""The YAML beside each table: where it comes from, what it covers, and what must stay true of it.

Assertions are evaluated on the reconciled records, so that they speak about what will be published. A broken
``error`` refuses the release, a broken ``warn`` is reported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml

from graph.dates import is_partial_date, span
from graph.model import Participation
from graph.records import Records
from ingest.problems import Problem
from ingest.tables import Row


class Publication(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who publishes what the table was made from, and under which terms."""

    name: str
    address: str | None = None
    licence_or_terms: str | None = None


class Assertion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Something that must stay true.

    * ``rows``: the table has ``min`` to ``max`` data rows.
    * ``parties``: at least ``min`` parties to ``instrument``; with ``on`` those in force on that day, else those bound.
    * ``values``: ``column`` holds at least ``min_distinct`` different values.
    * ``filled``: ``column`` is filled in at least ``min_share`` (0 to 1) of the rows.
    """

    kind: Literal["rows", "parties", "values", "filled"]
    severity: Literal["error", "warn"] = "error"
    min: int | None = None
    max: int | None = None
    instrument: str | None = None
    on: str | None = None
    column: str | None = None
    min_distinct: int | None = None
    min_share: float | None = None
    why: str | None = None


class Description(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the YAML beside a table says."""

    title: str
    publishers: tuple[Publication, ...]
    coverage: str
    rhythm: str
    carried_over: str
    assertions: tuple[Assertion, ...] = ()


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """An assertion and what was found."""

    file: str
    assertion: str
    severity: str
    holds: bool
    found: str


_NEEDS: dict[str, tuple[str, ...]] = {
    "parties": ("instrument", "min"),
    "values": ("column", "min_distinct"),
    "filled": ("column", "min_share"),
}


class _Loader(yaml.SafeLoader):
    """Safe YAML in which ``on`` and ``no`` are words and days are texts, as in YAML 1.2."""


_TAGS = "tag:yaml.org,2002:"
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if tag not in (_TAGS + "bool", _TAGS + "timestamp")]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(_TAGS + "bool", re.compile(r"true|false"), ["t", "f"])


def read_description(path: Path, file: str) -> tuple[Description | None, list[Problem]]:
    """Read the YAML at ``path``, called ``file`` in messages."""
    if not path.is_file():
        cure = "Describe the table: title, publishers, coverage, rhythm, carried_over, assertions"
        return None, [Problem(file=file, message="the table has no description beside it", cure=cure)]
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader
        description = msgspec.convert(loaded, Description)
    except UnicodeDecodeError as error:
        return None, [Problem(file=file, message=f"not UTF-8: {error.reason}", cure="Save it in the encoding UTF-8")]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        row = mark.line + 1 if mark else None
        what = getattr(error, "problem", None) or "cannot be read"
        return None, [Problem(file=file, row=row, message=f"no valid YAML: {what}", cure="Correct the line")]
    except msgspec.ValidationError as error:
        return None, [Problem(file=file, message=str(error), cure="See the fields in ingest/sources.py")]
    return description, _incomplete(description, file)


def _incomplete(description: Description, file: str) -> list[Problem]:
    problems: list[Problem] = []
    for assertion in description.assertions:
        missing = [name for name in _NEEDS.get(assertion.kind, ()) if getattr(assertion, name) is None]
        if missing:
            message = f"an assertion of kind {assertion.kind} has no {' and no '.join(missing)}"
            problems.append(Problem(file=file, message=message, cure="Add what is missing"))
        if assertion.on is not None and not (is_partial_date(assertion.on) and len(assertion.on) == 10):
            problems.append(Problem(file=file, message=f"'{assertion.on}' is not a day", cure="Write on: YYYY-MM-DD"))
    return problems


def check(file: str, description: Description, rows: Sequence[Row], read: int, records: Records) -> list[Checked]:
    """Evaluate the assertions of one table: its ``rows``, of ``read`` in the file, and all ``records`` for parties."""
    return [
        Checked(file=file, assertion=_words(one), severity=one.severity, **_evaluate(one, rows, read, records))
        for one in description.assertions
    ]


def _words(assertion: Assertion) -> str:
    stated = msgspec.to_builtins(assertion)
    return ", ".join(f"{key} {value}" for key, value in stated.items() if key not in ("severity", "why"))


def _evaluate(one: Assertion, rows: Sequence[Row], read: int, records: Records) -> dict[str, Any]:
    if one.kind == "rows":
        holds = (one.min is None or read >= one.min) and (one.max is None or read <= one.max)
        return {"holds": holds, "found": f"{read} rows"}
    if one.kind == "parties":
        count = parties(records.participations, one.instrument or "", one.on)
        return {"holds": count >= (one.min or 0), "found": f"{count} parties"}
    field = "sources" if one.column == "source" else one.column or ""
    if rows and not hasattr(rows[0].record, field):
        return {"holds": False, "found": f"no column {one.column}"}
    values = [value for row in rows if (value := getattr(row.record, field)) not in (None, ())]
    if one.kind == "values":
        distinct = len(set(values))
        return {"holds": distinct >= (one.min_distinct or 0), "found": f"{distinct} different values"}
    share = len(values) / len(rows) if rows else 0.0
    return {"holds": share >= (one.min_share or 0.0), "found": f"filled in {share:.0%}"}


def parties(participations: Sequence[Participation], instrument: str, on: str | None) -> int:
    """How many parties are bound, or certainly in force on the day ``on``; a contested party counts once."""
    found: set[str] = set()
    for record in participations:
        if record.instrument == instrument and record.standing == "party" and (on is None or _in_force(record, on)):
            found.add(record.party)
    return len(found)


def _in_force(record: Participation, on: str) -> bool:
    day = span(on)[0]
    if record.in_force_on is None or span(record.in_force_on)[1] > day:
        return False
    ends = [date for date in (record.ended_on, record.suspended_on) if date]
    return all(span(end)[0] > day for end in ends)
