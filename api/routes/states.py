"""``/v1/states``: what is on record about States; their gaps, next steps, and how to ask them."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Depends, Path, Query
from starlette.responses import Response

from api import schemas
from api.asking import Ask, Asking
from api.fields import Fields
from api.listing import existing, listed, told
from api.negotiation import CSV, JSON, JSON_LD, offered
from api.pages import Page, page
from api.parameters import MOST, Assume, Measures, Offence, On
from graph.gaps.report import GapReport
from graph.how_to_ask import Card, card
from graph.lookup import resolve_instrument
from graph.model import (
    Authority,
    Declaration,
    Establishment,
    Membership,
    ReviewFinding,
    State,
    Statute,
    StatutoryOffence,
)
from graph.next_steps import MOST_STEPS
from graph.next_steps.answer import NextSteps
from graph.questions import resolve_concept, resolve_day, resolve_state
from graph.what_if import assume as lay

router = APIRouter(prefix="/v1/states", tags=["states"])

Iso3 = Annotated[
    str,
    Path(
        min_length=1,
        max_length=MOST,
        description="The State: alpha-3, alpha-2 or numeric code, or a name.",
        examples=["GHA"],
    ),
]

PROFILE = schemas.profile(
    State,
    memberships=schemas.rows(Membership),
    instruments={"type": "array", "items": {"type": "object"}},
    authorities=schemas.rows(Authority),
    declarations=schemas.rows(Declaration),
    statutes=schemas.rows(Statute),
    offences=schemas.rows(StatutoryOffence),
    review_findings=schemas.rows(ReviewFinding),
    establishments=schemas.rows(Establishment),
)


@router.get(
    "",
    summary="List States",
    responses=schemas.ok(schemas.listed(schemas.row(State)), "A page of States.", JSON, JSON_LD, CSV),
)
async def states(
    ask: Ask,
    part: Annotated[Page, Depends(page)],
    media: Annotated[str, Depends(offered(JSON, JSON_LD, CSV))],
    kind: Annotated[str | None, Query(max_length=MOST, description="A key of `/v1/vocabularies/state-kind`.")] = None,
    ipu_group: Annotated[
        str | None, Query(max_length=MOST, description="A group of the Inter-Parliamentary Union, such as `grulac`.")
    ] = None,
    fields: Fields = None,
) -> Response:
    """States and territories by ISO 3166-1 code, Kosovo and the European Union."""
    wanted = resolve_concept(ask.network, "state-kind", kind) if kind is not None else None
    found = [
        state
        for state in ask.network.records.states
        if wanted in (None, state.kind) and (ipu_group is None or ipu_group in (state.ipu_group or "").split(";"))
    ]
    return listed(ask, State, found, part, fields, media)


@router.get(
    "/{iso3}",
    summary="Everything on record about a State",
    responses=schemas.ok(PROFILE, "The State and what is on record about it.", JSON, JSON_LD),
)
async def state(
    ask: Ask,
    iso3: Iso3,
    media: Annotated[str, Depends(offered(JSON, JSON_LD))],
    on: On = None,
    fields: Fields = None,
) -> Response:
    """Its treaties with their standing on the day, memberships, offices, laws and what reviews found."""
    return await told(ask, ask.network.states[state_of(ask, iso3)], on, fields, media)


@router.get(
    "/{iso3}/gaps",
    summary="The gaps of a State, and who closed them",
    responses=schemas.ok(schemas.of(GapReport), "The gaps."),
)
async def gaps(
    ask: Ask,
    iso3: Iso3,
    on: On = None,
    topic: Annotated[Literal["treaties", "legislation", "all"], Query(description="What to look for.")] = "all",
    limit: Annotated[int, Query(ge=1, le=200, description="States of good practice for each gap.")] = 3,
    only: Annotated[str | None, Query(max_length=MOST, description="One criterion or offence.")] = None,
    worth: Annotated[bool, Query(description="Count the paths that joining each treaty opens; takes seconds.")] = False,
) -> Response:
    """Where its treaties and laws have gaps, and which States closed each, the nearest first."""
    place, day = state_of(ask, iso3), resolve_day(on, ask.today)

    def work() -> bytes:
        from graph.gaps.report import gaps as reported
        from graph.gaps.worth import worth_by_coverage

        valued = worth_by_coverage(ask.at.book, day) if worth else None
        return msgspec.json.encode(reported(ask.network, place, day, topic, limit, only, valued))

    return await ask.in_time(work)


@router.get(
    "/{iso3}/next-step",
    summary="Which ratification or reform gains a State most",
    responses=schemas.ok(schemas.of(NextSteps), "The steps, the best first."),
)
async def next_step(
    ask: Ask,
    iso3: Iso3,
    on: On = None,
    steps: Annotated[int, Query(ge=1, le=MOST_STEPS, description="The most steps in a set.")] = 1,
    measure: Measures = None,
    offence: Offence = None,
    reforms: Annotated[bool, Query(description="Count too what a reform would change; takes seconds.")] = False,
    all_: Annotated[
        bool, Query(alias="all", description="Rank also treaties of which it is not on record who may join.")
    ] = False,
    assume: Assume = None,
) -> Response:
    """Exact counts over the coverage of the day: what each step would open for the State."""
    place = state_of(ask, iso3)
    keys = list(dict.fromkeys(resolve_concept(ask.network, "measure", one) for one in measure or ())) or None
    conduct = resolve_concept(ask.network, "offence", offence) if offence is not None else None

    def work() -> bytes:
        from graph.coverage.supposed import day_to_count, supposed
        from graph.next_steps.answer import next_steps

        overlay = lay(ask.at.book, assume or ())
        planner, day = supposed(ask.at.planner, overlay), day_to_count(overlay, on, ask.today)
        return msgspec.json.encode(next_steps(planner, place, day, steps, keys, conduct, reforms, all_))

    return await ask.in_time(work)


@router.get(
    "/{iso3}/card", summary="How to ask a State, on one page", responses=schemas.ok(schemas.of(Card), "The card.")
)
async def card_of(
    ask: Ask,
    iso3: Iso3,
    on: On = None,
    measure: Annotated[str | None, Query(max_length=MOST, description="What is asked for; any if left.")] = None,
    instrument: Annotated[str | None, Query(max_length=MOST, description="Only this instrument.")] = None,
) -> Response:
    """Its offices, ways in, languages, demands and limits, as far as on record."""
    place, day = state_of(ask, iso3), resolve_day(on, ask.today)
    key = resolve_concept(ask.network, "measure", measure) if measure is not None else None
    treaty = resolve_instrument(ask.network, instrument) if instrument is not None else None
    return ask.at_once(lambda: msgspec.json.encode(card(ask.at.book, place, day, key, treaty)))


def state_of(ask: Asking, text: str) -> str:
    """Id of the State in the path; unknown names are not found."""
    found: str = existing(lambda: resolve_state(ask.network, text))
    return found
