"""The same in a process of its own: a task comes in on standard input, the outcome goes out on standard output.

``python -m ingest.curation.process``; a server starts it, so that what takes seconds and memory happens beside it and
can be ended at any moment. What was changed by then is whole (:mod:`ingest.curation.publishing`).
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from graph.curation import store
from graph.curation.messages import Outcome, Task
from graph.curation.proposal import Proposal, Step, made
from graph.releases import BrokenRelease, Busy, NoRelease
from ingest.build import tables_in
from ingest.curation.publishing import WrongState, publish, take_back
from ingest.curation.trial import NotUpToDate, ProposalRefused, tried


def done(task: Task) -> Outcome:
    """Do ``task`` and tell what came of it; what is due to the input or the machine is told and not raised."""
    try:
        return Outcome(proposal=_proposal(task))
    except ProposalRefused as refused:
        return Outcome(failure="outdated" if refused.outdated else "refused", faults=refused.faults)
    except (NotUpToDate, NoRelease) as error:
        return Outcome(failure="not-up-to-date", detail=str(error))
    except WrongState as error:
        return Outcome(failure="wrong-state", detail=str(error))
    except store.NoProposal as error:
        return Outcome(failure="not-found", detail=str(error))
    except Busy as error:
        return Outcome(failure="busy", detail=str(error))
    except (BrokenRelease, store.CurationBroken, OSError) as error:
        return Outcome(failure="failed", detail=str(error))


def _proposal(task: Task) -> Proposal:
    data_dir = Path(task.data_dir)
    with tables_in(Path(task.facts_dir) if task.facts_dir else None) as facts_dir:
        if task.kind == "publish":
            return publish(data_dir, facts_dir, task.proposal, task.by)
        if task.kind == "withdraw":
            return take_back(data_dir, facts_dir, task.proposal, task.by)
        assert task.draft is not None  # noqa: S101 - a trial is of a draft
        trial = tried(data_dir, facts_dir, task.draft, task.proposal, task.on)
        return made(task.proposal, task.draft, trial, Step(at=store.now(), by=task.by))


if __name__ == "__main__":
    told = done(msgspec.json.decode(sys.stdin.buffer.read(), type=Task))
    sys.stdout.buffer.write(msgspec.json.encode(told))
