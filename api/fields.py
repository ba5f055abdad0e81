"""Only the fields that a client names: ``?fields=id,name``."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Annotated, Any

from fastapi import Query

from api.problems import not_valid
from graph.questions import nearest

Fields = Annotated[
    str | None,
    Query(max_length=1000, description="Only these fields, separated by commas.", examples=["id,name"]),
]


def named(fields: str | None, known: Collection[str]) -> tuple[str, ...] | None:
    """The names in ``fields``, in their order; ``None`` where all are wanted.

    Raises:
        Problem: one of them is not ``known``, or none is named.
    """
    if fields is None:
        return None
    names = tuple(dict.fromkeys(name.strip() for name in fields.split(",") if name.strip()))
    if not names:
        raise not_valid("fields", "name at least one field, such as id")
    for name in names:
        if name not in known:
            close = nearest(name, known)
            told = f"nearest: {', '.join(close)}" if close else f"valid: {', '.join(sorted(known))}"
            raise not_valid("fields", f"there is no field {name[:40]!r}; {told}")
    return names


def only(rows: Iterable[dict[str, Any]], names: tuple[str, ...] | None) -> list[dict[str, Any]]:
    """The rows with the fields ``names``; all where ``None``."""
    if names is None:
        return list(rows)
    return [{name: row[name] for name in names if name in row} for row in rows]
