"""Questions to the API. An answer is remembered for its release and day, and shared by all readers.

What comes back is never changed, so that one copy serves all. A run of a page is answered from one release: what it
looks up again and again, such as the names of States, it asks Streamlit's memory for only once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from queue import Empty, LifoQueue
from typing import Any, TypeVar

import streamlit as st

from api.client import Call, Comity, Refused, Result, concepts, listed, releases
from dashboard.serving import API
from dashboard.this_run import once

T = TypeVar("T")

DEFAULT_ADDRESS = "http://127.0.0.1:8000"

REMEMBERED = 512
PATIENCE = 4
"""How often a question that takes long is asked again."""
NOT_YET = 504
"""What the API answers while it still counts."""
PAGE_ROWS = 1000
RELEASE_CHECK_S = 10
"""Seconds after which a new release is noticed."""

State = dict[str, Any]


def address() -> str:
    """Where the API answers."""
    return os.environ.get(API, DEFAULT_ADDRESS)


@st.cache_resource
def _clients() -> LifoQueue[Comity]:
    return LifoQueue()


@contextmanager
def _client() -> Iterator[Comity]:
    """A client that nobody else uses meanwhile; its connection is kept for the next."""
    free = _clients()
    try:
        one = free.get_nowait()
    except Empty:
        one = Comity(address())
    try:
        yield one
    finally:
        free.put(one)


def release() -> str:
    """The release that the API answers from.

    Raises:
        Unreachable: nothing answers.
    """
    return once(("release",), _release)


@st.cache_resource(ttl=RELEASE_CHECK_S, show_spinner=False)
def _release() -> str:
    with _client() as one:
        return one.ask(releases()).release


def ask(call: Call[T]) -> T:
    """The answer to ``call``; raises as :meth:`api.client.Comity.ask`."""
    given = tuple(sorted((name, _fixed(value)) for name, value in call.parameters.items() if value is not None))
    found: T = _held(release(), date.today(), call.path, given, call)
    return found


def ask_patiently(call: Call[T]) -> T:
    """As :func:`ask`, for what may take longer than the API lets one request wait.

    The API goes on counting meanwhile, so that asking again finds the answer (``docs/api.md``).
    """
    for _ in range(PATIENCE):
        try:
            return ask(call)
        except Refused as error:
            if error.status != NOT_YET:
                raise
    return ask(call)


def file(call: Call[bytes]) -> bytes:
    """The file that ``call`` asks for; raises as :meth:`api.client.Comity.ask`. It is the API that remembers it."""
    with _client() as one:
        return one.ask(call)


@st.cache_resource(max_entries=REMEMBERED, show_spinner=False)
def _held(release_: str, today: date, path: str, given: tuple[Any, ...], _call: Call[Any]) -> Any:
    with _client() as one:
        return one.ask(_call)


def rows(what: str, **more: Any) -> tuple[State, ...]:
    """All rows of a list, page by page; remembered as answers are."""
    found: tuple[State, ...] = _rows(release(), what, tuple(sorted(more.items())))
    return found


@st.cache_resource(max_entries=16, show_spinner=False)
def _rows(release_: str, what: str, more: tuple[tuple[str, Any], ...]) -> tuple[State, ...]:
    with _client() as one:
        return tuple(one.rows(listed(what, limit=PAGE_ROWS, **dict(more))))


def sparql(query: str) -> Result:
    """The result of a query in SPARQL; raises as :meth:`api.client.Comity.sparql`."""
    found: Result = _result(release(), query)
    return found


@st.cache_resource(max_entries=64, show_spinner=False)
def _result(release_: str, query: str) -> Result:
    with _client() as one:
        return one.sparql(query)


def _fixed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def states() -> dict[str, State]:
    """All States and territories by alpha-3 code."""
    return _by(listed("states", limit=1000, fields="id,name,alpha2,kind,ipu_group"), "id")


def vocabulary(scheme: str) -> dict[str, State]:
    """The concepts of a vocabulary by key."""
    return _by(concepts(scheme, limit=1000, fields="key,label,definition"), "key")


def providers() -> dict[str, State]:
    """The service providers by id."""
    return _by(listed("providers", limit=1000, fields="id,name"), "id")


def organisations() -> dict[str, State]:
    """The organisations by id."""
    return _by(listed("organisations", limit=1000, fields="id,name,kind"), "id")


def instruments() -> dict[str, State]:
    """The instruments by id."""
    return _by(listed("instruments", limit=1000, fields="id,short_name,title,kind,subject,status,replaces"), "id")


def _by(call: Call[Any], key: str) -> dict[str, State]:
    return once((call.path, key), lambda: _indexed(release(), call.path, key, call))


@st.cache_resource(max_entries=REMEMBERED, show_spinner=False)
def _indexed(release_: str, path: str, key: str, _call: Call[Any]) -> dict[str, State]:
    return {row[key]: row for row in ask(_call).items}
