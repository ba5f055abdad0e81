"""Article numbers: which article a declaration or designation touches."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[0-9]+|[IVXLC]+")
_PARTS = re.compile(r"([0-9]+)|([^0-9]+)")


def covers(scope: str, article: str | None) -> bool:
    """Whether ``scope`` (as cited by a declaration) contains ``article``: ``16`` covers ``16(2)``, not ``160``.

    Ranges of paragraphs count by their first: ``18`` covers ``18(1)-(3)``.
    """
    if article is None:
        return False
    return article == scope or (article.startswith(scope) and article[len(scope)] in "(-; ")


def root(article: str) -> str:
    """The article without paragraphs: ``27(9)(a)`` gives ``27``; text without a number gives itself."""
    match = _NUMBER.match(article)
    return match[0] if match else article


def in_order(article: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts articles as they stand in the text: ``7`` before ``10``, ``27(2)`` before ``27(9)(a)``."""
    return tuple((int(number) if number else 0, words) for number, words in _PARTS.findall(article))
