"""Who asks, and what they may see. Deny by default: what is restricted is shown only to a role that is named here.

What each role may do stands in :mod:`api.identity.roles`. Every route that shows contacts of offices passes them
through :func:`shown`.
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from fastapi import Request

from api.identity.roles import ANONYMOUS as ANONYMOUS
from api.identity.roles import Caller as Caller
from graph.answers import Contact
from graph.model import Authority, Record

T = TypeVar("T")


async def caller(request: Request) -> Caller:
    """Who asks, as the gate (:mod:`api.identity.gate`) has found out; nobody known where there is none."""
    found: Caller = getattr(request.state, "caller", ANONYMOUS)
    return found


def shown(value: T, caller: Caller, restricted: frozenset[str]) -> T:
    """``value`` without the contacts that the caller may not see; ``restricted`` holds the ids of their offices.

    Structs, tuples, lists and dictionaries are searched for :class:`graph.answers.Contact`, and for the profile of an
    office, whose contact fields then go; ``value`` itself is left as it is. A contact that does not say whose it is
    is not shown either.
    """
    if not restricted or caller.sees_restricted:
        return value
    kept: T = _without(value, restricted)
    return kept


def visible(record: Record, caller: Caller, restricted: frozenset[str]) -> Record:
    """``record``, without its contact fields where it is an office whose contact the caller may not see."""
    if not isinstance(record, Authority) or record.id not in restricted or caller.sees_restricted:
        return record
    return msgspec.structs.replace(record, **dict.fromkeys(CONTACT_FIELDS))


CONTACT_FIELDS = ("address", "phone", "email", "website")
"""Fields of an office that say how it is reached."""


def _without(value: Any, restricted: frozenset[str]) -> Any:
    if isinstance(value, Contact):
        return None if value.office is None or value.office in restricted else value
    if isinstance(value, tuple | list):
        return type(value)(
            new for one in value if (new := _without(one, restricted)) is not None or not isinstance(one, Contact)
        )
    if isinstance(value, dict):
        kept = {key: _without(one, restricted) for key, one in value.items()}
        if kept.get("id") in restricted:
            kept |= {field: None for field in CONTACT_FIELDS if field in kept}
        return kept
    if isinstance(value, msgspec.Struct):
        changed = {name: _without(getattr(value, name), restricted) for name in value.__struct_fields__}
        return msgspec.structs.replace(value, **changed)
    return value
