"""The English name of a language tag, for people who do not know the codes."""

from __future__ import annotations


def language_name(tag: str) -> str:
    """``German (deu)`` for ``deu``, ``French (fr)`` for ``fr``; the tag itself where it has no name."""
    import pycountry

    key = tag.split("-")[0].casefold()
    found = pycountry.languages.get(**{"alpha_2" if len(key) == 2 else "alpha_3": key})
    return f"{found.name} ({tag})" if found else tag
