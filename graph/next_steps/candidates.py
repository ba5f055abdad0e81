"""The steps that a State could take: treaties that do not bind it on record and that it may join.

A protocol is open only to those bound by the convention that it supplements (cets-224 article 16(1), UNTOC article
37(2)); where that is missing, both together are one step of two deposits. Acts of the European Union are no steps: they
bind member States by themselves (Treaty on the Functioning of the EU, article 288). Bilateral treaties are negotiated,
not joined.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import msgspec

from graph.answers import Cite
from graph.coverage.plan import Plan
from graph.dates import MET, NOT_MET, reached
from graph.entry import in_force_from
from graph.gaps.openings import Opening, Word, opening
from graph.gaps.treaties import GAPS, treaty_place
from graph.model import Instrument
from graph.network import Network

JOINED_BY_DEPOSIT = "multilateral"
"""The kind of instrument that a State joins by a deposit of its own among many."""

WORDS: tuple[Word, ...] = ("open", "by-invitation", "unknown", "closed")
"""Whether an instrument can be joined, the surest first: a step is as open as the least open of its deposits."""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One instrument that a State could join. ``deposits`` are ids, a missing convention before its protocol.

    ``place`` and ``place_reason``: how the State stands to it (``signed-only``, ``no-record`` …). ``opening``:
    ``open``, ``by-invitation`` or ``unknown``. ``in_force``: whether nothing on record says that an instrument of
    ``deposits`` is not in force on the day. ``entry_article``, ``entry_rule`` and ``entry_delay``: when it would be in
    force for the State after its deposit; ``in_force_on`` by that rule for a deposit on the day asked about, ``None``
    where the rule or the instrument's own day is not on record.
    """

    state: str
    instrument: str
    name: str
    deposits: tuple[str, ...]
    place: str
    place_reason: str
    opening: str
    opening_reason: str
    in_force: bool
    in_force_on: str | None
    entry_article: str | None
    entry_rule: str | None
    entry_delay: str | None
    sources: tuple[Cite, ...]


def carrying(plan: Plan) -> frozenset[str]:
    """The instruments (ids) with an offer in the plan: no other opens a path."""
    return frozenset(plan.base.instruments[need] for pattern in plan.patterns for need in pattern.needs)


def candidates(network: Network, state: str, on: str, carried: Collection[str]) -> tuple[Step, ...]:
    """The steps of ``state`` (id) on the ISO day ``on`` among the instruments ``carried``, by id."""
    day = date.fromisoformat(on).toordinal()
    found = []
    for instrument in sorted(carried):
        record = network.instruments[instrument]
        if joinable(record, day) and missing(network, state, record, day):
            step = _step(network, state, record, on, day)
            if step is not None:
                found.append(step)
    return tuple(found)


def joinable(instrument: Instrument, day: int) -> bool:
    """Whether ``instrument`` is joined by deposits and has not ended on ``day`` (an ordinal)."""
    if instrument.kind != JOINED_BY_DEPOSIT or instrument.status == "ended":
        return False
    return not (instrument.ended_on and reached(instrument.ended_on, day) != NOT_MET)


def missing(network: Network, state: str, instrument: Instrument, day: int) -> bool:
    """Whether ``state`` could still deposit: it is not bound on record, nor bound and only waiting, nor undecided."""
    place, _ = treaty_place(network, instrument, state, day)
    return place in GAPS or place == "no-record"


def _step(network: Network, state: str, instrument: Instrument, on: str, day: int) -> Step | None:
    deposits = missing_chain(network, state, instrument, day)
    if deposits is None:
        return None
    openings = [opening(network, record, state, day) for record in deposits]
    least: Opening = max(openings, key=lambda held: WORDS.index(held.word))
    if least.word == "closed":
        return None
    place, reason = treaty_place(network, instrument, state, day)
    standing = network.standings(state).get(instrument.id)
    in_force = [_in_force_on(record, on) for record in deposits]
    return Step(
        state=state,
        instrument=instrument.id,
        name=instrument.short_name,
        deposits=tuple(record.id for record in deposits),
        place=place,
        place_reason=reason,
        opening=least.word,
        opening_reason=least.reason,
        in_force=all(own_entry(record, day) for record in deposits),
        in_force_on=max(filter(None, in_force)) if all(in_force) else None,
        entry_article=instrument.entry_article,
        entry_rule=instrument.entry_rule,
        entry_delay=instrument.entry_delay,
        sources=standing.dates.sources if standing else network.cites(instrument.sources),
    )


def missing_chain(network: Network, state: str, instrument: Instrument, day: int) -> tuple[Instrument, ...] | None:
    """``instrument`` and before it the conventions that it supplements and that do not bind ``state``.

    ``None`` where one of them cannot be joined any more, or the record does not decide whether it binds.
    """
    chain = [instrument]
    while (parent := network.instruments.get(chain[0].parent or "")) is not None:
        standing = network.standings(state).get(parent.id)
        if standing is not None and standing.timeline.on(day).result == MET:
            break
        if not joinable(parent, day) or not missing(network, state, parent, day):
            return None
        chain.insert(0, parent)
    return tuple(chain)


def own_entry(instrument: Instrument, day: int) -> bool:
    """Whether nothing on record says that ``instrument`` itself is not in force on ``day`` (an ordinal)."""
    if instrument.in_force_on is None:
        return instrument.status != "not-in-force"
    return reached(instrument.in_force_on, day) != NOT_MET


def _in_force_on(instrument: Instrument, on: str) -> str | None:
    """The day on which it would be in force for a State that deposits on ``on``, by the instrument's own rule."""
    if not instrument.entry_rule or not instrument.entry_delay:
        return None
    return in_force_from(on, instrument.entry_rule, instrument.entry_delay, instrument.in_force_on)
