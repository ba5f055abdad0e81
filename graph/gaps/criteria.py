"""Which answers of a review make a gap, and which offences of national law answer to which criterion.

A criterion is decided by review findings and, where the mapping below names offences, by statutory provisions too.
The mapping follows the definitions of the vocabularies ``review-criterion`` and ``offence``. A criterion that asks for
more than an offence can prove (a definition, a power, a standard) is decided by findings alone, and provisions that
bear on it are only shown beside.
"""

from __future__ import annotations

from graph.criminalisation import CSAM_CONDUCTS, DECIDING_CRITERIA, UNSPECIFIED
from graph.network import Network

TECHNOLOGY = "technology-facilitated-offences"
"""Proved only by provisions that the record marks as specific to technology."""

PROVED_BY: dict[str, tuple[str, ...]] = {
    **DECIDING_CRITERIA,
    TECHNOLOGY: (*sorted(CSAM_CONDUCTS), "computer-generated-csam", "live-streaming", UNSPECIFIED),
    "isp-reporting": ("isp-reporting-duty",),
    "prohibition-of-child-trafficking": ("child-trafficking",),
}
"""Criterion → offences any of which satisfies it, by the definitions: to punish the breach of a duty to report is to
have the duty; to punish trafficking in children is to prohibit it."""

READ_WITH: dict[str, tuple[str, ...]] = {
    "csam-specific-law": tuple(sorted(CSAM_CONDUCTS)),
    "csam-defined": tuple(sorted(CSAM_CONDUCTS)),
    "grooming-without-intent-to-meet": ("grooming",),
    "grooming-for-commercial-exploitation": ("grooming", "child-prostitution"),
    "prohibition-of-child-trafficking-meets-international-standard": ("child-trafficking",),
    "prohibition-of-commercial-sexual-exploitation-of-children": ("child-prostitution", "performances"),
    "prohibition-of-commercial-sexual-exploitation-of-children-meets-international-standard": (
        "child-prostitution",
        "performances",
    ),
    "takedown-duty": ("isp-reporting-duty",),
    "legal-gap-child-prostitution": ("child-prostitution",),
    "legal-gap-pornographic-performances": ("performances",),
    "legal-gap-use-in-pornography": ("csam-production",),
    "legal-gap-commercial-sexual-exploitation": ("child-prostitution", "performances", "csam-production"),
}
"""Criterion → offences whose provisions are shown beside it and decide nothing: a general law on obscenity can carry
the offence without being specific, and a review can name a gap in a law that exists."""

QUANTITIES = frozenset({"age-of-consent", "csam-maximum-penalty-years", "csam-minimum-penalty-years"})
"""Criteria that are answered by a number of years: shown, never judged."""

GAP_WHERE_YES = "legal-gap-"
"""Criteria with this beginning name a gap by a yes; what no review names is no record, never "no gap"."""


def label(network: Network, criterion: str) -> str:
    """The label of a criterion, turned where a yes names a gap, so that to satisfy it is always good."""
    told = network.label("review-criterion", criterion)
    return f"no {told}" if criterion.startswith(GAP_WHERE_YES) else told


def criteria(network: Network) -> tuple[str, ...]:
    """Keys of the criteria that can be met or missed, in the order of the vocabulary's records."""
    return tuple(
        concept.key
        for concept in network.records.concepts
        if concept.scheme == "review-criterion" and concept.key not in QUANTITIES
    )


def offences(network: Network) -> tuple[str, ...]:
    """Keys of the offences; that a source left the conduct open is no offence of its own."""
    return tuple(
        concept.key
        for concept in network.records.concepts
        if concept.scheme == "offence" and concept.key != UNSPECIFIED
    )
