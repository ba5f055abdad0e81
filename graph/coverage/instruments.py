"""What each instrument and network carries, and what it alone opens: what would be lost without it."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.coverage.demands import NO, YES, Values
from graph.coverage.gains import Outlook
from graph.coverage.matrix import hub_value, narrow_values, pattern_value
from graph.coverage.world import without


class Share(NamedTuple):
    """Cells (ordered pair of partners, and measure) that rest on an instrument or on a body's channel, named by ``id``.

    ``carried``: it opens a path. ``alone``: without it there would be none. ``surely_alone``: some path is sure (every
    condition met), and without it none would be.
    """

    id: str
    carried: int
    alone: int
    surely_alone: int


def shares(outlook: Outlook) -> tuple[Share, ...]:
    """All instruments and network channels that open a path somewhere, those that alone open most first."""
    found = [*_wide(outlook), *_narrow(outlook), *_hubs(outlook)]
    return tuple(sorted(found, key=lambda held: (-held.alone, -held.surely_alone, -held.carried, held.id)))


def _wide(outlook: Outlook) -> list[Share]:
    """Instruments open to many: the world without each is worked out, so that what it replaced comes back."""
    plan, found = outlook.plan, []
    pairs = np.logical_and.outer(outlook.partners, outlook.partners)
    for place in sorted({need for pattern in plan.patterns for need in pattern.needs}):
        carried: dict[int, NDArray[np.bool_]] = defaultdict(lambda: np.zeros_like(pairs))
        for pattern in plan.patterns:
            value = pattern_value(plan, pattern, outlook.world) if place in pattern.needs else None
            if value is not None:
                for measure, _ in pattern.counts:
                    carried[measure] |= value > NO
        alone = surely = 0
        for measure, (met, paths) in outlook.changes({place}, without(outlook.world, place)).items():
            alone += int(np.count_nonzero(~outlook.none[measure] & (paths == 0) & pairs))
            surely += int(np.count_nonzero(~outlook.unsure[measure] & (met == 0) & pairs))
        total = sum(int(np.count_nonzero(cells & pairs)) for cells in carried.values())
        if total:
            found.append(Share(plan.base.instruments[place], total, alone, surely))
    return found


def _narrow(outlook: Outlook) -> list[Share]:
    """Treaties between a few: a treaty is alone in a cell where all paths are its own."""
    narrow, tally = outlook.plan.narrow, outlook.tally
    values = narrow_values(outlook.plan, outlook.world)
    counted = (values > NO) & outlook.partners[narrow.requesting] & outlook.partners[narrow.requested]
    own = narrow.needs[counted, 0]
    cell = np.ravel_multi_index(
        (narrow.measure[counted], narrow.requesting[counted], narrow.requested[counted]), tally.met.shape
    )
    keys, inverse = np.unique(np.stack([own, cell]), axis=1, return_inverse=True)
    paths = np.bincount(inverse, minlength=keys.shape[1])
    sure = np.bincount(inverse, weights=values[counted] == YES, minlength=keys.shape[1])
    all_met = tally.met.reshape(-1)[keys[1]]
    all_paths = all_met + tally.open.reshape(-1)[keys[1]]
    alone, surely = paths == all_paths, (sure > 0) & (sure == all_met)
    found = []
    for place in np.unique(keys[0]):
        here = keys[0] == place
        name = outlook.plan.base.instruments[place]
        found.append(Share(name, int(here.sum()), int(alone[here].sum()), int(surely[here].sum())))
    return found


def _hubs(outlook: Outlook) -> list[Share]:
    plan, tally = outlook.plan, outlook.tally
    pairs = np.logical_and.outer(outlook.partners, outlook.partners)
    by_body: dict[str, list[tuple[int, Values]]] = defaultdict(list)
    for hub, relations in zip(plan.base.hubs, outlook.world.relations, strict=True):
        if relations is not None:
            value = hub_value(hub, relations)
            by_body[hub.channel.organisation] += (
                (place, value) for place, measure in enumerate(plan.measures) if measure in hub.measures
            )
    found = []
    for body, values in by_body.items():
        carried = alone = surely = 0
        for measure in {measure for measure, _ in values}:
            own = [value for place, value in values if place == measure]
            paths = sum((value > NO).astype(np.int16) for value in own)
            sure = sum((value == YES).astype(np.int16) for value in own)
            carried += int(np.count_nonzero((paths > 0) & pairs))
            alone += int(np.count_nonzero((paths > 0) & (paths == tally.met[measure] + tally.open[measure]) & pairs))
            surely += int(np.count_nonzero((sure > 0) & (sure == tally.met[measure]) & pairs))
        if carried:
            found.append(Share(body, carried, alone, surely))
    return found
