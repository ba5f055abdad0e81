"""The strict reader: one CSV table in, typed records and every problem out.

A table that cannot be read gives one clear problem; a row that cannot be read gives one problem for each bad
cell, and reading goes on, so that a curator sees everything in one run. What records mean to each other is
checked elsewhere.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from graph.dates import span
from graph.model import Record
from ingest.fields import TABLES, WITH_OWN_ID, Field, columns, table_class
from ingest.problems import Problem, nearest

MAX_FILE_BYTES = 50 * 1024 * 1024
MAX_CELL_CHARACTERS = 20_000
MAX_SHOWN = 60
"""Characters of a bad value that a message quotes."""

_WHOLE = re.compile(r"[+-]?\d{1,9}")
_NUMBER = re.compile(r"\d{1,9}(\.\d{1,9})?")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._()-]*")


class Row(NamedTuple):
    """A record as one row of a table states it; ``line`` is where the row starts in ``file``."""

    record: Record
    file: str
    line: int


class Table(NamedTuple):
    """What was read of one file. ``read`` counts data rows, ``refused`` those with an error.

    ``unreadable``: the file as a whole could not be read. ``refused_ids``: ids of rows with an error, which other
    rows may refer to all the same.
    """

    file: str
    record_type: type[Record] | None
    rows: list[Row]
    problems: list[Problem]
    read: int = 0
    refused: int = 0
    unreadable: bool = False
    refused_ids: tuple[str, ...] = ()


class _Bad(ValueError):
    """A cell that cannot be read: message and cure."""

    def __init__(self, message: str, cure: str) -> None:
        super().__init__(message)
        self.message, self.cure = message, cure


def read_table(path: Path, file: str, vocabulary: Mapping[str, frozenset[str]]) -> Table:
    """Read the table at ``path``, called ``file`` in messages; ``vocabulary`` gives the keys of each scheme."""
    record_type = table_class(path.stem)
    if record_type is None:
        near = nearest(path.stem, TABLES)
        cure = f"Did you mean {near}.csv?" if near else f"Tables are {', '.join(sorted(TABLES))}"
        return _unreadable(file, None, "no such kind of table", cure)
    return read_rows(path, file, record_type, vocabulary)


def read_rows(path: Path, file: str, record_type: type[Record], vocabulary: Mapping[str, frozenset[str]]) -> Table:
    """Read the table at ``path``, called ``file`` in messages, as rows of ``record_type``."""
    text = _decoded(path, file, record_type)
    if isinstance(text, Table):
        return text
    # The reader's own limit is lifted: a huge cell shall be reported with its row and column like any other.
    limit = csv.field_size_limit(MAX_FILE_BYTES + 1)
    try:
        return _parsed(text, file, record_type, vocabulary)
    finally:
        csv.field_size_limit(limit)


def read_cells(
    cells: Mapping[str, str], file: str, line: int, record_type: type[Record], vocabulary: Mapping[str, frozenset[str]]
) -> tuple[Row | None, list[Problem]]:
    """Read one row given as column → cell, as a row of a table would be; ``None`` where it has problems.

    ``file`` and ``line`` are what it is called in messages.
    """
    known = columns(record_type)
    problems = [_unknown_column(name, file, line, known) for name in cells if name not in known]
    wanted = [field for field in known.values() if field.required or field.name in cells]
    parsers = [(field, _parser(field, vocabulary)) for field in wanted]
    values = _values([cells.get(field.name, "") for field in wanted], parsers, file, line, problems)
    if problems:
        return None, problems
    values.setdefault("id", "")
    return Row(record_type(**values), file, line), []


def raw_rows(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header of a table that :func:`read_table` can read, and its rows as they stand, each with its line."""
    limit = csv.field_size_limit(MAX_FILE_BYTES + 1)
    try:
        lines = _numbered(path.read_bytes().decode("utf-8-sig"))
        _, header = next(lines, (1, []))
        return header, list(lines)
    finally:
        csv.field_size_limit(limit)


def _unreadable(
    file: str, record_type: type[Record] | None, message: str, cure: str,
    row: int | None = None, column: str | None = None,
) -> Table:  # fmt: skip
    problem = Problem(file=file, row=row, column=column, message=message, cure=cure)
    return Table(file, record_type, [], [problem], unreadable=True)


