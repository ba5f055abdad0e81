"""The rows of one table as they stand while corrections are laid over it: found by id, by cells, taken and put in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ingest.identity import row_id
from ingest.problems import nearest
from ingest.tables import Row, Table, raw_rows

_NUMBERED = (re.compile(r"(.+)/\d+"), re.compile(r"(.+/n)\d+"))
"""How an id of a record ends where several have the same beginning (see :func:`ingest.identity.numbered`)."""


class Standing(NamedTuple):
    """A row: its cells that are not empty, the record that it states, and the id of that."""

    cells: dict[str, str]
    row: Row
    id: str


class StandingRows:
    """The rows of a table that was read, to be changed by corrections one after the other."""

    def __init__(self, table: Table, path: Path) -> None:
        self.table = table
        header, lines = raw_rows(path)
        cells = {line: _filled(dict(zip(header, found, strict=False))) for line, found in lines}
        self.rows = [standing(cells[row.line], row) for row in table.rows]

    def named(self, id: str | None, where: Mapping[str, str]) -> list[Standing]:
        """The rows that contribute to the record ``id`` and hold the cells ``where``."""
        held = [one for one in self.rows if _holds(one, where)]
        if id is None:
            return held
        exact = [one for one in held if one.id == id]
        if exact:
            return exact
        stems = {found[1] for pattern in _NUMBERED if (found := pattern.fullmatch(id))}
        return [one for one in held if one.id in stems]

    def like(self, cells: Mapping[str, str]) -> Standing | None:
        """A row with exactly these cells."""
        return next((one for one in self.rows if one.cells == cells), None)

    def nearest(self, id: str) -> str | None:
        """The id of a row that is most like ``id``."""
        return nearest(id, {one.id for one in self.rows})


def standing(cells: dict[str, str], row: Row) -> Standing:
    """``row`` with the cells that it was read from."""
    return Standing(cells, row, row_id(row.record))


def changed(before: Mapping[str, str], cells: Mapping[str, str]) -> dict[str, str]:
    """The cells ``before`` with those of ``cells`` in their place; an empty one empties."""
    return _filled({**before, **cells})


def differing(rows: Sequence[Standing]) -> list[str]:
    """Columns in which ``rows`` differ: those by which one of them can be named."""
    names = dict.fromkeys(name for one in rows for name in one.cells)
    return [name for name in names if len({one.cells.get(name) for one in rows}) > 1]


def _filled(cells: Mapping[str, str]) -> dict[str, str]:
    return {name: cell.strip() for name, cell in cells.items() if cell.strip()}


def _holds(one: Standing, where: Mapping[str, str]) -> bool:
    return all(one.cells.get(name, "") == cell.strip() for name, cell in where.items())
