"""What can be assumed of a State: the treaties it could join or leave, the reservations it could withdraw, the reforms.

Nothing is decided here: each is what :mod:`graph.participating`, :mod:`graph.what_if` and :mod:`graph.assumptions` take
for an assumption of that day. Bilateral treaties like others are left out: there are as many as pairs of States.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec

from graph.assumptions import BOUND, CRITERION, OFFENCE, UNRESERVED, WITHDRAWAL, Assumption, AssumptionError
from graph.criminalisation import DECIDING_CRITERIA
from graph.gaps.criteria import criteria, offences
from graph.gaps.judgement import Judgement, criterion_judgement, offence_judgement
from graph.gaps.openings import opening
from graph.gaps.treaties import treaty_place
from graph.model import Instrument
from graph.network import Network
from graph.participating import may_deposit, may_withdraw
from graph.what_if import limits

CLOSED = "closed"


class Assumable(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that can be assumed. ``assumption`` is as ``what-if`` takes it.

    ``kind``: ``join``, ``withdraw``, ``unreserve``, ``offence`` or ``criterion``; ``key``: an instrument (id), an
    offence or a criterion. ``record``: how the State stands to it on the day, by its place in the treaty or the word of
    the judgement, or what was reserved. ``opening``: whether it may join a treaty (``open``, ``by-invitation``,
    ``unknown``).
    """

    assumption: str
    kind: str
    key: str
    label: str
    record: str
    opening: str | None = None


class AssumableList(msgspec.Struct, frozen=True, kw_only=True):
    """What can be assumed of ``state`` on the ISO day ``on``."""

    release: str
    state: str
    name: str
    on: str
    items: tuple[Assumable, ...]


def assumable(network: Network, state: str, on: str) -> AssumableList:
    """What can be assumed of ``state`` (id) on the ISO day ``on``."""
    return AssumableList(
        release=network.release,
        state=state,
        name=network.state_name(state),
        on=on,
        items=(
            *_joined(network, state, on),
            *_left(network, state, on),
            *_unreserved(network, state, on),
            *_reforms(network, state, on),
        ),
    )


def _joined(network: Network, state: str, on: str) -> list[Assumable]:
    """Treaties that many join, and acts of the Union; not those to which it is on record that the State may not."""
    day = date.fromisoformat(on).toordinal()
    found = []
    for instrument in _by_name(network):
        if instrument.kind not in ("multilateral", "eu-act") or not _may(network, may_deposit, instrument, state, on):
            continue
        way = opening(network, instrument, state, day).word
        if way != CLOSED or instrument.kind == "eu-act":
            place, _ = treaty_place(network, instrument, state, day)
            found.append(
                Assumable(
                    assumption=f"{state}:{instrument.id}:{on}",
                    kind="join",
                    key=instrument.id,
                    label=instrument.short_name,
                    record=place,
                    opening=way,
                )
            )
    return found


def _left(network: Network, state: str, on: str) -> list[Assumable]:
    day = date.fromisoformat(on).toordinal()
    return [
        Assumable(
            assumption=f"{state}:{instrument.id}:{WITHDRAWAL}:{on}",
            kind=WITHDRAWAL,
            key=instrument.id,
            label=instrument.short_name,
            record=treaty_place(network, instrument, state, day)[0],
        )
        for instrument in _by_name(network)
        if instrument.id in network.standings(state) and _may(network, may_withdraw, instrument, state, on)
    ]


def _unreserved(network: Network, state: str, on: str) -> list[Assumable]:
    found: list[Assumable] = []
    for instrument in _by_name(network):
        for record in network.declarations(instrument.id, state):
            for article in record.effect_articles if limits(record) else ():
                written = f"{state}:{instrument.id}:{UNRESERVED}:{article}:{on}"
                if written not in {held.assumption for held in found}:
                    found.append(
                        Assumable(
                            assumption=written,
                            kind=UNRESERVED,
                            key=instrument.id,
                            label=f"{instrument.short_name}, article {article}",
                            record=record.summary or record.effect or "",
                        )
                    )
    return found


def _reforms(network: Network, state: str, on: str) -> list[Assumable]:
    """Every offence, whatever is on record of it, and the criteria that decide on a conduct."""
    day = date.fromisoformat(on).toordinal()
    judged = [
        *((OFFENCE, offence_judgement(network, state, key, day)) for key in offences(network)),
        *((CRITERION, criterion_judgement(network, state, key, day))
          for key in criteria(network) if key in DECIDING_CRITERIA),
    ]  # fmt: skip
    return [_reform(kind, held, state, on) for kind, held in judged]


def _reform(kind: str, held: Judgement, state: str, on: str) -> Assumable:
    return Assumable(
        assumption=f"{state}:{kind}:{held.key}:{on}", kind=kind, key=held.key, label=held.label, record=held.status
    )


def _by_name(network: Network) -> list[Instrument]:
    return sorted(network.instruments.values(), key=lambda held: held.short_name.casefold())


def _may(
    network: Network, rule: Callable[[Network, Instrument, str, Assumption], None],
    instrument: Instrument, state: str, on: str,
) -> bool:  # fmt: skip
    given = Assumption(text="", kind=BOUND, states=(state,), instrument=instrument.id, day=on)
    try:
        rule(network, instrument, state, given)
    except AssumptionError:
        return False
    return True
