"""Shapes of answers about proposals."""

from __future__ import annotations

import msgspec

from graph.curation.proposal import ProposalListed, ProposalTold, Trial


class ProposalsTold(msgspec.Struct, frozen=True, kw_only=True):
    """Proposals, the newest first; ``total`` counts those that are not listed too.

    ``next`` is the path and query of those that follow; ``None`` where none do."""

    total: int
    items: list[ProposalListed]
    next: str | None


SHAPES: tuple[type, ...] = (ProposalsTold, ProposalTold, Trial)
