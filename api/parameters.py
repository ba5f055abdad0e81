"""The parameters that several routes share, as the OpenAPI document tells them."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

MOST = 200
"""Characters that a name may have."""

From = Annotated[
    str,
    Query(
        alias="from",
        min_length=1,
        max_length=MOST,
        description="The State that asks: alpha-3, alpha-2 or numeric code, or a name in many languages.",
        examples=["FRA"],
    ),
]
To = Annotated[
    str,
    Query(min_length=1, max_length=MOST, description="The State that is asked, or `provider:NAME`.", examples=["USA"]),
]
Measure = Annotated[
    str,
    Query(
        min_length=1, max_length=MOST, description="What is asked for: a key of `/v1/vocabularies/measure`.",
        examples=["preservation"],
    ),
]  # fmt: skip
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
Urgent = Annotated[bool, Query(description="The request cannot wait.")]
Evidence = Annotated[bool, Query(description="The answer must serve as evidence.")]
Via = Annotated[
    str | None,
    Query(min_length=1, max_length=MOST, description="Only by this channel, such as `police`.", examples=["police"]),
]
Assume = Annotated[
    list[str] | None,
    Query(
        max_length=20,
        description="Answer as if this held, such as `BRA:cets-224:2027-01-01`; may be repeated.",
        examples=[["BRA:cets-224:2027-01-01"]],
    ),
]
Measures = Annotated[
    list[str] | None, Query(max_length=50, description="Only these measures; may be repeated. All if left.")
]
Explain = Annotated[bool, Query(description="Unfold articles, conditions, records and sources as a tree.")]
