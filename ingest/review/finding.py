"""The shape of the review: a rule, and what it meets in the records. Findings: :mod:`graph.review`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec

from graph.model import Record
from graph.review import Severity
from ingest.review.material import Material


class Hit(NamedTuple):
    """Records that a rule does not fit, the one to look at first in front, and what they say.

    ``severity`` where it is another than that of the rule; ``field`` where one field of the first record is at stake,
    so that only the sources of that field are named.
    """

    about: tuple[Record, ...]
    says: str
    severity: Severity | None = None
    field: str | None = None


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule of consistency: its key, what it demands, the law or convention behind it, and the check."""

    key: str
    severity: Severity
    demands: str
    source: str
    check: Callable[[Material], Iterator[Hit]]
