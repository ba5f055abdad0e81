"""Article numbers: which article a declaration or designation touches."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[0-9]+|[IVXLC]+")


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
