"""The parameters that several routes share, as the OpenAPI document tells them."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

MOST = 200
"""Characters that a name may have."""

Offence = Annotated[
    str | None,
    Query(
        min_length=1, max_length=MOST, description="The offence: a key of `/v1/vocabularies/offence`.",
        examples=["csam-possession"],
    ),
]  # fmt: skip
On = Annotated[
    str | None,
    Query(max_length=MOST, description="The day asked about, `YYYY-MM-DD`; today if left.", examples=["2026-11-26"]),
]
Assume = Annotated[
    list[str] | None,
    Query(
        max_length=20,
        description="Answer as if this held; may be repeated. The day, if left, is then that on which it takes effect.",
        examples=[["BRA:cets-224:2027-01-01"]],
    ),
]
Urgent = Annotated[bool, Query(description="The request cannot wait.")]
Evidence = Annotated[bool, Query(description="The answer must serve as evidence.")]
Measures = Annotated[
    list[str] | None, Query(max_length=50, description="Only these measures; may be repeated. All if left.")
]
