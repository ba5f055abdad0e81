"""Worked examples for the OpenAPI document, answered from the release in use, so that they are never out of date."""

from __future__ import annotations

from typing import Any

import msgspec

from api.served import Served
from graph.paths import find_paths
from graph.questions import QuestionError, ask
from graph.reasons import reasons_of

DAY = "2026-11-26"

FIRST = 2
"""Paths and reasons that an example shows; the answer has all."""


def worked(at: Served) -> dict[str, Any]:
    """Path of a route → an answer to the example values of its parameters, cut short.

    Empty where the release does not know the States of the example.
    """
    try:
        question = ask(at.network, "FRA", "USA", "preservation", offence="csam-possession", on=DAY)
    except QuestionError:
        return {}
    answer = find_paths(at.book, question)
    told = msgspec.to_builtins(reasons_of(answer, None))
    told["why_not"] = told["why_not"][:FIRST]
    answer.paths, answer.why_not = answer.paths[:1], answer.why_not[:FIRST]
    return {"/v1/paths": msgspec.to_builtins(answer), "/v1/why-not": told}
