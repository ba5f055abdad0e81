"""How a record is named where it may be of any class: in conflicts, and as the facts behind a condition."""

from __future__ import annotations

import re

from graph.model import Record
from graph.records import RECORD_TYPES

_SEGMENTS = {cls: re.sub(r"(?<=[a-z])(?=[A-Z])", "-", cls.__name__).lower() for cls in RECORD_TYPES}
"""The segment of the IRIs of each class, as in the ontology."""


def reference(record: Record) -> str:
    """``<class segment>/<id>``, for example ``participation/cets-185/FRA``."""
    return f"{_SEGMENTS[type(record)]}/{record.id}"
