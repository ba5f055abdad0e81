"""What one run of a page looks up again and again: worked out once and forgotten with the next run.

Streamlit runs the whole page for every choice. What its own memory and its state of a session hold takes a tenth of a
millisecond to look up, which is a lot for the names of two hundred States in three languages.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")

_KNOWN: ContextVar[dict[tuple[str, ...], Any] | None] = ContextVar("this_run", default=None)


def begin() -> None:
    """Begin the run of a page."""
    _KNOWN.set({})


def once(key: tuple[str, ...], look: Callable[[], T]) -> T:
    """What ``look`` returns; outside of a run it is asked each time."""
    known = _KNOWN.get()
    if known is None:
        return look()
    if key not in known:
        known[key] = look()
    found: T = known[key]
    return found