def _decoded(path: Path, file: str, record_type: type[Record]) -> str | Table:
    """The text of the file, or the table that says why there is none."""
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        return _unreadable(
            file, record_type, f"the file has {size:,} bytes, more than {MAX_FILE_BYTES:,}", "Split the table"
        )
    raw = path.read_bytes()
    if b"\0" in raw:
        line = raw.count(b"\n", 0, raw.index(b"\0")) + 1
        return _unreadable(file, record_type, "the file holds a NUL byte", "Save the table as plain UTF-8 text", line)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{raw[error.start]:02x} at position {error.start} is not UTF-8"
        return _unreadable(file, record_type, message, "Save the table in the encoding UTF-8", line)


def _parsed(text: str, file: str, record_type: type[Record], vocabulary: Mapping[str, frozenset[str]]) -> Table:
    lines = _numbered(text)
    try:
        _, header = next(lines, (1, []))
        problems = _header_problems(header, file, record_type)
        if problems:
            return Table(file, record_type, [], problems, unreadable=True)
        return _rows(lines, header, file, record_type, vocabulary)
    except csv.Error as error:
        return _unreadable(file, record_type, f"not a readable CSV: {error}", "Check the quotation marks in this row")


def _numbered(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows of cells with the line on which each starts; blank lines are skipped."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise csv.Error(f"{error}, in the row that starts on line {start}") from None
        if cells:
            yield start, cells


def _header_problems(header: list[str], file: str, record_type: type[Record]) -> list[Problem]:
    known = columns(record_type)
    bad = partial(Problem, file=file, row=1)
    problems: list[Problem] = []
    for name in dict.fromkeys(header):
        if name not in known:
            problems.append(_unknown_column(name, file, 1, known))
        elif header.count(name) > 1:
            problems.append(bad(column=name, message="the column occurs twice", cure="Keep one of them"))
    for field in known.values():
        if field.required and field.name not in header:
            problems.append(
                bad(column=field.name, message="the column is missing", cure=f"Add the column {field.name}")
            )
    return problems


def _unknown_column(name: str, file: str, row: int, known: Mapping[str, Field]) -> Problem:
    near = nearest(name, known)
    return Problem(
        file=file,
        row=row,
        column=_shown(name, quote=False),
        message=f"{_shown(name)} is no column of this table",
        cure=f"Did you mean {near}?" if near else f"Columns are {', '.join(known)}",
    )


def _rows(
    lines: Iterator[tuple[int, list[str]]],
    header: list[str],
    file: str,
    record_type: type[Record],
    vocabulary: Mapping[str, frozenset[str]],
) -> Table:
    known = columns(record_type)
    cells_of = [(known[name], _parser(known[name], vocabulary)) for name in header]
    rows: list[Row] = []
    problems: list[Problem] = []
    first_line: dict[str, int] = {}
    refused_ids: list[str] = []
    read = refused = 0
    for line, cells in lines:
        read += 1
        before = len(problems)
        values = _values(cells, cells_of, file, line, problems)
        key = values.get("id")
        if isinstance(key, str) and record_type in WITH_OWN_ID:
            if key in first_line:
                message = f"{_shown(key)} is already the id of row {first_line[key]}"
                cure = "Merge the two rows or give one another id"
                problems.append(Problem(file=file, row=line, column="id", message=message, cure=cure))
            first_line.setdefault(key, line)
        if len(problems) == before:
            values.setdefault("id", "")
            rows.append(Row(record_type(**values), file, line))
        else:
            refused += 1
            refused_ids += _id_cell(header, cells)
    return Table(file, record_type, rows, problems, read, refused, refused_ids=tuple(refused_ids))


def _id_cell(header: list[str], cells: list[str]) -> list[str]:
    return [cell.strip() for name, cell in zip(header, cells, strict=False) if name == "id"]


def _values(
    cells: list[str],
    cells_of: list[tuple[Field, Callable[[str], Any]]],
    file: str,
    line: int,
    problems: list[Problem],
) -> dict[str, Any]:
    """Parsed cells by field name; empty cells are left to the field's default."""
    values: dict[str, Any] = {}
    too_long = [index for index, cell in enumerate(cells) if len(cell) > MAX_CELL_CHARACTERS]
    for index in too_long[:1]:
        name = cells_of[index][0].name if index < len(cells_of) else None
        message = f"the cell has {len(cells[index]):,} characters, more than {MAX_CELL_CHARACTERS:,}"
        cure = "Shorten it; if the text goes on into other rows, a quotation mark is not closed"
        problems.append(Problem(file=file, row=line, column=name, message=message, cure=cure))
        return values
    if len(cells) != len(cells_of):
        message = f"the row has {len(cells)} cells, the header {len(cells_of)}"
        cure = "Put text that holds a comma into quotation marks, and write every comma"
        problems.append(Problem(file=file, row=line, message=message, cure=cure))
        return values
    for (field, parse), cell in zip(cells_of, cells, strict=True):
        cell = cell.strip()
        if not cell:
            if field.required:
                message, cure = _empty(field)
                problems.append(Problem(file=file, row=line, column=field.name, message=message, cure=cure))
            continue
        try:
            values["sources" if field.name == "source" else field.name] = parse(cell)
        except _Bad as bad:
            problems.append(Problem(file=file, row=line, column=field.name, message=bad.message, cure=bad.cure))
    return values


def _empty(field: Field) -> tuple[str, str]:
    if field.name == "source":
        return "the row names no source", "Name the id of the source that states it: no fact without a source"
    return "the cell is empty", f"Fill in {field.name}: it is required"


def _parser(field: Field, vocabulary: Mapping[str, frozenset[str]]) -> Callable[[str], Any]:
    if field.kind == "list":
        return partial(_many, scheme=field.scheme, keys=vocabulary.get(field.scheme) if field.scheme else None)
    if field.scheme:
        return partial(_key, scheme=field.scheme, keys=vocabulary.get(field.scheme, frozenset()))
    if field.values:
        return partial(_key, scheme=None, keys=frozenset(field.values))
    if field.name == "id":
        return _identifier
    return _PARSERS[field.kind]


def _key(cell: str, *, scheme: str | None, keys: frozenset[str]) -> str:
    if cell in keys:
        return cell
    near = nearest(cell, keys)
    what = f"key of the vocabulary {scheme}" if scheme else "value of this column"
    raise _Bad(
        f"{_shown(cell)} is no {what}", f"Did you mean {near}?" if near else f"Use one of {', '.join(sorted(keys))}"
    )


def _many(cell: str, *, scheme: str | None, keys: frozenset[str] | None) -> tuple[str, ...]:
    items = tuple(part.strip() for part in cell.split(";") if part.strip())
    if scheme is not None:
        for item in items:
            _key(item, scheme=scheme, keys=keys or frozenset())
    return items


def _identifier(cell: str) -> str:
    if not _ID.fullmatch(cell):
        raise _Bad(f"{_shown(cell)} cannot be an id", "Use letters, digits, hyphens and full stops only")
    return cell


@lru_cache(maxsize=50_000)
def _date(cell: str) -> str:
    try:
        span(cell)
    except ValueError as error:
        why = str(error).partition(" is not a date: ")[2]
        reason = f" ({why})" if why and not why.startswith("write") else ""
        cure = "Write YYYY, YYYY-MM or YYYY-MM-DD, a day that exists"
        raise _Bad(f"{_shown(cell)} is not a date{reason}", cure) from None
    return cell


def _whole(cell: str) -> int:
    if not _WHOLE.fullmatch(cell):
        raise _Bad(f"{_shown(cell)} is not a whole number", "Write digits only")
    return int(cell)


def _number(cell: str) -> float:
    if cell == "inf":
        return math.inf
    if not _NUMBER.fullmatch(cell):
        raise _Bad(f"{_shown(cell)} is not a number", "Write digits with a full stop for decimals, or inf for life")
    return float(cell)


def _truth(cell: str) -> bool:
    if cell not in ("yes", "no"):
        raise _Bad(f"{_shown(cell)} is neither yes nor no", "Write yes or no, or leave the cell empty if unknown")
    return cell == "yes"


_PARSERS: dict[str, Callable[[str], Any]] = {
    "text": str,
    "date": _date,
    "whole number": _whole,
    "number": _number,
    "yes or no": _truth,
}


def _shown(value: str, *, quote: bool = True) -> str:
    cut = value if len(value) <= MAX_SHOWN else value[:MAX_SHOWN] + "…"
    return f"'{cut}'" if quote else cut
