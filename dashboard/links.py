"""What is chosen on a page, to and from its address, so that every view can be reopened and cited.

A page names its choices once; each is the value of a widget under the key that :func:`key` gives. The address is read
when it was changed by anything but this page (a link, the back button), and written after the widgets.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

import streamlit as st

from dashboard.texts import language, language_of_browser


class Choice(NamedTuple):
    """One choice. ``read`` turns the text of the address into a value, and raises ``ValueError`` where it is none."""

    name: str
    default: Any
    read: Callable[[str], Any] = str


def one_of(allowed: Sequence[str]) -> Callable[[str], str]:
    """Reads one of ``allowed``."""

    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError(text)
        return text

    return read


def yes(text: str) -> bool:
    """Reads what is yes or no."""
    return text in ("1", "true", "yes")


def key(page: str, name: str) -> str:
    """The key of the widget for a choice."""
    return f"{page}_{name}"


def read(page: str, choices: Sequence[Choice]) -> list[str]:
    """Bring the choices of ``page`` to what the address says, where it was changed from outside.

    Where a reader has just chosen something else in a widget the address is only late: the browser sends the one from
    before the last run when choices follow quickly.

    Returns the names of choices whose text in the address is not valid; they take their default.
    """
    given = {choice.name: st.query_params.get(choice.name) for choice in choices}
    written = st.session_state.get(_written(page))
    changed = written is None or (written != given and written == _told(page, choices))
    wrong = []
    for choice in choices:
        held = key(page, choice.name)
        if changed or held not in st.session_state:
            text, value = given[choice.name], choice.default
            if text is not None:
                try:
                    value = choice.read(text)
                except ValueError:
                    wrong.append(choice.name)
            st.session_state[held] = value
    return wrong


def write(page: str, choices: Sequence[Choice]) -> None:
    """Put the choices of ``page`` into the address, without those left at their default."""
    told = _told(page, choices)
    st.session_state[_written(page)] = told
    named = {name: text for name, text in told.items() if text is not None} | spoken()
    if st.query_params.to_dict() != named:
        st.query_params.from_dict(named)


def spoken() -> dict[str, str]:
    """The language as a part of an address; none where it is the browser's."""
    return {} if language() == language_of_browser() else {"lang": language()}


def to(page: str, **choices: str) -> str:
    """The address of a view of another page, beside this one."""
    return f"{page}?{urlencode(choices | spoken())}"


def here() -> str:
    """The whole address of the view as it stands, to cite."""
    told = urlencode(st.query_params.to_dict())
    return f"{(st.context.url or '').partition('?')[0]}{'?' if told else ''}{told}"


def _told(page: str, choices: Sequence[Choice]) -> dict[str, str | None]:
    """The choices as they stand in the widgets, in the words of an address."""
    return {choice.name: _text(st.session_state.get(key(page, choice.name)), choice.default) for choice in choices}


def _written(page: str) -> str:
    return f"{page}:address"


def _text(value: Any, default: Any) -> str | None:
    if value == default or value is None:
        return None
    if isinstance(value, bool):
        return "1" if value else "0"
    return value.isoformat() if isinstance(value, date) else str(value)
