"""Paths decided inside the database: one Cypher program, put together from the parts in ``search/``.

The program takes questions and gives, for each, every path that holds, in the stated order: which instruments it needs,
which article carries it, through which channel, and each condition with its status. Each part names the functions of
:mod:`graph` whose rules it applies; ``tests/neo4j/test_engines_agree.py`` holds the two together. Never in here: words,
and reasons why something does not serve (see :mod:`graph.stores.neo4j.paths`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import msgspec
import neo4j

from graph.answers import Question
from graph.dates import MET, UNKNOWN, Tri

PARTS = ("asked", "standings", "law", "offers", "conditions", "networks", "providers", "order")
"""The parts of the program, in order."""


class Mark(NamedTuple):
    """A condition without its words."""

    code: str
    status: Tri
    party: str | None


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """A path as the database decides it; places in the order count from 1.

    ``needs`` are the instruments that it needs, ``carrier`` the id of the provision that carries the measure (of the
    network channel, for a path through a network; ``None`` towards a provider directly), ``opener`` that of the
    provision that opens the channel where it is another. ``establishment`` is the provider's, if one is asked.
    ``identity`` is that of :class:`graph.ranking.Candidate`.
    """

    identity: tuple[str, ...]
    place: int
    pareto: bool
    needs: tuple[str, ...]
    carrier: str | None
    article: str | None
    opener: str | None
    opener_article: str | None
    channel: str
    evidential_use: str
    deadline_days: float | None
    specificity: int
    offices: int
    open_questions: int
    by_consent: bool
    hub: str | None
    establishment: str | None
    conditions: tuple[Mark, ...]

    @property
    def status(self) -> Tri:
        """``met`` when every condition is, else ``unknown``."""
        return UNKNOWN if self.open_questions else MET


@cache
def program() -> str:
    """The whole Cypher text, always the same, so that the server plans it once."""
    folder = files("graph.stores.neo4j") / "search"
    return "\n".join((folder / f"{part}.cypher").read_text(encoding="utf-8") for part in PARTS)


def decide(tx: neo4j.ManagedTransaction, questions: Sequence[Question]) -> list[tuple[Decided, ...]]:
    """The paths of each question, best first. The questions must name known ids and keys."""
    if not questions:
        return []
    asked = [_asked(number, question) for number, question in enumerate(questions)]
    found: list[tuple[Decided, ...]] = [()] * len(asked)
    for row in tx.run(program(), batch={"questions": asked}):
        found[row["number"]] = tuple(_decided(place, path) for place, path in enumerate(row["paths"], start=1))
    return found


def _asked(number: int, question: Question) -> dict[str, Any]:
    if (question.requested is None) == (question.provider is None):
        raise ValueError("a question names a requested State or a provider")
    return {**msgspec.structs.asdict(question), "number": number, "on": date.fromisoformat(question.on)}


def _decided(place: int, row: dict[str, Any]) -> Decided:
    path = row["path"]
    return Decided(
        identity=tuple(path["identity"]),
        place=place,
        pareto=row["pareto"],
        needs=tuple(path["needs"]),
        carrier=path["carrier"],
        article=path["article"],
        opener=path["opener"],
        opener_article=path["openerArticle"],
        channel=path["channel"],
        evidential_use=path["evidentialUse"],
        deadline_days=path["deadlineDays"],
        specificity=path["specificity"],
        offices=path["offices"],
        open_questions=row["open"],
        by_consent=path["byConsent"],
        hub=path["hub"],
        establishment=row["establishment"],
        conditions=tuple(Mark(one["code"], one["status"], one["party"]) for one in path["conditions"]),
    )
