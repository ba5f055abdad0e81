"""Searching by words: everything whose id or name is like what a person writes, the nearest first.

:mod:`graph.lookup` finds the one thing that is meant; this lists what may be meant. Names are folded once.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from graph.lookup import NAME_FIELDS, kind, names_of, things
from graph.model import Record, Source
from graph.network import Network
from graph.questions import folded

CLASSES = tuple(kind(cls) for cls in NAME_FIELDS if cls is not Source)
"""The classes of things that are searched."""

SAME, BEGINS, HOLDS = 100.0, 95.0, 90.0
"""Scores of a whole name or id, of one that begins so, and of one that has the words in a row; likeness stays below."""

LIKENESS = 75
"""Similarity (0 to 100) below which a name is no hit."""


class Hit(NamedTuple):
    """A thing that was found, by which of its names, and how near that is (100: the same)."""

    record: Record
    name: str
    score: float


class Names:
    """The names of all things of a network, ready to be searched."""

    def __init__(self, network: Network) -> None:
        self._rows: list[tuple[str, str, Record]] = []
        for record in things(network):
            if not isinstance(record, Source):
                self._rows += [(folded(name), name, record) for name in (record.id, *names_of(record))]
        self._folded = [row[0] for row in self._rows]

    def search(self, text: str, classes: Collection[str] = CLASSES) -> list[Hit]:
        """Things of ``classes`` with a name like ``text``, each once by its nearest name, the nearest first."""
        key = folded(text)
        if not key:
            return []
        best: dict[tuple[str, str], Hit] = {}
        for place, score in self._scored(key):
            _, name, record = self._rows[place]
            if kind(type(record)) in classes:
                held = best.get((kind(type(record)), record.id))
                if held is None or score > held.score:
                    best[kind(type(record)), record.id] = Hit(record, name, score)
        order = {name: place for place, name in enumerate(CLASSES)}
        return sorted(best.values(), key=lambda hit: (-hit.score, order[kind(type(hit.record))], hit.record.id))

    def _scored(self, key: str) -> list[tuple[int, float]]:
        from rapidfuzz import fuzz, process

        found: list[tuple[int, float]] = []
        for place, name in enumerate(self._folded):
            if name == key:
                found.append((place, SAME))
            elif name.startswith(key):
                found.append((place, BEGINS))
            elif f" {key} " in f" {name} ":
                found.append((place, HOLDS))
        like = process.extract(key, self._folded, scorer=fuzz.WRatio, score_cutoff=LIKENESS, limit=200)
        return found + [(place, min(score, HOLDS - 1)) for _, score, place in like]
