"""What happened, and when: signature, consent, entry into force and end of a State's treaties, and its laws enacted.

Only what has a date on record is an event. A treaty without dates is in the list of treaties, not here.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from graph.answers import Cite
from graph.dates import span
from graph.gaps.treaties import SUBJECTS
from graph.network import Network

Kind = Literal["signed", "bound", "in-force", "ended", "enacted"]

KINDS: tuple[Kind, ...] = ("signed", "bound", "in-force", "ended", "enacted")
"""In the order in which they happen on one day."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One event. ``on`` is a partial date as the source gives it, ``about`` an instrument or statute (id).

    ``action``: by which act the State consented to be bound. ``derived``: the date of entry into force follows by the
    treaty's own rule. ``contested``: sources contradict each other.
    """

    on: str
    kind: Kind
    about: str
    name: str
    action: str | None = None
    derived: bool = False
    contested: bool = False
    sources: tuple[Cite, ...] = ()


def treaty_events(network: Network, state: str, until: str) -> tuple[Event, ...]:
    """The dated events of ``state`` up to the ISO day ``until``, the earliest first.

    Instruments of every kind (bilateral ones too) on :data:`graph.gaps.treaties.SUBJECTS`, less those that are limited
    to another field.
    """
    found: list[Event] = []
    for standing in network.standings(state).values():
        instrument, dates = standing.instrument, standing.dates
        if instrument.subject not in SUBJECTS or instrument.offence_scope == "other-field":
            continue
        said: tuple[tuple[Kind, str | None], ...] = (
            ("signed", dates.signed_on),
            ("bound", dates.bound_on),
            ("in-force", dates.in_force_on),
            ("ended", dates.ended_on),
        )
        found += [
            Event(
                on=on,
                kind=kind,
                about=instrument.id,
                name=instrument.short_name,
                action=dates.action if kind == "bound" else None,
                derived=kind == "in-force" and dates.basis == "derived",
                contested=dates.contested,
                sources=dates.sources,
            )
            for kind, on in said
            if on
        ]
    return _until(found, until)


def law_events(network: Network, state: str, until: str) -> tuple[Event, ...]:
    """The statutes of ``state`` on record that were enacted by the ISO day ``until``, the earliest first.

    When an older code was amended is not on record.
    """
    laws = [
        Event(on=held.enacted_on, kind="enacted", about=held.id, name=held.title, sources=network.cites(held.sources))
        for held in network.records.statutes
        if held.state == state and held.enacted_on
    ]
    return _until(laws, until)


def since(events: tuple[Event, ...], day: str) -> tuple[Event, ...]:
    """The events that may have happened on the ISO day ``day`` or later."""
    first = span(day)[0]
    return tuple(event for event in events if span(event.on)[1] >= first)


def _until(found: list[Event], day: str) -> tuple[Event, ...]:
    last = span(day)[1]
    held = (event for event in found if span(event.on)[0] <= last)
    return tuple(sorted(held, key=lambda event: (span(event.on), KINDS.index(event.kind), event.name, event.about)))
