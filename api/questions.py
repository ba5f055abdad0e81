"""From the parameters of a request to a question, with the parameter named where one is not valid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from api.problems import Problem, not_valid
from api.query import QuestionParameters
from graph.answers import Question
from graph.network import Network
from graph.questions import (
    PROVIDER_PREFIX,
    QuestionError,
    ask,
    resolve_concept,
    resolve_day,
    resolve_provider,
    resolve_state,
)


class Asked(NamedTuple):
    """A question as written; fields as in :func:`graph.questions.ask`."""

    from_: str
    to: str
    measure: str
    offence: str | None = None
    on: str | None = None
    urgent: bool = False
    evidence: bool = False
    via: str | None = None


def understood(network: Network, asked: Asked, today: date, place: str = "query") -> Question:
    """The question in ids and keys, on ``today`` where no day is named.

    Raises:
        Problem: a parameter is not valid (422); it is named, with the nearest valid values.
    """
    try:
        return ask(
            network,
            asked.from_,
            asked.to,
            asked.measure,
            offence=asked.offence,
            on=asked.on,
            urgent=asked.urgent,
            evidence=asked.evidence,
            via=asked.via,
            today=today,
        )
    except QuestionError as error:
        raise _named(network, asked, error, place) from None


def understood_as(network: Network, given: QuestionParameters, today: date) -> Question:
    """The question that the parameters ``given`` ask; raises as :func:`understood`."""
    asked = Asked(
        given.from_, given.to, given.measure, given.offence, given.on, given.urgent, given.evidence, given.via
    )
    return understood(network, asked, today)


def _named(network: Network, asked: Asked, error: QuestionError, place: str) -> Problem:
    """The problem, with the first parameter that is not valid by itself; ``to`` where they do not go together."""
    checks: tuple[tuple[str, str | None, Callable[[str], object]], ...] = (
        ("from", asked.from_, lambda text: resolve_state(network, text)),
        ("to", asked.to, lambda text: _asked_side(network, text)),
        ("measure", asked.measure, lambda text: resolve_concept(network, "measure", text)),
        ("offence", asked.offence, lambda text: resolve_concept(network, "offence", text)),
        ("on", asked.on, resolve_day),
        ("via", asked.via, lambda text: resolve_concept(network, "channel", text)),
    )
    for name, text, check in checks:
        if text is not None:
            try:
                check(text)
            except QuestionError as reason:
                return not_valid(name, str(reason), place)
    return not_valid("to", str(error), place)


def _asked_side(network: Network, text: str) -> str:
    of_provider = text.strip().casefold().startswith(PROVIDER_PREFIX)
    return resolve_provider(network, text) if of_provider else resolve_state(network, text)
