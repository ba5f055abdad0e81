"""Parameters read in one step, for the routes that are asked most: a struct says what they are, once.

FastAPI looks at every parameter by itself, which for the fourteen of a path question takes longer than the answer. Here
msgspec reads them all at once, and the OpenAPI document is written from the same struct.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints
from urllib.parse import parse_qsl

import msgspec
from fastapi import Request
from msgspec import Meta

from api.known import repeated, unknown
from api.problems import Problem, not_valid

T = TypeVar("T", bound=msgspec.Struct)

MOST = 200

Name = Annotated[str, Meta(min_length=1, max_length=MOST)]


class QuestionParameters(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """The parameters of a question about paths, and the release that it holds to."""

    from_: Annotated[
        Name, Meta(description="The State that asks: a code or a name in many languages.", examples=["FRA"])
    ]
    to: Annotated[Name, Meta(description="The State that is asked, or `provider:NAME`.", examples=["USA"])]
    measure: Annotated[
        Name, Meta(description="What is asked for: a key of `/v1/vocabularies/measure`.", examples=["preservation"])
    ]
    offence: Annotated[
        Name | None,
        Meta(description="The offence: a key of `/v1/vocabularies/offence`.", examples=["csam-possession"]),
    ] = None
    on: Annotated[
        Name | None, Meta(description="The day asked about, `YYYY-MM-DD`; today if left.", examples=["2026-11-26"])
    ] = None
    urgent: Annotated[bool, Meta(description="The request cannot wait.")] = False
    evidence: Annotated[bool, Meta(description="The answer must serve as evidence.")] = False
    via: Annotated[Name | None, Meta(description="Only by this channel.", examples=["police"])] = None
    release: Annotated[Name | None, Meta(description="Answer only from this release; otherwise the answer is 409.")] = (
        None
    )


class PathParameters(QuestionParameters, frozen=True, kw_only=True):
    """Those of a question whose answer can be supposed, explained and translated."""

    assume: Annotated[
        tuple[Name, ...],
        Meta(
            max_length=20,
            description="Answer as if this held; may be repeated.",
            examples=[["BRA:cets-224:2027-01-01"]],
        ),
    ] = ()
    explain: Annotated[bool, Meta(description="Unfold articles, conditions, records and sources as a tree.")] = False
    lang: Annotated[
        Name | None, Meta(description="Add the names of the States in this language as `names`.", examples=["fr"])
    ] = None


class PathsParameters(PathParameters, frozen=True, kw_only=True):
    """Those of ``/v1/paths``."""

    limit: Annotated[Annotated[int, Meta(ge=1, le=1000)] | None, Meta(description="List at most so many paths.")] = None
    format: Annotated[str | None, Meta(description="`json`, `jsonld` or `csv`; else the `Accept` header decides.")] = (
        None
    )


class DraftParameters(QuestionParameters, frozen=True, kw_only=True):
    """Those of ``/v1/paths/draft``."""

    rank: Annotated[int, Meta(ge=1, le=1000, description="Draft for the path of this rank.")] = 1
    format: Annotated[str | None, Meta(description="`docx` or `html`; else the `Accept` header decides.")] = None


class WhyNotParameters(PathParameters, frozen=True, kw_only=True):
    """Those of ``/v1/why-not``."""

    instrument: Annotated[Name | None, Meta(description="Only this instrument.", examples=["cets-224"])] = None


def read(request: Request, kind: type[T]) -> T:
    """The parameters of the request as ``kind``.

    Raises:
        Problem: one of them is missing or not valid.
    """
    given: dict[str, Any] = {}
    takes = _repeats(kind)
    for name, value in parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True):
        if name not in takes:
            raise unknown(name, takes)
        if takes[name]:
            given.setdefault(name, []).append(value)
        elif name in given:
            raise repeated(name)
        else:
            given[name] = value
    try:
        return msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        raise _problem(kind, given, str(error)) from None


def parameters_of(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """The entry ``openapi_extra`` of a route that takes the parameters ``kind``."""
    _, written = msgspec.json.schema_components([kind])
    told = written[kind.__name__]
    described = []
    for name, schema in told["properties"].items():
        kept = {key: value for key, value in schema.items() if key not in ("description", "examples")}
        described.append(
            {
                "name": name,
                "in": "query",
                "required": name in told.get("required", ()),
                "description": schema.get("description", ""),
                "schema": _without_default(kept),
                **({"example": schema["examples"][0]} if "examples" in schema else {}),
            }
        )
    return {"parameters": described}


def _without_default(schema: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key != "default" or (value is not None and value != ())}


@cache
def _repeats(kind: type[msgspec.Struct]) -> dict[str, bool]:
    """The parameters, and whether each may be repeated."""
    hints = get_type_hints(kind)
    return {field.encode_name: get_origin(hints[field.name]) is tuple for field in msgspec.structs.fields(kind)}


def _problem(kind: type[msgspec.Struct], given: dict[str, Any], said: str) -> Problem:
    """What is wrong, with the parameter named: that which is missing, or that which cannot be read by itself."""
    hints = get_type_hints(kind, include_extras=True)
    for field in msgspec.structs.fields(kind):
        name = field.encode_name
        if field.required and name not in given:
            return not_valid(name, "it is required")
        if name in given:
            try:
                msgspec.convert(given[name], hints[field.name], strict=False)
            except msgspec.ValidationError as error:
                return not_valid(name, f"{error}{_choice(hints[field.name])}")
    return not_valid("query", said)


def _choice(hint: Any) -> str:
    return ": write true or false" if bool in get_args(hint)[:1] else ""
