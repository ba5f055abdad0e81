"""What a server tells the process that tries out and publishes proposals, and what it is told back."""

from __future__ import annotations

from typing import Literal

import msgspec

from graph.curation.proposal import Draft, Fault, Proposal

Kind = Literal["try", "publish", "withdraw"]

Failure = Literal["refused", "outdated", "not-up-to-date", "wrong-state", "not-found", "busy", "failed"]
"""``refused``: there are faults. ``outdated``: the rows have changed since. ``not-up-to-date``: build first."""


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """What to do for ``by``: try ``draft`` out as ``proposal``, or publish or withdraw the one of that id.

    ``facts_dir`` is empty for the packaged tables; ``on`` is the ISO day of comparison.
    """

    kind: Kind
    data_dir: str
    facts_dir: str
    proposal: str
    by: str
    on: str
    draft: Draft | None = None


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it: the proposal as it is then, or why nothing was done."""

    proposal: Proposal | None = None
    failure: Failure | None = None
    detail: str = ""
    faults: tuple[Fault, ...] = ()
