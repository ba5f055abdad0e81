"""Corrections laid over the tables, in the order in which they were published, before anything is made of the rows.

A row that a correction takes away or replaces is found by the cells that it had when the correction was proposed.
Where it says something else by now nothing is overwritten: the release is refused, and the place and the cure are
told. Where the tables say by themselves what the correction says, the correction is superfluous, which is a warning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from graph.curation.plain import is_plain
from graph.curation.proposal import Change, Correction
from ingest.curation.standing_rows import Standing, StandingRows, changed, differing, standing
from ingest.fields import WITH_OWN_ID, WITHOUT_SOURCE
from ingest.problems import Problem, nearest
from ingest.review.known import FILE as KNOWN_FINDINGS
from ingest.tables import Row, Table, read_cells

FOLDER = "curated"

CHANGED, GONE = "the row says something else by now", "the row is not there any more"


def label(proposal: str, table: str) -> str:
    """What the rows of a correction are called where tables are named, with the number of the change as their line."""
    return f"{FOLDER}/{proposal}/{table}"


class Overlay:
    """The tables with corrections over them.

    ``taken`` are rows that gave way, each with why. ``file_of`` leads from the name of a correction's rows to the
    table that they belong to. ``resolved`` are the changes of each correction with the row ``before`` filled in.
    ``outdated`` tells that a correction does not fit the tables any more.
    """

    def __init__(
        self, tables: Iterable[Table], paths: Mapping[str, Path], vocabulary: Mapping[str, frozenset[str]]
    ) -> None:
        self.problems: list[Problem] = []
        self.taken: list[tuple[Row, str]] = []
        self.file_of: dict[str, str] = {}
        self.resolved: dict[str, tuple[Change, ...]] = {}
        self.outdated = False
        self._tables = {table.file: table for table in tables}
        self._paths = paths
        self._vocabulary = vocabulary
        self._touched: dict[str, StandingRows] = {}
        self._own: dict[str, Table] = {}

    def lay(self, correction: Correction, *, new: bool) -> None:
        """Lay ``correction`` over what is there; of a ``new`` one nothing may be superfluous."""
        self.resolved[correction.proposal] = tuple(
            _Laying(self, correction.proposal, number, change, new).run()
            for number, change in enumerate(correction.changes, start=1)
        )

    def tables(self) -> list[Table]:
        """The tables without the rows that gave way, then the rows of each correction as tables of their own."""
        standing_now = {
            id(one.row) for rows in self._touched.values() for one in rows.rows
        }  # rows are told apart as objects: two may say the same
        kept = [
            table._replace(rows=[row for row in table.rows if id(row) in standing_now])
            if file in self._touched
            else table
            for file, table in self._tables.items()
        ]
        own = [
            table._replace(rows=[row for row in table.rows if id(row) in standing_now]) for table in self._own.values()
        ]
        return kept + own

    def rows(self, file: str) -> StandingRows | None:
        """The rows of the table ``file`` as they stand; ``None`` where there is no such table that can be read."""
        if file not in self._touched:
            table = self._tables.get(file)
            if table is None or table.record_type is None or table.unreadable:
                return None
            self._touched[file] = StandingRows(table, self._paths[file])
        return self._touched[file]

    def nearest_table(self, file: str) -> str | None:
        """The table whose name is most like ``file``."""
        return nearest(file, self._tables)

    def put(self, proposal: str, file: str, row: Row | None) -> None:
        """Count a row of a correction, read or refused."""
        name = label(proposal, file)
        self.file_of[name] = file
        held = self._own.get(name) or Table(name, self._tables[file].record_type, [], [])
        self._own[name] = held._replace(
            rows=[*held.rows, *([row] if row else [])],
            read=held.read + 1,
            refused=held.refused + (row is None),
        )

    def read(self, cells: dict[str, str], file: str, proposal: str, number: int) -> tuple[Row | None, list[Problem]]:
        """The row that ``cells`` are in the table ``file``."""
        record_type = self._tables[file].record_type
        assert record_type is not None  # noqa: S101 - only tables that could be read are changed
        return read_cells(cells, label(proposal, file), number, record_type, self._vocabulary)


class _Laying:
    """One change on its way into the tables."""

    def __init__(self, overlay: Overlay, proposal: str, number: int, change: Change, new: bool) -> None:
        self.overlay, self.proposal, self.number, self.change, self.new = overlay, proposal, number, change, new

    def run(self) -> Change:
        """Make the change, or tell why not; returns it with the row ``before`` filled in."""
        rows = self._rows()
        if rows is None:
            return self.change
        if self.change.action == "add":
            self._add(rows)
            return self.change
        target = self._target(rows)
        if target is None:
            return self.change
        if self.change.action == "withdraw":
            self._withdraw(rows, target)
        else:
            self._replace(rows, target)
        return msgspec.structs.replace(self.change, before=target.cells)

    def _rows(self) -> StandingRows | None:
        file = self.change.table
        if file == KNOWN_FINDINGS:
            self._wrong("this table holds no facts", "Name a table of facts; known findings are part of the program")
            return None
        rows = self.overlay.rows(file)
        if rows is None:
            near = self.overlay.nearest_table(file)
            cure = f"Did you mean {near}?" if near else "Tables are named <area>/<table>.csv"
            self._wrong(f"there is no table '{file[:60]}'", cure, "table")
            return None
        return rows

    def _add(self, rows: StandingRows) -> None:
        if self.change.id is not None or self.change.where:
            self._wrong("a row that is added names another row", "Leave id and where; cells go into row")
            return
        made = self._made(changed({}, self.change.row))
        if made is None:
            return
        if rows.like(made.cells):
            self._superfluous("the table has this very row already")
        elif type(made.row.record) in WITH_OWN_ID and any(one.id == made.id for one in rows.rows):
            self._outdated(f"'{made.id}' is already the id of a row of this table", "Replace that row instead", "id")
        else:
            self._put(rows, made)

    def _withdraw(self, rows: StandingRows, target: Standing) -> None:
        if self.change.row:
            self._wrong("a row that is withdrawn has cells of its own", "Leave row; id and where name what goes")
            return
        self._take(rows, target, "withdrawn")

    def _replace(self, rows: StandingRows, target: Standing) -> None:
        if not self.change.row:
            self._wrong("nothing is said of what the row becomes", "Write the cells that become others under row")
            return
        if type(target.row.record) not in WITHOUT_SOURCE and not self.change.row.get("source", "").strip():
            cure = "Name the source that states what the row says now, also where it is the same as before"
            self._wrong("the change names no source", cure, "source")
            return
        made = self._made(changed(target.cells, self.change.row))
        if made is None:
            return
        if made.cells == target.cells:
            self._superfluous("the row says this already")
            return
        self._take(rows, target, "replaced")
        self._put(rows, made)

    def _made(self, cells: dict[str, str]) -> Standing | None:
        """The row of ``cells``, or its problems."""
        for name, cell in cells.items():
            if not is_plain(cell):
                self._wrong("the cell holds a control character", "Write plain text", name)
                return None
        row, problems = self.overlay.read(cells, self.change.table, self.proposal, self.number)
        if row is None:
            for problem in problems:
                self._wrong(problem.message, problem.cure, problem.column)
            self.overlay.put(self.proposal, self.change.table, None)
            return None
        return standing(cells, row)

    def _put(self, rows: StandingRows, made: Standing) -> None:
        rows.rows.append(made)
        self.overlay.put(self.proposal, self.change.table, made.row)

    def _take(self, rows: StandingRows, target: Standing, how: str) -> None:
        rows.rows.remove(target)
        self.overlay.taken.append((target.row, f"{how} by {self.proposal}"))

    def _target(self, rows: StandingRows) -> Standing | None:
        """The row that the change is about."""
        change = self.change
        if change.id is None and not change.where:
            self._wrong("the change does not say which row it is about", "Name it by id, or by cells under where")
            return None
        found = rows.named(change.id, change.where)
        if change.before is not None:
            return self._as_before(rows, found, change.before)
        if len(found) == 1:
            return found[0]
        if found:
            others = ", ".join(differing(found)) or "nothing: two rows say the same, so withdraw one in the tables"
            cure = f"Say under where what only the one has; they differ in {others}"
            self._wrong(f"{len(found)} rows of the table are meant", cure, "id")
        else:
            near = rows.nearest(change.id) if change.id is not None else None
            cure = f"Did you mean {near}?" if near else "Name the record to which the row contributes, or its cells"
            self._wrong(f"the table has no row for {change.id or dict(change.where)}", cure, "id")
        return None

    def _as_before(self, rows: StandingRows, found: list[Standing], before: Mapping[str, str]) -> Standing | None:
        same = next((one for one in found if one.cells == before), None) or rows.like(before)
        if same is not None:
            return same
        if self.change.action == "replace" and rows.like(changed(before, self.change.row)):
            self._superfluous("the table says this by itself now")
        elif self.change.action == "withdraw" and not found:
            self._superfluous("the row is gone from the table by itself")
        elif found:
            told = _told(before, found[0].cells)
            self._outdated(f"{CHANGED}: {told}", "Look at both, and propose anew what still holds", "id")
        else:
            self._outdated(GONE, "See whether it is still needed, and propose anew what is", "id")
        return None

    def _superfluous(self, message: str) -> None:
        """Nothing is left to do: of a new proposal a fault, of a published one a warning."""
        if self.new:
            self._outdated(message, "Leave the change")
        else:
            cure = f"Withdraw the correction, which is not needed any more: comity proposals withdraw {self.proposal}"
            self._tell(message, cure, None, "warning")

    def _outdated(self, message: str, cure: str, column: str | None = None) -> None:
        """What the tables say does not fit the change (any more)."""
        self.overlay.outdated = True
        self._wrong(message, cure, column)

    def _wrong(self, message: str, cure: str, column: str | None = None) -> None:
        """The change cannot be made. One that was published could be: since then something else has changed."""
        if not self.new:
            self.overlay.outdated = True
            cure = f"{cure}; or let the correction go: comity proposals withdraw {self.proposal}"
        self._tell(message, cure, column, "error")

    def _tell(self, message: str, cure: str, column: str | None, severity: str) -> None:
        problem = Problem(
            file=label(self.proposal, self.change.table),
            row=self.number,
            column=column,
            message=message,
            cure=cure,
            severity="error" if severity == "error" else "warning",
        )
        self.overlay.problems.append(problem)


def _told(before: Mapping[str, str], cells: Mapping[str, str]) -> str:
    names = [name for name in dict.fromkeys((*before, *cells)) if before.get(name) != cells.get(name)]
    return ", ".join(f"{name} was '{before.get(name, '')}' and is '{cells.get(name, '')}'" for name in names[:4])
