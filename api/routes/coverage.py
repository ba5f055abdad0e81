"""``/v1/coverage``: for what share of pairs of States the law on record provides a path, and since when."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from api import schemas
from api.asking import Ask
from api.negotiation import CSV, JSON, offered
from api.parameters import MOST, Evidence, Measures, Offence, On, Urgent
from api.shapes import Coverage
from api.tables import table
from graph.coverage.kinds import KINDS

router = APIRouter(prefix="/v1", tags=["coverage"])

Month = Annotated[
    str | None, Query(pattern=r"^[0-9]{4}-[0-9]{2}$", description="A month, `YYYY-MM`.", examples=["2007-01"])
]


@router.get(
    "/coverage",
    summary="For how many pairs of States there is a path",
    responses=schemas.ok(schemas.of(Coverage), "The figures.", JSON, CSV),
)
async def covered(
    ask: Ask,
    media: Annotated[str, Depends(offered(JSON, CSV))],
    state: Annotated[str | None, Query(max_length=MOST, description="Only pairs with this State.")] = None,
    measure: Measures = None,
    on: On = None,
    by: Annotated[
        str, Query(description="What the figures go by.", json_schema_extra={"enum": list(KINDS)})
    ] = "measure",
    series: Annotated[bool, Query(description="Month by month instead of one day.")] = False,
    first: Month = None,
    last: Month = None,
    offence: Offence = None,
    urgent: Urgent = False,
    evidence: Evidence = False,
) -> Response:
    """Provided by law as far as it is on record, which is not to say effective."""
    from graph.coverage.question import CoverageQuestion, coverage, lines

    question = CoverageQuestion(
        state=state,
        measures=tuple(measure or ()),
        on=on,
        by=by,
        series=series,
        first=first,
        last=last,
        offence=offence,
        urgent=urgent,
        evidence=evidence,
    )
    question.check()

    def work() -> bytes:
        told = coverage(ask.at.planner, question, ask.today)
        if media != CSV:
            return msgspec.json.encode(told)
        rows = lines(told["rows"])
        return table(rows, list(rows[0]) if rows else [])

    return await ask.in_time(work, media)
