"""Publishing a proposal, and taking it back: the release is built with it or without, and comes into use in one step.

Before the new release comes into use, the correction stands on the disk: whenever the process is killed, either the
old release is in use and the proposal is open, or the correction is there and the next build makes its release.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from graph.curation import store
from graph.curation.proposal import Correction, Proposal, Step, state_of
from ingest.build import Build, Progress
from ingest.curation.trial import ProposalRefused, refusal, up_to_date
from ingest.report import BuildRefused

WAIT_S = 120.0
"""Seconds that a publication waits for another one, or for a build, to end."""


class WrongState(RuntimeError):
    """What is asked cannot be done to a proposal in its state; one line."""


def publish(data_dir: Path, facts_dir: Path, name: str, by: str, progress: Progress | None = None) -> Proposal:
    """Publish the proposal ``name`` for ``by``; returns it as it is then.

    Raises:
        WrongState: it is not open.
        ProposalRefused: it does not fit what the tables say by now, or another correction.
        NotUpToDate: the release in use is not that of the tables.
        Busy: others build or publish for too long.
        NoProposal, NoRelease, CurationBroken, OSError: as their names say; nothing has changed.
    """
    with store.alone(data_dir, WAIT_S):
        held = store.corrections(data_dir)
        proposal = store.proposal_named(data_dir, name)
        state = state_of(proposal, held)
        if state != "open":
            raise WrongState(f"proposal {name} is {state} already")
        up_to_date(data_dir, facts_dir, held)
        corrections = (*held, Correction(proposal=name, changes=proposal.changes))
        build = Build(facts_dir, corrections, progress, name)

        def published() -> Proposal:
            step = Step(at=store.now(), by=by, release=build.report.release)
            return msgspec.structs.replace(proposal, published=step)

        return _brought_into_use(data_dir, build, name, corrections, published)


def take_back(data_dir: Path, facts_dir: Path, name: str, by: str, progress: Progress | None = None) -> Proposal:
    """Withdraw the proposal ``name`` for ``by``; of a published one the release is built without it.

    Where no release can be built with it either, the correction goes and the release in use stays: then the step
    names no release.

    Raises:
        WrongState: it is withdrawn already.
        ProposalRefused: a later correction builds on it.
        Busy, NoProposal, CurationBroken, OSError: as :func:`publish`.
    """
    with store.alone(data_dir, WAIT_S):
        held = store.corrections(data_dir)
        proposal = store.proposal_named(data_dir, name)
        state = state_of(proposal, held)
        if state == "withdrawn":
            raise WrongState(f"proposal {name} is withdrawn already")
        if state == "open":
            withdrawn = msgspec.structs.replace(proposal, withdrawn=Step(at=store.now(), by=by))
            store.write_proposal(data_dir, withdrawn)
            return withdrawn
        corrections = tuple(one for one in held if one.proposal != name)
        build = Build(facts_dir, corrections, progress)

        def taken_back() -> Proposal:
            step = Step(at=store.now(), by=by, release=build.report.release)
            return msgspec.structs.replace(proposal, withdrawn=step)

        try:
            return _brought_into_use(data_dir, build, name, corrections, taken_back)
        except ProposalRefused:
            if _builds(facts_dir, held):
                raise
            # With it nothing can be built either, as when an upgrade has outdated several: this is the way out.
            withdrawn = msgspec.structs.replace(proposal, withdrawn=Step(at=store.now(), by=by))
            store.write_proposal(data_dir, withdrawn)
            store.write_corrections(data_dir, corrections)
            return withdrawn


def _brought_into_use(
    data_dir: Path, build: Build, name: str, corrections: Sequence[Correction], proposal: Callable[[], Proposal]
) -> Proposal:
    """Build the release; just before it comes into use, write ``proposal`` and then ``corrections``, which decide."""
    written: list[Proposal] = []

    def before_use() -> None:
        written.append(proposal())
        store.write_proposal(data_dir, written[0])
        store.write_corrections(data_dir, tuple(corrections))

    try:
        build.run(data_dir, before_use)
    except BuildRefused as refused:
        raise refusal(refused, name) from None
    return written[0]


def _builds(facts_dir: Path, corrections: tuple[Correction, ...]) -> bool:
    try:
        Build(facts_dir, corrections).made()
    except BuildRefused:
        return False
    return True
