"""``/v1/proposals``: sourced changes of facts, by curators alone; tried out, published by another, taken back."""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from starlette.responses import Response

from api import schemas
from api.curation.curators import Curator, named, record, same_hand
from api.curation.examples import REQUEST
from api.curation.process import Curation
from api.curation.refusals import kept, proposal_of
from api.curation.shapes import ProposalsTold
from api.negotiation import JSON
from api.problems import Problem, not_found, not_valid
from api.security import NEEDED
from api.served import ReleaseHolder, today
from graph.curation import store
from graph.curation.messages import Kind, Outcome, Task
from graph.curation.plain import is_reason
from graph.curation.proposal import (
    LONGEST_REASON,
    MOST_CHANGES,
    Change,
    Draft,
    Proposal,
    ProposalTold,
    State,
    Trial,
    digest,
    listed,
    new_id,
    state_of,
    told,
)

router = APIRouter(prefix="/v1/proposals", tags=["curation"], responses=schemas.for_curators())

USUAL, MOST = 50, 1000

Cells = dict[Annotated[str, Field(min_length=1, max_length=100)], str]


def _reason(text: str) -> str:
    if not is_reason(text):
        raise ValueError("say in plain words why the facts change")
    return text


class ChangeProposed(BaseModel):
    """One row of one table. Cells are written as in the tables: lists with semicolons, `yes` and `no`."""

    model_config = ConfigDict(extra="forbid")

    table: Annotated[str, Field(min_length=1, max_length=200, description="`<area>/<table>.csv`")]
    action: Literal["add", "replace", "withdraw"]
    id: Annotated[
        str | None, Field(min_length=1, max_length=500, description="The record to which the row contributes.")
    ] = None
    where: Annotated[Cells, Field(description="Cells that only this row has, where several contribute.")] = {}
    row: Annotated[
        Cells, Field(description="All cells of a row that is added; of one replaced those that change.")
    ] = {}


