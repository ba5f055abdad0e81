"""Assumptions laid over a network: the same law, and on top of it what is assumed. The base is never changed.

:func:`assume` gives a book whose network holds the assumed facts beside the recorded ones, marked ``hypothetical``.
They live in that book only: no release stores them and no export writes them.

Rules:

* A deposit counts from the day that the treaty's own rule gives, and may complete the number that the treaty itself
  needs (:mod:`graph.entry`). Who is bound already cannot be bound again; a protocol needs its parent.
* A denunciation takes effect by the treaty's own rule (cets-185 article 47(2)); where none is on record on the day
  itself, which is said. A bilateral treaty then ends for both (VCLT articles 54 and 56).
* A reservation withdrawn has no effect from the day on which the notice is received (VCLT article 22(3)(a)).
* A reform counts from its day on, whatever a review found in the law before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from graph.answers import HYPOTHETICAL
from graph.articles import covers
from graph.assumed_treaties import modelled
from graph.assumptions import (
    ALL_ARTICLES,
    BOUND,
    OFFENCE,
    TREATY,
    UNRESERVED,
    WITHDRAWAL,
    Assumption,
    AssumptionError,
    parse,
)
from graph.dates import NEVER
from graph.deposits import entry_on_record
from graph.model import Declaration, Instrument, Participation, Statute, StatutoryOffence
from graph.network import Alterations, Network
from graph.offers import OfferBook
from graph.participating import deposited, may_deposit, may_withdraw, with_entry, withdrawn


class Effect(NamedTuple):
    """What an assumption does: in words, and from which day on (``None``: never, as far as the rules on record go)."""

    assumption: Assumption
    text: str
    day: str | None


class Overlay(NamedTuple):
    """A book in which the assumptions hold, and what each of them does."""

    book: OfferBook
    effects: tuple[Effect, ...]

    @property
    def last_day(self) -> str | None:
        """The day on which the last assumption takes effect; ``None`` where none does."""
        return max((effect.day for effect in self.effects if effect.day), default=None)


def assume(book: OfferBook, texts: Sequence[str]) -> Overlay:
    """Lay the assumptions written in ``texts`` over ``book``.

    Raises:
        AssumptionError: one of them is not understood, or cannot be.
    """
    if not texts:
        return Overlay(book, ())
    network = book.network
    given = [parse(network, text) for text in texts]
    for position, assumption in enumerate(given):
        if assumption.text in (earlier.text for earlier in given[:position]):
            raise AssumptionError(f"{assumption.text} is assumed twice")
    altered, effects = _laid(network, given)
    added = tuple(instrument for instrument in altered.instruments if instrument not in network.instruments)
    return Overlay(OfferBook(altered, base=book, added=added), tuple(effects))


def _laid(network: Network, given: Sequence[Assumption]) -> tuple[Network, list[Effect]]:
    """The network with everything assumed: first who is bound, then what enters into force by that, then the days."""
    participations: dict[tuple[str, str], list[Participation]] = {}
    for assumption in given:
        participations.update(_participations(network, assumption))
    bound = network.altered(Alterations(participations=participations))
    instruments = _entering(bound, {assumption.instrument for assumption in given if assumption.kind == BOUND})
    entered = bound.altered(Alterations(instruments=instruments))
    dated = {
        (one, party): [with_entry(reading, entered.instruments[one]) for reading in readings]
        for one in {*instruments, *(instrument for instrument, _ in participations)}
        for party, readings in entered.parties(one).items()
        if one in instruments or (one, party) in participations
    }
    laws = [_law(network, assumption, number) for number, assumption in enumerate(given) if assumption.kind == OFFENCE]
    treaties = [modelled(network, assumption) for assumption in given if assumption.kind == TREATY]
    # Words first, so that the network carries them; they need the days, hence the participations before.
    settled = entered.altered(Alterations(participations=dated))
    _parents(settled, given)
    effects = [_effect(settled, assumption) for assumption in given]
    final = settled.altered(
        Alterations(
            assumptions=tuple(f"{effect.assumption.text}: {effect.text}" for effect in effects),
            instruments={treaty.instrument.id: treaty.instrument for treaty in treaties},
            participations={(held.instrument, held.party): [held] for treaty in treaties for held in treaty.parties},
            provisions={treaty.instrument.id: list(treaty.provisions) for treaty in treaties},
            declarations=_declarations(network, given),
            offences=_by_state(row for _, rows in laws for row in rows),
            statutes={statute.id: statute for statute, _ in laws},
        )
    )
    return final, effects


def _participations(network: Network, assumption: Assumption) -> dict[tuple[str, str], list[Participation]]:
    """Readings that stand in for those on record, by instrument and party."""
    if assumption.instrument is None or assumption.kind not in (BOUND, WITHDRAWAL):
        return {}
    instrument, (party,) = network.instruments[assumption.instrument], assumption.states
    if assumption.kind == BOUND:
        may_deposit(network, instrument, party, assumption)
        return {(instrument.id, party): [deposited(network, instrument, party, assumption.day)]}
    may_withdraw(network, instrument, party, assumption)
    leaving = network.parties(instrument.id) if instrument.kind == "bilateral" else (party,)
    return {
        (instrument.id, one): [
            withdrawn(reading, instrument, assumption.day) for reading in network.parties(instrument.id)[one]
        ]
        for one in leaving
    }


def _entering(network: Network, candidates: Iterable[str | None]) -> dict[str, Instrument]:
    """Instruments that enter into force by the deposits of ``network`` and have not done so on record."""
    found: dict[str, Instrument] = {}
    for identity in candidates:
        instrument = network.instruments[identity] if identity else None
        if instrument is None or instrument.status != "not-in-force":
            continue
        entry = entry_on_record(network, instrument)
        day = entry.day if entry else None
        if day is not None and day.isoformat() != instrument.in_force_on:
            found[instrument.id] = msgspec.structs.replace(
                instrument, in_force_on=day.isoformat(), basis=HYPOTHETICAL, rule="in_force_on: by an assumed deposit"
            )
    return found


def _parents(network: Network, given: Sequence[Assumption]) -> None:
    """A protocol is open only to those bound by its parent (cets-224 article 16(1), un-tip article 37(2) of UNTOC)."""
    for assumption in given:
        instrument = network.instruments[assumption.instrument] if assumption.instrument else None
        if assumption.kind != BOUND or instrument is None or instrument.parent is None:
            continue
        (party,), parent = assumption.states, network.instruments[instrument.parent]
        standing = network.standings(party).get(parent.id)
        step = standing.timeline.on(_ordinal(assumption.day)) if standing else None
        consented = standing is not None and any(
            reading.standing in ("party", "named") for reading in standing.readings
        )
        if step is None or not consented or step.code in ("ended", "opted-out", "signed-only"):
            raise AssumptionError(
                f"{assumption.text}: {network.state_name(party)} is not bound by {parent.short_name}, which"
                f" {instrument.id} needs; assume that too: {party}:{parent.id}:{assumption.day}"
            )


def _effect(network: Network, assumption: Assumption) -> Effect:
    """What ``assumption`` does in ``network``, in words."""
    name = network.state_name(assumption.states[0])
    if assumption.kind == TREATY:
        other = network.state_name(assumption.states[1])
        model = network.instruments[assumption.instrument or ""].short_name
        text = f"a treaty between {name} and {other} with the articles of {model} in force from {assumption.day}"
        return Effect(assumption, text, assumption.day)
    if assumption.kind == OFFENCE:
        text = f"the law of {name} makes an offence of {', '.join(assumption.offences)} from {assumption.day}"
        limits = [
            f"of a child under {assumption.age}" if assumption.age else "",
            "up to life" if assumption.penalty == float("inf") else "",
            f"up to {assumption.penalty:g} years" if assumption.penalty not in (None, float("inf")) else "",
        ]
        return Effect(assumption, "; ".join([text, *filter(None, limits)]), assumption.day)
    instrument = network.instruments[assumption.instrument or ""]
    if assumption.kind == UNRESERVED:
        scope = "all articles" if assumption.article == ALL_ARTICLES else f"article {assumption.article}"
        text = f"{name} withdraws its reservations and declarations to {scope} of {instrument.short_name}"
        return Effect(assumption, f"{text} with effect from {assumption.day}", assumption.day)
    (reading, *_) = network.parties(instrument.id)[assumption.states[0]]
    if assumption.kind == BOUND:
        return _bound(network, assumption, instrument, reading)
    how = f"article {instrument.withdrawal_article}" if instrument.withdrawal_rule else NO_RULE_OF_WITHDRAWAL
    text = f"{name} denounces {instrument.short_name}, which ends for it on {reading.ended_on} ({how})"
    return Effect(assumption, text, reading.ended_on)


NO_RULE_OF_WITHDRAWAL = "no rule of denunciation on record: on the day itself"

NO_RULE_OF_ENTRY = "no rule of entry into force on record: on the day itself"


def _bound(network: Network, assumption: Assumption, instrument: Instrument, reading: Participation) -> Effect:
    name = network.state_name(assumption.states[0])
    text = f"{name} bound by {instrument.short_name} on {assumption.day}"
    own = f"; the instrument itself enters into force on {instrument.in_force_on}"
    if instrument.basis != HYPOTHETICAL:
        own = ""
    if reading.in_force_on:
        how = f"article {instrument.entry_article}" if instrument.entry_rule else NO_RULE_OF_ENTRY
        return Effect(
            assumption, f"{text}, in force for it from {reading.in_force_on} ({how}){own}", reading.in_force_on
        )
    entry = entry_on_record(network, instrument)
    if instrument.status != "not-in-force" or instrument.in_force_on:
        why = "the instrument's own entry into force is not on record"
    elif entry is None:
        why = "the instrument is not in force, and its rule of entry into force is not on record"
    elif entry.first == NEVER:
        why = f"the instrument is still not in force: {entry.counted} of the {entry.needed} consents that it needs"
    else:
        why = "whether the instrument then is in force the dates on record do not decide"
    return Effect(assumption, f"{text}; {why}", None)


def _declarations(network: Network, given: Sequence[Assumption]) -> dict[tuple[str, str], list[Declaration]]:
    """The declarations of the parties with those withdrawn that the assumptions name."""
    found: dict[tuple[str, str], list[Declaration]] = {}
    for assumption in given:
        if assumption.kind != UNRESERVED or assumption.instrument is None:
            continue
        key = (assumption.instrument, assumption.states[0])
        held = found.get(key) or network.declarations(*key)
        chosen = {record.id for record in held if limits(record) and _names(record, assumption.article or "")}
        if not chosen:
            articles = sorted({article for record in held if limits(record) for article in record.effect_articles})
            told = (
                f"those with an effect touch: {', '.join(articles)}" if articles else "none with an effect is on record"
            )
            name = network.state_name(key[1])
            raise AssumptionError(f"{assumption.text}: {name} has no such reservation or declaration; {told}")
        found[key] = [
            msgspec.structs.replace(record, withdrawn_on=assumption.day, basis=HYPOTHETICAL)
            if record.id in chosen
            else record
            for record in held
        ]
    return found


def limits(record: Declaration) -> bool:
    """Whether a declaration limits cooperation and stands: languages and offices are no matter of withdrawal."""
    return record.withdrawn_on is None and record.effect not in (None, "languages", "designation")


def _names(record: Declaration, article: str) -> bool:
    if article == ALL_ARTICLES:
        return True
    return any(covers(article, one) or covers(one, article) for one in (*record.articles, *record.effect_articles))


def _law(network: Network, assumption: Assumption, number: int) -> tuple[Statute, list[StatutoryOffence]]:
    """A law that makes the conducts offences from its day."""
    (state,) = assumption.states
    statute = Statute(
        id=f"assumed-{number}-{state}",
        state=state,
        title=f"reform assumed in {network.state_name(state)}",
        in_force_on=assumption.day,
        basis=HYPOTHETICAL,
    )
    rows = [
        StatutoryOffence(
            id=f"{statute.id}/{offence}",
            state=state,
            offence=offence,
            statute=statute.id,
            child_age_below=assumption.age,
            max_penalty_years=assumption.penalty,
            basis=HYPOTHETICAL,
        )
        for offence in assumption.offences
    ]
    return statute, rows


def _by_state(rows: Iterable[StatutoryOffence]) -> dict[str, list[StatutoryOffence]]:
    found: dict[str, list[StatutoryOffence]] = {}
    for row in rows:
        found.setdefault(row.state, []).append(row)
    return found


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()
