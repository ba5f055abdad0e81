"""Questions and answers: the shape that the command line, the API and the exports all speak.

The JSON of an answer is these structs field by field (``from_`` is written ``from``). Fields may be added,
none renamed: clients outside this repository rely on the names.
"""

from __future__ import annotations

from typing import Any

import msgspec

from graph.dates import Tri

HYPOTHETICAL = "hypothetical"
"""``basis`` of what only an assumption makes; no release holds such a record."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks whom for what, and when.

    ``requesting`` and ``requested`` are State ids; ``provider`` is a provider or establishment id, asked
    instead of a State. ``on`` is an ISO day. ``evidence``: the answer must be usable as evidence.
    ``via`` keeps one channel only.
    """

    requesting: str
    requested: str | None = None
    provider: str | None = None
    measure: str
    offence: str | None = None
    on: str
    urgent: bool = False
    evidence: bool = False
    via: str | None = None


class Cite(msgspec.Struct, frozen=True):
    """A source as quoted in an answer. ``official``: published by the body that answers for the fact."""

    url: str
    as_of: str | None
    publisher: str
    official: bool = False


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """A stop of a request. ``id`` is ``None`` where no office is on record; ``name`` then says so."""

    id: str | None
    name: str
    state: str | None
    kind: str


class Contact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How to reach the office that receives the leg.

    ``stale``: the source is older than a year on the day asked, or undated; check before use.
    ``named_under`` is the instrument under which the office was named where that is another one, or ``general``:
    check that it serves here too. ``office`` is the id of the authority on record.
    """

    authority: str
    office: str | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    website: str | None = None
    available_24_7: bool = False
    role: str | None = None
    named_under: str | None = None
    as_of: str | None = None
    stale: bool = False
    note: str | None = None
    sources: tuple[Cite, ...] = ()


class Language(msgspec.Struct, frozen=True, kw_only=True):
    """A language that the receiving side takes; ``condition``: always, urgent-only, reciprocity, exception, unknown.

    ``stated_by``: ``declaration``, ``authority`` or ``official-language`` (nothing declared on record, hence
    ``unknown`` whether it is taken).
    """

    language: str
    condition: str
    stated_by: str


class PartyDates(msgspec.Struct, frozen=True, kw_only=True):
    """One party's participation in an instrument, with its dates as the sources give them.

    ``basis``: ``stated``, ``derived`` (by ``rule``), or ``hypothetical`` where an assumption makes or changes it.
    """

    party: str
    signed_on: str | None = None
    bound_on: str | None = None
    in_force_on: str | None = None
    ended_on: str | None = None
    action: str | None = None
    basis: str = "stated"
    rule: str | None = None
    contested: bool = False
    sources: tuple[Cite, ...] = ()


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """An article that carries the leg, and how both parties stand to its instrument."""

    instrument: str
    name: str
    article: str | None
    heading: str | None
    participations: tuple[PartyDates, ...]
    sources: tuple[Cite, ...] = ()


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """Something that must hold for the leg; ``party`` is the State that it is about, if one.

    ``facts`` names the records that decided, as ``<class segment>/<id>``; ``code`` has its rule in :mod:`graph.rules`.
    ``basis`` is ``hypothetical`` where it rests on an assumption.
    """

    code: str
    status: Tri
    text: str
    party: str | None = None
    facts: tuple[str, ...] = ()
    basis: str | None = None
    sources: tuple[Cite, ...] = ()


class Leg(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """One move of the request from office to office. ``kind``: ``domestic`` or ``border``.

    ``also`` lists further offices that the receiving State named for the same role. ``requirements`` tell what the
    request must meet in language and form: ``met`` or ``unknown``, and no part of the path's status
    (:mod:`graph.formalities`).
    """

    from_: Office
    to: Office
    channel: str
    kind: str
    basis: tuple[Basis, ...] = ()
    conditions: tuple[Condition, ...] = ()
    requirements: tuple[Condition, ...] = ()
    languages: tuple[Language, ...] = ()
    contact: Contact | None = None
    also: tuple[Contact, ...] = ()
    sources: tuple[Cite, ...] = ()


class Path(msgspec.Struct, kw_only=True):
    """One way for the request to travel.

    ``status``: ``met`` when every condition is met, else ``unknown``. ``deadline_days``: to the answer, set by
    the instrument. ``specificity``: 1 the article names the measure, 2 a kindred measure, 3 assistance in
    general. ``offices``: how many handle it. ``hub``: the body through which it passes, if any. ``by_consent``:
    nobody is obliged, it works only if a provider or data holder agrees. ``hypothetical``: it rests on an assumption,
    or is not there, or less certain, without one.
    """

    rank: int = 0
    pareto: bool = False
    measure: str
    channel: str
    evidential_use: str
    status: Tri
    deadline_days: float | None
    specificity: int
    offices: int
    open_questions: int
    hub: str | None = None
    by_consent: bool = False
    hypothetical: bool = False
    note: str | None = None
    legs: tuple[Leg, ...]


class WhyNot(msgspec.Struct, frozen=True, kw_only=True):
    """An instrument or channel that almost works, and the fact that stands in the way.

    ``facts`` names the records that decided, as ``<class segment>/<id>``; ``code`` has its rule in :mod:`graph.rules`.
    ``condition`` is the code of the condition that fails, where one does.
    ``basis`` is ``hypothetical`` where that fact is assumed.
    """

    instrument: str
    name: str
    code: str
    party: str | None
    text: str
    article: str | None = None
    condition: str | None = None
    facts: tuple[str, ...] = ()
    basis: str | None = None
    sources: tuple[Cite, ...] = ()


class Alternative(msgspec.Struct, frozen=True, kw_only=True):
    """A neighbouring measure that can be had, offered where the one asked for cannot."""

    measure: str
    status: Tri
    channel: str
    paths: int


class Answer(msgspec.Struct, kw_only=True):
    """The ranked answer to a question under one release, and under ``assumptions`` (one line each) where it has any."""

    query: Question
    release: str
    as_of: str
    paths: tuple[Path, ...]
    why_not: tuple[WhyNot, ...]
    alternatives: tuple[Alternative, ...] = ()
    assumptions: tuple[str, ...] = ()

    def to_builtins(self) -> dict[str, Any]:
        """Plain dictionaries and lists, ready for JSON."""
        built: dict[str, Any] = msgspec.to_builtins(self)
        return built
