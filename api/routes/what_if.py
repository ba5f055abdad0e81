"""``/v1/what-if``: the law as it is beside the law as it would be."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Query
from starlette.responses import Response

from api import schemas
from api.asking import Ask
from api.parameters import MOST, Measures, Offence
from graph.suppositions import Supposition, suppose

router = APIRouter(prefix="/v1", tags=["what if"])

MOST_PAIRS = 20_000
"""Ordered pairs of States that one question may compare."""


@router.get(
    "/what-if",
    summary="Compare the law with what it would be",
    responses=schemas.ok(schemas.of(Supposition), "What changes, pair by pair and measure by measure."),
)
async def what_if(
    ask: Ask,
    assume: Annotated[
        list[str],
        Query(
            min_length=1,
            max_length=20,
            description="What is assumed, such as `BRA:cets-224:2027-01-01`; may be repeated.",
            examples=[["BRA:cets-224:2027-01-01"]],
        ),
    ],
    from_: Annotated[
        str | None, Query(alias="from", max_length=MOST, description="The State that asks; else all that are touched.")
    ] = None,
    to: Annotated[str | None, Query(max_length=MOST, description="The State that is asked.")] = None,
    measure: Measures = None,
    offence: Offence = None,
    on: Annotated[
        str | None,
        Query(max_length=MOST, description="The day compared; the day the last assumption takes effect if left."),
    ] = None,
) -> Response:
    """A ratification, a withdrawal, a reform, a treaty like another: which paths it opens, closes or changes."""

    def work() -> bytes:
        return msgspec.json.encode(
            suppose(
                ask.at.book, assume, from_, to, measures=measure or (), offence=offence, on=on, most_pairs=MOST_PAIRS
            )
        )

    return await ask.in_time(work)
