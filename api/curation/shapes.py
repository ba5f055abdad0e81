"""Shapes of answers about proposals."""

from __future__ import annotations

import msgspec

from graph.curation.proposal import ProposalListed, ProposalTold, Trial


class ProposalsTold(msgspec.Struct, frozen=True, kw_only=True):
    """Proposals, the newest first; ``total`` counts those that are not listed too."""

    total: int
    items: list[ProposalListed]


SHAPES: tuple[type, ...] = (ProposalsTold, ProposalTold, Trial)
