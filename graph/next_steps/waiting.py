"""Instruments that are not in force yet: what a deposit would be worth on the day they are, and what that day needs.

Nothing is opened by such a deposit alone, unless it completes the number of consents that the instrument needs; so it
is never ranked beside the others. What it would be worth is counted with the parties that have consented on record.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from datetime import date

import msgspec

from graph.assumptions import AssumptionError
from graph.coverage.demands import OPEN, YES
from graph.coverage.gains import Outlook
from graph.deposits import deposits, entry_on_record
from graph.next_steps.candidates import Step, own_entry
from graph.next_steps.cells import Cells, Gain
from graph.offers import OfferBook
from graph.what_if import assume


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A step into an instrument that is not in force.

    ``gain``: as if it were in force for the State and for all that have consented on record. ``consented`` counts of
    the ``needed`` consents with this one; ``enters_on``: the day on which the step takes effect where it completes the
    number. ``told`` says so in words. ``None`` where the rule is not on record.
    """

    step: Step
    gain: Gain
    consented: int | None
    needed: int | None
    enters_on: str | None
    told: str


def waiting(book: OfferBook, outlook: Outlook, steps: Sequence[Step], on: str) -> tuple[Waiting, ...]:
    """The worth of ``steps`` into instruments that are not in force on the ISO day ``on``, the most first.

    Those that change no cell are left out.
    """
    found = [held for step in steps if (held := _waiting(book, outlook, step, on)).gain != Gain()]
    return tuple(sorted(found, key=lambda held: (-held.gain.opened, -held.gain.secured, held.step.instrument)))


def _waiting(book: OfferBook, outlook: Outlook, step: Step, on: str) -> Waiting:
    gain, *_ = Cells(_as_if_in_force(outlook, step, on), step.state, [step.deposits]).gain([0])
    try:
        assumed = assume(book, [f"{step.state}:{held}:{on}" for held in step.deposits])
    except AssumptionError as error:
        return Waiting(step=step, gain=gain, consented=None, needed=None, enters_on=None, told=str(error))
    network = assumed.book.network
    entry = entry_on_record(network, network.instruments[step.instrument])
    effect = assumed.effects[-1]
    return Waiting(
        step=step,
        gain=gain,
        consented=entry.counted if entry else None,
        needed=entry.needed if entry else None,
        enters_on=effect.day,
        told=effect.text,
    )


def _as_if_in_force(outlook: Outlook, step: Step, on: str) -> Outlook:
    """The same day, with those instruments of the step in force for all that have consented on record.

    Whoever is certain to have consented by the day stands as bound, whoever may have as unknown.
    """
    index, day = outlook.plan.base, date.fromisoformat(on).toordinal()
    standings = outlook.world.asking.copy()
    for held in step.deposits:
        instrument = index.network.instruments[held]
        if own_entry(instrument, day):
            continue
        for deposit in deposits(index.network, instrument):
            if deposit.party in index.position and deposit.first <= day:
                row, column = index.place[held], index.position[deposit.party]
                standings[row, column] = max(standings[row, column], YES if deposit.last <= day else OPEN)
    found = copy(outlook)
    found.world = outlook.world._replace(asking=standings, asked=standings)
    return found