class Proposed(BaseModel):
    """A proposal: changes of rows and the reason for them, in words."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [REQUEST]})

    reason: Annotated[str, Field(min_length=1, max_length=LONGEST_REASON), AfterValidator(_reason)]
    changes: Annotated[list[ChangeProposed], Field(min_length=1, max_length=MOST_CHANGES)]

    def draft(self) -> Draft:
        """The same for the rooms below."""
        changes = tuple(Change(**one.model_dump()) for one in self.changes)
        return Draft(reason=self.reason, changes=changes)


Name = Annotated[str, Path(min_length=1, max_length=64, description="The proposal, such as `p-0123456789ab`.")]


def curation_of(request: Request) -> Curation:
    """What does the work."""
    held: Curation = request.app.state.curation
    return held


Works = Annotated[Curation, Depends(curation_of)]


@router.post(
    "",
    status_code=201,
    summary="Propose a change of facts",
    responses=schemas.proposed(),
    openapi_extra=NEEDED,
)
async def propose(
    request: Request,
    who: Curator,
    works: Works,
    proposed: Proposed,
    dry_run: Annotated[bool, Query(description="Only check, and tell what would change; nothing is kept.")] = False,
) -> Response:
    """Checked as a build would check it, and compared with the release in use. All that is wrong is told at once.

    201 with the place of the proposal, which waits to be published; 200 with what would change for a dry run.
    """
    draft, name = proposed.draft(), new_id()
    proposal = proposal_of(await _done(request, works, "try", name, named(who), draft))
    if dry_run:
        return _answer(Trial(base=proposal.base, changes=proposal.changes, effect=proposal.effect))
    await record(request, who, f"propose {name}, SHA-256 {digest(proposal)}")
    await asyncio.to_thread(kept, works.data_dir, proposal)
    return _answer(told(proposal, ()), 201, Location=f"{router.prefix}/{name}")


@router.get(
    "", summary="List proposals", responses=schemas.now(ProposalsTold, "The newest first."), openapi_extra=NEEDED
)
async def proposals(
    who: Curator,
    works: Works,
    state: Annotated[State | None, Query(description="Only those in this state.")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST, description="At most so many, the newest.")] = USUAL,
    before: Annotated[
        str | None, Query(min_length=1, max_length=64, description="Only those that stand below this one in the list.")
    ] = None,
) -> Response:
    """What was proposed, by whom, and what has become of it. `next` is the place of those that follow.

    No cursor, since a list that grows at its head has no page to hold to: what is new never moves what stands below.
    """
    held = store.corrections(works.data_dir)
    found = [listed(one, held) for one in await asyncio.to_thread(store.proposals, works.data_dir)]
    names = [one.id for one in found]
    if before is not None and before not in names:
        raise not_valid("before", f"there is no proposal {before!r}: take the id of one that is listed")
    below = found[names.index(before) + 1 :] if before is not None else found
    wanted, following = ([one for one in part if state in (None, one.state)] for part in (found, below))
    items, following_place = following[:limit], None
    if len(following) > limit:
        narrowed = {} if state is None else {"state": state}
        following_place = f"{router.prefix}?{urlencode({**narrowed, 'limit': limit, 'before': items[-1].id})}"
    return _answer(ProposalsTold(total=len(wanted), items=items, next=following_place))


@router.get(
    "/{id}", summary="Show a proposal", responses=schemas.now(ProposalTold, "The proposal."), openapi_extra=NEEDED
)
async def proposal(who: Curator, works: Works, id: Name) -> Response:
    """Its changes, each with the row as it was, what differs by them, and what the review finds of it."""
    return _answer(told(_named(works, id), store.corrections(works.data_dir)))


@router.post(
    "/{id}/publish",
    summary="Publish a proposal",
    responses=schemas.now(ProposalTold, "It is in use."),
    openapi_extra=NEEDED,
)
async def publish(request: Request, who: Curator, works: Works, id: Name) -> Response:
    """The release is built with it and comes into use. Rows that have changed since are left as they are (409).

    By another curator than the one who proposed it, unless the settings say otherwise (`four_eyes`).
    """
    known = _named(works, id)
    state = state_of(known, store.corrections(works.data_dir))
    if state != "open":
        raise Problem(409, "wrong-state", "Not in this state", f"proposal {id} is {state} already")
    if request.app.state.settings.four_eyes and same_hand(works.data_dir, named(who), known.proposed.by):
        detail = f"proposal {id} is your own: four eyes see more than two, so that another curator has to publish it"
        raise Problem(403, "four-eyes", "By another curator", detail)
    await record(request, who, f"publish {id}, SHA-256 {digest(known)}")
    return await _in_use(request, works, await _done(request, works, "publish", id, named(who)))


@router.post(
    "/{id}/withdraw",
    summary="Withdraw a proposal",
    responses=schemas.now(ProposalTold, "It is withdrawn."),
    openapi_extra=NEEDED,
)
async def withdraw(request: Request, who: Curator, works: Works, id: Name) -> Response:
    """An open one is not to be published any more. A published one is taken back: the release is built without it."""
    known = _named(works, id)
    await record(request, who, f"withdraw {id}, SHA-256 {digest(known)}")
    return await _in_use(request, works, await _done(request, works, "withdraw", id, named(who)))


async def _done(
    request: Request, works: Curation, kind: Kind, name: str, by: str, draft: Draft | None = None
) -> Outcome:
    task = Task(
        kind=kind,
        data_dir=str(works.data_dir),
        facts_dir=works.facts_dir,
        proposal=name,
        by=by,
        on=today(request).isoformat(),
        draft=draft,
    )
    return await works.done(task)


async def _in_use(request: Request, works: Curation, outcome: Outcome) -> Response:
    """The proposal, once this process answers from the release that came of it; others follow by themselves."""
    done = proposal_of(outcome)
    holder: ReleaseHolder = request.app.state.releases
    await holder.look()
    return _answer(told(done, store.corrections(works.data_dir)))


def _named(works: Curation, name: str) -> Proposal:
    try:
        return store.proposal_named(works.data_dir, name)
    except store.NoProposal as error:
        raise not_found(str(error)) from None


def _answer(content: object, status: int = 200, **headers: str) -> Response:
    """An answer for this caller and this moment."""
    unkept = {"Cache-Control": "private, no-store", **headers}
    return Response(msgspec.json.encode(content), status, unkept, JSON)
