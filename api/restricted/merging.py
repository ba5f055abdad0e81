"""Restricted contacts put into a finished public answer.

The answer is JSON as every other caller would get it. An office in it is an object with ``id``, ``name`` and ``kind``
(an end of a leg, an authority, an office of a card); it gains ``restricted_contacts``, and nothing else changes. So
whatever works an answer out never sees one, and cannot count, cache, search or export it.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import msgspec

from graph.dates import span
from graph.offices import STALE_AFTER_DAYS
from graph.restricted import RestrictedContact, RestrictedContacts

MEMBER = "restricted_contacts"

DISCLOSING = ("/v1/paths", "/v1/authorities", "/v1/states")
"""The resources in which liaisons find them, with what lies below; no other."""


class Merged(NamedTuple):
    """The answer with the contacts, and the ids of those that it now shows, each once."""

    content: bytes
    shown: tuple[str, ...]


def discloses(path: str) -> bool:
    """Whether restricted contacts are put into the answers at ``path``."""
    return any(path == place or path.startswith(f"{place}/") for place in DISCLOSING)


def merged(content: bytes, contacts: RestrictedContacts, today: date) -> Merged:
    """The JSON ``content`` with the contacts of the offices in it, as old as they are ``today``."""
    answer = msgspec.json.decode(content)
    shown: dict[str, None] = {}
    _add(answer, contacts, shown, today)
    return Merged(msgspec.json.encode(answer), tuple(shown)) if shown else Merged(content, ())


def _add(value: Any, contacts: RestrictedContacts, shown: dict[str, None], today: date) -> None:
    if isinstance(value, list):
        for one in value:
            _add(one, contacts, shown, today)
    elif isinstance(value, dict):
        for one in value.values():
            _add(one, contacts, shown, today)
        if {"id", "name", "kind"} <= value.keys():
            found = contacts.of(*(_text(value.get(name)) for name in ("id", "state", "kind")))
            if found:
                shown |= {contact.id: None for contact in found}
                value[MEMBER] = [told(contact, today) for contact in found]


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def told(contact: RestrictedContact, today: date) -> dict[str, Any]:
    """A contact as answers tell it; ``stale`` as for public ones: what it says is older than a year."""
    fields: dict[str, Any] = msgspec.to_builtins(contact)
    stale = today.toordinal() - span(contact.as_of)[1] > STALE_AFTER_DAYS
    return {name: value for name, value in fields.items() if name not in ("authority", "state", "kind")} | {
        "stale": stale
    }
