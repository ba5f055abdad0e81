"""Restricted contacts from an agency's own table: read as strictly as the fact tables, and kept apart from them.

Columns as the fields of :class:`graph.restricted.RestrictedContact`. A row must say whose contact it is, how that
office is reached, where it is from and for which day that speaks.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from graph.dates import span
from graph.records import Records
from graph.restricted import RestrictedContact
from ingest.concepts import keys_by_scheme
from ingest.problems import Problem, nearest, nearest_name
from ingest.tables import Row, Table, read_rows

WAYS = ("address", "phone", "email", "website")


def read_contacts(path: Path, records: Records, today: date) -> Table:
    """The contacts of the table at ``path``, for offices and States of ``records``, with every problem of its rows.

    Raises:
        OSError: the file cannot be read.
    """
    table = read_rows(path, path.name, RestrictedContact, keys_by_scheme(records.concepts))
    problems = [*table.problems]
    authorities = {held.id: held.name for held in records.authorities}
    states = {held.id: held.name for held in records.states}
    refused = 0
    for row in table.rows:
        found = _wrong(row, authorities, states, today)
        problems += found
        refused += bool(found)
    return table._replace(problems=sorted(problems, key=lambda one: one.row or 0), refused=table.refused + refused)


def _wrong(row: Row, authorities: dict[str, str], states: dict[str, str], today: date) -> list[Problem]:
    """What does not hold of a row."""
    contact = row.record
    assert isinstance(contact, RestrictedContact)  # noqa: S101
    found: list[Problem] = []

    def wrong(column: str, message: str, cure: str) -> None:
        found.append(Problem(file=row.file, row=row.line, column=column, message=message, cure=cure))

    if contact.authority is not None:
        if contact.state is not None or contact.kind is not None:
            wrong("authority", "the row names an office by its id and by State and kind", "Leave state and kind empty")
        if contact.authority not in authorities:
            near = nearest_name(contact.authority, authorities)
            cure = f"Did you mean {near}?" if near else "Name an authority on record, or state and kind instead"
            wrong("authority", f"'{contact.authority[:60]}' is no authority on record", cure)
    elif contact.state is None or contact.kind is None:
        wrong("authority", "the row does not say whose contact it is", "Fill in authority, or both state and kind")
    if contact.state is not None and contact.state not in states:
        near = nearest(contact.state, states)
        cure = f"Did you mean {near}?" if near else "Write the alpha-3 code of a State, such as FRA"
        wrong("state", f"'{contact.state[:60]}' is no State on record", cure)
    if not any(getattr(contact, way) for way in WAYS):
        wrong("phone", "the row does not say how the office is reached", f"Fill in one of {', '.join(WAYS)}")
    if contact.email is not None and ("@" not in contact.email or any(map(str.isspace, contact.email))):
        wrong("email", "the cell holds no e-mail address", "Write one address, such as desk@example.org")
    if span(contact.as_of)[0] > today.toordinal():
        wrong("as_of", f"{contact.as_of} has not come yet", "Write the day for which the source speaks")
    return found
