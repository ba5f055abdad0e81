"""Which form of an answer a client gets: by ``?format=``, else by its ``Accept`` header (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import lru_cache

from fastapi import Query, Request

from api.problems import Problem, not_valid

JSON = "application/json"
JSON_LD = "application/ld+json"
CSV = "text/csv"
NDJSON = "application/x-ndjson"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = "text/html"

FORMATS = {"json": JSON, "jsonld": JSON_LD, "csv": CSV, "pdf": PDF, "docx": DOCX, "html": HTML}
"""What ``format`` may say."""


def offered(*media: str) -> Callable[..., Awaitable[str]]:
    """A dependency that chooses among ``media``, the first of which is given where the client does not mind."""
    names = {name: FORMATS[name] for name in FORMATS if FORMATS[name] in media}
    parameter = Query(
        default=None,
        description="The form of the answer; else the `Accept` header decides.",
        json_schema_extra={"enum": [*names, None]},
    )

    async def chosen(request: Request, format: str | None = parameter) -> str:
        if format is not None:
            if format not in names:
                raise not_valid("format", f"{format[:20]!r} is not offered here; choose from {', '.join(names)}")
            return names[format]
        return by_accept(request.headers.get("accept", "*/*"), media)

    return chosen


@lru_cache(maxsize=256)  # what clients send hardly differs
def by_accept(accept: str, media: tuple[str, ...]) -> str:
    """The offered type that the client likes best.

    Raises:
        Problem: it takes none of them (406).
    """
    wanted = [_range(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    best, liking = media[0], 0.0
    for one in media:
        said = _liking(one, wanted)
        if said > liking:
            best, liking = one, said
    if not liking:
        raise Problem(
            406,
            "not-acceptable",
            "Not offered in this form",
            f"header accept: this resource comes as {', '.join(media)}",
            offered=list(media),
        )
    return best


def _range(part: str) -> tuple[str, float]:
    """A media range and how much it is liked, 0 to 1; what cannot be read counts as 1."""
    name, *parameters = (piece.strip() for piece in part.split(";"))
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip().casefold() == "q":
            try:
                return name.casefold(), min(max(float(value), 0.0), 1.0)
            except ValueError:
                break
    return name.casefold(), 1.0


def _liking(media: str, wanted: list[tuple[str, float]]) -> float:
    """How much ``media`` is liked: the most specific range that covers it decides."""
    kind = media.partition("/")[0]
    for covering in (media, f"{kind}/*", "*/*"):
        said = [quality for name, quality in wanted if name == covering]
        if said:
            return max(said)
    return 0.0
