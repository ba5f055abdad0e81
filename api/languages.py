"""``lang``: the names of States in another language beside an answer. What records and sources say is not translated.

The names are those of Unicode CLDR. They stand in a field of their own, ``names``: nothing else of the answer changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from api.problems import not_valid
from graph.network import Network
from graph.questions import LANGUAGES, nearest

TAGS = tuple(language.replace("_", "-") for language in LANGUAGES)


def check(lang: str | None) -> str | None:
    """The language as one of :data:`TAGS`.

    Raises:
        Problem: it is none of them.
    """
    if lang is None:
        return None
    by_case = {tag.casefold(): tag for tag in TAGS}
    found = by_case.get(lang.casefold())
    if found is None:
        close = nearest(lang, TAGS)
        told = f"nearest: {', '.join(close)}" if close else f"choose from {', '.join(TAGS)}"
        raise not_valid("lang", f"no names in {lang[:20]!r}; {told}")
    return found


def load() -> None:
    """Read the names in all languages, which takes a moment for each."""
    for tag in TAGS:
        _names(tag)


def with_names(told: dict[str, Any], network: Network, lang: str) -> dict[str, Any]:
    """``told`` with ``names``: State id → name in ``lang``, for every State that it mentions by its id."""
    known = _names(lang)
    mentioned = {word for word in _words(told) if word in network.states}
    names = {
        state: name
        for state in sorted(mentioned)
        if (name := known.get(network.states[state].alpha2 or "")) is not None
    }
    return {**told, "lang": lang, "names": names}


@cache
def _names(lang: str) -> dict[str, str]:
    from babel import Locale

    return dict(Locale.parse(lang, sep="-").territories)


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from _words(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _words(one)
