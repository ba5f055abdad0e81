"""When two codes name the same language: ``deu`` and ``de``.

Sources write languages with three letters (ISO 639-3) or as BCP 47 does, which takes the shortest code there is
(RFC 5646, section 2.2.1). ``languages.csv`` pairs the two, as ISO 639 does.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("languages.csv")


def shortest(code: str) -> str:
    """The BCP 47 code of the language that ``code`` names: ``de`` for ``deu``; a code that is the shortest stays."""
    return code if len(code) < 3 else _shorter().get(code, code)


@cache
def _shorter() -> dict[str, str]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["alpha3"]: row["alpha2"] for row in csv.DictReader(file)}
