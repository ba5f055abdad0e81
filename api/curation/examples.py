"""A proposal as it is sent and as it is answered, for the OpenAPI document. Made up, and marked as that."""

from __future__ import annotations

from typing import Any

import msgspec

from graph.changes import Changes, FieldChange, RecordChange
from graph.curation.proposal import Change, Effect, ProposalTold, Step

REQUEST: dict[str, Any] = {
    "reason": "Example: the depositary's chart of 3 November 2026 gives another day of ratification.",
    "changes": [
        {
            "table": "common/sources-added.csv",
            "action": "add",
            "row": {"url": "https://example.org/chart", "publisher": "coe-int", "as_of": "2026-11-03"},
        },
        {
            "table": "council-of-europe/participations.csv",
            "action": "replace",
            "id": "cets-185/FRA",
            "row": {"bound_on": "2006-01-11", "source": "https://example.org/chart"},
        },
    ],
}

_SOURCE = "example-org-c0ffee0000"
_BASE, _AFTER = "r-0123456789abcdef", "r-fedcba9876543210"

_ADDED = Change(
    table="common/sources-added.csv",
    action="add",
    row={"id": _SOURCE, "url": "https://example.org/chart", "publisher": "coe-int", "as_of": "2026-11-03"},
)
_REPLACED = Change(
    table="council-of-europe/participations.csv",
    action="replace",
    id="cets-185/FRA",
    row={"bound_on": "2006-01-11", "source": _SOURCE},
    before={"instrument": "cets-185", "party": "FRA", "standing": "party", "bound_on": "2006-01-10", "source": "chart"},
)
_EFFECT = Effect(
    changes=Changes(
        since=_BASE,
        until=_AFTER,
        on="2026-11-26",
        counts={"participation": {"changed": 1}},
        standings=(),
        records=(
            RecordChange(
                kind="changed",
                record_class="participation",
                id="cets-185/FRA",
                label="cets-185/FRA",
                fields=(FieldChange(field="bound_on", before="2006-01-10", after="2006-01-11"),),
            ),
        ),
    )
)

ANSWER: dict[str, Any] = msgspec.to_builtins(
    ProposalTold(
        id="p-0123456789ab",
        state="open",
        reason=REQUEST["reason"],
        changes=(_ADDED, _REPLACED),
        base=_BASE,
        proposed=Step(at="2026-11-26T14:30:20Z", by="key:1a2b3c4d"),
        effect=_EFFECT,
    )
)
