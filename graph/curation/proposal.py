"""A proposal: a sourced change of rows of the fact tables, the reason, what it would change, what became of it."""

from __future__ import annotations

import hashlib
import secrets
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from graph.changes import Changes
from graph.review import Finding

Action = Literal["add", "replace", "withdraw"]

State = Literal["open", "published", "withdrawn"]

MOST_CHANGES = 200
"""Changes that one proposal may hold: more than that nobody can review."""

LONGEST_REASON = 2000

Cells = dict[Annotated[str, Meta(min_length=1, max_length=100)], str]
"""Column → what stands in it, as in a table: dates as ``2026-10-01``, lists with semicolons, ``yes`` and ``no``."""


class Change(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One row of one table.

    ``table`` is ``<area>/<table>.csv``. ``id`` is that of the record to which the row contributes, as ``comity show``
    writes it; where several rows of the table contribute to it, ``where`` names cells that only the one has. ``row``:
    of ``add`` all cells; of ``replace`` those that become others (an empty text empties a cell), ``source`` among
    them. ``before``: all cells of the row when the proposal was made; it is found again by them, so that a row that
    has changed since is never overwritten.
    """

    table: Annotated[str, Meta(min_length=1, max_length=200)]
    action: Action
    id: Annotated[str, Meta(min_length=1, max_length=500)] | None = None
    where: Cells = {}
    row: Cells = {}
    before: Cells | None = None


class Draft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a curator writes: the changes and the reason for them, in words."""

    reason: Annotated[str, Meta(min_length=1, max_length=LONGEST_REASON)]
    changes: Annotated[tuple[Change, ...], Meta(min_length=1, max_length=MOST_CHANGES)]


class Fault(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why a proposal is refused. ``change`` counts its changes from 1; ``None`` where the fault shows elsewhere.

    ``file`` and ``row`` name the place in the tables where it is not in the proposal itself.
    """

    message: str
    cure: str
    change: int | None = None
    file: str | None = None
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        parts = [f"change {self.change}"] if self.change is not None else []
        parts += [self.file] if self.file is not None else []
        parts += [f"row {self.row}"] if self.row is not None else []
        parts += [f"column {self.column}"] if self.column is not None else []
        place = f"{', '.join(parts)}: " if parts else ""
        return f"{place}{self.message.rstrip('.')}. {self.cure}"


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """What a proposal changes on record, and what of it the review does not find fitting.

    ``findings`` are those that the release in use has not; ``settled`` counts those of it that would be gone.
    """

    changes: Changes
    findings: tuple[Finding, ...] = ()
    settled: int = 0


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """What came of trying a draft out against the release ``base``; nothing is kept of it."""

    base: str
    changes: tuple[Change, ...]
    effect: Effect


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """Something done to a proposal: when (UTC), by whom, and the release that came of it.

    ``by`` is ``key:`` and the prefix of an API key, ``oidc:`` and a subject, or ``user:`` and an account of the
    machine; never the name of a person.
    """

    at: str
    by: str
    release: str | None = None


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal that was sound when it was made, against the release ``base``."""

    id: str
    reason: str
    changes: tuple[Change, ...]
    base: str
    proposed: Step
    effect: Effect
    published: Step | None = None
    withdrawn: Step | None = None


class ProposalTold(Proposal, frozen=True, kw_only=True):
    """A proposal with what has become of it."""

    state: State


class ProposalListed(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal as lists show it; ``count`` is how many rows it changes, in ``tables``."""

    id: str
    state: State
    reason: str
    base: str
    count: int
    tables: tuple[str, ...]
    proposed: Step
    published: Step | None
    withdrawn: Step | None


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """A published proposal as the build reads it."""

    proposal: str
    changes: tuple[Change, ...]


def made(name: str, draft: Draft, trial: Trial, proposed: Step) -> Proposal:
    """The proposal ``name`` that ``draft`` becomes when its ``trial`` has found nothing against it."""
    return Proposal(
        id=name, reason=draft.reason, changes=trial.changes, base=trial.base, proposed=proposed, effect=trial.effect
    )


def digest(proposal: Proposal) -> str:
    """SHA-256 of reason and changes, by which entries of the audit trail name what was proposed and published."""
    said = [proposal.reason, proposal.changes]
    return hashlib.sha256(msgspec.json.encode(said, order="sorted")).hexdigest()


def new_id() -> str:
    """An id for a proposal, ``p-`` and twelve hexadecimal digits."""
    return f"p-{secrets.token_hex(6)}"


def told(proposal: Proposal, corrections: tuple[Correction, ...]) -> ProposalTold:
    """``proposal`` with its state; a step that was begun and did not come to its end is not told."""
    state = state_of(proposal, corrections)
    fields = msgspec.structs.asdict(proposal)
    if state == "open":
        fields["published"] = None
    if state == "published":
        fields["withdrawn"] = None
    return ProposalTold(**fields, state=state)


def listed(proposal: Proposal, corrections: tuple[Correction, ...]) -> ProposalListed:
    """``proposal`` as lists show it."""
    whole = told(proposal, corrections)
    return ProposalListed(
        id=whole.id,
        state=whole.state,
        reason=whole.reason,
        base=whole.base,
        count=len(whole.changes),
        tables=tuple(dict.fromkeys(change.table for change in whole.changes)),
        proposed=whole.proposed,
        published=whole.published,
        withdrawn=whole.withdrawn,
    )


def state_of(proposal: Proposal, corrections: tuple[Correction, ...]) -> State:
    """What has become of ``proposal``: only ``corrections`` decide whether it is published."""
    if any(one.proposal == proposal.id for one in corrections):
        return "published"
    return "withdrawn" if proposal.withdrawn is not None else "open"
