"""What an outcome that is none says over HTTP. Of files and folders of the machine nothing is told."""

from __future__ import annotations

import logging
from pathlib import Path

from api.curation.process import busy
from api.problems import PartError, Problem
from graph.curation.messages import Outcome
from graph.curation.proposal import Fault, Proposal
from graph.curation.store import write_proposal

log = logging.getLogger("comity.api")


def proposal_of(outcome: Outcome) -> Proposal:
    """The proposal that came of it.

    Raises:
        Problem: nothing was done, and why.
    """
    if outcome.proposal is not None:
        return outcome.proposal
    if outcome.failure == "busy":
        raise busy()
    if outcome.failure == "not-up-to-date":
        detail = (
            "the release in use was not built from the tables, corrections and program that are here, so that nothing"
            " can be compared with it: have comity build run first"
        )
        raise Problem(409, "not-up-to-date", "The release is not up to date", detail)
    if outcome.failure == "wrong-state":
        raise Problem(409, "wrong-state", "Not in this state", outcome.detail)
    if outcome.failure == "not-found":
        raise Problem(404, "not-found", "Not on record", outcome.detail)
    if outcome.faults:
        raise _faulty(outcome.faults, 409 if outcome.failure == "outdated" else 422)
    log.error("%s", outcome.detail)
    raise _not_kept()


def kept(data_dir: Path, proposal: Proposal) -> None:
    """Keep ``proposal``.

    Raises:
        Problem: it cannot be written (503).
    """
    try:
        write_proposal(data_dir, proposal)
    except OSError as error:
        log.error("proposals cannot be written: %s", error.strerror)
        raise _not_kept() from None


def _not_kept() -> Problem:
    detail = "nothing was changed; the server's log says why"
    return Problem(503, "not-kept", "Not kept", detail, {"Retry-After": "60"})


def _faulty(faults: tuple[Fault, ...], status: int) -> Problem:
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    code, title = (
        ("outdated", "The facts have changed since") if status == 409 else ("not-valid", "The proposal cannot stand")
    )
    return Problem(status, code, title, f"{faults[0]}{more}", errors=[_part(fault) for fault in faults])


def _part(fault: Fault) -> PartError:
    """The fault with its place in the body; positions count from 0 there."""
    if fault.change is None:
        return PartError("body", "changes", str(fault))
    steps = ["changes", str(fault.change - 1)]
    if fault.column is not None:
        steps += [fault.column] if fault.column in ("table", "id") else ["row", fault.column]
    return PartError("body", ".".join(steps), f"{fault.message.rstrip('.')}. {fault.cure}")
