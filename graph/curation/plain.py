"""Texts that show what they hold: what a proposal says is read by others, in terminals and on pages."""

from __future__ import annotations

import unicodedata

_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the direction of writing, by which a text can look like another."""


def is_reason(text: str) -> bool:
    """Whether ``text`` gives a reason in plain words."""
    return bool(text.strip()) and is_plain(text)


def is_plain(text: str) -> bool:
    """Whether ``text`` holds no control characters but line ends and tabs, nothing that turns it, and no half signs."""
    return not any(
        sign in _TURNING or (unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t") for sign in text
    )
